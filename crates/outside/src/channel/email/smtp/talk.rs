//! Lines to and from a mail server over a stream, each with a time limit and a length limit.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::reply::Reply;

/// The longest line taken; RFC 5321 allows 512 bytes, real servers write more.
const LONGEST_LINE: usize = 4096;

/// The most lines that one answer may have.
const MOST_LINES: usize = 128;

/// A stream in both directions, encrypted or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// Why a line to the server is of no more use.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    #[error("the relay closed the connection")]
    Closed,
    #[error("no answer from the relay within {} s", .0.as_secs_f32())]
    Slow(Duration),
    #[error("the connection to the relay broke ({0})")]
    Io(String),
    #[error("the relay does not speak SMTP: “{0}”")]
    Garbled(String),
}

/// A conversation.
pub(super) struct Talk {
    stream: Box<dyn Stream>,
    heard: Vec<u8>,
    read_to: usize,
}

impl Talk {
    pub(super) fn new(stream: impl Stream + 'static) -> Self {
        Self { stream: Box::new(stream), heard: Vec::new(), read_to: 0 }
    }

    /// The stream, if the other side has not said more than it was asked. What was said before the
    /// line was encrypted could come from anybody.
    pub(super) fn into_stream(self) -> Result<Box<dyn Stream>, Broken> {
        if self.read_to < self.heard.len() {
            return Err(Broken::Garbled("more than one answer to STARTTLS".to_owned()));
        }
        Ok(self.stream)
    }

    /// Hands all bytes over to the system, in one write where it takes them so.
    ///
    /// When this fails, the last byte has not left: the other side cannot have seen the end.
    pub(super) async fn write(&mut self, bytes: &[u8], limit: Duration) -> Result<(), Broken> {
        let all = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        match tokio::time::timeout(limit, all).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Broken::Io(crate::guard::plain(&error))),
            Err(_elapsed) => Err(Broken::Slow(limit)),
        }
    }

    /// The next answer.
    pub(super) async fn reply(&mut self, limit: Duration) -> Result<Reply, Broken> {
        match tokio::time::timeout(limit, self.unlimited_reply()).await {
            Ok(reply) => reply,
            Err(_elapsed) => Err(Broken::Slow(limit)),
        }
    }

    async fn unlimited_reply(&mut self) -> Result<Reply, Broken> {
        let mut lines = Vec::new();
        loop {
            let line = self.line().await?;
            let garbled = || Broken::Garbled(line.chars().take(80).collect());
            let code: u16 = line.get(..3).and_then(|c| c.parse().ok()).ok_or_else(garbled)?;
            let last = match line.as_bytes().get(3) {
                None | Some(b' ') => true,
                Some(b'-') => false,
                Some(_) => return Err(garbled()),
            };
            if !(200..600).contains(&code) || lines.len() >= MOST_LINES {
                return Err(garbled());
            }
            lines.push(line.get(4..).unwrap_or_default().to_owned());
            if last {
                return Ok(Reply { code, lines });
            }
        }
    }

    /// The next line, without its end. Control characters become spaces, so that no answer can
    /// disturb a log.
    async fn line(&mut self) -> Result<String, Broken> {
        loop {
            let unread = &self.heard[self.read_to..];
            if let Some(end) = unread.iter().position(|byte| *byte == b'\n') {
                let line = String::from_utf8_lossy(&unread[..end]);
                let plain = |c: char| if c.is_control() { ' ' } else { c };
                let line = line.trim_end().chars().map(plain).collect();
                self.read_to += end + 1;
                return Ok(line);
            }
            if unread.len() > LONGEST_LINE {
                return Err(Broken::Garbled("a line without end".to_owned()));
            }
            self.heard.drain(..self.read_to);
            self.read_to = 0;
            match self.stream.read_buf(&mut self.heard).await {
                Ok(0) => return Err(Broken::Closed),
                Ok(_) => {}
                Err(error) => return Err(Broken::Io(crate::guard::plain(&error))),
            }
        }
    }
}

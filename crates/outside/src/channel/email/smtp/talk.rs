//! Lines to and from a mail server over a stream, each with a time limit and a length limit.

use std::time::Duration;

use smtp_proto::Error;
use smtp_proto::response::parser::ResponseReceiver;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::Instant;

use super::reply::Reply;

/// How much is read at once: many short answers.
const AT_ONCE: usize = 4096;

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

/// Not all could be handed over to the system.
pub(super) struct Unwritten {
    /// How many bytes were handed over at most: a later one cannot have left.
    pub(super) left: usize,
    pub(super) broken: Broken,
}

/// A conversation.
pub(super) struct Talk {
    stream: Box<dyn Stream>,
    heard: Vec<u8>,
    read_to: usize,
    receiver: ResponseReceiver,
}

impl Talk {
    pub(super) fn new(stream: impl Stream + 'static) -> Self {
        let heard = Vec::with_capacity(AT_ONCE);
        Self { stream: Box::new(stream), heard, read_to: 0, receiver: ResponseReceiver::default() }
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
    pub(super) async fn write(&mut self, bytes: &[u8], limit: Duration) -> Result<(), Unwritten> {
        let mut left = 0;
        let all = async {
            while left < bytes.len() {
                match self.stream.write(&bytes[left..]).await? {
                    0 => return Err(std::io::ErrorKind::WriteZero.into()),
                    taken => left += taken,
                }
            }
            self.stream.flush().await
        };
        let broken = match tokio::time::timeout(limit, all).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => Broken::Io(crate::guard::plain(&error)),
            Err(_elapsed) => Broken::Slow(limit),
        };
        Err(Unwritten { left, broken })
    }

    /// The next answer.
    pub(super) async fn reply(&mut self, limit: Duration) -> Result<Reply, Broken> {
        let mut end = None;
        loop {
            let mut unread = self.heard[self.read_to..].iter();
            let parsed = self.receiver.parse(&mut unread);
            let rest = unread.len();
            match parsed {
                Ok(response) if (200..600).contains(&response.code) => {
                    self.read_to = self.heard.len() - rest;
                    self.receiver.reset();
                    return Ok(Reply::new(&response));
                }
                Err(Error::NeedsMoreData { .. }) => {}
                Ok(_) | Err(_) => {
                    let said = String::from_utf8_lossy(&self.heard[self.read_to..]);
                    let plain = |c: char| if c.is_control() { ' ' } else { c };
                    return Err(Broken::Garbled(said.chars().map(plain).take(80).collect()));
                }
            }
            self.heard.clear();
            self.read_to = 0;
            let end = *end.get_or_insert_with(|| Instant::now() + limit);
            match tokio::time::timeout_at(end, self.stream.read_buf(&mut self.heard)).await {
                Ok(Ok(0)) => return Err(Broken::Closed),
                Ok(Ok(_)) => {}
                Ok(Err(error)) => return Err(Broken::Io(crate::guard::plain(&error))),
                Err(_elapsed) => return Err(Broken::Slow(limit)),
            }
        }
    }
}

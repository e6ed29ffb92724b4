//! Lines to and from a mailbox server, each with a time limit and a length limit.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The longest answer taken, with all that it carries.
const LONGEST: usize = 4 << 20;

/// A stream in both directions, encrypted or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// Why a line to the server is of no more use.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    #[error("the mailbox server closed the connection")]
    Closed,
    #[error("no answer from the mailbox server within {} s", .0.as_secs_f32())]
    Slow(Duration),
    #[error("the connection to the mailbox server broke ({0})")]
    Io(String),
    #[error("the mailbox server does not speak IMAP ({0})")]
    Garbled(String),
}

/// A conversation.
pub(super) struct Talk {
    stream: Box<dyn Stream>,
    heard: Vec<u8>,
    limit: Duration,
}

impl Talk {
    pub(super) fn new(stream: impl Stream + 'static, limit: Duration) -> Self {
        Self { stream: Box::new(stream), heard: Vec::new(), limit }
    }

    /// The stream, if the other side has not said more than it was asked. What was said before the
    /// line was encrypted could come from anybody.
    pub(super) fn into_stream(self) -> Result<Box<dyn Stream>, Broken> {
        if self.heard.is_empty() {
            Ok(self.stream)
        } else {
            Err(Broken::Garbled("more than one answer to STARTTLS".to_owned()))
        }
    }

    pub(super) async fn write(&mut self, text: &str) -> Result<(), Broken> {
        let all = async {
            self.stream.write_all(text.as_bytes()).await?;
            self.stream.flush().await
        };
        match tokio::time::timeout(self.limit, all).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Broken::Io(crate::guard::plain(&error))),
            Err(_elapsed) => Err(Broken::Slow(self.limit)),
        }
    }

    /// The next answer with its end: a line, and what it carries in between.
    pub(super) async fn answer(&mut self) -> Result<Vec<u8>, Broken> {
        match tokio::time::timeout(self.limit, self.whole()).await {
            Ok(answer) => answer,
            Err(_elapsed) => Err(Broken::Slow(self.limit)),
        }
    }

    async fn whole(&mut self) -> Result<Vec<u8>, Broken> {
        let mut cut = Cut::default();
        loop {
            if let Some(end) = cut.end(&self.heard)? {
                let rest = self.heard.split_off(end);
                return Ok(std::mem::replace(&mut self.heard, rest));
            }
            match self.stream.read_buf(&mut self.heard).await {
                Ok(0) => return Err(Broken::Closed),
                Ok(_) => {}
                Err(error) => return Err(Broken::Io(crate::guard::plain(&error))),
            }
        }
    }
}

/// Finds where an answer ends: at the end of a line that does not announce so many bytes to come.
#[derive(Debug, Default)]
struct Cut {
    /// Where the line begins that is being looked at.
    line: usize,
    /// No end of a line was found before this.
    looked: usize,
}

impl Cut {
    fn end(&mut self, heard: &[u8]) -> Result<Option<usize>, Broken> {
        loop {
            let begun = self.looked.max(self.line);
            let Some(rest) = heard.get(begun..) else { return Ok(None) };
            let Some(at) = rest.iter().position(|byte| *byte == b'\n') else {
                self.looked = heard.len();
                if heard.len() > LONGEST {
                    return Err(Broken::Garbled("an answer without end".to_owned()));
                }
                return Ok(None);
            };
            let end = begun + at + 1;
            match announced(&heard[self.line..end]) {
                None => return Ok(Some(end)),
                Some(more) if end + more > LONGEST => {
                    return Err(Broken::Garbled(format!("an answer of {more} bytes")));
                }
                Some(more) => self.line = end + more,
            }
        }
    }
}

/// How many bytes a line announces that ends with `{123}`.
fn announced(line: &[u8]) -> Option<usize> {
    let line = line.trim_ascii_end().strip_suffix(b"}")?;
    let digits = &line[line.iter().rposition(|byte| *byte == b'{')? + 1..];
    std::str::from_utf8(digits).ok()?.trim_end_matches('+').parse().ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn an_answer_ends_where_nothing_more_is_announced() {
        let whole = b"* 1 FETCH (UID 7 BODY[]<0> {6}\r\na)\r\nb{ FLAGS ())\r\n* OK\r\n";
        let mut cut = Cut::default();
        let mut found = None;
        for end in 0..=whole.len() {
            found = cut.end(&whole[..end]).unwrap();
            if found.is_some() {
                break;
            }
        }
        let end = found.unwrap();
        assert!(whole[..end].ends_with(b"FLAGS ())\r\n"), "{end}");
        assert_eq!(Cut::default().end(&whole[end..]).unwrap(), Some(6));
    }

    #[test]
    fn an_answer_that_would_fill_the_memory_is_not_taken() {
        assert!(Cut::default().end(b"* 1 FETCH (BODY[] {999999999}\r\n").is_err());
        assert!(Cut::default().end(&vec![b'x'; LONGEST + 1]).is_err());
    }
}

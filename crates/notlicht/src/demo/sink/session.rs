//! One connection: RFC 5321 with PIPELINING, 8BITMIME, SIZE, SMTPUTF8.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::State;
use super::command::{Command, Refusal};
use super::ledger::Head;
use crate::rim::now;

/// The largest message, in bytes.
const SIZE: usize = 1 << 20;
/// The longest line, its end included: RFC 5321, section 4.5.3.1.6.
const LINE: usize = 1000;
/// The most recipients of one message: RFC 5321, section 4.5.3.1.8.
const RECIPIENTS: usize = 100;
/// How long a client may be silent: RFC 5321, section 4.5.3.2.7.
const PATIENCE: Duration = Duration::from_secs(300);

/// Serves one connection to its end. How it ends is the client's affair.
pub(super) async fn serve(tcp: TcpStream, state: Arc<State>) {
    let _ = tcp.set_nodelay(true);
    let mut session = Session {
        tcp,
        unread: Vec::new(),
        read: 0,
        answers: b"220 sink.localhost ESMTP\r\n".to_vec(),
        state,
        greeted: false,
        mail: None,
    };
    if let Err(why) = session.run().await {
        tracing::debug!(%why, "a connection to the sink ended");
    }
}

struct Session {
    tcp: TcpStream,
    /// What came and is not yet understood, from `read` on.
    unread: Vec<u8>,
    read: usize,
    /// Answers that wait until the client waits for them, so that a pipelined group gets one write.
    answers: Vec<u8>,
    state: Arc<State>,
    greeted: bool,
    mail: Option<Envelope>,
}

/// A message that was announced.
struct Envelope {
    eight_bit: bool,
    utf8: bool,
    to: Vec<String>,
}

/// A line without its end.
struct Line {
    text: Vec<u8>,
    /// Whether it ended as the standard wants, with CR LF.
    proper: bool,
}

impl Session {
    async fn run(&mut self) -> std::io::Result<()> {
        loop {
            let line = self.line().await?;
            if !line.proper || line.text.len() + 2 > LINE {
                self.say("500 5.5.2 lines end with CR LF and are not longer than 1000 bytes");
                return self.flush().await;
            }
            match Command::read(&line.text) {
                Ok(Command::Quit) => {
                    self.say("221 2.0.0 bye");
                    return self.flush().await;
                }
                Ok(Command::Data) => self.data().await?,
                Ok(command) => self.answer(command),
                Err(refusal) => self.say(refusal),
            }
        }
    }

    fn answer(&mut self, command: Command) {
        let answer = match command {
            Command::Hello { extended } => {
                (self.greeted, self.mail) = (true, None);
                if extended {
                    let able = ["PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];
                    self.say("250-sink.localhost");
                    able.iter().for_each(|one| self.say(&format!("250-{one}")));
                    self.say(&format!("250 SIZE {SIZE}"));
                    return;
                }
                "250 sink.localhost"
            }
            Command::Mail { .. } if !self.greeted => "503 5.5.1 say EHLO first",
            Command::Mail { .. } if self.mail.is_some() => "503 5.5.1 one message at a time",
            Command::Mail { size, .. } if size > SIZE => "552 5.3.4 that is too large",
            Command::Mail { eight_bit, utf8, .. } => {
                self.mail = Some(Envelope { eight_bit, utf8, to: vec![] });
                "250 2.1.0 ok"
            }
            Command::Rcpt(to) => self.recipient(to),
            Command::Reset => {
                self.mail = None;
                "250 2.0.0 ok"
            }
            Command::Noop | Command::Data | Command::Quit => "250 2.0.0 ok",
        };
        self.say(answer);
    }

    fn recipient(&mut self, to: String) -> Refusal {
        match &mut self.mail {
            None => "503 5.5.1 say MAIL first",
            Some(mail) if !to.is_ascii() && !mail.utf8 => "553 5.6.7 say SMTPUTF8 with MAIL",
            Some(mail) if mail.to.len() >= RECIPIENTS => "452 4.5.3 that is enough for one message",
            Some(mail) => {
                mail.to.push(to);
                "250 2.1.5 ok"
            }
        }
    }

    async fn data(&mut self) -> std::io::Result<()> {
        let mail = match self.mail.take() {
            Some(mail) if !mail.to.is_empty() => mail,
            Some(mail) => {
                self.mail = Some(mail);
                self.say("554 5.5.1 no valid recipients");
                return Ok(());
            }
            None => {
                self.say("503 5.5.1 say MAIL and RCPT first");
                return Ok(());
            }
        };
        self.say("354 end with a dot alone");
        let answer = match self.body(&mail).await? {
            Ok(raw) => self.take(&mail, &raw),
            Err(refusal) => refusal,
        };
        let delay = self.state.options.delay;
        if answer.starts_with('2') && !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        self.say(answer);
        Ok(())
    }

    /// Reads up to the dot alone. What is wrong is told at the end: earlier nobody listens.
    async fn body(&mut self, mail: &Envelope) -> std::io::Result<Result<Vec<u8>, Refusal>> {
        let mut raw = Vec::with_capacity(8192);
        let mut wrong = None;
        let mut after_end = true;
        loop {
            let line = self.line().await?;
            if line.proper && after_end && line.text == b"." {
                return Ok(wrong.map_or(Ok(raw), Err));
            }
            after_end = line.proper;
            let text = line.text.strip_prefix(b".").unwrap_or(&line.text);
            if !line.proper || text.contains(&b'\r') {
                wrong = Some("554 5.6.0 CR and LF stand only together");
            } else if text.len() + 2 > LINE {
                wrong = Some("554 5.6.0 a line is longer than 1000 bytes");
            } else if !text.is_ascii() && !mail.eight_bit && !mail.utf8 {
                wrong = Some("554 5.6.0 say BODY=8BITMIME with MAIL for this message");
            } else if raw.len() + text.len() + 2 > SIZE {
                wrong = Some("552 5.3.4 that is too large");
            } else if wrong.is_none() {
                raw.extend_from_slice(text);
                raw.extend_from_slice(b"\r\n");
            }
        }
    }

    fn take(&self, mail: &Envelope, raw: &[u8]) -> Refusal {
        let head = match Head::read(raw) {
            Ok(head) => head,
            Err(refusal) => return refusal,
        };
        let mut ledger = self.state.ledger();
        let strict = self.state.options.refuse_first_try;
        if strict && mail.to.iter().any(|to| ledger.refuse(to, &head.message_id) == 0) {
            return "451 4.7.1 try again";
        }
        for to in &mail.to {
            ledger.take(to, &head, raw, now());
        }
        drop(ledger);
        self.state.changed.send_replace(());
        "250 2.0.0 taken in"
    }

    fn say(&mut self, answer: &str) {
        self.answers.extend_from_slice(answer.as_bytes());
        self.answers.extend_from_slice(b"\r\n");
    }

    async fn flush(&mut self) -> std::io::Result<()> {
        let answers = std::mem::take(&mut self.answers);
        self.tcp.write_all(&answers).await
    }

    /// The next line; answers go out before it is waited for.
    async fn line(&mut self) -> std::io::Result<Line> {
        let mut searched = self.read;
        loop {
            let end = self.unread[searched..].iter().position(|byte| *byte == b'\n');
            if let Some(end) = end {
                let line = &self.unread[self.read..searched + end];
                self.read = searched + end + 1;
                let proper = line.ends_with(b"\r");
                let text = line.strip_suffix(b"\r").unwrap_or(line).to_vec();
                return Ok(Line { text, proper });
            }
            if self.unread.len() - self.read > SIZE {
                return Err(std::io::Error::other("a line without an end"));
            }
            self.flush().await?;
            self.unread.drain(..self.read);
            self.read = 0;
            searched = self.unread.len();
            let reading = self.tcp.read_buf(&mut self.unread);
            if tokio::time::timeout(PATIENCE, reading).await?? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

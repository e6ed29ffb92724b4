//! One call to the scripted relay: enough of RFC 5321 for a client that pipelines.

use std::io::{Error, ErrorKind};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::state::{Script, State};

/// The pause after each byte of a slow relay.
const BEAT: Duration = Duration::from_secs(1);
/// A call that hangs is hung up at the latest after so long.
const HANGING: Duration = Duration::from_secs(3_600);
/// Every so many messages are broken off by a script that breaks off.
const EVERY: u64 = 3;

/// How a conversation goes on.
enum Then {
    GoOn,
    HangUp,
    Encrypt,
}

pub(super) async fn serve(tcp: TcpStream, state: &State) -> std::io::Result<()> {
    tcp.set_nodelay(true)?;
    let mut plain = Call::new(tcp, state);
    if state.suffers(Script::Silent) {
        state.recovery(HANGING).await;
        return Ok(());
    }
    plain.greet().await?;
    if let Then::Encrypt = plain.talk().await? {
        let identities = state.identities.as_ref().ok_or(ErrorKind::Unsupported)?;
        let acceptor = identities.acceptor(state.suffers(Script::WrongCertificate));
        let stream = acceptor.accept(plain.stream.into_inner()).await?;
        Call::new(stream, state).talk().await?;
    }
    Ok(())
}

struct Call<'a, S> {
    stream: BufReader<S>,
    state: &'a State,
    to: Vec<String>,
    line: String,
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Call<'a, S> {
    fn new(stream: S, state: &'a State) -> Self {
        Self { stream: BufReader::new(stream), state, to: Vec::new(), line: String::new() }
    }

    async fn say(&mut self, answer: &str) -> std::io::Result<()> {
        let out = self.stream.get_mut();
        let mut rest = format!("{answer}\r\n").into_bytes();
        while self.state.suffers(Script::Slow) && !rest.is_empty() {
            out.write_all(&rest[..1]).await?;
            out.flush().await?;
            rest.remove(0);
            self.state.recovery(BEAT).await;
        }
        out.write_all(&rest).await?;
        out.flush().await
    }

    async fn greet(&mut self) -> std::io::Result<()> {
        let greeting = if self.state.suffers(Script::Closing) {
            "421 4.3.2 not now"
        } else if self.state.suffers(Script::TurnedAway) {
            "554 5.7.1 we do not talk to you"
        } else {
            return self.say("220 relay.example ESMTP").await;
        };
        self.say(greeting).await?;
        Err(ErrorKind::ConnectionAborted.into())
    }

    async fn talk(&mut self) -> std::io::Result<Then> {
        loop {
            self.line.clear();
            if self.stream.read_line(&mut self.line).await? == 0 {
                return Ok(Then::HangUp);
            }
            match self.answer().await? {
                Then::GoOn => {}
                then => return Ok(then),
            }
        }
    }

    async fn answer(&mut self) -> std::io::Result<Then> {
        let line = self.line.trim_end().to_owned();
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => {
                let start = if self.state.identities.is_some() { "250-STARTTLS\r\n" } else { "" };
                let able = "250-PIPELINING\r\n250-8BITMIME\r\n";
                let last = "250 SMTPUTF8";
                self.say(&format!("250-relay.example\r\n{able}{start}{last}")).await?;
            }
            "STAR" => {
                self.say("220 go on").await?;
                return Ok(Then::Encrypt);
            }
            "MAIL" => {
                self.to.clear();
                let full = self.state.suffers(Script::Full);
                self.say(if full { "452 4.3.1 no room" } else { "250 ok" }).await?;
            }
            "RCPT" => self.recipient(&line).await?,
            "DATA" if self.to.is_empty() => self.say("554 5.5.1 to whom?").await?,
            "DATA" => self.data().await?,
            "QUIT" => {
                self.say("221 bye").await?;
                return Ok(Then::HangUp);
            }
            "RSET" | "NOOP" => {
                self.to.clear();
                self.say("250 ok").await?;
            }
            _ => self.say("500 5.5.1 not known here").await?,
        }
        Ok(Then::GoOn)
    }

    async fn recipient(&mut self, line: &str) -> std::io::Result<()> {
        let inner = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
        let Some((address, _)) = inner else { return self.say("501 5.5.4 whom?").await };
        // A relay that has refused the sender refuses every recipient as well.
        if self.state.suffers(Script::Full) {
            return self.say("503 5.5.1 from whom?").await;
        }
        if self.state.refuses(address) {
            return self.say("550 5.1.1 nobody here by that name").await;
        }
        if self.state.is_unknown(address) {
            return self.say("450 4.2.0 greylisted, try again").await;
        }
        self.to.push(address.to_owned());
        self.say("250 ok").await
    }

    async fn data(&mut self) -> std::io::Result<()> {
        self.say("354 end with a dot alone").await?;
        let number = self.state.begin();
        let breaks_off = number.is_multiple_of(EVERY);
        let mut message_id = String::new();
        let (mut lines, mut folded) = (0, false);
        loop {
            let mut line = Vec::new();
            if self.stream.read_until(b'\n', &mut line).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            lines += 1;
            if breaks_off && lines > 3 && self.state.suffers(Script::CutInData) {
                return Err(Error::other("as the script says"));
            }
            if line == b".\r\n" {
                break;
            }
            // A long one stands on the line after the name.
            let text = String::from_utf8_lossy(&line);
            if text.to_ascii_lowercase().starts_with("message-id:") {
                message_id = text["message-id:".len()..].trim().to_owned();
                folded = message_id.is_empty();
            } else if std::mem::take(&mut folded) {
                message_id = text.trim().to_owned();
            }
        }
        self.state.take(&self.to, &message_id);
        self.to.clear();
        if breaks_off && self.state.suffers(Script::CutAfterDot) {
            return Err(Error::other("as the script says"));
        }
        self.say("250 2.0.0 taken in").await
    }
}

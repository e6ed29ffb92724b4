//! From the first byte to the point where messages can be handed over: greeting, encryption,
//! signing in (RFC 5321, RFC 3207, RFC 4954).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;

use super::reply::Reply;
use super::talk::{Broken, Stream, Talk};
use super::{Limits, Relay, Security};
use crate::guard::Guard;
use crate::tls::{self, Trust};

/// What the relay said that it can do.
#[derive(Debug, Clone, Default)]
pub(super) struct Able {
    pub(super) pipelining: bool,
    pub(super) utf8: bool,
    pub(super) eight_bit: bool,
    /// The largest message in bytes; 0 where the relay names none.
    pub(super) size: usize,
    pub(super) knows_size: bool,
    start_tls: bool,
    plain: bool,
    login: bool,
}

/// A connection that messages can be handed over on.
pub(super) struct Session {
    pub(super) talk: Talk,
    pub(super) able: Able,
    pub(super) limits: Limits,
    /// Whether a message that was announced and not handed over is to be wiped out.
    pub(super) dirty: bool,
    /// What is written, kept so that memory is asked for once.
    pub(super) out: Vec<u8>,
    secured: bool,
}

/// Errors here all mean that the channel is down; they are told to a person.
type Opened<T> = Result<T, String>;

impl Session {
    pub(super) async fn open(guard: &Guard, trust: &Trust, relay: &Relay) -> Opened<Self> {
        let limits = relay.limits;
        let tcp = guard.connect(&relay.host, relay.port, limits.connect).await;
        let tcp = tcp.map_err(|error| format!("relay: {error}"))?;
        let mut talk = match relay.security {
            Security::Tls => Talk::new(encrypt(tcp, trust, relay).await?),
            Security::StartTls | Security::Plain => Talk::new(tcp),
        };
        let greeting = talk.reply(limits.reply).await.map_err(words)?;
        if greeting.code != 220 {
            return Err(format!("the relay turned us away: {}", greeting.words()));
        }
        let mut able = greet(&mut talk, relay).await?;
        if relay.security == Security::StartTls {
            if !able.start_tls {
                return Err("the relay does not offer STARTTLS; without it nothing is sent. Use \
                            security = \"tls\" and its port, if it has one"
                    .to_owned());
            }
            expect(ask(&mut talk, "STARTTLS", limits).await?, 220, "STARTTLS")?;
            let stream = talk.into_stream().map_err(words)?;
            talk = Talk::new(encrypt(stream, trust, relay).await?);
            able = greet(&mut talk, relay).await?;
        }
        let secured = relay.security != Security::Plain;
        let mut session = Self { talk, able, limits, dirty: false, out: Vec::new(), secured };
        if let Some((user, password)) = &relay.login {
            session.sign_in(user, password.expose()).await?;
        }
        Ok(session)
    }

    async fn sign_in(&mut self, user: &str, password: &str) -> Opened<()> {
        if user.contains('\0') || password.contains('\0') {
            return Err("user and password must not contain a zero byte".to_owned());
        }
        let limits = self.limits;
        let answer = if self.able.plain {
            let both = STANDARD.encode(format!("\0{user}\0{password}"));
            ask(&mut self.talk, &format!("AUTH PLAIN {both}"), limits).await?
        } else if self.able.login {
            expect(ask(&mut self.talk, "AUTH LOGIN", limits).await?, 334, "AUTH LOGIN")?;
            let next = ask(&mut self.talk, &STANDARD.encode(user), limits).await?;
            expect(next, 334, "the user name")?;
            ask(&mut self.talk, &STANDARD.encode(password), limits).await?
        } else {
            return Err("the relay offers neither AUTH PLAIN nor AUTH LOGIN; if it needs no \
                        password, leave user and password out"
                .to_owned());
        };
        expect(answer, 235, "user and password; check both")
    }

    /// One line for the doctor.
    pub(super) fn summary(&self) -> String {
        let line = if self.secured { "encrypted" } else { "not encrypted" };
        let pipelining = if self.able.pipelining { ", takes several commands at once" } else { "" };
        format!("the relay answers, {line}{pipelining}")
    }

    /// Takes leave; whether the relay answers is of no matter.
    pub(super) async fn quit(mut self) {
        if self.talk.write(b"QUIT\r\n", self.limits.connect).await.is_ok() {
            let _farewell = self.talk.reply(self.limits.connect).await;
        }
    }
}

async fn encrypt(
    stream: impl Stream + 'static,
    trust: &Trust,
    relay: &Relay,
) -> Opened<impl Stream + 'static> {
    let name = ServerName::try_from(relay.host.clone())
        .map_err(|_| format!("“{}” is no name that a certificate can be for", relay.host))?;
    let shaking = TlsConnector::from(trust.config()).connect(name, stream);
    match tokio::time::timeout(relay.limits.connect, shaking).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => {
            let reason = tls::plain(&error).unwrap_or_else(|| crate::guard::plain(&error));
            Err(format!("no encrypted line to the relay: {reason}"))
        }
        Err(_elapsed) => Err(words(Broken::Slow(relay.limits.connect))),
    }
}

/// Says who we are and learns what the relay can do.
async fn greet(talk: &mut Talk, relay: &Relay) -> Opened<Able> {
    let name = &relay.greet_as;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let name = if !name.is_empty() && name.chars().all(fits) { name } else { "localhost" };
    let answer = ask(talk, &format!("EHLO {name}"), relay.limits).await?;
    if answer.code == 250 {
        return Ok(Able::read(&answer));
    }
    // A relay from before 1995 can neither encrypt nor sign in.
    if relay.security == Security::Plain && answer.code >= 500 && answer.code != 521 {
        expect(ask(talk, &format!("HELO {name}"), relay.limits).await?, 250, "HELO")?;
        return Ok(Able::default());
    }
    Err(format!("the relay refused our greeting: {}", answer.words()))
}

async fn ask(talk: &mut Talk, command: &str, limits: Limits) -> Opened<Reply> {
    let written = talk.write(format!("{command}\r\n").as_bytes(), limits.reply).await;
    written.map_err(|unwritten| words(unwritten.broken))?;
    talk.reply(limits.reply).await.map_err(words)
}

fn expect(answer: Reply, code: u16, what: &str) -> Opened<()> {
    if answer.code == code {
        Ok(())
    } else {
        Err(format!("the relay refused {what}: {}", answer.words()))
    }
}

fn words(broken: Broken) -> String {
    broken.to_string()
}

impl Able {
    fn read(answer: &Reply) -> Self {
        let mut able = Self::default();
        for line in answer.lines().skip(1) {
            let line = line.to_ascii_uppercase();
            // Some old servers write AUTH=LOGIN.
            let mut parts = line.split([' ', '=']);
            match parts.next().unwrap_or_default() {
                "PIPELINING" => able.pipelining = true,
                "SMTPUTF8" => able.utf8 = true,
                "8BITMIME" => able.eight_bit = true,
                "STARTTLS" => able.start_tls = true,
                "SIZE" => {
                    able.knows_size = true;
                    able.size = parts.next().and_then(|n| n.parse().ok()).unwrap_or(0);
                }
                "AUTH" => {
                    for way in parts {
                        able.plain |= way == "PLAIN";
                        able.login |= way == "LOGIN";
                    }
                }
                _ => {}
            }
        }
        able
    }
}

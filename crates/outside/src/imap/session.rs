//! From the first byte to the mails: greeting, encryption, signing in, looking.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imap_proto::{AttributeValue, Capability, MailboxDatum, Response, ResponseCode, Status};
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;

use super::talk::{Broken, Stream, Talk};
use super::{Account, Mailbox, Stored};
use crate::guard::Guard;
use crate::tls::{self, Trust};

/// A connection that is signed in. Errors are told to a person; after one it is of no more use.
pub struct Session {
    talk: Talk,
    tag: u32,
}

/// What the server can do.
#[derive(Debug, Default)]
struct Able {
    start_tls: bool,
    plain: bool,
    login_disabled: bool,
}

impl Session {
    /// Connects, encrypts and signs in.
    ///
    /// # Errors
    ///
    /// In words: no connection, no encryption, or user and password are not good.
    pub async fn open(guard: &Guard, trust: &Trust, account: &Account) -> Result<Self, String> {
        let tcp = guard.connect(&account.host, account.port, account.limit).await;
        let tcp = tcp.map_err(|error| format!("mailbox server: {error}"))?;
        // What stays on this machine needs no encryption, and seldom has a certificate.
        let inside = tcp.peer_addr().is_ok_and(|address| address.ip().is_loopback());
        let mut session = if account.tls {
            let stream = encrypt(tcp, trust, account).await?;
            Self { talk: Talk::new(stream, account.limit), tag: 0 }
        } else {
            Self { talk: Talk::new(tcp, account.limit), tag: 0 }
        };
        let greeting = session.talk.answer().await.map_err(words)?;
        let ready = matches!(
            Response::parse(&greeting),
            Ok((_, Response::Data { status: Status::Ok, .. }))
        );
        if !ready {
            return Err(format!("the mailbox server turned us away: {}", shown(&greeting)));
        }
        let mut able = session.able().await?;
        if !account.tls && !inside {
            if !able.start_tls {
                return Err("the mailbox server does not offer STARTTLS; without it no password \
                            is sent. Use imaps://, if it has that"
                    .to_owned());
            }
            session.command("STARTTLS", |_| {}).await?;
            let stream = session.talk.into_stream().map_err(words)?;
            let stream = encrypt(stream, trust, account).await?;
            session = Self { talk: Talk::new(stream, account.limit), tag: session.tag };
            able = session.able().await?;
        }
        session.sign_in(account, &able).await?;
        Ok(session)
    }

    async fn able(&mut self) -> Result<Able, String> {
        let mut able = Able::default();
        self.command("CAPABILITY", |response| {
            let Response::Capabilities(all) = response else { return };
            for one in all {
                match one {
                    Capability::Auth(way) => able.plain |= way.eq_ignore_ascii_case("PLAIN"),
                    Capability::Atom(word) => {
                        able.start_tls |= word.eq_ignore_ascii_case("STARTTLS");
                        able.login_disabled |= word.eq_ignore_ascii_case("LOGINDISABLED");
                    }
                    Capability::Imap4rev1 => {}
                }
            }
        })
        .await?;
        Ok(able)
    }

    async fn sign_in(&mut self, account: &Account, able: &Able) -> Result<(), String> {
        let (user, password) = (&account.user, account.password.expose());
        if format!("{user}{password}").contains(['\0', '\r', '\n']) {
            return Err("user and password must be one line each".to_owned());
        }
        let answered = if able.plain {
            let both = STANDARD.encode(format!("\0{user}\0{password}"));
            self.exchange("AUTHENTICATE PLAIN", Some(&both), |_| {}).await
        } else if able.login_disabled {
            return Err("the mailbox server takes no password over this line".to_owned());
        } else {
            let command = format!("LOGIN {} {}", quoted(user), quoted(password));
            self.exchange(&command, None, |_| {}).await
        };
        answered.map_err(|why| format!("user and password of the mailbox; check both: {why}"))
    }

    /// Opens the mailbox for looking only.
    ///
    /// # Errors
    ///
    /// In words, for example that it does not exist.
    pub async fn examine(&mut self, mailbox: &str) -> Result<Mailbox, String> {
        let (mut validity, mut next, mut mails) = (None, None, 0);
        self.command(&format!("EXAMINE {}", quoted(mailbox)), |response| match response {
            Response::MailboxData(MailboxDatum::Exists(count)) => mails = *count,
            Response::Data { outcome, .. } => match outcome.code {
                Some(ResponseCode::UidValidity(number)) => validity = Some(number),
                Some(ResponseCode::UidNext(number)) => next = Some(number),
                _ => {}
            },
            _ => {}
        })
        .await?;
        match (validity, next) {
            (Some(validity), Some(next)) => Ok(Mailbox { validity, next, mails }),
            _ => Err("the mailbox server does not number its mails for good".to_owned()),
        }
    }

    /// The numbers of the mails from `first` to `last`, ascending.
    ///
    /// # Errors
    ///
    /// In words.
    pub async fn numbers(&mut self, first: u32, last: u32) -> Result<Vec<u32>, String> {
        let mut found = Vec::new();
        self.command(&format!("UID SEARCH UID {first}:{last}"), |response| {
            if let Response::MailboxData(MailboxDatum::Search(numbers)) = response {
                found.extend(numbers.iter().filter(|one| (first..=last).contains(one)));
            }
        })
        .await?;
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The first `most` bytes of each of these mails. One that was deleted meanwhile is left out.
    ///
    /// # Errors
    ///
    /// In words.
    pub async fn beginnings(&mut self, of: &[u32], most: u32) -> Result<Vec<Stored>, String> {
        let list = of.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        let mut found = Vec::new();
        self.command(&format!("UID FETCH {list} (UID BODY.PEEK[]<0.{most}>)"), |response| {
            let Response::Fetch(_, values) = response else { return };
            let (mut number, mut bytes) = (None, None);
            for value in values {
                match value {
                    AttributeValue::Uid(uid) => number = Some(*uid),
                    AttributeValue::BodySection { data, .. } => {
                        bytes = Some(data.as_deref().unwrap_or_default().to_vec());
                    }
                    _ => {}
                }
            }
            // Others' news about flags has no bytes.
            if let (Some(number), Some(bytes)) = (number, bytes) {
                found.push(Stored { number, bytes });
            }
        })
        .await?;
        found.sort_by_key(|one| one.number);
        Ok(found)
    }

    /// Takes leave; whether the server answers is of no matter.
    pub async fn close(mut self) {
        let _farewell = self.command("LOGOUT", |_| {}).await;
    }

    async fn command(
        &mut self,
        command: &str,
        hear: impl FnMut(&Response<'_>),
    ) -> Result<(), String> {
        let verb = command.split(' ').next().unwrap_or_default();
        self.exchange(command, None, hear)
            .await
            .map_err(|why| format!("the mailbox server, asked {verb}: {why}"))
    }

    /// Sends a command, and what it asks for; hears all answers up to the one that ends it.
    async fn exchange(
        &mut self,
        command: &str,
        mut more: Option<&str>,
        mut hear: impl FnMut(&Response<'_>),
    ) -> Result<(), String> {
        self.tag += 1;
        let tag = format!("n{}", self.tag);
        self.talk.write(&format!("{tag} {command}\r\n")).await.map_err(words)?;
        loop {
            let answer = self.talk.answer().await.map_err(words)?;
            if answer.starts_with(b"+") {
                let Some(text) = more.take() else {
                    return Err(format!("it asks for more: {}", shown(&answer)));
                };
                self.talk.write(&format!("{text}\r\n")).await.map_err(words)?;
                continue;
            }
            match Response::parse(&answer) {
                Ok((_, Response::Done { tag: ended, status, .. })) if ended.0 == tag => {
                    return if status == Status::Ok { Ok(()) } else { Err(shown(&answer)) };
                }
                Ok((_, Response::Data { status: Status::Bye, .. })) if command != "LOGOUT" => {
                    return Err(shown(&answer));
                }
                Ok((_, response)) => hear(&response),
                // News that we do not know are none of ours; a mail that is not understood is.
                Err(_) if answer.starts_with(b"* ") && !is_mail(&answer) => {}
                Err(_) => return Err(words(Broken::Garbled(shown(&answer)))),
            }
        }
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("tag", &self.tag).finish_non_exhaustive()
    }
}

async fn encrypt(
    stream: impl Stream + 'static,
    trust: &Trust,
    account: &Account,
) -> Result<impl Stream + 'static, String> {
    let name = ServerName::try_from(account.host.clone())
        .map_err(|_| format!("“{}” is no name that a certificate can be for", account.host))?;
    let shaking = TlsConnector::from(trust.config()).connect(name, stream);
    match tokio::time::timeout(account.limit, shaking).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => {
            let reason = tls::plain(&error).unwrap_or_else(|| crate::guard::plain(&error));
            Err(format!("no encrypted line to the mailbox server: {reason}"))
        }
        Err(_elapsed) => Err(words(Broken::Slow(account.limit))),
    }
}

/// Whether an answer brings a mail.
fn is_mail(answer: &[u8]) -> bool {
    answer
        .split(|byte| *byte == b' ')
        .nth(2)
        .is_some_and(|word| word.eq_ignore_ascii_case(b"FETCH"))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The beginning of an answer, as it may stand in a log.
fn shown(answer: &[u8]) -> String {
    let text = String::from_utf8_lossy(answer);
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let (_tag, text) = text.trim_end().split_once(' ').unwrap_or_default();
    text.chars().take(200).map(plain).collect()
}

fn words(broken: Broken) -> String {
    broken.to_string()
}

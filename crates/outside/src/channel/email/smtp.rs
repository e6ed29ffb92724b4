//! A mail client for the one relay that a channel names: encrypted, signed in, pipelined, kept.

mod address;
mod envelope;
mod flow;
mod reply;
mod session;
mod talk;

use std::time::Duration;

use model::dispatch::Outcome;
use model::value::Span;

use crate::guard::Guard;
use crate::secret::Secret;
use crate::tls::Trust;

pub use address::{BadAddress, Mailbox};
use flow::End;
use session::Session;

/// How the line to the relay is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Begins plain and is encrypted before anything else is said; never goes on without.
    StartTls,
    /// Encrypted from the first byte.
    Tls,
    /// Not encrypted at all, and without a password. Only for a relay on the same machine or in a
    /// network of one's own.
    Plain,
}

impl Security {
    /// The port that goes with it.
    #[must_use]
    pub const fn usual_port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::Plain => 25,
        }
    }
}

/// How long each step may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Name, connection and encryption, each.
    pub connect: Duration,
    /// An answer to a command.
    pub reply: Duration,
    /// Handing over a message, and the answer after its end, each.
    pub data: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            reply: Duration::from_secs(60),
            data: Duration::from_secs(120),
        }
    }
}

/// A relay and how to get in.
#[derive(Debug, Clone)]
pub struct Relay {
    /// Name or address; the certificate must be for it.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the line is encrypted.
    pub security: Security,
    /// User and password, where it asks for them.
    pub login: Option<(String, Secret)>,
    /// The name by which we greet: a domain of ours.
    pub greet_as: String,
    /// How long each step may take.
    pub limits: Limits,
}

/// One message to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// By this number it is settled.
    pub number: u16,
    /// Where it comes back to if it cannot be delivered.
    pub from: String,
    /// Whom it is for.
    pub to: String,
    /// The finished message with headers; line ends and dots are taken care of.
    pub body: Vec<u8>,
}

/// What a connection hands over.
pub trait Mails: Send {
    /// The next message; none when there is no more for now.
    fn next(&mut self) -> Option<Mail>;

    /// What became of the message of this number: said once for each that was taken.
    fn settle(&mut self, number: u16, outcome: Outcome);
}

/// A single message.
struct One {
    mail: Option<Mail>,
    outcome: Option<Outcome>,
}

impl Mails for One {
    fn next(&mut self) -> Option<Mail> {
        self.mail.take()
    }

    fn settle(&mut self, _number: u16, outcome: Outcome) {
        self.outcome = Some(outcome);
    }
}

/// A connection that is kept: opened with the first message, opened again when it has broken.
pub struct Connection {
    guard: Guard,
    trust: Trust,
    relay: Relay,
    session: Option<Session>,
}

impl Connection {
    /// Makes a connection ready; nothing is sent yet.
    #[must_use]
    pub fn new(guard: Guard, trust: Trust, relay: Relay) -> Self {
        Self { guard, trust, relay, session: None }
    }

    /// Hands over what there is, each message once, and says what became of it. It returns when
    /// there is no more for now, or when the channel is down: the rest stays where it is then.
    ///
    /// A connection that the relay has closed is opened again: it goes on with the message of which
    /// that relay has not heard.
    pub async fn carry(&mut self, mails: &mut dyn Mails) {
        let mut unheard = None;
        while let Some(mail) = unheard.take().or_else(|| envelope::take(mails)) {
            let was_kept = self.session.is_some();
            let mut session = match self.session.take() {
                Some(session) => session,
                None => match Session::open(&self.guard, &self.trust, &self.relay).await {
                    Ok(session) => session,
                    Err(reason) => {
                        let down = Outcome::ChannelDown { after: Span::ZERO, reason };
                        mails.settle(mail.number, down);
                        return;
                    }
                },
            };
            match flow::run(&mut session, mail, mails).await {
                End::Empty => {
                    self.session = Some(session);
                    return;
                }
                End::Again(next) => unheard = next,
                End::Useless(mail, _) if was_kept => unheard = Some(mail),
                End::Useless(mail, outcome) => {
                    let down = matches!(outcome, Outcome::ChannelDown { .. });
                    mails.settle(mail.number, outcome);
                    if down {
                        return;
                    }
                }
                End::Down => return,
            }
        }
    }

    /// Hands one message over, once, and says what became of it. `body` is the finished message with
    /// headers; line ends and dots are taken care of.
    pub async fn send(&mut self, from: &str, to: &str, body: &[u8]) -> Outcome {
        let (from, to, body) = (from.to_owned(), to.to_owned(), body.to_owned());
        let mut one = One { mail: Some(Mail { number: 0, from, to, body }), outcome: None };
        self.carry(&mut one).await;
        one.outcome.expect("what is taken is settled")
    }

    /// Connects and signs in without sending anything.
    ///
    /// # Errors
    /// What is wrong, in plain words.
    pub async fn try_out(&mut self) -> Result<String, String> {
        let session = Session::open(&self.guard, &self.trust, &self.relay).await?;
        let seen = session.summary();
        session.quit().await;
        Ok(seen)
    }

    /// Takes leave of the relay.
    pub async fn quit(mut self) {
        if let Some(session) = self.session.take() {
            session.quit().await;
        }
    }
}

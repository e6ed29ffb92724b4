//! A mail client for the one relay that a channel names: encrypted, signed in, pipelined, kept.

mod address;
mod reply;
mod session;
mod talk;
mod transaction;

use std::time::Duration;

use model::dispatch::Outcome;
use model::value::Span;

use crate::guard::Guard;
use crate::secret::Secret;
use crate::tls::Trust;

pub use address::{BadAddress, Mailbox};
use session::Session;
use transaction::Attempt;

/// How the line to the relay is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Begins plain and is encrypted before anything else is said; never goes on without.
    StartTls,
    /// Encrypted from the first byte.
    Tls,
    /// Not encrypted at all. Only for a relay on the same machine or a network of one's own: the
    /// password is sent readable.
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

    /// Hands one message over, once, and says what became of it.
    ///
    /// A kept connection that the relay has closed in the meantime is opened again first: that
    /// relay has not heard of the message. `body` is the finished message with headers; line ends
    /// and dots are taken care of.
    pub async fn send(&mut self, from: &str, to: &str, body: &[u8]) -> Outcome {
        let (from, to) = match (Mailbox::parse(from), Mailbox::parse(to)) {
            (Ok(from), Ok(to)) => (from, to),
            (Err(wrong), _) | (_, Err(wrong)) => {
                return Outcome::Refused { reason: wrong.to_string() };
            }
        };
        let was_kept = self.session.is_some();
        let first = self.attempt(&from, &to, body).await;
        let attempt = match first {
            Attempt::Stale(_) if was_kept => self.attempt(&from, &to, body).await,
            other => other,
        };
        match attempt {
            Attempt::Done(outcome) => outcome,
            Attempt::Stale(outcome) => outcome,
        }
    }

    async fn attempt(&mut self, from: &Mailbox, to: &Mailbox, body: &[u8]) -> Attempt {
        let mut session = match self.session.take() {
            Some(session) => session,
            None => match Session::open(&self.guard, &self.trust, &self.relay).await {
                Ok(session) => session,
                Err(reason) => {
                    return Attempt::Done(Outcome::ChannelDown { after: Span::ZERO, reason });
                }
            },
        };
        let (attempt, usable) = transaction::run(&mut session, from, to, body).await;
        if usable {
            self.session = Some(session);
        }
        attempt
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

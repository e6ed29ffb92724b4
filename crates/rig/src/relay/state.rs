//! What the connections of a scripted relay share: its script, its health, and what it took in.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::tls::Identities;

/// What is wrong with the relay while it is sick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Script {
    /// It answers at one byte a second.
    Slow,
    /// It takes calls and never says a word.
    Silent,
    /// It sends every caller away with 421.
    Closing,
    /// It puts each recipient off with 450 at the first try.
    Greylist,
    /// It has no room: 452 at each message.
    Full,
    /// It refuses every seventh recipient for good, sick or not.
    SomeRefused,
    /// It breaks off in the middle of messages.
    CutInData,
    /// It takes messages in and breaks off before it says so.
    CutAfterDot,
    /// It turns every caller away for good: 554.
    TurnedAway,
    /// It shows a certificate that nobody trusts.
    WrongCertificate,
}

/// What the connections share.
pub(super) struct State {
    /// Nothing where the relay is always well.
    script: Option<Script>,
    well: watch::Receiver<bool>,
    pub(super) identities: Option<Identities>,
    pub(super) health: watch::Sender<bool>,
    ledger: Mutex<Ledger>,
}

/// What it took in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    /// By recipient and Message-ID: how often.
    pub(crate) taken: HashMap<String, HashMap<String, u64>>,
    /// Whom it refused for good.
    pub(crate) refused: HashSet<String>,
    /// When the first message was taken in.
    pub(crate) first: Option<Instant>,
    /// Whom it has put off.
    pub(super) asked: HashSet<String>,
    /// How many messages were begun.
    begun: u64,
}

impl State {
    /// Sick from the beginning if there is a script.
    pub(super) fn new(script: Option<Script>, identities: Option<Identities>) -> Self {
        let (health, well) = watch::channel(script.is_none());
        Self { script, well, identities, health, ledger: Mutex::default() }
    }

    /// Whether the relay has this fault at this moment.
    pub(super) fn suffers(&self, script: Script) -> bool {
        self.script == Some(script) && !*self.well.borrow()
    }

    /// Waits until the relay is well, but no longer than this.
    pub(super) async fn recovery(&self, limit: Duration) {
        let mut well = self.well.clone();
        let _ = tokio::time::timeout(limit, well.wait_for(|well| *well)).await;
    }

    /// Whether this recipient is to be put off: only when asked for the first time.
    pub(super) fn is_unknown(&self, recipient: &str) -> bool {
        self.suffers(Script::Greylist) && self.ledger().asked.insert(recipient.to_owned())
    }

    /// Whether this recipient is refused for good.
    pub(super) fn refuses(&self, recipient: &str) -> bool {
        let sum: u64 = recipient.bytes().map(u64::from).sum();
        let refused = self.script == Some(Script::SomeRefused) && sum.is_multiple_of(7);
        if refused {
            self.ledger().refused.insert(recipient.to_owned());
        }
        refused
    }

    /// The number of the message that begins now, from 0.
    pub(super) fn begin(&self) -> u64 {
        let mut ledger = self.ledger();
        ledger.begun += 1;
        ledger.begun - 1
    }

    pub(super) fn take(&self, recipients: &[String], message_id: &str) {
        let mut ledger = self.ledger();
        ledger.first.get_or_insert_with(Instant::now);
        for recipient in recipients {
            let ids = ledger.taken.entry(recipient.clone()).or_default();
            *ids.entry(message_id.to_owned()).or_default() += 1;
        }
    }

    pub(super) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

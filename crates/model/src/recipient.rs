//! Who can be told: recipients with ids that are never used twice, and the contacts that hang on
//! them. Only so can a fallback reach the same person elsewhere.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::value::Timestamp;

/// What a recipient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecipientKind {
    /// Confirmed a subscription.
    Subscriber,
    /// A person of the handbook.
    Staff,
    /// An outside partner.
    Partner,
    /// A machine.
    Endpoint,
}

impl RecipientKind {
    /// The word that is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Subscriber => "subscriber",
            Self::Staff => "staff",
            Self::Partner => "partner",
            Self::Endpoint => "endpoint",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Subscriber, Self::Staff, Self::Partner, Self::Endpoint]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// One contact of a recipient, as delivery needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The recipient's id.
    pub recipient: i64,
    /// What the recipient is.
    pub kind: RecipientKind,
    /// The key in the handbook, for staff, partners and endpoints.
    pub key: Option<String>,
    /// The channel's key in the handbook.
    pub channel: String,
    /// The address on that channel.
    pub address: String,
    /// The language to write in.
    pub language: Language,
}

/// A recipient to be written down with one contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecipient {
    /// What it is.
    pub kind: RecipientKind,
    /// The key in the handbook; none for subscribers.
    pub key: Option<String>,
    /// The channel's key in the handbook.
    pub channel: String,
    /// The address on that channel.
    pub address: String,
    /// The language to write in.
    pub language: Language,
    /// When consent was given; none where none is needed.
    pub consent_at: Option<Timestamp>,
}

//! Who is told: recipients with growing ids, and their contacts, one for each channel.

use std::collections::BTreeSet;

use model::language::Language;
use model::value::{Key, Timestamp};

use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Row, Stored, Value, json, row};
use crate::write::Step;

mod read;

pub(crate) use read::ALL as READS;
pub use read::{Candidate, Contact};

statements! {
    // A subscriber whose address is registered already is left as it is.
    SUBSCRIBE = "recipient.subscribe",
        "INSERT INTO recipient (kind, language, created_at)
         SELECT 'subscriber', CAST($1 AS TEXT), CAST($2 AS BIGINT) WHERE NOT EXISTS
         (SELECT 1 FROM contact WHERE channel = $3 AND address = $4 AND sole = 1)
         RETURNING id";
    ADD_SOLE = "recipient.add-sole-contact",
        "INSERT INTO contact
         (recipient, channel, address, sole, consent_at, consent_proof, components)
         SELECT LAST_ID(recipient), CAST($1 AS TEXT), CAST($2 AS TEXT), 1, $3, $4, $5
         WHERE NOT EXISTS
         (SELECT 1 FROM contact WHERE channel = $1 AND address = $2 AND sole = 1)";
    NAME = "recipient.name",
        "INSERT INTO recipient (kind, key, language, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (kind, key) DO UPDATE SET language = excluded.language, left_at = NULL";
    CLEAR_NAMED = "recipient.clear-named",
        "DELETE FROM contact WHERE recipient IN
         (SELECT id FROM recipient WHERE kind = $1 AND key = $2)";
    ADD_NAMED = "recipient.add-named-contact",
        "INSERT INTO contact (recipient, channel, address)
         SELECT id, CAST($3 AS TEXT), CAST($4 AS TEXT) FROM recipient
         WHERE kind = $1 AND key = $2";
    LEAVE = "recipient.leave",
        "UPDATE recipient SET left_at = $2 WHERE id = $1 AND left_at IS NULL";
    CLEAR = "recipient.clear", "DELETE FROM contact WHERE recipient = $1";
    LEAVE_NAMED = "recipient.leave-named",
        "UPDATE recipient SET left_at = $3 WHERE kind = $1 AND key = $2 AND left_at IS NULL";
    GONE = "recipient.gone",
        "UPDATE contact SET gone_at = $3 WHERE recipient = $1 AND channel = $2
         AND gone_at IS NULL";
}

/// What a recipient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Somebody who asked to be told.
    Subscriber,
    /// A person of the handbook; the key is the person's.
    Staff,
    /// An outside partner; the key is the partner's.
    Partner,
    /// An authority that must be told.
    Authority,
    /// A machine or public place; the key is the endpoint's.
    Endpoint,
}

impl Kind {
    const ALL: [Self; 5] =
        [Self::Subscriber, Self::Staff, Self::Partner, Self::Authority, Self::Endpoint];

    /// The word that is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Subscriber => "subscriber",
            Self::Staff => "staff",
            Self::Partner => "partner",
            Self::Authority => "authority",
            Self::Endpoint => "endpoint",
        }
    }
}

impl From<Kind> for Value {
    fn from(kind: Kind) -> Self {
        kind.word().into()
    }
}

impl Stored for Kind {
    fn stored(value: Value) -> Result<Self, String> {
        let word = String::stored(value)?;
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(|| "other kind".into())
    }
}

/// A subscriber to register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// The language to write in.
    pub language: Language,
    /// The channel's key in the handbook.
    pub channel: Key,
    /// The address on it, in its canonical spelling: the same one is registered only once.
    pub address: String,
    /// When consent was given, and what proves it.
    pub consent: Option<(Timestamp, String)>,
    /// Only these components are of interest; `None`: all.
    pub components: Option<BTreeSet<Key>>,
}

/// Registers subscribers in bulk; whoever is registered already is left as is. Gives the ids of
/// the new ones. A few thousand at a time is a good measure.
#[must_use]
pub fn subscribe_steps(newcomers: &[Newcomer], now: Timestamp) -> Vec<Step> {
    let mut steps = Vec::with_capacity(newcomers.len() * 2);
    for one in newcomers {
        let who = row![one.language, now, &one.channel, one.address.as_str()];
        let contact = row![
            &one.channel,
            one.address.as_str(),
            one.consent.as_ref().map(|(at, _)| *at),
            one.consent.as_ref().map(|(_, proof)| proof.as_str()),
            one.components.as_ref().map(json),
        ];
        steps.push(Step::any(&SUBSCRIBE, who));
        steps.push(Step::any(&ADD_SOLE, contact));
    }
    steps
}

/// Makes or renews a recipient that the handbook names, with these contacts (channel, address)
/// instead of the former.
#[must_use]
pub fn name_steps(
    kind: Kind,
    key: &Key,
    language: Language,
    contacts: &[(Key, String)],
    now: Timestamp,
) -> Vec<Step> {
    let contacts = contacts
        .iter()
        .map(|(channel, address)| row![kind, key, channel, address.as_str()])
        .collect();
    vec![
        Step::one(&NAME, row![kind, key, language, now]),
        Step::any(&CLEAR_NAMED, row![kind, key]),
        Step::each(&ADD_NAMED, contacts),
    ]
}

/// Somebody leaves: nothing more is sent, the addresses are erased, the id is never given again.
/// Leaving twice is no error.
#[must_use]
pub fn leave_steps(id: i64, at: Timestamp) -> Vec<Step> {
    vec![Step::any(&LEAVE, row![id, at]), Step::any(&CLEAR, row![id])]
}

/// The same for one that the handbook named.
#[must_use]
pub fn leave_named_steps(kind: Kind, key: &Key, at: Timestamp) -> Vec<Step> {
    vec![Step::any(&LEAVE_NAMED, row![kind, key, at]), Step::any(&CLEAR_NAMED, row![kind, key])]
}

/// The addresses of these recipients on this channel do not exist any more: nothing is sent there.
#[must_use]
pub fn gone_steps(channel: &Key, ids: &[i64], at: Timestamp) -> Vec<Step> {
    vec![Step::each_any(&GONE, ids.iter().map(|id| row![*id, channel, at]).collect())]
}

/// Reads a set of component keys, or none.
fn components(row: &mut Row) -> Result<Option<BTreeSet<Key>>, StoreError> {
    row.take_json_or_null()
}

//! Who is told: recipients with growing ids, and their contacts, at most one for each channel.

use model::recipient::{NewRecipient, RecipientKind};
use model::value::{Key, Timestamp};

use crate::sql::statements;
use crate::subscription::chosen;
use crate::value::{Stored, Value, row};
use crate::write::Step;

mod read;

pub(crate) use read::ALL as READS;
pub use read::Candidate;

statements! {
    // A subscriber whose address is registered already is left as it is.
    SUBSCRIBE = "recipient.subscribe",
        "INSERT INTO recipient (kind, language, created_at)
         SELECT 'subscriber', CAST($1 AS TEXT), CAST($2 AS BIGINT) WHERE NOT EXISTS
         (SELECT 1 FROM contact WHERE channel = $3 AND address = $4 AND sole = 1)
         RETURNING id";
    ADD_SOLE = "recipient.add-sole-contact",
        "INSERT INTO contact (recipient, channel, address, sole, consent_at, components)
         SELECT LAST_ID(recipient), CAST($1 AS TEXT), CAST($2 AS TEXT), 1, CAST($3 AS BIGINT),
         CAST($4 AS TEXT)
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
    // What a mail server said of an address often repeats it.
    CLEAR_BOUNCES = "recipient.clear-bounces",
        "UPDATE bounce SET reason = '' WHERE recipient = $1";
    CLEAR_NAMED_BOUNCES = "recipient.clear-named-bounces",
        "UPDATE bounce SET reason = '' WHERE recipient IN
         (SELECT id FROM recipient WHERE kind = $1 AND key = $2)";
    CLEAR_ASKED = "recipient.clear-asked", "DELETE FROM asked WHERE recipient = $1";
    END_CONSENT = "recipient.end-consent",
        "UPDATE consent SET ended_at = $2 WHERE recipient = $1 AND ended_at IS NULL";
    LEAVE_NAMED = "recipient.leave-named",
        "UPDATE recipient SET left_at = $3 WHERE kind = $1 AND key = $2 AND left_at IS NULL";
    GONE = "recipient.gone",
        "UPDATE contact SET gone_at = $3 WHERE recipient = $1 AND channel = $2
         AND gone_at IS NULL";
}

impl From<RecipientKind> for Value {
    fn from(kind: RecipientKind) -> Self {
        kind.word().into()
    }
}

impl Stored for RecipientKind {
    fn stored(value: Value) -> Result<Self, String> {
        let word = String::stored(value)?;
        Self::from_word(&word).ok_or_else(|| "text that is no kind of recipient".into())
    }
}

/// Writes down recipients in bulk, and gives the ids of the new ones. A few thousand at a time is
/// a good measure.
///
/// Without a key it is a subscriber: an address that is registered already is left as it is. With
/// a key it is somebody whom the handbook names: language and further contacts are brought up to
/// date; to replace the contacts, put [`clear_named_steps`] before.
#[must_use]
pub fn add_steps(new: &[NewRecipient], now: Timestamp) -> Vec<Step> {
    let mut steps = Vec::with_capacity(new.len() * 2);
    for one in new {
        let (channel, address) = (&one.channel, &one.address);
        if let Some(key) = &one.key {
            steps.push(Step::one(&NAME, row![one.kind, key, one.language, now]));
            steps.push(Step::one(&ADD_NAMED, row![one.kind, key, channel, address]));
        } else {
            steps.push(Step::any(&SUBSCRIBE, row![one.language, now, channel, address]));
            let components = chosen(one.components.as_ref());
            let contact = row![channel, address, one.consent_at, components];
            steps.push(Step::any(&ADD_SOLE, contact));
        }
    }
    steps
}

/// Forgets the contacts of somebody whom the handbook names, before the new ones are added.
#[must_use]
pub fn clear_named_steps(kind: RecipientKind, key: &Key) -> Vec<Step> {
    vec![Step::any(&CLEAR_NAMED, row![kind, key])]
}

/// Somebody leaves: nothing more is sent, the addresses are erased, the id is never given again.
/// Leaving twice is no error.
#[must_use]
pub fn leave_steps(id: i64, at: Timestamp) -> Vec<Step> {
    vec![
        Step::any(&LEAVE, row![id, at]),
        Step::any(&CLEAR, row![id]),
        Step::any(&CLEAR_BOUNCES, row![id]),
        Step::any(&CLEAR_ASKED, row![id]),
        Step::any(&END_CONSENT, row![id, at]),
    ]
}

/// The same for one that the handbook named.
#[must_use]
pub fn leave_named_steps(kind: RecipientKind, key: &Key, at: Timestamp) -> Vec<Step> {
    vec![
        Step::any(&LEAVE_NAMED, row![kind, key, at]),
        Step::any(&CLEAR_NAMED, row![kind, key]),
        Step::any(&CLEAR_NAMED_BOUNCES, row![kind, key]),
    ]
}

/// The addresses of these recipients on this channel do not exist any more: nothing is sent there.
#[must_use]
pub fn gone_steps(channel: &Key, ids: &[i64], at: Timestamp) -> Vec<Step> {
    vec![Step::each_any(&GONE, ids.iter().map(|id| row![*id, channel, at]).collect())]
}

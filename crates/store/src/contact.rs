//! Further ways to somebody who is registered: a telephone number beside a mail address. Each has
//! a consent of its own, and ends on its own.
//!
//! Who wants nothing more at an address is kept out by a *fence*: a keyed hash that outlives the
//! contact.

use std::collections::BTreeSet;

use model::recipient::RecipientKind;
use model::value::{Key, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::row;
use crate::write::Step;

statements! {
    ADD = "contact.add",
        "INSERT INTO contact (recipient, channel, address, sole, consent_at, components)
         SELECT id, CAST($2 AS TEXT), CAST($3 AS TEXT), 1, CAST($4 AS BIGINT),
         (SELECT components FROM contact WHERE recipient = $1 AND sole = 1 ORDER BY id LIMIT 1)
         FROM recipient WHERE id = $1 AND kind = $5 AND left_at IS NULL";
    PROVE = "contact.prove",
        "INSERT INTO consent (recipient, channel, given_at, proof) VALUES ($1, $2, $3, $4)";
    ATTACH = "contact.attach",
        "INSERT INTO contact (recipient, channel, address, sole, consent_at, components)
         SELECT known.recipient, CAST($3 AS TEXT), CAST($4 AS TEXT), 1, CAST($5 AS BIGINT),
         known.components FROM contact AS known
         WHERE known.channel = $1 AND known.address = $2 AND known.sole = 1 AND NOT EXISTS
         (SELECT 1 FROM contact AS other WHERE other.channel = $3 AND other.sole = 1
          AND other.address = $4)
         AND NOT EXISTS (SELECT 1 FROM contact AS mine
          WHERE mine.recipient = known.recipient AND mine.channel = $3)
         RETURNING id";
    END = "contact.end",
        "DELETE FROM contact WHERE recipient = $1 AND channel = $2 AND sole = 1";
    END_CONSENT = "contact.end-consent",
        "UPDATE consent SET ended_at = $3 WHERE recipient = $1 AND channel = $2
         AND ended_at IS NULL";
    // Whoever had no other way has left with it.
    LEAVE_AT = "contact.leave-at",
        "UPDATE recipient SET left_at = $3 WHERE left_at IS NULL AND id IN
         (SELECT recipient FROM contact WHERE channel = $1 AND address = $2 AND sole = 1)
         AND NOT EXISTS (SELECT 1 FROM contact AS other
          WHERE other.recipient = recipient.id AND other.channel <> $1)";
    END_CONSENT_AT = "contact.end-consent-at",
        "UPDATE consent SET ended_at = $3 WHERE channel = $1 AND ended_at IS NULL
         AND recipient IN (SELECT recipient FROM contact WHERE channel = $1 AND address = $2)";
    CLEAR_AT = "contact.clear-at", "DELETE FROM contact WHERE channel = $1 AND address = $2";
    FENCE = "contact.fence",
        "INSERT INTO fence (channel, address, at) VALUES ($1, $2, $3)
         ON CONFLICT (channel, address) DO NOTHING";
    LIFT = "contact.lift", "DELETE FROM fence WHERE channel = $1 AND address = $2";
    FENCED = "contact.fenced", "SELECT address FROM fence WHERE channel = $1";
    WAYS = "contact.ways",
        "SELECT channel, address, consent_at, gone_at FROM contact WHERE recipient = $1
         ORDER BY id";
    HOLDERS = "contact.holders",
        "SELECT recipient FROM contact WHERE channel = $1 AND address = $2 ORDER BY recipient";
}

/// One way to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The channel.
    pub channel: Key,
    /// The address on it.
    pub address: String,
    /// When they consented, where that is known.
    pub consent_at: Option<Timestamp>,
    /// Since when the address does not exist any more.
    pub gone_at: Option<Timestamp>,
}

/// Gives a subscriber a way, in the place of the one on this channel. A conflict means that there
/// is no such subscriber, or that the address is somebody else's.
#[must_use]
pub fn set_steps(
    recipient: i64,
    channel: &Key,
    address: &str,
    proof: &str,
    now: Timestamp,
) -> Vec<Step> {
    let mut steps = end_steps(recipient, channel, now);
    let subscriber = RecipientKind::Subscriber;
    steps.push(Step::one(&ADD, row![recipient, channel, address, now, subscriber]));
    steps.push(Step::one(&PROVE, row![recipient, channel, now, proof]));
    steps
}

/// Gives each subscriber of these addresses on the channel `known` a way on the channel `new`, and
/// a number for each who got one. Who has one already keeps it, and no address becomes two
/// people's.
#[must_use]
pub fn attach_steps(
    known: &Key,
    new: &Key,
    pairs: &[(String, String)],
    consent_at: Timestamp,
) -> Vec<Step> {
    let row = |(at, address): &(String, String)| row![known, at, new, address, consent_at];
    vec![Step::each_any(&ATTACH, pairs.iter().map(row).collect())]
}

/// Ends a subscriber's way on this channel; the others stay.
#[must_use]
pub fn end_steps(recipient: i64, channel: &Key, now: Timestamp) -> Vec<Step> {
    vec![
        Step::any(&END_CONSENT, row![recipient, channel, now]),
        Step::any(&END, row![recipient, channel]),
    ]
}

/// Nothing is sent to this address any more, whosever it is.
#[must_use]
pub fn withdraw_steps(channel: &Key, address: &str, now: Timestamp) -> Vec<Step> {
    vec![
        Step::any(&LEAVE_AT, row![channel, address, now]),
        Step::any(&END_CONSENT_AT, row![channel, address, now]),
        Step::any(&CLEAR_AT, row![channel, address]),
    ]
}

/// Keeps an address out for good. A conflict means that it was kept out before.
#[must_use]
pub fn fence_steps(channel: &Key, hash: &str, now: Timestamp) -> Vec<Step> {
    vec![Step::one(&FENCE, row![channel, hash, now])]
}

/// Keeps all ways of somebody out who leaves; what was kept out before stays so.
#[must_use]
pub fn keep_out_steps(ways: &[(Key, String)], now: Timestamp) -> Vec<Step> {
    let row = |(channel, hash): &(Key, String)| row![channel, hash, now];
    vec![Step::each_any(&FENCE, ways.iter().map(row).collect())]
}

/// Lets an address in that its owner has just confirmed, whether it was kept out or not.
#[must_use]
pub fn confirmed_steps(channel: &Key, hash: &str) -> Vec<Step> {
    vec![Step::any(&LIFT, row![channel, hash])]
}

/// Lets an address in again, because its owner wants it. A conflict means that it was not kept out.
#[must_use]
pub fn lift_steps(channel: &Key, hash: &str) -> Vec<Step> {
    vec![Step::one(&LIFT, row![channel, hash])]
}

impl Store {
    /// The hashes of all addresses of a channel that are kept out.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn fenced(&self, channel: &Key) -> Result<BTreeSet<String>, StoreError> {
        let all = self.rows(&FENCED, row![channel], |mut row| row.take()).await?;
        Ok(all.into_iter().collect())
    }

    /// All ways to this recipient, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn ways(&self, recipient: i64) -> Result<Vec<Way>, StoreError> {
        self.rows(&WAYS, row![recipient], |mut row| {
            Ok(Way {
                channel: row.take()?,
                address: row.take()?,
                consent_at: row.take()?,
                gone_at: row.take()?,
            })
        })
        .await
    }

    /// Whoever has this address on this channel, subscribers and people of the handbook.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn holders(&self, channel: &Key, address: &str) -> Result<Vec<i64>, StoreError> {
        self.rows(&HOLDERS, row![channel, address], |mut row| row.take()).await
    }
}

//! Bounces: who was counted as told and came back, and how far the mailbox was read in which they
//! lie.
//!
//! A bounce may come while a node works on its shard. So it is noted first, in the same write as how
//! far the mailbox was read, and counted in the shard as soon as nobody works on that: each of the
//! two happens once, whatever breaks off in between and however many nodes try.

use model::dispatch::{Bounce, SHARD};
use model::value::{Key, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::shard::Lease;
use crate::sql::statements;
use crate::value::{Stored, Value, row};
use crate::write::Step;

statements! {
    BEGIN = "bounce.begin",
        "INSERT INTO inbox (channel, position, read_at, unclear) VALUES ($1, '', $2, 0)
         ON CONFLICT (channel) DO NOTHING";
    READ_ON = "bounce.read-on",
        "UPDATE inbox SET position = $3, read_at = $4, unclear = unclear + $5
         WHERE channel = $1 AND position = $2";
    PLACE = "bounce.place", "SELECT position, read_at, unclear FROM inbox WHERE channel = $1";
    // Of a dispatch or recipient that was deleted since, nothing is to be noted.
    NOTE = "bounce.note",
        "INSERT INTO bounce (dispatch, recipient, fate, reason, heard_at)
         SELECT dispatch.id, recipient.id, CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT)
         FROM dispatch JOIN recipient ON recipient.id = $2 WHERE dispatch.id = $1
         ON CONFLICT (dispatch, recipient) DO NOTHING";
    TO_COUNT = "bounce.to-count",
        "SELECT shard.dispatch, shard.base, shard.epoch, bounce.recipient, bounce.fate
         FROM bounce JOIN shard ON shard.dispatch = bounce.dispatch
         AND shard.base = bounce.recipient - bounce.recipient % $3
         WHERE bounce.counted_at IS NULL AND (shard.until IS NULL OR shard.until <= $1)
         ORDER BY bounce.dispatch, bounce.recipient LIMIT $2";
    // Nobody gets an older notice after a newer one, also not from a channel that steps in.
    RECALL = "bounce.recall",
        "UPDATE shard SET due_at = $3 WHERE dispatch = $1 AND base = $2 AND due_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM dispatch AS mine
         JOIN dispatch AS newer ON newer.incident = mine.incident AND newer.kind = mine.kind
         AND COALESCE(newer.instead_of, newer.channel) = COALESCE(mine.instead_of, mine.channel)
         AND newer.audience = mine.audience AND newer.id > mine.id
         AND newer.notice IS DISTINCT FROM mine.notice WHERE mine.id = $1)";
    COUNTED = "bounce.counted",
        "UPDATE bounce SET counted_at = $3
         WHERE dispatch = $1 AND recipient = $2 AND counted_at IS NULL";
}

/// How far a mailbox was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What the reader gave to go on from; empty at the beginning.
    pub position: String,
    /// When it was read last, or first tried.
    pub read_at: Timestamp,
    /// How many mails in it could not be made out.
    pub unclear: u64,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The dispatch that it was part of.
    pub dispatch: i64,
    /// Who did not get it.
    pub recipient: i64,
    /// What the bounce says.
    pub fate: Bounce,
    /// The words of the other side.
    pub reason: String,
}

/// Bounces that are not counted yet, of one shard that nobody works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncounted {
    /// The shard, as it was found: for [`crate::shard::amend_steps`].
    pub found: Lease,
    /// Who, and what.
    pub bounces: Vec<(i64, Bounce)>,
}

/// Notes that a mailbox is going to be read, unless that was noted before.
#[must_use]
pub fn begin_steps(channel: &Key, now: Timestamp) -> Vec<Step> {
    vec![Step::any(&BEGIN, row![channel, now])]
}

/// Notes how far a mailbox was read, and what was in it. A bounce that is known already is left as
/// it is. A conflict means that another node has read on meanwhile: nothing was noted.
#[must_use]
pub fn read_steps(
    channel: &Key,
    from: &str,
    to: &str,
    unclear: u64,
    returned: &[Returned],
    now: Timestamp,
) -> Vec<Step> {
    let rows = returned
        .iter()
        .map(|one| row![one.dispatch, one.recipient, one.fate.word(), one.reason.as_str(), now]);
    vec![
        Step::one(&READ_ON, row![channel, from, to, now, unclear]),
        Step::each_any(&NOTE, rows.collect()),
    ]
}

/// Notes that these were counted in their shard. A conflict means that another node did it.
#[must_use]
pub fn counted_steps(uncounted: &Uncounted, now: Timestamp) -> Vec<Step> {
    let row = |(recipient, _): &(i64, Bounce)| row![uncounted.found.dispatch, *recipient, now];
    vec![Step::each(&COUNTED, uncounted.bounces.iter().map(row).collect())]
}

/// Takes a shard up again in which everybody was settled, so that another channel can tell those
/// who bounced; not if there is a newer notice for them.
#[must_use]
pub fn recall_steps(found: &Lease, now: Timestamp) -> Vec<Step> {
    vec![Step::any(&RECALL, row![found.dispatch, found.base, now])]
}

impl Store {
    /// How far the mailbox of this channel was read; `None` where nobody ever tried.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn inbox(&self, channel: &Key) -> Result<Option<Place>, StoreError> {
        self.row(&PLACE, row![channel], |mut row| {
            Ok(Place { position: row.take()?, read_at: row.take()?, unclear: row.take()? })
        })
        .await
    }

    /// Bounces that are not counted yet and whose shard nobody works on, at most so many.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn uncounted_bounces(
        &self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<Uncounted>, StoreError> {
        let rows = self
            .rows(&TO_COUNT, row![now, most, SHARD], |mut row| {
                let found = Lease { dispatch: row.take()?, base: row.take()?, epoch: row.take()? };
                Ok((found, (row.take()?, row.take()?)))
            })
            .await?;
        let mut all: Vec<Uncounted> = Vec::new();
        for (found, bounce) in rows {
            match all.last_mut().filter(|last| last.found == found) {
                Some(last) => last.bounces.push(bounce),
                None => all.push(Uncounted { found, bounces: vec![bounce] }),
            }
        }
        Ok(all)
    }
}

impl Stored for Bounce {
    fn stored(value: Value) -> Result<Self, String> {
        let word = String::stored(value)?;
        Self::from_word(&word).ok_or_else(|| "text that is no fate of a message".into())
    }
}

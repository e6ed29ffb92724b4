//! Shards: the durable record of who of a dispatch was reached, and who works on it.
//!
//! A holder leases a shard and writes only under the epoch of that lease. Whoever lost the lease
//! (slept too long, was cut off) has another epoch, and its writes are conflicts.

use std::collections::BTreeSet;

use model::dispatch::{BadShard, Ids, Shard, Waits};
use model::value::{Span, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Row, row};
use crate::write::Step;

statements! {
    ADD = "shard.add",
        "INSERT INTO shard (dispatch, base, planned, accepted, refused, gone, unsure, delivered,
         intent, doubted, later, passed, settled, due_at, epoch)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0)";
    ADD_TO_LAST = "shard.add-to-last",
        "INSERT INTO shard (dispatch, base, planned, accepted, refused, gone, unsure, delivered,
         intent, doubted, later, passed, settled, due_at, epoch)
         VALUES (LAST_ID(dispatch), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)";
    FROZEN = "shard.frozen",
        "UPDATE dispatch SET frozen_at = $2 WHERE id = $1 AND frozen_at IS NULL";
    LEASE = "shard.lease",
        "UPDATE shard SET holder = $4, epoch = epoch + 1, until = $5
         WHERE dispatch = $1 AND base = $2 AND epoch = $3 AND due_at IS NOT NULL
         AND (until IS NULL OR until <= $6 OR until > $7)";
    SAVE = "shard.save",
        "UPDATE shard SET accepted = $4, refused = $5, gone = $6, unsure = $7, delivered = $8,
         intent = $9, doubted = $10, later = $11, passed = $12, settled = $13, due_at = $14,
         until = $15
         WHERE dispatch = $1 AND base = $2 AND epoch = $3";
    // Only while nobody works on it; whoever did and slept too long has lost it by this.
    AMEND = "shard.amend",
        "UPDATE shard SET accepted = $4, refused = $5, gone = $6, unsure = $7, delivered = $8,
         intent = $9, doubted = $10, later = $11, passed = $12, settled = $13, epoch = epoch + 1
         WHERE dispatch = $1 AND base = $2 AND epoch = $3 AND (until IS NULL OR until <= $14)";
    WAKE = "shard.wake",
        "UPDATE shard SET due_at = $2 WHERE dispatch = $1 AND due_at > $2";
    RELEASE = "shard.release",
        "UPDATE shard SET until = NULL, epoch = epoch + 1 WHERE holder = $1 AND until IS NOT NULL";
    DUE = "shard.due",
        "SELECT dispatch, base, epoch FROM shard
         WHERE (due_at <= $1 OR due_at > $2) AND (until IS NULL OR until <= $1 OR until > $3)
         ORDER BY due_at, dispatch, base LIMIT $4";
    NEXT_DUE = "shard.next-due",
        "SELECT min(CASE WHEN until > due_at THEN until ELSE due_at END) FROM shard
         WHERE due_at IS NOT NULL";
    GET = "shard.get",
        "SELECT base, planned, accepted, refused, gone, unsure, delivered, intent, doubted,
         later, passed, settled FROM shard WHERE dispatch = $1 AND base = $2";
    OF_DISPATCH = "shard.of-dispatch",
        "SELECT base, planned, accepted, refused, gone, unsure, delivered, intent, doubted,
         later, passed, settled FROM shard WHERE dispatch = $1 ORDER BY base";
    // An older message of the same sort to the same people, whose holder may still be sending.
    OLDER_UNDER_WAY = "shard.older-under-way",
        "SELECT CAST(count(*) AS BIGINT) FROM dispatch AS mine
         JOIN dispatch AS older ON older.incident = mine.incident AND older.kind = mine.kind
         AND COALESCE(older.instead_of, older.channel) = COALESCE(mine.instead_of, mine.channel)
         AND older.audience = mine.audience
         AND older.id < mine.id AND older.done_at IS NULL
         AND older.notice IS DISTINCT FROM mine.notice
         JOIN shard ON shard.dispatch = older.id
         WHERE mine.id = $1 AND shard.base = $2 AND shard.due_at IS NOT NULL
         AND shard.until > $3";
    UNSETTLED = "shard.unsettled",
        "SELECT CAST(count(*) AS BIGINT) FROM shard
         WHERE dispatch = $1 AND due_at IS NOT NULL";
}

/// The right to work on a shard, until another holder takes it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The dispatch of the shard.
    pub dispatch: i64,
    /// The first id of the shard.
    pub base: i64,
    /// Grows with every lease.
    pub epoch: i64,
}

/// No lease is taken for longer: what holds beyond was written before the clock was turned back.
pub const LONGEST_LEASE: Span = Span::minutes(10);

/// Freezes the audience of a dispatch as these fresh shards, due at once. A conflict means that
/// another node has frozen it already.
#[must_use]
pub fn freeze_steps(dispatch: i64, shards: &[Shard], now: Timestamp) -> Vec<Step> {
    let rows = shards.iter().map(|shard| {
        let mut values = row![dispatch, shard.base, shard.planned.to_bytes()];
        values.extend(record(shard));
        values.extend(row![now]);
        values
    });
    vec![Step::one(&FROZEN, row![dispatch, now]), Step::each(&ADD, rows.collect())]
}

/// Adds a fresh shard, due at once, to the dispatch that the step before has created.
pub(crate) fn add_to_last_steps(shard: &Shard, now: Timestamp) -> Vec<Step> {
    let mut values = row![shard.base, shard.planned.to_bytes()];
    values.extend(record(shard));
    values.extend(row![now]);
    vec![Step::one(&ADD_TO_LAST, values)]
}

/// Stores what became of a shard. `due_at` is when to look at it again, `None` when everybody is
/// settled. `until` prolongs the lease; `None` gives it back. A conflict means that the lease was
/// lost: stop, another holder goes on.
#[must_use]
pub fn save_steps(
    lease: &Lease,
    shard: &Shard,
    due_at: Option<Timestamp>,
    until: Option<Timestamp>,
) -> Vec<Step> {
    let mut values = row![lease.dispatch, lease.base, lease.epoch];
    values.extend(record(shard));
    values.extend(row![due_at, until]);
    vec![Step::one(&SAVE, values)]
}

/// Corrects what is known of a shard that nobody works on. `found` is what was read, not what is
/// held. A conflict means that somebody works on it, or did since: try again later.
#[must_use]
pub fn amend_steps(found: &Lease, shard: &Shard, now: Timestamp) -> Vec<Step> {
    let mut values = row![found.dispatch, found.base, found.epoch];
    values.extend(record(shard));
    values.extend(row![now]);
    vec![Step::one(&AMEND, values)]
}

/// Makes the waiting shards of a dispatch due now: a newer notice takes over, or the channel is
/// back.
#[must_use]
pub fn wake_steps(dispatch: i64, now: Timestamp) -> Vec<Step> {
    vec![Step::any(&WAKE, row![dispatch, now])]
}

/// Gives back all leases of a holder that was started again: nobody waits for them to run out,
/// and what its former process still tries to write is a conflict.
#[must_use]
pub fn release_steps(holder: &str) -> Vec<Step> {
    vec![Step::any(&RELEASE, row![holder])]
}

fn lease_steps(lease: &Lease, holder: &str, until: Timestamp, now: Timestamp) -> Vec<Step> {
    let latest = now.after(LONGEST_LEASE);
    let values = row![lease.dispatch, lease.base, lease.epoch, holder, until, now, latest];
    vec![Step::one(&LEASE, values)]
}

/// What changes of a shard: who is planned does not.
fn record(shard: &Shard) -> Vec<crate::value::Value> {
    let sets = [
        &shard.accepted,
        &shard.refused,
        &shard.gone,
        &shard.unsure,
        &shard.delivered,
        &shard.intent,
        &shard.doubted,
    ];
    let mut values: Vec<_> = sets.into_iter().map(|ids| ids.to_bytes().into()).collect();
    values.push(shard.later.to_bytes().into());
    values.push(shard.passed.to_bytes().into());
    values.push(shard.settled.into());
    values
}

impl Store {
    /// Leases the shard that has been due for longest, if one is due and free and not of a
    /// dispatch that is left out, and reads it. Several nodes may ask at once: each gets another.
    /// What is due or leased further ahead than anything may be was written before the clock was
    /// turned back: it is due now.
    ///
    /// # Errors
    ///
    /// When the database cannot be read or written.
    pub async fn lease_shard(
        &self,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
        left_out: &BTreeSet<i64>,
    ) -> Result<Option<(Lease, Shard)>, StoreError> {
        let latest = row![now, now.after(Waits::LONGEST), now.after(LONGEST_LEASE), 256_i64];
        let due: Vec<Lease> = self
            .rows(&DUE, latest, |mut row| {
                Ok(Lease { dispatch: row.take()?, base: row.take()?, epoch: row.take()? })
            })
            .await?;
        for mut lease in due.into_iter().filter(|one| !left_out.contains(&one.dispatch)) {
            match self.write(lease_steps(&lease, holder, until, now)).await {
                Ok(_) => {
                    lease.epoch += 1;
                    let shard = self.shard(lease.dispatch, lease.base).await?;
                    return Ok(shard.map(|shard| (lease, shard)));
                }
                // Another node was faster; the next one may be free.
                Err(StoreError::Conflict { .. }) => {}
                Err(why) => return Err(why),
            }
        }
        Ok(None)
    }

    /// When the next shard will be due and free; `None` when there is nothing left to do.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn next_shard_due(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.row(&NEXT_DUE, row![], |mut row| row.take()).await?.flatten())
    }

    /// One shard.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn shard(&self, dispatch: i64, base: i64) -> Result<Option<Shard>, StoreError> {
        self.row(&GET, row![dispatch, base], shard).await
    }

    /// All shards of a dispatch in the order of their ids: `tally` of each gives the reach.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn shards_of(&self, dispatch: i64) -> Result<Vec<Shard>, StoreError> {
        self.many_rows(&OF_DISPATCH, row![dispatch], shard).await
    }

    /// Whether an older message of the same sort is under way to the people of this shard at this
    /// moment: a newer one must not overtake it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn older_is_under_way(
        &self,
        dispatch: i64,
        base: i64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let parameters = row![dispatch, base, now];
        let count: Option<i64> =
            self.row(&OLDER_UNDER_WAY, parameters, |mut row| row.take()).await?;
        Ok(count.unwrap_or(0) > 0)
    }

    /// How many shards of a dispatch are not settled yet.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn unsettled_shards(&self, dispatch: i64) -> Result<i64, StoreError> {
        let count = self.row(&UNSETTLED, row![dispatch], |mut row| row.take()).await?;
        Ok(count.unwrap_or(0))
    }
}

fn shard(mut row: Row) -> Result<Shard, StoreError> {
    Ok(Shard {
        base: row.take()?,
        planned: ids(&mut row)?,
        accepted: ids(&mut row)?,
        refused: ids(&mut row)?,
        gone: ids(&mut row)?,
        unsure: ids(&mut row)?,
        delivered: ids(&mut row)?,
        intent: ids(&mut row)?,
        doubted: ids(&mut row)?,
        later: waits(&mut row)?,
        passed: ids(&mut row)?,
        settled: row.take()?,
    })
}

/// A set; none where the row is older than the set.
fn ids(row: &mut Row) -> Result<Ids, StoreError> {
    let bytes: Option<Vec<u8>> = row.take()?;
    Ids::from_bytes(&bytes.unwrap_or_default()).map_err(broken)
}

fn waits(row: &mut Row) -> Result<Waits, StoreError> {
    let bytes: Option<Vec<u8>> = row.take()?;
    Waits::from_bytes(&bytes.unwrap_or_default()).map_err(broken)
}

fn broken(why: BadShard) -> StoreError {
    StoreError::broken("shard", why.to_string())
}

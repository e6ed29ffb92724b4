//! Dispatches: one notice version for one audience over one channel.

use model::dispatch::{Shard, Sorted};
use model::value::{Key, PublicId, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::database::Store;
use crate::error::StoreError;
use crate::shard;
use crate::sql::statements;
use crate::value::{Row, json, row};
use crate::write::Step;

statements! {
    ADD = "dispatch.add",
        "INSERT INTO dispatch
         (incident, notice, kind, channel, audience, body, drill, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
    TAKE_OVER = "dispatch.take-over",
        "UPDATE dispatch SET superseded_by = LAST_ID(dispatch)
         WHERE incident = $1 AND kind = $2 AND COALESCE(instead_of, channel) = $3
         AND audience = $4
         AND done_at IS NULL AND superseded_by IS NULL
         AND (id < LAST_ID(dispatch) OR notice < $5)";
    // Whoever copies a dispatch holds it until the copy is there, so that no newer notice takes
    // over the one and misses the other.
    HOLD = "dispatch.hold",
        "UPDATE dispatch SET frozen_at = frozen_at WHERE id = $1 AND superseded_by IS NULL";
    STEP_IN = "dispatch.step-in",
        "INSERT INTO dispatch (incident, notice, kind, channel, audience, body, drill,
         created_at, frozen_at, steps_in_for, instead_of)
         SELECT incident, notice, kind, CAST($2 AS TEXT), audience, body, drill,
         CAST($3 AS BIGINT), CAST($3 AS BIGINT), id, COALESCE(instead_of, channel)
         FROM dispatch WHERE id = $1 AND superseded_by IS NULL RETURNING id";
    RETELL = "dispatch.retell",
        "INSERT INTO dispatch (incident, notice, kind, channel, audience, body, drill,
         created_at, frozen_at)
         SELECT incident, notice, kind, channel, audience, CAST($2 AS TEXT), drill,
         CAST($3 AS BIGINT), CAST($3 AS BIGINT)
         FROM dispatch WHERE id = $1 AND superseded_by IS NULL RETURNING id";
    DONE = "dispatch.done",
        "UPDATE dispatch SET done_at = $2 WHERE id = $1 AND done_at IS NULL";
    GET = "dispatch.get",
        "SELECT id, incident, notice, kind, channel, audience, body, drill, created_at,
         frozen_at, superseded_by, done_at FROM dispatch WHERE id = $1";
    SUPERSEDED = "dispatch.superseded",
        "SELECT CAST(CASE WHEN superseded_by IS NULL THEN 0 ELSE 1 END AS BIGINT)
         FROM dispatch WHERE id = $1";
    UNDONE = "dispatch.undone",
        "SELECT id, incident, notice, kind, channel, audience, body, drill, created_at,
         frozen_at, superseded_by, done_at FROM dispatch WHERE done_at IS NULL ORDER BY id";
    OF_INCIDENT = "dispatch.of-incident",
        "SELECT id, incident, notice, kind, channel, audience, body, drill, created_at,
         frozen_at, superseded_by, done_at FROM dispatch WHERE incident = $1 ORDER BY id";
}

/// What is to be told, to whom, over what. `B` is the model's type of what is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Order<B> {
    /// The incident it belongs to, if any.
    pub incident: Option<PublicId>,
    /// The number of the notice within the incident, if it is one.
    pub notice: Option<u32>,
    /// What sort of message it is: a newer one takes over only from its own sort.
    pub kind: String,
    /// The channel's key in the handbook.
    pub channel: Key,
    /// The audience's key in the handbook.
    pub audience: Key,
    /// What is told.
    pub body: B,
    /// Whether it ends in the sink, whatever happens.
    pub drill: bool,
    /// When it was decided.
    pub created_at: Timestamp,
}

/// A dispatch as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored<B> {
    /// Its growing id.
    pub id: i64,
    /// What was ordered.
    pub order: Order<B>,
    /// When its audience was frozen and cut into shards.
    pub frozen_at: Option<Timestamp>,
    /// The newer dispatch that took over whoever was not told yet.
    pub superseded_by: Option<i64>,
    /// When everybody was settled.
    pub done_at: Option<Timestamp>,
}

impl<B> Stored<B> {
    /// The dispatch, sorted by whether it may leave the house.
    #[must_use]
    pub fn sorted(&self) -> Sorted {
        let order = &self.order;
        Sorted::new(self.id, order.channel.clone(), order.audience.clone(), order.drill)
    }
}

/// Stores a dispatch, and gives its id. Its audience is frozen afterwards, by
/// [`crate::shard::freeze_steps`].
#[must_use]
pub fn create_steps<B: Serialize>(order: &Order<B>) -> Vec<Step> {
    let new = row![
        order.incident.as_ref(),
        order.notice,
        order.kind.as_str(),
        &order.channel,
        &order.audience,
        json(&order.body),
        order.drill,
        order.created_at,
    ];
    vec![Step::one(&ADD, new)]
}

/// Lets the dispatch that the step before has created take over from all unfinished ones of the
/// same incident, kind, channel and audience: nobody gets an older notice after a newer one.
#[must_use]
pub fn take_over_steps<B>(order: &Order<B>) -> Vec<Step> {
    let (incident, kind) = (order.incident.as_ref(), order.kind.as_str());
    let same = || row![incident, kind, &order.channel, &order.audience, order.notice];
    // The second one finds what was copied while the first waited for who copied it.
    vec![Step::any(&TAKE_OVER, same()), Step::any(&TAKE_OVER, same())]
}

/// Keeps newer notices from taking over a dispatch until this write is done. A conflict means that
/// one has.
pub(crate) fn hold_steps(dispatch: i64) -> Vec<Step> {
    vec![Step::one(&HOLD, row![dispatch])]
}

/// Lets a dispatch of its own tell these, whose audience is frozen already, the same over the same
/// channel, but in these words. A conflict means that a newer notice has taken over meanwhile.
#[must_use]
pub fn retell_steps<B: Serialize>(
    dispatch: i64,
    body: &B,
    shards: &[Shard],
    now: Timestamp,
) -> Vec<Step> {
    let mut steps = hold_steps(dispatch);
    steps.push(Step::one(&RETELL, row![dispatch, json(body), now]));
    for shard in shards {
        steps.extend(shard::add_to_last_steps(shard, now));
    }
    steps
}

/// Lets another channel tell these of a dispatch, as a dispatch of its own whose audience is
/// frozen already. A conflict means that a newer notice has taken over meanwhile.
#[must_use]
pub fn step_in_steps(dispatch: i64, channel: &Key, shard: &Shard, now: Timestamp) -> Vec<Step> {
    let mut steps = hold_steps(dispatch);
    steps.push(Step::one(&STEP_IN, row![dispatch, channel, now]));
    steps.extend(shard::add_to_last_steps(shard, now));
    steps
}

/// Notes that everybody is settled. A conflict means that it was noted before.
#[must_use]
pub fn done_steps(id: i64, at: Timestamp) -> Vec<Step> {
    vec![Step::one(&DONE, row![id, at])]
}

impl Store {
    /// One dispatch.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn dispatch<B: DeserializeOwned>(
        &self,
        id: i64,
    ) -> Result<Option<Stored<B>>, StoreError> {
        self.row(&GET, row![id], stored).await
    }

    /// Whether a newer dispatch took over, or this one is not there any more.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn is_superseded(&self, id: i64) -> Result<bool, StoreError> {
        Ok(self.row(&SUPERSEDED, row![id], |mut row| row.take()).await?.unwrap_or(true))
    }

    /// All dispatches that are not done, the oldest first. Those with `frozen_at: None` still
    /// need their shards: a crash between creating and freezing loses nobody.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn undone_dispatches<B: DeserializeOwned>(
        &self,
    ) -> Result<Vec<Stored<B>>, StoreError> {
        self.rows(&UNDONE, row![], stored).await
    }

    /// All dispatches of an incident, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn dispatches_of<B: DeserializeOwned>(
        &self,
        incident: &PublicId,
    ) -> Result<Vec<Stored<B>>, StoreError> {
        self.rows(&OF_INCIDENT, row![incident], stored).await
    }
}

fn stored<B: DeserializeOwned>(mut row: Row) -> Result<Stored<B>, StoreError> {
    Ok(Stored {
        id: row.take()?,
        order: Order {
            incident: row.take()?,
            notice: row.take()?,
            kind: row.take()?,
            channel: row.take()?,
            audience: row.take()?,
            body: row.take_json()?,
            drill: row.take()?,
            created_at: row.take()?,
        },
        frozen_at: row.take()?,
        superseded_by: row.take()?,
        done_at: row.take()?,
    })
}

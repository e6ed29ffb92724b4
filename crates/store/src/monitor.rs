//! What is known of each monitor, and the last beat of each heartbeat.

use model::value::{Key, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{json, row};
use crate::write::Step;

statements! {
    PUT = "monitor.put",
        "INSERT INTO monitor (monitor, last_at, state) VALUES ($1, $2, $3)
         ON CONFLICT (monitor) DO UPDATE SET last_at = excluded.last_at, state = excluded.state
         WHERE monitor.last_at <= excluded.last_at";
    FORGET = "monitor.forget", "DELETE FROM monitor WHERE monitor = $1";
    LIST = "monitor.list", "SELECT monitor, last_at, state FROM monitor ORDER BY monitor";
    BEAT = "monitor.beat",
        "INSERT INTO beat (monitor, last_at) VALUES ($1, $2)
         ON CONFLICT (monitor) DO UPDATE SET last_at = excluded.last_at
         WHERE beat.last_at < excluded.last_at";
    BEATS = "monitor.beats", "SELECT monitor, last_at FROM beat ORDER BY monitor";
}

/// What is known of a monitor. `S` is the model's type: the last observations and the verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Known<S> {
    /// The monitor's key in the handbook.
    pub monitor: Key,
    /// When it was last observed.
    pub last_at: Timestamp,
    /// The last observations and the verdict.
    pub state: S,
}

/// Stores what is known of a monitor now. Older knowledge never replaces newer.
#[must_use]
pub fn put_steps<S: Serialize>(known: &Known<S>) -> Vec<Step> {
    vec![Step::any(&PUT, row![&known.monitor, known.last_at, json(&known.state)])]
}

/// Forgets a monitor that is no longer in the handbook.
#[must_use]
pub fn forget_steps(monitor: &Key) -> Vec<Step> {
    vec![Step::any(&FORGET, row![monitor])]
}

/// Notes a beat of a heartbeat. An older one changes nothing.
#[must_use]
pub fn beat_steps(monitor: &Key, at: Timestamp) -> Vec<Step> {
    vec![Step::any(&BEAT, row![monitor, at])]
}

impl Store {
    /// What is known of all monitors.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn monitors<S: DeserializeOwned>(&self) -> Result<Vec<Known<S>>, StoreError> {
        self.rows(&LIST, row![], |mut row| {
            Ok(Known { monitor: row.take()?, last_at: row.take()?, state: row.take_json()? })
        })
        .await
    }

    /// The last beat of each heartbeat that ever came.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn beats(&self) -> Result<Vec<(Key, Timestamp)>, StoreError> {
        self.rows(&BEATS, row![], |mut row| Ok((row.take()?, row.take()?))).await
    }
}

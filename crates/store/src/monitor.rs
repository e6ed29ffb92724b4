//! What is known of each monitor, and the last beat of each heartbeat.

use model::value::{Key, Timestamp};
use model::verdict::{Watch, Watches};

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
    LIST = "monitor.list", "SELECT monitor, state FROM monitor ORDER BY monitor";
    BEAT = "monitor.beat",
        "INSERT INTO beat (monitor, last_at) VALUES ($1, $2)
         ON CONFLICT (monitor) DO UPDATE SET last_at = excluded.last_at
         WHERE beat.last_at < excluded.last_at";
    BEATS = "monitor.beats", "SELECT monitor, last_at FROM beat ORDER BY monitor";
}

/// Stores what is remembered of a monitor. Older knowledge never replaces newer.
#[must_use]
pub fn put_steps(monitor: &Key, watch: &Watch) -> Vec<Step> {
    vec![Step::any(&PUT, row![monitor, watch.last.unwrap_or_default(), json(watch)])]
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
    /// What is remembered of every monitor.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn monitors(&self) -> Result<Watches, StoreError> {
        let rows = self.rows(&LIST, row![], |mut row| Ok((row.take()?, row.take_json()?))).await?;
        Ok(rows.into_iter().collect())
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

//! Alarms: Notlicht's own troubles, such as monitoring that has stopped. Each is raised once,
//! however many notice it.

use model::value::Timestamp;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Row, row};
use crate::write::Step;

statements! {
    RAISE = "alarm.raise",
        "INSERT INTO alarm (kind, subject, detail, opened_at, open_key)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (open_key) DO NOTHING RETURNING id";
    CLOSE = "alarm.close",
        "UPDATE alarm SET closed_at = $2, open_key = NULL WHERE open_key = $1";
    OPEN = "alarm.open",
        "SELECT id, kind, subject, detail, opened_at, closed_at FROM alarm
         WHERE open_key IS NOT NULL ORDER BY id";
    NEWEST = "alarm.newest",
        "SELECT id, kind, subject, detail, opened_at, closed_at FROM alarm
         ORDER BY id DESC LIMIT $1";
}

/// A trouble of Notlicht's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Its growing id.
    pub id: i64,
    /// What sort of trouble: `monitoring-stopped`.
    pub kind: String,
    /// What it is about: a monitor, a channel.
    pub subject: String,
    /// What was seen, in words.
    pub detail: String,
    /// When it was raised.
    pub opened_at: Timestamp,
    /// When it was over.
    pub closed_at: Option<Timestamp>,
}

/// Raises an alarm, and gives its id. A conflict means that the same one is open already: what
/// follows from it in the same write is not done twice.
#[must_use]
pub fn raise_steps(kind: &str, subject: &str, detail: &str, at: Timestamp) -> Vec<Step> {
    vec![Step::one(&RAISE, row![kind, subject, detail, at, open_key(kind, subject)])]
}

/// Ends an alarm; where none is open, nothing happens.
#[must_use]
pub fn close_steps(kind: &str, subject: &str, at: Timestamp) -> Vec<Step> {
    vec![Step::any(&CLOSE, row![open_key(kind, subject), at])]
}

fn open_key(kind: &str, subject: &str) -> String {
    format!("{kind}:{subject}")
}

impl Store {
    /// All alarms that are not over, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn open_alarms(&self) -> Result<Vec<Alarm>, StoreError> {
        self.rows(&OPEN, row![], alarm).await
    }

    /// The newest alarms, open or over, the newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn newest_alarms(&self, limit: u32) -> Result<Vec<Alarm>, StoreError> {
        self.rows(&NEWEST, row![limit], alarm).await
    }
}

fn alarm(mut row: Row) -> Result<Alarm, StoreError> {
    Ok(Alarm {
        id: row.take()?,
        kind: row.take()?,
        subject: row.take()?,
        detail: row.take()?,
        opened_at: row.take()?,
        closed_at: row.take()?,
    })
}

//! The journal of what was published without the database, merged exactly once.

use model::value::{PublicId, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{json, row};
use crate::write::Step;

statements! {
    MERGE = "journal.merge",
        "INSERT INTO journal (id, written_at, merged_at, entry) VALUES ($1, $2, $3, $4)";
    LIST = "journal.list",
        "SELECT id, written_at, entry FROM journal ORDER BY written_at DESC, id LIMIT $1";
}

/// Something that was published while the database was away. `E` is the model's type.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<E> {
    /// Its public id: what makes merging it twice a conflict.
    pub id: PublicId,
    /// When it was written.
    pub written_at: Timestamp,
    /// What was published.
    pub entry: E,
}

/// Merges an entry, together with all that follows from it in the same write. A conflict means
/// that it was merged before, and nothing is done twice.
#[must_use]
pub fn merge_steps<E: Serialize>(entry: &Entry<E>, now: Timestamp) -> Vec<Step> {
    vec![Step::one(&MERGE, row![&entry.id, entry.written_at, now, json(&entry.entry)])]
}

impl Store {
    /// The newest merged entries, the newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn journal<E: DeserializeOwned>(
        &self,
        limit: u32,
    ) -> Result<Vec<Entry<E>>, StoreError> {
        self.rows(&LIST, row![limit], |mut row| {
            Ok(Entry { id: row.take()?, written_at: row.take()?, entry: row.take_json()? })
        })
        .await
    }
}

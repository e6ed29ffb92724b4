//! Who did what when. Only ever added to.

use model::value::Timestamp;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::row;
use crate::write::Step;

statements! {
    ADD = "audit.add",
        "INSERT INTO audit (at, actor, act, subject, detail) VALUES ($1, $2, $3, $4, $5)";
    NEWEST = "audit.newest",
        "SELECT at, actor, act, subject, detail FROM audit
         ORDER BY id DESC LIMIT $1";
    LAST = "audit.last", "SELECT CAST(max(at) AS BIGINT) FROM audit WHERE act = $1";
}

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What: `handbook.apply`.
    pub act: String,
    /// To what.
    pub subject: String,
    /// More, in words.
    pub detail: String,
}

/// Notes that somebody did something, in the same write that does it.
#[must_use]
pub fn note_steps(entry: &Entry) -> Vec<Step> {
    let (actor, act) = (entry.actor.as_str(), entry.act.as_str());
    let values = row![entry.at, actor, act, entry.subject.as_str(), entry.detail.as_str()];
    vec![Step::one(&ADD, values)]
}

impl Store {
    /// When something of this sort was last done, if ever.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn last_act(&self, act: &str) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.row(&LAST, row![act], |mut row| row.take()).await?.flatten())
    }

    /// The newest entries, the newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn newest_audit(&self, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.rows(&NEWEST, row![limit], |mut row| {
            Ok(Entry {
                at: row.take()?,
                actor: row.take()?,
                act: row.take()?,
                subject: row.take()?,
                detail: row.take()?,
            })
        })
        .await
    }
}

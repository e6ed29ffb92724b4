//! Drafts of notices: every state that was saved, so that nothing is lost.

use model::draft::{Draft, Slot};
use model::value::{PublicId, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Row, json, row};
use crate::write::Step;

statements! {
    ADD = "draft.add",
        "INSERT INTO draft (incident, slot, number, base, author, at, sheets)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (incident, slot, number) DO NOTHING";
    GET = "draft.get",
        "SELECT number, base, author, at, sheets FROM draft
         WHERE incident = $1 AND slot = $2 AND number = $3";
    NEWEST = "draft.newest",
        "SELECT number, base, author, at, sheets FROM draft
         WHERE incident = $1 AND slot = $2 ORDER BY number DESC LIMIT $3";
}

/// One saved state of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Counted from 1 in its slot.
    pub number: u64,
    /// The state that it was made from; 0 is the prepared text.
    pub base: u64,
    /// Who.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What was typed.
    pub draft: Draft,
}

/// Saves a state. A conflict means that somebody else saved this number first.
#[must_use]
pub fn save_steps(incident: &PublicId, slot: Slot, saved: &Saved) -> Vec<Step> {
    let Saved { number, base, author, at, draft } = saved;
    let row = row![incident, slot.to_string(), *number, *base, author, *at, json(draft)];
    vec![Step::one(&ADD, row)]
}

fn read(row: &mut Row) -> Result<Saved, StoreError> {
    Ok(Saved {
        number: row.take()?,
        base: row.take()?,
        author: row.take()?,
        at: row.take()?,
        draft: row.take_json()?,
    })
}

impl Store {
    /// One saved state.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn draft(
        &self,
        incident: &PublicId,
        slot: Slot,
        number: u64,
    ) -> Result<Option<Saved>, StoreError> {
        let key = row![incident, slot.to_string(), number];
        let found = self.rows(&GET, key, |mut row| read(&mut row)).await?;
        Ok(found.into_iter().next())
    }

    /// At most so many saved states, the newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn newest_drafts(
        &self,
        incident: &PublicId,
        slot: Slot,
        limit: u32,
    ) -> Result<Vec<Saved>, StoreError> {
        let key = row![incident, slot.to_string(), limit];
        self.rows(&NEWEST, key, |mut row| read(&mut row)).await
    }
}

//! Drafts of a new version of the handbook: every state that was saved, so that nothing is lost.

use std::collections::BTreeMap;

use model::handbook::Noun;
use model::handbook::draft::Stage;
use model::value::{Key, PublicId, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Row, Stored, Value, json, row};
use crate::write::Step;

statements! {
    ADD = "handbook-draft.add",
        "INSERT INTO handbook_draft (id, author, origin, base, stage, revision, created_at,
         changed_at, reason) VALUES ($1, $2, $3, $3, 'open', 0, $4, $4, '')";
    ADD_STEP = "handbook-draft.add-step",
        "INSERT INTO handbook_step (draft, number, author, at, files, renamed)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (draft, number) DO NOTHING";
    MOVE_ON = "handbook-draft.move-on",
        "UPDATE handbook_draft SET revision = CAST($2 AS BIGINT), base = $3, changed_at = $4
         WHERE id = $1 AND revision = CAST($2 AS BIGINT) - 1 AND stage = 'open'";
    SETTLE = "handbook-draft.settle",
        "UPDATE handbook_draft SET stage = $4, changed_at = $5, reason = $6, decided_by = $7,
         remark = $8 WHERE id = $1 AND revision = $2 AND stage = $3";
    GET = "handbook-draft.get",
        "SELECT id, author, origin, base, stage, revision, created_at, changed_at, reason,
         decided_by, remark FROM handbook_draft WHERE id = $1";
    STANDING = "handbook-draft.standing",
        "SELECT id, author, origin, base, stage, revision, created_at, changed_at, reason,
         decided_by, remark FROM handbook_draft WHERE stage IN ('open', 'waiting')
         ORDER BY changed_at DESC, id";
    STEPS = "handbook-draft.steps",
        "SELECT number, author, at, files, renamed FROM handbook_step
         WHERE draft = $1 AND number <= $2 ORDER BY number";
}

/// A draft of a new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub id: PublicId,
    /// Who began it.
    pub author: String,
    /// The version that it began with; none where there was none.
    pub origin: Option<u32>,
    /// The newest version that it holds.
    pub base: Option<u32>,
    /// Where it stands.
    pub stage: Stage,
    /// The number of what was saved last; 0 where it still is what it began with.
    pub revision: u64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When something last happened to it.
    pub changed_at: Timestamp,
    /// Why, as its author said when it was submitted.
    pub reason: String,
    /// Who decided about it last.
    pub decided_by: Option<String>,
    /// What they wrote when they sent it back.
    pub remark: Option<String>,
}

/// Files that are different from the state before; one without a text is gone.
pub type Changes = BTreeMap<String, Option<String>>;

/// A key that was given anew.
pub type Renamed = (Noun, Key, Key);

/// One saved state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Counted from 1 in its draft.
    pub number: u64,
    /// Who.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What is different.
    pub changes: Changes,
    /// Keys of people and partners that were given anew.
    pub renamed: Vec<Renamed>,
}

/// What was decided about a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Where it stands now.
    pub stage: Stage,
    /// When.
    pub at: Timestamp,
    /// Why, in the author's words.
    pub reason: String,
    /// Who decided, where it was not the author.
    pub decided_by: Option<String>,
    /// What they wrote.
    pub remark: Option<String>,
}

impl Stored for Stage {
    fn stored(value: Value) -> Result<Self, String> {
        String::stored(value)?.parse().map_err(|_| "text that is no stage of a draft".into())
    }
}

/// Begins a draft of what follows `base`.
#[must_use]
pub fn begin_steps(id: &PublicId, author: &str, base: Option<u32>, at: Timestamp) -> Vec<Step> {
    vec![Step::one(&ADD, row![id, author, base.unwrap_or(0), at])]
}

/// Saves the next state; `base` is the newest version that it holds. A conflict means that somebody
/// else saved this number first, or that nobody may write in the draft any more.
#[must_use]
pub fn save_steps(id: &PublicId, base: Option<u32>, saved: &Saved) -> Vec<Step> {
    let Saved { number, author, at, changes, renamed } = saved;
    let step = row![id, *number, author, *at, json(changes), json(renamed)];
    vec![Step::one(&ADD_STEP, step), Step::one(&MOVE_ON, row![id, *number, base.unwrap_or(0), *at])]
}

/// Decides about a draft that stands as it was seen. A conflict means that it does not any more.
#[must_use]
pub fn settle_steps(seen: &Draft, settled: &Settled) -> Vec<Step> {
    let Settled { stage, at, reason, decided_by, remark } = settled.clone();
    let row = row![
        &seen.id,
        seen.revision,
        seen.stage.word(),
        stage.word(),
        at,
        reason,
        decided_by,
        remark
    ];
    vec![Step::one(&SETTLE, row)]
}

fn read(row: &mut Row) -> Result<Draft, StoreError> {
    let version = |number: u32| Some(number).filter(|number| *number > 0);
    Ok(Draft {
        id: row.take()?,
        author: row.take()?,
        origin: version(row.take()?),
        base: version(row.take()?),
        stage: row.take()?,
        revision: row.take()?,
        created_at: row.take()?,
        changed_at: row.take()?,
        reason: row.take()?,
        decided_by: row.take()?,
        remark: row.take()?,
    })
}

impl Store {
    /// One draft.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn handbook_draft(&self, id: &PublicId) -> Result<Option<Draft>, StoreError> {
        self.row(&GET, row![id], |mut row| read(&mut row)).await
    }

    /// The drafts that somebody works on or that wait, the last changed first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn handbook_drafts(&self) -> Result<Vec<Draft>, StoreError> {
        self.rows(&STANDING, row![], |mut row| read(&mut row)).await
    }

    /// The states of a draft up to this number, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn handbook_draft_states(
        &self,
        id: &PublicId,
        up_to: u64,
    ) -> Result<Vec<Saved>, StoreError> {
        self.rows(&STEPS, row![id, up_to], |mut row| {
            Ok(Saved {
                number: row.take()?,
                author: row.take()?,
                at: row.take()?,
                changes: row.take_json()?,
                renamed: row.take_json()?,
            })
        })
        .await
    }
}

//! Versions of the handbook: immutable, numbered from 1, kept as the texts they were written in.

use model::handbook::Files;
use model::value::Timestamp;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Row, json, row};
use crate::write::Step;

pub mod draft;

statements! {
    ADD = "handbook.add",
        "INSERT INTO handbook (number, created_at, author, reason, files)
         SELECT CAST($1 AS BIGINT), $2, $3, $4, $5
         WHERE (SELECT COALESCE(max(number), 0) FROM handbook) = $1 - 1";
    APPROVE = "handbook.approve",
        "UPDATE handbook SET approved_by = $2 WHERE number = $1 AND approved_by IS NULL";
    NEWEST = "handbook.newest",
        "SELECT number, created_at, author, reason, approved_by, files FROM handbook
         ORDER BY number DESC LIMIT 1";
    GET = "handbook.get",
        "SELECT number, created_at, author, reason, approved_by, files FROM handbook WHERE number = $1";
    NUMBER = "handbook.number", "SELECT number FROM handbook ORDER BY number DESC LIMIT 1";
    LIST = "handbook.list",
        "SELECT number, created_at, author, reason, approved_by FROM handbook ORDER BY number DESC";
}

/// Who made a version, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub author: String,
    /// Why, in the author's words.
    pub reason: String,
    /// The second person who let it into force, where one had to.
    pub approved_by: Option<String>,
}

/// Makes the version that follows `base` (`None`: the first one). A conflict means that `base`
/// is not the newest any more: show the difference, and let a person decide.
#[must_use]
pub fn apply_steps(
    base: Option<u32>,
    created_at: Timestamp,
    author: &str,
    reason: &str,
    files: &Files,
) -> Vec<Step> {
    let number = base.unwrap_or(0).saturating_add(1);
    vec![Step::one(&ADD, row![number, created_at, author, reason, json(files)])]
}

/// Notes who let a version into force, in the same write that makes it.
#[must_use]
pub fn approve_steps(number: u32, by: &str) -> Vec<Step> {
    vec![Step::one(&APPROVE, row![number, by])]
}

impl Store {
    /// The newest version with its texts, if there is one.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn newest_handbook(&self) -> Result<Option<(Version, Files)>, StoreError> {
        self.row(&NEWEST, row![], whole).await
    }

    /// The number of the newest version: a cheap way to see whether there is a newer one.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn newest_handbook_number(&self) -> Result<Option<u32>, StoreError> {
        self.row(&NUMBER, row![], |mut row| row.take()).await
    }

    /// One version with its texts.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn handbook(&self, number: u32) -> Result<Option<(Version, Files)>, StoreError> {
        self.row(&GET, row![number], whole).await
    }

    /// All versions without their texts, the newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn handbooks(&self) -> Result<Vec<Version>, StoreError> {
        self.rows(&LIST, row![], |mut row| version(&mut row)).await
    }
}

fn version(row: &mut Row) -> Result<Version, StoreError> {
    Ok(Version {
        number: row.take()?,
        created_at: row.take()?,
        author: row.take()?,
        reason: row.take()?,
        approved_by: row.take()?,
    })
}

fn whole(mut row: Row) -> Result<(Version, Files), StoreError> {
    Ok((version(&mut row)?, row.take_json()?))
}

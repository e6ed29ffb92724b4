//! Tokens: secrets by which programs use the API.

use model::permission::Permission;
use model::value::{Key, PublicId, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Row, row};
use crate::write::Step;

statements! {
    ADD = "token.add",
        "INSERT INTO token (id, name, hash, permission, author, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)";
    USE = "token.use",
        "UPDATE token SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at < $2)";
    END = "token.end", "UPDATE token SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    BY_HASH = "token.by-hash",
        "SELECT id, name, permission, author, created_at, used_at, ended_at FROM token
         WHERE hash = $1 AND ended_at IS NULL";
    LIST = "token.list",
        "SELECT id, name, permission, author, created_at, used_at, ended_at FROM token
         ORDER BY created_at, id";
}

/// The right of a program to use the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Names it in lists; no secret.
    pub id: PublicId,
    /// What timelines call it.
    pub name: Key,
    /// What it may do.
    pub permission: Permission,
    /// Who made it.
    pub author: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, to a few minutes.
    pub used_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// Adds a token, whose secret has this hash.
#[must_use]
pub fn add_steps(token: &Token, hash: &str) -> Vec<Step> {
    let Token { id, name, permission, author, created_at, .. } = token;
    vec![Step::one(&ADD, row![id, name, hash, *permission, author, *created_at])]
}

/// Notes that it was used.
#[must_use]
pub fn use_steps(id: &PublicId, at: Timestamp) -> Vec<Step> {
    vec![Step::any(&USE, row![id, at])]
}

/// Ends one. A conflict means that there is none, or that it ended before.
#[must_use]
pub fn end_steps(id: &PublicId, at: Timestamp) -> Vec<Step> {
    vec![Step::one(&END, row![id, at])]
}

fn read(row: &mut Row) -> Result<Token, StoreError> {
    Ok(Token {
        id: row.take()?,
        name: row.take()?,
        permission: row.take()?,
        author: row.take()?,
        created_at: row.take()?,
        used_at: row.take()?,
        ended_at: row.take()?,
    })
}

impl Store {
    /// The token of this secret's hash, if it has not ended.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn token(&self, hash: &str) -> Result<Option<Token>, StoreError> {
        let found = self.rows(&BY_HASH, row![hash], |mut row| read(&mut row)).await?;
        Ok(found.into_iter().next())
    }

    /// All tokens, the oldest first, also those that ended.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        self.rows(&LIST, row![], |mut row| read(&mut row)).await
    }
}

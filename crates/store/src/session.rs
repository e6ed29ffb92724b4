//! Who is signed in to the console.

use model::value::{Key, PublicId, Timestamp};

use crate::account::{self, Account};
use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::row;
use crate::write::Step;

statements! {
    ADD = "session.add",
        "INSERT INTO session (id, account, hash, agent, created_at, seen_at)
         SELECT CAST($1 AS TEXT), name, CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT),
         CAST($5 AS BIGINT) FROM account WHERE name = $2 AND ended_at IS NULL";
    SEE = "session.see", "UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
    END = "session.end", "DELETE FROM session WHERE id = $1";
    END_ALL = "session.end-all", "DELETE FROM session WHERE account = $1 AND id <> $2";
    CLEAN = "session.clean", "DELETE FROM session WHERE seen_at < $1 OR created_at < $2";
    BY_HASH = "session.by-hash",
        "SELECT session.id, session.agent, session.created_at, session.seen_at, account.name,
         account.permission, account.language, account.created_at, account.ended_at
         FROM session JOIN account ON account.name = session.account
         WHERE session.hash = $1 AND account.ended_at IS NULL";
    LIST = "session.list",
        "SELECT session.id, session.agent, session.created_at, session.seen_at, account.name,
         account.permission, account.language, account.created_at, account.ended_at
         FROM session JOIN account ON account.name = session.account
         WHERE account.ended_at IS NULL ORDER BY session.seen_at DESC, session.id";
}

/// A browser that somebody signed in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Names it in lists; no secret.
    pub id: PublicId,
    /// What the browser says of itself.
    pub agent: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, to a few minutes.
    pub seen_at: Timestamp,
    /// Who.
    pub account: Account,
}

/// Signs somebody in. A conflict means that the account ended in this moment.
#[must_use]
pub fn add_steps(
    id: &PublicId,
    account: &Key,
    hash: &str,
    agent: &str,
    at: Timestamp,
) -> Vec<Step> {
    vec![Step::one(&ADD, row![id, account, hash, agent, at])]
}

/// Notes that it was used.
#[must_use]
pub fn see_steps(id: &PublicId, at: Timestamp) -> Vec<Step> {
    vec![Step::any(&SEE, row![id, at])]
}

/// Ends one. Ending it twice is no error.
#[must_use]
pub fn end_steps(id: &PublicId) -> Vec<Step> {
    vec![Step::any(&END, row![id])]
}

/// Ends all of an account but this one.
#[must_use]
pub fn end_all_steps(account: &Key, but: Option<&PublicId>) -> Vec<Step> {
    vec![Step::any(&END_ALL, row![account, but.map_or("", PublicId::as_str)])]
}

/// Ends those that were not used since `seen`, and those that are older than `created`.
#[must_use]
pub fn clean_steps(seen: Timestamp, created: Timestamp) -> Vec<Step> {
    vec![Step::any(&CLEAN, row![seen, created])]
}

fn read(row: &mut crate::value::Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.take()?,
        agent: row.take()?,
        created_at: row.take()?,
        seen_at: row.take()?,
        account: account::read(row)?,
    })
}

impl Store {
    /// The session of this secret's hash, while its account has not ended.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn session(&self, hash: &str) -> Result<Option<Session>, StoreError> {
        let found = self.rows(&BY_HASH, row![hash], |mut row| read(&mut row)).await?;
        Ok(found.into_iter().next())
    }

    /// All sessions, the last used first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn sessions(&self) -> Result<Vec<Session>, StoreError> {
        self.rows(&LIST, row![], |mut row| read(&mut row)).await
    }
}

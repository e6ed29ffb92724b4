//! Accounts of the console.

use model::language::Language;
use model::permission::Permission;
use model::value::{Key, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Row, Stored, Value, row};
use crate::write::Step;

statements! {
    ADD = "account.add",
        "INSERT INTO account (name, permission, language, password, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO NOTHING";
    // Changes nothing, but who takes an administrator away waits for whoever does so at the same
    // time, and then sees who is left: else two could take away each other.
    LINE_UP = "account.line-up",
        "UPDATE account SET ended_at = ended_at
         WHERE permission = 'administrator' AND ended_at IS NULL";
    // Who would be left without an administrator is left as it is.
    PERMIT = "account.permit",
        "UPDATE account SET permission = $2 WHERE name = $1 AND ended_at IS NULL
         AND ($2 = 'administrator' OR permission <> 'administrator' OR EXISTS
         (SELECT 1 FROM account AS other WHERE other.name <> $1
          AND other.permission = 'administrator' AND other.ended_at IS NULL))";
    SET_PASSWORD = "account.set-password",
        "UPDATE account SET password = $2 WHERE name = $1 AND ended_at IS NULL";
    SET_LANGUAGE = "account.set-language",
        "UPDATE account SET language = $2 WHERE name = $1 AND ended_at IS NULL";
    END = "account.end",
        "UPDATE account SET ended_at = $2, password = '' WHERE name = $1 AND ended_at IS NULL
         AND (permission <> 'administrator' OR EXISTS
         (SELECT 1 FROM account AS other WHERE other.name <> $1
          AND other.permission = 'administrator' AND other.ended_at IS NULL))";
    GET = "account.get",
        "SELECT name, permission, language, created_at, ended_at, password FROM account
         WHERE name = $1";
    LIST = "account.list",
        "SELECT name, permission, language, created_at, ended_at FROM account ORDER BY name";
}

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The name; a person of the handbook where it has one of this key.
    pub name: Key,
    /// What it may do.
    pub permission: Permission,
    /// The language in which it reads the console.
    pub language: Language,
    /// Since when.
    pub created_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

impl From<Permission> for Value {
    fn from(permission: Permission) -> Self {
        permission.word().into()
    }
}

impl Stored for Permission {
    fn stored(value: Value) -> Result<Self, String> {
        String::stored(value)?.parse().map_err(|_| "text that is no permission".into())
    }
}

/// Adds an account. A conflict means that the name is taken, also by one that ended.
#[must_use]
pub fn add_steps(account: &Account, password: &str) -> Vec<Step> {
    let Account { name, permission, language, created_at, .. } = account;
    vec![Step::one(&ADD, row![name, *permission, *language, password, *created_at])]
}

/// Gives another permission. A conflict means that there is no such account, or that nobody would
/// be an administrator any more.
#[must_use]
pub fn permit_steps(name: &Key, permission: Permission) -> Vec<Step> {
    vec![Step::any(&LINE_UP, row![]), Step::one(&PERMIT, row![name, permission])]
}

/// Sets the hash of a new password. A conflict means that there is no such account.
#[must_use]
pub fn set_password_steps(name: &Key, password: &str) -> Vec<Step> {
    vec![Step::one(&SET_PASSWORD, row![name, password])]
}

/// Sets the language. A conflict means that there is no such account.
#[must_use]
pub fn set_language_steps(name: &Key, language: Language) -> Vec<Step> {
    vec![Step::one(&SET_LANGUAGE, row![name, language])]
}

/// Ends an account. A conflict as with [`permit_steps`].
#[must_use]
pub fn end_steps(name: &Key, at: Timestamp) -> Vec<Step> {
    vec![Step::any(&LINE_UP, row![]), Step::one(&END, row![name, at])]
}

pub(crate) fn read(row: &mut Row) -> Result<Account, StoreError> {
    Ok(Account {
        name: row.take()?,
        permission: row.take()?,
        language: row.take()?,
        created_at: row.take()?,
        ended_at: row.take()?,
    })
}

impl Store {
    /// An account and the hash of its password; one that ended has none.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn account(&self, name: &Key) -> Result<Option<(Account, String)>, StoreError> {
        let found =
            self.rows(&GET, row![name], |mut row| Ok((read(&mut row)?, row.take()?))).await?;
        Ok(found.into_iter().next())
    }

    /// All accounts by name, also those that ended.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.rows(&LIST, row![], |mut row| read(&mut row)).await
    }
}

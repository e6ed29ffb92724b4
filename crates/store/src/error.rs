//! What can go wrong between a caller and the rows.

use std::sync::Arc;

/// The cause below an error. Shared, because one failed commit answers many writers.
pub type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// Why a read or a write did not do what was asked. Each says what the reader can do.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The rows were no longer as the writer believed. Nothing was changed: read again, decide
    /// again.
    #[error("somebody else was faster at “{step}”; nothing was changed, so read again and decide")]
    Conflict {
        /// The label of the statement whose expectation was not met.
        step: &'static str,
    },
    /// The database did not answer. Nothing was changed: trying again is safe.
    #[error("the database cannot be reached: {reason}; nothing was changed, trying again is safe")]
    Unavailable {
        /// What stood in the way.
        reason: String,
        /// The error below, if there is one.
        #[source]
        cause: Option<Cause>,
    },
    /// The connection was lost while the commit was under way: it may have happened or not.
    #[error(
        "the connection was lost during the commit: {reason}; it may have happened or not, so \
         read before you write again"
    )]
    Unknown {
        /// How the answer was lost.
        reason: String,
        /// The error below, if there is one.
        #[source]
        cause: Option<Cause>,
    },
    /// There is no room left. Nothing was changed.
    #[error("no room left where the database lives; nothing was changed, so make room and repeat")]
    Full,
    /// The database was written by a newer program.
    #[error(
        "the database has format {found}, this program knows formats up to {known}; start the \
         newer program, or restore the backup made before the upgrade"
    )]
    TooNew {
        /// The format in the database.
        found: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// While this program ran, an older database was put in the place of the one it had opened.
    #[error(
        "the database has format {found} now, but this program had brought it to {known}: an \
         older one was put in its place; nothing was changed, so start this program anew"
    )]
    Replaced {
        /// The format in the database.
        found: i64,
        /// The format that it had.
        known: i64,
    },
    /// A backup is only put where nothing is lost by it.
    #[error(
        "there is something in this database already (table “{table}”), nothing was changed: \
         restore into an empty one, or put the backup in its place with --replace"
    )]
    NotEmpty {
        /// A table with rows.
        table: String,
    },
    /// A backup is not whole, or none.
    #[error("the backup cannot be restored: {0}; nothing was changed, so take another one")]
    BadBackup(String),
    /// The file of a backup cannot be written or read.
    #[error("{0}")]
    BackupFile(String),
    /// The address of the database cannot be understood or used.
    #[error("the database address cannot be used: {0}")]
    Address(String),
    /// A value that neither database can hold the same way, such as a text with a NUL character.
    #[error("“{step}” cannot be stored: {reason}")]
    Unstorable {
        /// The label of the statement.
        step: &'static str,
        /// What is wrong with the value.
        reason: &'static str,
    },
    /// A statement failed, or rows are not as this program writes them. This is a defect here, or
    /// somebody changed the database by hand.
    #[error(
        "the database refused “{what}” or holds what this program never writes: {reason}; please \
         report this with the log"
    )]
    Broken {
        /// The label of the statement or what was read.
        what: String,
        /// What was found.
        reason: String,
        /// The error below, if there is one.
        #[source]
        cause: Option<Cause>,
    },
}

impl StoreError {
    /// Whether the same write may be tried again without reading first.
    #[must_use]
    pub fn is_worth_a_repeat(&self) -> bool {
        matches!(self, Self::Unavailable { .. } | Self::Full)
    }

    /// Whether somebody else changed the rows first.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. })
    }

    pub(crate) fn broken(what: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Broken { what: what.into(), reason: reason.into(), cause: None }
    }

    pub(crate) fn unavailable(reason: impl Into<String>) -> Self {
        Self::Unavailable { reason: reason.into(), cause: None }
    }
}

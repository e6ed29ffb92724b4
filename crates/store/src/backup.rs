//! Backups: all rows of a database in a form that both databases read, so that a backup is also
//! the way from one to the other. What holds the blocks together, and keeps strangers from reading
//! them, is the caller's.

use crate::address::Address;
pub use crate::block::{Counts, Inventory, Restored, Sink, Source};
use crate::database::{Kind, Store};
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::row;
use crate::write::Step;

statements! {
    // Whoever held something when the backup was made holds it no more, even if they still run.
    FREE_LEASES = "backup.free-leases", "UPDATE lease SET until = 0, epoch = epoch + 1";
    FREE_SHARDS = "backup.free-shards",
        "UPDATE shard SET holder = NULL, until = NULL, epoch = epoch + 1";
    END_SESSIONS = "backup.end-sessions", "DELETE FROM session";
    GOING_ON = "backup.going-on",
        "SELECT (SELECT CAST(count(*) AS BIGINT) FROM incident WHERE closed_at IS NULL),
         (SELECT CAST(count(*) AS BIGINT) FROM dispatch WHERE done_at IS NULL)";
}

/// What is done to restored rows before anybody sees them.
fn wake_steps() -> Vec<Step> {
    vec![
        Step::any(&FREE_LEASES, row![]),
        Step::any(&FREE_SHARDS, row![]),
        Step::any(&END_SESSIONS, row![]),
    ]
}

impl Store {
    /// Gives all rows as they are at one moment, while others go on writing. It works on the
    /// calling thread: for a command of its own.
    ///
    /// # Errors
    ///
    /// When the database does not answer, or [`StoreError::BackupFile`] when `sink` refuses.
    pub async fn dump(&self, sink: &mut Sink<'_>) -> Result<Counts, StoreError> {
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.dump(sink),
            Kind::Postgres(postgres) => postgres.dump(sink).await,
        }
    }

    /// How many incidents are open, and how many dispatches are not done.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn going_on(&self) -> Result<(u64, u64), StoreError> {
        let found = self.row(&GOING_ON, row![], |mut row| Ok((row.take()?, row.take()?))).await?;
        Ok(found.unwrap_or((0, 0)))
    }
}

/// Fills a database from a backup, all of it in one transaction, and brings it to the newest
/// format. Growing ids go on where they were; leases are free, and everybody must sign in again.
/// With `replace` what was there is dropped in the same transaction.
///
/// # Errors
///
/// [`StoreError::NotEmpty`] when there are rows already; [`StoreError::BadBackup`] and
/// [`StoreError::TooNew`]; or when the database does not answer. Nothing was changed then.
pub async fn fill(
    address: &Address,
    replace: bool,
    source: &mut Source<'_>,
) -> Result<Restored, StoreError> {
    match address {
        Address::Sqlite(path) => crate::sqlite::fill(path, replace, source, &wake_steps()),
        Address::Postgres(server) => {
            crate::postgres::fill(server, replace, source, &wake_steps()).await
        }
    }
}

//! The one door to the rows, whichever database keeps them.

use crate::address::Address;
use crate::error::StoreError;
use crate::postgres::Postgres;
use crate::sql::Sql;
use crate::sqlite::Sqlite;
use crate::value::{Row, Value};
use crate::write::{Write, Written};

/// The memory. Cheap to clone; all clones share one writer or one pool.
#[derive(Clone)]
pub struct Store {
    pub(crate) kind: Kind,
}

#[derive(Clone)]
pub(crate) enum Kind {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Store {
    /// Opens the database and brings it to the newest format. A SQLite file is made if there is
    /// none; a PostgreSQL database must exist.
    ///
    /// # Errors
    ///
    /// [`StoreError::Address`] and [`StoreError::Unavailable`] say what to look at;
    /// [`StoreError::TooNew`] when a newer program has written the database.
    pub async fn open(address: &Address) -> Result<Self, StoreError> {
        let kind = match address {
            Address::Sqlite(path) => {
                let path = path.clone();
                // Bringing a large file to a new format may take minutes.
                let opened = tokio::task::spawn_blocking(move || Sqlite::open(&path)).await;
                Kind::Sqlite(opened.map_err(|_| StoreError::unavailable("opening broke off"))??)
            }
            Address::Postgres(server) => Kind::Postgres(Postgres::open(server).await?),
        };
        Ok(Self { kind })
    }

    /// Carries out a write: all of it, durably, or nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when a row was not as expected; nothing was changed.
    /// [`StoreError::Unavailable`] and [`StoreError::Full`]: nothing was changed.
    /// [`StoreError::Unknown`]: the connection was lost during the commit.
    pub async fn write(&self, write: impl Into<Write>) -> Result<Written, StoreError> {
        let write = write.into();
        write.check()?;
        if write.is_empty() {
            return Ok(Written::default());
        }
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.write(write).await,
            Kind::Postgres(postgres) => postgres.write(write).await,
        }
    }

    /// How many commits this store has made since it was opened.
    #[must_use]
    pub fn commits(&self) -> u64 {
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.commits(),
            Kind::Postgres(postgres) => postgres.commits(),
        }
    }

    /// Sees to it that what was deleted is gone from the files of the database too. Says whether
    /// it could: with SQLite not while somebody reads for long, to be tried again later; with
    /// PostgreSQL it is done by its own cleaning, in its own time.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn forget(&self) -> Result<bool, StoreError> {
        match &self.kind {
            Kind::Sqlite(sqlite) => {
                let sqlite = sqlite.clone();
                tokio::task::spawn_blocking(move || sqlite.empty_log())
                    .await
                    .unwrap_or_else(|_| Err(StoreError::unavailable("tidying broke off")))
            }
            Kind::Postgres(_) => Ok(false),
        }
    }

    /// Whether several nodes can share this database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.kind, Kind::Postgres(_))
    }

    /// Reads the rows of a statement, each turned into what it stands for. Short reads only: with
    /// SQLite they run on the calling thread.
    pub(crate) async fn rows<T>(
        &self,
        sql: &'static Sql,
        parameters: Vec<Value>,
        each: impl FnMut(Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.read(sql, &parameters, each),
            Kind::Postgres(postgres) => postgres.read(sql, &parameters, each).await,
        }
    }

    /// Reads many rows; with SQLite on a thread where that holds nobody up.
    pub(crate) async fn many_rows<T: Send + 'static>(
        &self,
        sql: &'static Sql,
        parameters: Vec<Value>,
        each: impl FnMut(Row) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Vec<T>, StoreError> {
        match &self.kind {
            Kind::Sqlite(sqlite) => {
                let sqlite = sqlite.clone();
                tokio::task::spawn_blocking(move || sqlite.read(sql, &parameters, each))
                    .await
                    .unwrap_or_else(|_| Err(StoreError::unavailable("reading broke off")))
            }
            Kind::Postgres(postgres) => postgres.read(sql, &parameters, each).await,
        }
    }

    /// Reads the only row of a statement, or none.
    pub(crate) async fn row<T>(
        &self,
        sql: &'static Sql,
        parameters: Vec<Value>,
        each: impl FnMut(Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut rows = self.rows(sql, parameters, each).await?;
        if rows.len() > 1 {
            return Err(StoreError::broken(sql.label(), "more than one row"));
        }
        Ok(rows.pop())
    }

    /// Compiles a statement on the database without running it.
    pub(crate) async fn prepare(&self, sql: &'static Sql) -> Result<(), StoreError> {
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.prepare(sql),
            Kind::Postgres(postgres) => postgres.prepare(sql).await,
        }
    }
}

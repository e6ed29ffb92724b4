//! The embedded database: one writer with group commit, reads beside it.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::error::StoreError;
use crate::schema;
use crate::sql::Sql;
use crate::value::{Row, Value};
use crate::write::{Write, Written};

mod backup;
mod import;
mod writer;

pub(crate) use backup::fill;

use writer::Writer;

/// How long to wait for another process that holds the file, such as a backup.
const BUSY: Duration = Duration::from_secs(10);
/// How long tidying up may hold up the writer.
const TIDY: Duration = Duration::from_millis(500);
/// How many prepared statements a connection keeps: more than there are.
const STATEMENTS: usize = 512;
/// How many idle read connections are kept.
const IDLE_READERS: usize = 8;

/// An open file. Clones share it; the writer ends with the last one.
#[derive(Clone)]
pub(crate) struct Sqlite {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    writer: Writer,
    readers: Mutex<Vec<Connection>>,
}

impl Sqlite {
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        create_privately(path)?;
        let mut connection = connect(path)?;
        migrate(&mut connection)?;
        let writer = Writer::start(connection)?;
        let inner = Inner { path: path.to_owned(), writer, readers: Mutex::default() };
        Ok(Self { inner: Arc::new(inner) })
    }

    pub(crate) async fn write(&self, write: Write) -> Result<Written, StoreError> {
        self.inner.writer.write(write).await
    }

    pub(crate) fn commits(&self) -> u64 {
        self.inner.writer.commits()
    }

    /// Reads rows on the calling thread: a hop to another costs fifty times the read.
    pub(crate) fn read<T>(
        &self,
        sql: &'static Sql,
        parameters: &[Value],
        mut each: impl FnMut(Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let connection = self.reader()?;
        let answer = (|| {
            let mut statement =
                connection.prepare_cached(sql.for_sqlite()).map_err(|why| fault(sql, why))?;
            let mut rows = statement
                .query(rusqlite::params_from_iter(parameters))
                .map_err(|why| fault(sql, why))?;
            let mut answer = Vec::new();
            while let Some(row) = rows.next().map_err(|why| fault(sql, why))? {
                answer.push(each(owned(sql, row)?)?);
            }
            Ok(answer)
        })();
        self.give_back(connection);
        answer
    }

    /// Compiles a statement without running it.
    pub(crate) fn prepare(&self, sql: &'static Sql) -> Result<(), StoreError> {
        let connection = self.reader()?;
        let answer = connection.prepare(sql.for_sqlite()).map(drop);
        self.give_back(connection);
        answer.map_err(|why| fault(sql, why))
    }

    /// Moves the log into the file and empties it, so that what was deleted is in neither. Says
    /// whether it could: not while somebody reads for long.
    pub(crate) fn empty_log(&self) -> Result<bool, StoreError> {
        let connection = connect(&self.inner.path)?;
        connection.busy_timeout(TIDY).map_err(unopened)?;
        let busy: i64 = connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(unopened)?;
        Ok(busy == 0)
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        let idle = self.inner.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None => {
                let connection = connect(&self.inner.path)?;
                connection.pragma_update(None, "query_only", true).map_err(unopened)?;
                Ok(connection)
            }
        }
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = self.inner.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS {
            idle.push(connection);
        }
    }
}

/// Makes a new file that nobody but its owner can read: it will hold people's addresses.
fn create_privately(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|why| StoreError::Unavailable {
        reason: format!("{} cannot be opened for writing", path.display()),
        cause: Some(Arc::new(why)),
    })
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(unopened)?;
    connection.busy_timeout(BUSY).map_err(unopened)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    for (name, value) in [
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        // What is deleted is overwritten: an erased address must not lie in free pages.
        ("secure_delete", "ON"),
    ] {
        connection.pragma_update(None, name, value).map_err(unopened)?;
    }
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Exclusive).map_err(unopened)?;
    let has_meta: bool = transaction
        .query_row("SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'meta'", [], |row| {
            row.get(0)
        })
        .map_err(unopened)?;
    let found: i64 = if has_meta {
        transaction
            .query_row("SELECT format FROM meta", [], |row| row.get(0))
            .map_err(|why| unmigrated(0, why))?
    } else {
        0
    };
    if found > schema::newest() {
        return Err(StoreError::TooNew { found, known: schema::newest() });
    }
    for (number, text) in schema::after(found) {
        transaction
            .execute_batch(&schema::for_sqlite(text))
            .and_then(|()| transaction.execute("UPDATE meta SET format = ?1", [number]))
            .map_err(|why| unmigrated(number, why))?;
    }
    transaction.commit().map_err(|why| unmigrated(schema::newest(), why))
}

fn unopened(why: rusqlite::Error) -> StoreError {
    if why.sqlite_error_code() == Some(ErrorCode::NotADatabase) {
        return StoreError::Address("the file is no SQLite database: name another one".into());
    }
    StoreError::Unavailable { reason: why.to_string(), cause: Some(Arc::new(why)) }
}

fn unmigrated(number: i64, why: rusqlite::Error) -> StoreError {
    StoreError::Broken {
        what: format!("format {number}"),
        reason: why.to_string(),
        cause: Some(Arc::new(why)),
    }
}

/// Sorts an error of a statement.
fn fault(sql: &'static Sql, why: rusqlite::Error) -> StoreError {
    let reason = why.to_string();
    match why.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) if is_race(&why) => {
            StoreError::Conflict { step: sql.label() }
        }
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure,
        ) => StoreError::Unavailable { reason, cause: Some(Arc::new(why)) },
        _ => StoreError::Broken { what: sql.label().into(), reason, cause: Some(Arc::new(why)) },
    }
}

/// Whether a violated constraint can come from somebody else's faster write; a forgotten value
/// cannot.
fn is_race(why: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{
        SQLITE_CONSTRAINT_FOREIGNKEY, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID,
        SQLITE_CONSTRAINT_UNIQUE,
    };
    let code = why.sqlite_error().map(|error| error.extended_code);
    code.is_some_and(|code| {
        [
            SQLITE_CONSTRAINT_FOREIGNKEY,
            SQLITE_CONSTRAINT_PRIMARYKEY,
            SQLITE_CONSTRAINT_ROWID,
            SQLITE_CONSTRAINT_UNIQUE,
        ]
        .contains(&code)
    })
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn owned(sql: &'static Sql, row: &rusqlite::Row<'_>) -> Result<Row, StoreError> {
    let columns = row.as_ref().column_count();
    let mut values = Vec::with_capacity(columns);
    for column in 0..columns {
        values.push(match row.get_ref(column).map_err(|why| fault(sql, why))? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(n) => Value::Int(n),
            ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
            ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
            ValueRef::Real(_) => {
                return Err(StoreError::broken(sql.label(), "a number that is not whole"));
            }
        });
    }
    Ok(Row::new(sql.label(), values))
}

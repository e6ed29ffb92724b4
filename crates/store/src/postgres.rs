//! The database for several nodes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use deadpool_postgres::{Object, Pool, PoolError};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type};

use crate::address::Server;
use crate::error::StoreError;
use crate::sql::Sql;
use crate::value::{Row, Value};
use crate::write::{Write, Written};

mod backup;
mod connect;
mod import;
mod transaction;

pub(crate) use backup::fill;

/// How long any one answer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often something is tried when the database itself asks for that, or a pooled connection
/// turns out to be dead.
const TRIES: usize = 8;

/// A pool of connections. Clones share it.
#[derive(Clone)]
pub(crate) struct Postgres {
    pool: Pool,
    commits: Arc<AtomicU64>,
}

impl Postgres {
    pub(crate) async fn open(server: &Server) -> Result<Self, StoreError> {
        let pool = connect::pool(server)?;
        let postgres = Self { pool, commits: Arc::default() };
        let mut client = postgres.client().await?;
        within(connect::migrate(&mut client)).await?;
        Ok(postgres)
    }

    /// Carries out a write. It is a value without reads, so it may be repeated when a deadlock
    /// was broken at its cost or a pooled connection turned out to be dead.
    pub(crate) async fn write(&self, write: Write) -> Result<Written, StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let client = self.client().await?;
            match transaction::run(client, &write).await {
                Ok(written) => {
                    self.commits.fetch_add(1, Ordering::Relaxed);
                    return Ok(written);
                }
                Err(transaction::Failed::Again(why)) if tries < TRIES => {
                    tracing::debug!(tries, %why, "a write is repeated");
                }
                Err(transaction::Failed::Again(why) | transaction::Failed::For(why)) => {
                    return Err(why);
                }
            }
        }
    }

    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Counts a commit that was made otherwise.
    fn count_one(&self) {
        self.commits.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) async fn read<T>(
        &self,
        sql: &'static Sql,
        parameters: &[Value],
        mut each: impl FnMut(Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut tries = 0;
        let rows = loop {
            tries += 1;
            let client = self.client().await?;
            let answer = within(async {
                let statement = client
                    .prepare_cached(sql.for_postgres())
                    .await
                    .map_err(|why| fault(sql.label(), why))?;
                client
                    .query(&statement, &borrowed(parameters))
                    .await
                    .map_err(|why| fault(sql.label(), why))
            })
            .await;
            match answer {
                // A pooled connection that died in its sleep, most likely: another is tried.
                Err(why) if tries < TRIES && is_dead(&client, &why) => drop(Object::take(client)),
                answer => break answer?,
            }
        };
        rows.iter().map(|row| each(owned(sql.label(), row)?)).collect()
    }

    /// Compiles a statement without running it, and looks at the types it works with.
    pub(crate) async fn prepare(&self, sql: &'static Sql) -> Result<(), StoreError> {
        let client = self.client().await?;
        let statement =
            client.prepare(sql.for_postgres()).await.map_err(|why| fault(sql.label(), why))?;
        let columns = statement.columns().iter().map(tokio_postgres::Column::type_);
        for kind in statement.params().iter().chain(columns) {
            if ![Type::INT8, Type::TEXT, Type::BYTEA].contains(kind) {
                return Err(StoreError::broken(
                    sql.label(),
                    format!("a {kind} appears; cast it to BIGINT, TEXT or BYTEA"),
                ));
            }
        }
        Ok(())
    }

    async fn client(&self) -> Result<Object, StoreError> {
        client(&self.pool).await
    }
}

async fn client(pool: &Pool) -> Result<Object, StoreError> {
    pool.get().await.map_err(|why| match why {
        PoolError::Backend(why) => fault("connect", why),
        why => StoreError::Unavailable {
            reason: format!("no connection was free: {why}"),
            cause: Some(Arc::new(why)),
        },
    })
}

/// Does not wait for ever for an answer.
async fn within<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(PATIENCE, work)
        .await
        .unwrap_or_else(|_| Err(StoreError::unavailable("no answer within 30 seconds")))
}

/// The database's own code for an error, if it has one.
fn state(why: &StoreError) -> Option<&SqlState> {
    let StoreError::Unavailable { cause: Some(cause), .. } = why else { return None };
    cause.downcast_ref::<tokio_postgres::Error>()?.code()
}

/// Whether the connection is of no more use. The server's farewell may be read before the
/// connection is known to be closed.
fn is_dead(client: &Object, why: &StoreError) -> bool {
    let farewell = [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN];
    client.is_closed() || state(why).is_some_and(|state| farewell.contains(state))
}

/// Sorts an error of anything but a commit.
fn fault(what: &'static str, why: tokio_postgres::Error) -> StoreError {
    let reason = in_words(&why);
    let Some(state) = why.code() else {
        return StoreError::Unavailable { reason, cause: Some(Arc::new(why)) };
    };
    if [&SqlState::UNIQUE_VIOLATION, &SqlState::FOREIGN_KEY_VIOLATION].contains(&state) {
        return StoreError::Conflict { step: what };
    }
    if *state == SqlState::DISK_FULL {
        return StoreError::Full;
    }
    // Classes: no connection, rolled back, out of resources, operator intervention, system error,
    // not the right password, no such database, read-only.
    let away = ["08", "40", "53", "55", "57", "58", "28", "3D"];
    if away.contains(&&state.code()[..2]) || *state == SqlState::READ_ONLY_SQL_TRANSACTION {
        StoreError::Unavailable { reason, cause: Some(Arc::new(why)) }
    } else {
        StoreError::Broken { what: what.into(), reason, cause: Some(Arc::new(why)) }
    }
}

/// What the server says, or all that is known of a line that broke.
fn in_words(why: &tokio_postgres::Error) -> String {
    if let Some(said) = why.as_db_error() {
        return said.message().to_owned();
    }
    match std::error::Error::source(why) {
        Some(below) => format!("{why}: {below}"),
        None => why.to_string(),
    }
}

fn borrowed(parameters: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    parameters.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

type Refusal = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<IsNull, Refusal> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) if *kind == Type::INT8 => n.to_sql(kind, out),
            Self::Text(text) if *kind == Type::TEXT => text.to_sql(kind, out),
            Self::Blob(bytes) if *kind == Type::BYTEA => bytes.to_sql(kind, out),
            _ => Err(format!("a value of another kind was given for a {kind}").into()),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::TEXT, Type::BYTEA].contains(kind)
    }

    tokio_postgres::types::to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Refusal> {
        match *kind {
            Type::INT8 => i64::from_sql(kind, raw).map(Self::Int),
            Type::TEXT => String::from_sql(kind, raw).map(Self::Text),
            _ => Vec::from_sql(kind, raw).map(Self::Blob),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, Refusal> {
        Ok(Self::Null)
    }

    fn accepts(kind: &Type) -> bool {
        <Self as ToSql>::accepts(kind)
    }
}

fn owned(what: &'static str, row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    let values = (0..row.len())
        .map(|column| row.try_get(column).map_err(|why| fault(what, why)))
        .collect::<Result<_, _>>()?;
    Ok(Row::new(what, values))
}

//! The one thread that writes. It takes all writes that wait, gives each a savepoint of its own,
//! commits once for all, and only then answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{Connection, ErrorCode};
use tokio::sync::{mpsc, oneshot};

use super::fault;
use crate::error::StoreError;
use crate::schema;
use crate::value::Value;
use crate::write::{Step, Write, Written};

/// How many writes may share a commit. A bound keeps the wait of the first one short.
const GROUP: usize = 512;
/// How many writes may wait; who comes later waits for room.
const QUEUE: usize = 4096;

type Answer = Result<Written, StoreError>;

struct Job {
    write: Write,
    answer: oneshot::Sender<Answer>,
}

pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
    commits: Arc<AtomicU64>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Self, StoreError> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let commits = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&commits);
        std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || run(&connection, jobs, &counter))
            .map_err(|why| StoreError::Unavailable {
                reason: "no thread could be started".into(),
                cause: Some(Arc::new(why)),
            })?;
        Ok(Self { queue, commits })
    }

    pub(super) async fn write(&self, write: Write) -> Answer {
        let (answer, reply) = oneshot::channel();
        self.queue
            .send(Job { write, answer })
            .await
            .map_err(|_| StoreError::unavailable("the writing thread has ended"))?;
        reply.await.unwrap_or_else(|_| {
            Err(StoreError::Unknown { reason: "the writing thread has ended".into(), cause: None })
        })
    }

    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Counts a commit that was made beside this thread.
    pub(super) fn count_one(&self) {
        self.commits.fetch_add(1, Ordering::Relaxed);
    }
}

fn run(connection: &Connection, mut jobs: mpsc::Receiver<Job>, commits: &AtomicU64) {
    let mut group = Vec::with_capacity(GROUP);
    while jobs.blocking_recv_many(&mut group, GROUP) > 0 {
        match commit(connection, &group) {
            Ok(answers) => {
                commits.fetch_add(1, Ordering::Relaxed);
                for (job, answer) in group.drain(..).zip(answers) {
                    // Whoever asked may have gone away; the rows stay.
                    let _ = job.answer.send(answer);
                }
            }
            // One write too large for the disk must not take the small ones with it. Nothing of
            // the group was kept, so each may run again.
            Err(why) if group.len() > 1 && why.is_worth_a_repeat() => {
                tracing::warn!(writes = group.len(), %why, "a shared commit failed; each alone");
                for job in group.drain(..) {
                    let answer = commit(connection, std::slice::from_ref(&job))
                        .and_then(|mut answers| answers.pop().unwrap_or(Err(why.clone())));
                    if answer.is_ok() {
                        commits.fetch_add(1, Ordering::Relaxed);
                    }
                    let _ = job.answer.send(answer);
                }
            }
            Err(why) => {
                tracing::error!(writes = group.len(), %why, "a commit failed");
                for job in group.drain(..) {
                    let _ = job.answer.send(Err(why.clone()));
                }
            }
        }
    }
}

/// Carries out a group in one transaction. An error means that nothing of it was kept, or, where
/// it is [`StoreError::Unknown`], that nobody can tell.
fn commit(connection: &Connection, group: &[Job]) -> Result<Vec<Answer>, StoreError> {
    let answers = begin(connection, group);
    let done = answers.and_then(|answers| {
        command(connection, "COMMIT").map_err(uncommitted)?;
        Ok(answers)
    });
    if done.is_err() && !connection.is_autocommit() {
        // Fails only when the transaction has ended already.
        let _ = command(connection, "ROLLBACK");
    }
    done
}

fn begin(connection: &Connection, group: &[Job]) -> Result<Vec<Answer>, StoreError> {
    let broken = |why| sort("transaction", why);
    command(connection, "BEGIN IMMEDIATE").map_err(broken)?;
    same_format(connection)?;
    let mut answers = Vec::with_capacity(group.len());
    for job in group {
        command(connection, "SAVEPOINT one").map_err(broken)?;
        let answer = all_steps(connection, &job.write);
        if connection.is_autocommit() {
            // A full disk or a failing one: SQLite has rolled the whole group back.
            return Err(answer.err().unwrap_or(StoreError::Full));
        }
        if answer.is_err() {
            command(connection, "ROLLBACK TO one").map_err(broken)?;
        }
        command(connection, "RELEASE one").map_err(broken)?;
        answers.push(answer);
    }
    Ok(answers)
}

/// Looks, inside a transaction that writes, whether the database still has the format that this
/// program knows: a newer program may have opened it since. Costs a microsecond for a commit.
pub(super) fn same_format(connection: &Connection) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT format FROM meta").map_err(|why| sort("format", why))?;
    let found = statement.query_row([], |row| row.get(0)).map_err(|why| sort("format", why))?;
    schema::writable(found)
}

fn all_steps(connection: &Connection, write: &Write) -> Answer {
    let mut written = Written::default();
    for step in &write.steps {
        let touched = one_step(connection, step, &mut written)?;
        step.met_by(touched)?;
    }
    Ok(written)
}

pub(super) fn one_step(
    connection: &Connection,
    step: &Step,
    written: &mut Written,
) -> Result<u64, StoreError> {
    let broken = |why| fault(step.sql, why);
    let mut statement = connection.prepare_cached(step.sql.for_sqlite()).map_err(broken)?;
    let mut touched = 0;
    for row in &step.rows {
        if step.sql.gives_numbers() {
            let mut rows = statement.query(parameters(row)).map_err(broken)?;
            while let Some(row) = rows.next().map_err(broken)? {
                written.given.push(row.get(0).map_err(broken)?);
                touched += 1;
            }
        } else {
            touched += statement.execute(parameters(row)).map_err(broken)? as u64;
        }
    }
    Ok(touched)
}

fn parameters(row: &[Value]) -> rusqlite::ParamsFromIter<&[Value]> {
    rusqlite::params_from_iter(row)
}

fn command(connection: &Connection, text: &'static str) -> rusqlite::Result<()> {
    connection.prepare_cached(text)?.execute([]).map(drop)
}

pub(super) fn sort(what: &'static str, why: rusqlite::Error) -> StoreError {
    let reason = why.to_string();
    match why.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(_) => StoreError::Unavailable { reason, cause: Some(Arc::new(why)) },
        None => StoreError::Broken { what: what.into(), reason, cause: Some(Arc::new(why)) },
    }
}

/// Sorts an error of the commit itself. When a sync fails, the log may hold the commit all the
/// same and be read so after a restart: only a full or busy database surely kept nothing.
pub(super) fn uncommitted(why: rusqlite::Error) -> StoreError {
    match why.sqlite_error_code() {
        Some(ErrorCode::SystemIoFailure) => StoreError::Unknown {
            reason: format!("the disk failed: {why}"),
            cause: Some(Arc::new(why)),
        },
        _ => sort("COMMIT", why),
    }
}

#[cfg(test)]
mod tests;

//! One write as one transaction, in two round trips: everything up to the last step, then the
//! commit.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::task::Poll;
use std::time::Duration;

use deadpool_postgres::Object;
use tokio_postgres::Statement;
use tokio_postgres::error::SqlState;

use super::connect::LOCK;
use super::{PATIENCE, borrowed, fault, in_words, is_dead, state, within};
use crate::error::StoreError;
use crate::schema;
use crate::value::Value;
use crate::write::{Step, Write, Written};

/// How many statements are under way at once.
const PIPELINE: usize = 128;

/// Begins, and keeps formats from being changed until the end: who changes one takes the same lock
/// for itself (`connect::migrate`). The lock is one word in the server's memory. It is taken by a
/// statement of its own, so that the next one sees what was changed while it waited.
///
/// A node whose line falls silent in the middle must not hold its locks for ever: after a minute
/// the server ends the transaction, as if it had never begun.
static BEGIN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "BEGIN isolation level read committed; \
         SET LOCAL idle_in_transaction_session_timeout = '60s'; \
         SELECT pg_advisory_xact_lock_shared({LOCK})"
    )
});

/// Asked in each transaction.
const FORMAT: &str = "SELECT format FROM meta";

/// How long to wait until a failed transaction is rolled back; else the connection is closed.
const FAREWELL: Duration = Duration::from_secs(5);

/// Why a transaction did not happen.
pub(super) enum Failed {
    /// It surely did not, and may be tried again at once.
    Again(StoreError),
    /// Trying again would not help, or nobody can tell whether it happened.
    For(StoreError),
}

impl Failed {
    pub(super) fn into_inner(self) -> StoreError {
        match self {
            Self::Again(why) | Self::For(why) => why,
        }
    }
}

/// A connection inside a transaction. Dropped before its time it is closed instead of going back
/// to the pool with the transaction open.
pub(super) struct Lent(Option<Object>);

impl Lent {
    pub(super) fn new(client: Object) -> Self {
        Self(Some(client))
    }

    pub(super) fn client(&self) -> &Object {
        self.0.as_ref().expect("taken only at the end")
    }

    pub(super) fn give_back(mut self) {
        drop(self.0.take());
    }

    /// Ends the transaction without a trace. If that is not answered, the connection is closed.
    pub(super) async fn roll_back(self) {
        let rollback = self.client().batch_execute("ROLLBACK");
        if matches!(tokio::time::timeout(FAREWELL, rollback).await, Ok(Ok(()))) {
            self.give_back();
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(object) = self.0.take() {
            drop(Object::take(object));
        }
    }
}

pub(super) async fn run(client: Object, write: &Write) -> Result<Written, Failed> {
    let lent = Lent::new(client);
    let ran = within(async {
        let statements = prepare(lent.client(), write).await?;
        steps(lent.client(), write, &statements).await
    })
    .await;
    match ran {
        Ok(written) => {
            commit(lent.client()).await?;
            lent.give_back();
            Ok(written)
        }
        Err(why) => {
            let again = may_be_repeated(lent.client(), &why);
            lent.roll_back().await;
            Err(if again { Failed::Again(why) } else { Failed::For(why) })
        }
    }
}

/// Whether an error left nothing behind and may be gone at the next try.
pub(super) fn may_be_repeated(client: &Object, why: &StoreError) -> bool {
    is_dead(client, why) || is_rolled_back(why)
}

/// Begins a transaction and carries out these steps in it, for more to follow.
pub(super) async fn begin_with(client: &Object, write: &Write) -> Result<(), StoreError> {
    within(async {
        let statements = prepare(client, write).await?;
        steps(client, write, &statements).await.map(drop)
    })
    .await
}

pub(super) async fn commit(client: &Object) -> Result<(), Failed> {
    let lost = |reason: String, cause| StoreError::Unknown { reason, cause };
    match tokio::time::timeout(PATIENCE, client.batch_execute("COMMIT")).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(why)) if why.code().is_some_and(was_answered) => {
            let why = fault("COMMIT", why);
            Err(if is_rolled_back(&why) { Failed::Again(why) } else { Failed::For(why) })
        }
        Ok(Err(why)) => Err(Failed::For(lost(in_words(&why), Some(Arc::new(why))))),
        Err(_) => Err(Failed::For(lost("no answer within 30 seconds".into(), None))),
    }
}

/// Whether an error after COMMIT says that it failed. Classes 57 and 58 come from a server that
/// is going down, perhaps after the commit was made.
fn was_answered(state: &SqlState) -> bool {
    !["08", "57", "58"].contains(&&state.code()[..2])
}

/// Whether the database broke a deadlock or a race at this transaction's cost.
fn is_rolled_back(why: &StoreError) -> bool {
    state(why).is_some_and(|state| {
        [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(state)
    })
}

/// The statement that asks for the format, and those of the steps.
type Prepared = (Statement, Vec<Statement>);

async fn prepare(client: &Object, write: &Write) -> Result<Prepared, StoreError> {
    let format = client.prepare_cached(FORMAT).await.map_err(|why| fault("format", why))?;
    let mut statements = Vec::with_capacity(write.steps.len());
    for step in &write.steps {
        let text = step.sql.for_postgres();
        let statement = client.prepare_cached(text).await;
        statements.push(statement.map_err(|why| fault(step.sql.label(), why))?);
    }
    Ok((format, statements))
}

type Answer = Result<Touched, (usize, StoreError)>;
type Sent<'a> = Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

/// What one row of parameters of one step did.
struct Touched {
    step: usize,
    rows: u64,
    given: Vec<i64>,
}

/// What the steps did so far.
struct Count<'a> {
    steps: &'a [Step],
    touched: Vec<u64>,
    written: Written,
}

impl Count<'_> {
    /// Adds answers. An error counts only when all steps before it did what was expected of them:
    /// in a pipeline, later statements run although an earlier one has missed its rows.
    fn add(&mut self, answers: impl IntoIterator<Item = Answer>) -> Result<(), StoreError> {
        for answer in answers {
            match answer {
                Ok(touched) => {
                    self.touched[touched.step] += touched.rows;
                    self.written.given.extend(touched.given);
                }
                Err((step, why)) => return self.met(step).and(Err(why)),
            }
        }
        Ok(())
    }

    /// Whether the first so many steps did what was expected of them.
    fn met(&self, steps: usize) -> Result<(), StoreError> {
        let mut done = self.steps.iter().zip(&self.touched).take(steps);
        done.try_for_each(|(step, touched)| step.met_by(*touched))
    }
}

async fn steps(
    client: &Object,
    write: &Write,
    (format, statements): &Prepared,
) -> Result<Written, StoreError> {
    let steps = &write.steps;
    let mut count = Count { steps, touched: vec![0; steps.len()], written: Written::default() };
    let mut waiting: Vec<Sent<'_>> = vec![
        Box::pin(async {
            client.batch_execute(&BEGIN).await.map_err(|why| (0, fault("BEGIN", why)))?;
            Ok(Touched { step: 0, rows: 0, given: Vec::new() })
        }),
        Box::pin(async { same_format(client, format).await.map_err(|why| (0, why)) }),
    ];
    for (number, (step, statement)) in steps.iter().zip(statements).enumerate() {
        for row in &step.rows {
            let sent = send(client, number, step, statement, row);
            waiting.push(Box::pin(async move { sent.await.map_err(|why| (number, why)) }));
            if waiting.len() >= PIPELINE {
                count.add(in_order(std::mem::take(&mut waiting)).await)?;
            }
        }
    }
    count.add(in_order(waiting).await)?;
    count.met(steps.len())?;
    Ok(count.written)
}

/// Looks whether the database still has the format that this program knows: a newer one may have
/// opened it since.
async fn same_format(client: &Object, asked: &Statement) -> Result<Touched, StoreError> {
    let broken = |why| fault("format", why);
    let found = client.query_one(asked, &[]).await.and_then(|row| row.try_get(0));
    schema::writable(found.map_err(broken)?)?;
    Ok(Touched { step: 0, rows: 0, given: Vec::new() })
}

async fn send(
    client: &Object,
    number: usize,
    step: &Step,
    statement: &Statement,
    row: &[Value],
) -> Result<Touched, StoreError> {
    let broken = |why| fault(step.sql.label(), why);
    if !step.sql.gives_numbers() {
        let rows = client.execute(statement, &borrowed(row)).await.map_err(broken)?;
        return Ok(Touched { step: number, rows, given: Vec::new() });
    }
    let rows = client.query(statement, &borrowed(row)).await.map_err(broken)?;
    let given = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<_>, _>>();
    Ok(Touched { step: number, rows: rows.len() as u64, given: given.map_err(broken)? })
}

/// Sends all in their order, because a request goes out when it is first polled, and waits for
/// all answers.
async fn in_order(mut waiting: Vec<Sent<'_>>) -> Vec<Answer> {
    let mut answers: Vec<Option<Answer>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        let mut all = Poll::Ready(());
        for (sent, answer) in waiting.iter_mut().zip(&mut answers) {
            if answer.is_none() {
                match sent.as_mut().poll(context) {
                    Poll::Ready(given) => *answer = Some(given),
                    Poll::Pending => all = Poll::Pending,
                }
            }
        }
        all
    })
    .await;
    answers.into_iter().flatten().collect()
}

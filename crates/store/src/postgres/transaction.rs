//! One write as one transaction, in two round trips: everything up to the last step, then the
//! commit.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use deadpool_postgres::Object;
use tokio_postgres::Statement;
use tokio_postgres::error::SqlState;

use super::{PATIENCE, borrowed, fault, in_words, is_dead, state, within};
use crate::error::StoreError;
use crate::value::Value;
use crate::write::{Step, Write, Written};

/// How many statements are under way at once.
const PIPELINE: usize = 128;

/// How long to wait until a failed transaction is rolled back; else the connection is closed.
const FAREWELL: Duration = Duration::from_secs(5);

/// Why a transaction did not happen.
pub(super) enum Failed {
    /// It surely did not, and may be tried again at once.
    Again(StoreError),
    /// Trying again would not help, or nobody can tell whether it happened.
    For(StoreError),
}

/// A connection inside a transaction. Dropped before its time it is closed instead of going back
/// to the pool with the transaction open.
struct Lent(Option<Object>);

impl Lent {
    fn client(&self) -> &Object {
        self.0.as_ref().expect("taken only at the end")
    }

    fn give_back(mut self) {
        drop(self.0.take());
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
    let lent = Lent(Some(client));
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
            let again = is_dead(lent.client(), &why) || is_rolled_back(&why);
            let rollback = lent.client().batch_execute("ROLLBACK");
            if matches!(tokio::time::timeout(FAREWELL, rollback).await, Ok(Ok(()))) {
                lent.give_back();
            }
            Err(if again { Failed::Again(why) } else { Failed::For(why) })
        }
    }
}

async fn commit(client: &Object) -> Result<(), Failed> {
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

async fn prepare(client: &Object, write: &Write) -> Result<Vec<Statement>, StoreError> {
    let mut statements = Vec::with_capacity(write.steps.len());
    for step in &write.steps {
        let text = step.sql.for_postgres();
        let statement = client.prepare_cached(text).await;
        statements.push(statement.map_err(|why| fault(step.sql.label(), why))?);
    }
    Ok(statements)
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
    statements: &[Statement],
) -> Result<Written, StoreError> {
    let steps = &write.steps;
    let mut count = Count { steps, touched: vec![0; steps.len()], written: Written::default() };
    let mut waiting: Vec<Sent<'_>> = vec![Box::pin(async {
        client.batch_execute("BEGIN").await.map_err(|why| (0, fault("BEGIN", why)))?;
        Ok(Touched { step: 0, rows: 0, given: Vec::new() })
    })];
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

//! What a walk hands to the connections, and what they say became of it.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::dispatch::Outcome;
use outside::channel::Parcel;
use tokio::sync::Notify;

/// What a connection says of somebody.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// What became of the try.
    Outcome(Outcome),
    /// Nothing was tried: this connection is of no use, but others are.
    Returned,
}

/// Messages wait here for a connection, and answers for the walk.
#[derive(Default)]
pub(super) struct Outbox {
    inner: Mutex<Inner>,
    /// There are messages, or the end has come.
    work: Notify,
    /// There are as many answers as the walk waits for.
    answered: Notify,
}

#[derive(Default)]
struct Inner {
    queue: VecDeque<(u16, Parcel)>,
    answers: Vec<(u16, Answer)>,
    /// Messages in the hands of connections.
    carried: usize,
    /// Connections that carry.
    carriers: usize,
    /// The walk wants to be woken by so many answers.
    enough: usize,
    closed: bool,
}

impl Outbox {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds messages to the queue.
    pub(super) fn push(&self, parcels: Vec<(u16, Parcel)>) {
        self.inner().queue.extend(parcels);
        self.work.notify_waiters();
    }

    /// Takes back whatever no connection has taken.
    pub(super) fn recall(&self) -> Vec<u16> {
        self.inner().queue.drain(..).map(|(offset, _)| offset).collect()
    }

    /// No more messages will come: connections that wait here go.
    pub(super) fn close(&self) {
        self.inner().closed = true;
        self.work.notify_waiters();
    }

    /// How many messages wait for a connection.
    pub(super) fn queued(&self) -> usize {
        self.inner().queue.len()
    }

    /// Waits until there is a message to carry; false when there will be none.
    pub(super) async fn work(&self) -> bool {
        loop {
            let woken = self.work.notified();
            let mut woken = std::pin::pin!(woken);
            woken.as_mut().enable();
            {
                let inner = self.inner();
                if !inner.queue.is_empty() {
                    return true;
                }
                if inner.closed {
                    return false;
                }
            }
            woken.await;
        }
    }

    /// Waits until at least so many are answered, or nobody is in flight.
    pub(super) async fn answered(&self, enough: usize) {
        {
            let mut inner = self.inner();
            inner.enough = enough;
            if inner.is_enough() {
                return;
            }
        }
        self.answered.notified().await;
    }

    /// What was answered since it was asked last.
    pub(super) fn take(&self) -> Vec<(u16, Answer)> {
        std::mem::take(&mut self.inner().answers)
    }

    /// A connection begins to carry.
    pub(super) fn begin(&self) {
        self.inner().carriers += 1;
    }

    /// A connection ends carrying; says whether others go on.
    pub(super) fn end(&self) -> bool {
        let mut inner = self.inner();
        inner.carriers -= 1;
        inner.carriers > 0
    }

    /// A connection takes a message.
    pub(super) fn pop(&self) -> Option<(u16, Parcel)> {
        let mut inner = self.inner();
        let parcel = inner.queue.pop_front()?;
        inner.carried += 1;
        Some(parcel)
    }

    /// A connection says what became of a message that it took.
    pub(super) fn settle(&self, offset: u16, answer: Answer) {
        let mut inner = self.inner();
        inner.carried -= 1;
        self.note(inner, offset, answer);
    }

    /// Says what becomes of somebody for whom no message was queued.
    pub(super) fn answer(&self, offset: u16, answer: Answer) {
        let inner = self.inner();
        self.note(inner, offset, answer);
    }

    fn note(&self, mut inner: MutexGuard<'_, Inner>, offset: u16, answer: Answer) {
        let matters =
            !matches!(&answer, Answer::Outcome(Outcome::Accepted { .. } | Outcome::Later { .. }));
        inner.answers.push((offset, answer));
        if matters || inner.is_enough() {
            self.answered.notify_one();
        }
    }

    /// The whole queue gets the same answer: there is no connection to be had.
    pub(super) fn answer_all(&self, outcome: &Outcome) {
        for offset in self.recall() {
            self.answer(offset, Answer::Outcome(outcome.clone()));
        }
    }
}

impl Inner {
    fn is_enough(&self) -> bool {
        self.answers.len() >= self.enough || (self.queue.is_empty() && self.carried == 0)
    }
}

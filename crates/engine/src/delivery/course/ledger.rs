//! What a walk learns, and how it is written down.

use std::sync::Arc;
use std::time::Duration;

use model::dispatch::Outcome;
use model::fare::Position;
use model::handbook::channel::Channel;
use model::value::{Key, Span, Timestamp};
use store::Write;
use store::recipient::gone_steps;
use store::shard::save_steps;
use store::wave::wave_steps;
use tokio::time::Instant;

use super::Course;
use crate::EngineError;
use crate::delivery::compose::LEFT;
use crate::delivery::outbox::Answer;
use crate::delivery::{LEASE, SETTLE};
use crate::mark::mark;

/// How often a channel is tried that must be.
const TRY_AGAIN: Span = Span::seconds(2);
/// How often a lease is prolonged when there is nothing else to store.
const PROLONG: Duration = Duration::from_secs(30);

impl Course<'_> {
    /// Takes back whatever no connection has taken yet.
    pub(in crate::delivery) fn recall(&mut self) {
        for offset in self.outbox.recall() {
            self.walk.recall(offset);
            self.spare += 1;
        }
    }

    /// Takes in what became of those in flight.
    pub(super) fn take_in(&mut self) {
        let now = self.engine.now();
        let mut accepted = false;
        for (offset, answer) in self.outbox.take() {
            self.spare += 1;
            self.unsaved = true;
            let outcome = match answer {
                Answer::Outcome(outcome) => outcome,
                Answer::Returned => {
                    self.walk.recall(offset);
                    continue;
                }
            };
            self.tried += 1;
            self.walk.take(offset, &outcome, now);
            let recipient = self.lease.base + i64::from(offset);
            match &outcome {
                Outcome::Accepted { .. } => accepted = true,
                Outcome::Gone { reason } if reason != LEFT => self.gone.push(recipient),
                Outcome::ChannelDown { after, reason } => {
                    let channel = &self.dispatch.order.channel;
                    tracing::warn!(%channel, %reason, "the channel does not work");
                    if let Some(way) = self.route.way() {
                        way.fails(*after, reason, now);
                    }
                }
                _ => {}
            }
            if !matches!(outcome, Outcome::Accepted { .. }) {
                let dispatch = self.dispatch.id;
                tracing::debug!(dispatch, recipient, ?outcome, "not accepted");
            }
        }
        if let Some(way) = self.route.way() {
            if accepted {
                way.lives(now);
            }
            if self.tried >= way.portion() {
                way.took(self.measured.elapsed());
                (self.measured, self.tried) = (Instant::now(), 0);
            }
        }
    }

    /// Waits for answers. What was answered is stored, and the lease prolonged, at least each
    /// [`SETTLE`].
    pub(super) async fn wait(&mut self) -> Result<(), EngineError> {
        let portion = self.route.way().map_or(1, |way| way.portion());
        let flying = self.walk.in_flight();
        let enough = flying.saturating_sub(portion).max(portion.saturating_sub(self.spare)).max(1);
        let outbox = Arc::clone(&self.outbox);
        if tokio::time::timeout(SETTLE, outbox.answered(enough)).await.is_err() {
            self.take_in();
            self.prolong().await?;
        }
        Ok(())
    }

    /// Waits for something and prolongs the lease meanwhile: else another node would send to the
    /// same people at the same time.
    pub(super) async fn keep_while<T>(
        &mut self,
        what: impl Future<Output = T>,
    ) -> Result<T, EngineError> {
        let mut what = std::pin::pin!(what);
        loop {
            match tokio::time::timeout(SETTLE, &mut what).await {
                Ok(done) => return Ok(done),
                Err(_) => self.prolong().await?,
            }
        }
    }

    /// Stores what was answered, if anything was, or it is time to prolong the lease.
    async fn prolong(&mut self) -> Result<(), EngineError> {
        if self.unsaved || self.saved.elapsed() >= PROLONG {
            self.save(Some(self.engine.now()), true, vec![]).await?;
        }
        Ok(())
    }

    /// Stores how it stands. Whoever is answered by that makes room for others.
    pub(in crate::delivery) async fn save(
        &mut self,
        due_at: Option<Timestamp>,
        keep: bool,
        more: Vec<store::Step>,
    ) -> Result<(), EngineError> {
        let now = self.engine.now();
        let until = keep.then(|| now.after(LEASE));
        let mut write = Write::from(save_steps(&self.lease, self.walk.shard(), due_at, until));
        // In the same write: who lost the lease notes nobody as told.
        write = write.and(wave_steps(&self.lease, &self.walk.take_news(), now));
        let gone = std::mem::take(&mut self.gone);
        if let Some(book) = self.address_book().filter(|_| !gone.is_empty()) {
            write = write.and(gone_steps(&book.clone(), &gone, now));
        }
        mark("settle.before_commit");
        self.engine.store.write(write.and(more)).await?;
        mark("settle.committed");
        self.saved = Instant::now();
        self.unsaved = false;
        let spare = std::mem::take(&mut self.spare);
        if let Some(room) = &mut self.room {
            drop(room.split(spare.min(room.num_permits())));
        }
        Ok(())
    }

    fn address_book(&self) -> Option<&Key> {
        self.handbook.channels.get(&self.dispatch.order.channel).map(Channel::address_book)
    }

    /// The end of the walk: nobody is in flight.
    pub(super) async fn come_to_rest(
        mut self,
        due_at: Option<Timestamp>,
    ) -> Result<(), EngineError> {
        let forced = self.engine.shared.ways.position(&self.dispatch.order.channel);
        let soon = self.engine.now().after(TRY_AGAIN);
        let due_at = due_at.map(|at| if forced == Position::Forced { at.min(soon) } else { at });
        self.save(due_at, false, vec![]).await?;
        // The connections put themselves away.
        self.outbox.close();
        self.lines.detach_all();
        if due_at.is_none() { self.engine.finish(&self.dispatch).await } else { Ok(()) }
    }
}

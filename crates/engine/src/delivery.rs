//! Delivery carries out what the pure machine in `model::dispatch` decides: freeze the audience,
//! walk each shard window by window, send, settle. The intent is durable before a window is sent
//! and the result after it, so a crash repeats at most one window and loses nobody.

use std::time::Duration;

use model::value::{PublicId, Span, Timestamp};
use store::dispatch::Stored;
use tokio::task::JoinSet;

use crate::body::Body;
use crate::{Engine, EngineError};

mod correct;
mod fall_back;
mod finish;
mod late;
mod letter;
mod plan;
pub mod preview;
mod send;
mod walk;

pub(crate) use send::Lines;

/// How many shards one process walks at once, so that a long one does not hold up the others.
const WALKS: usize = 8;
/// For how long a lease holds without being prolonged: after so long another node takes over from
/// one that has died.
const LEASE: Span = Span::minutes(2);
/// How often a lease is prolonged while a window is in flight.
const PROLONG: Duration = Duration::from_secs(30);

/// How many recipients of a dispatch are in flight at once: also the most that one crash of one
/// walk can repeat.
pub const WINDOW: usize = 100;

impl Engine {
    /// Gives back what this node held before it was started again, so that nobody waits for old
    /// leases to run out.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn take_up_delivery(&self) -> Result<(), EngineError> {
        self.store.write(store::shard::release_steps(&self.node.name)).await?;
        Ok(())
    }

    /// What waits for its next try is tried now: somebody may have repaired the channel.
    pub(crate) async fn wake(&self, incident: &PublicId) -> Result<(), EngineError> {
        let all: Vec<Stored<Body>> = self.store.dispatches_of(incident).await?;
        let now = self.now();
        let undone = all.iter().filter(|one| one.done_at.is_none());
        let steps = undone.flat_map(|one| store::shard::wake_steps(one.id, now));
        self.store.write(steps.collect::<Vec<_>>()).await?;
        self.shared.delivery_due.notify_one();
        Ok(())
    }

    /// Delivers until nothing is due; says when the next is. New dispatches that arrive meanwhile
    /// are begun at once. One public step of the recurring task, so that tests never sleep.
    ///
    /// # Errors
    ///
    /// The first failure, after everything else has been delivered: what cannot be read holds
    /// nobody else up. [`Engine::take_up_delivery`] gives back what had failed.
    pub async fn delivery_step(&self) -> Result<Option<Timestamp>, EngineError> {
        let mut walks = JoinSet::new();
        let mut failure = None;
        loop {
            if let Err(why) = self.freeze_step().await {
                failure.get_or_insert(why);
            }
            while walks.len() < WALKS {
                let (now, until) = (self.now(), self.now().after(LEASE));
                match self.store.lease_shard(&self.node.name, now, until).await {
                    Ok(Some((lease, shard))) => {
                        let engine = self.clone();
                        walks.spawn(async move { engine.walk(lease, shard).await });
                    }
                    Ok(None) => break,
                    Err(why) => {
                        failure.get_or_insert(why.into());
                        break;
                    }
                }
            }
            if walks.is_empty() {
                if let Err(why) = self.finish_step().await {
                    failure.get_or_insert(why);
                }
                let next = self.store.next_shard_due().await?;
                return failure.map_or(Ok(next), Err);
            }
            tokio::select! {
                done = walks.join_next() => match done {
                    Some(Ok(Err(why))) => {
                        tracing::error!(%why, "a walk failed");
                        failure.get_or_insert(why);
                    }
                    Some(Err(why)) => tracing::error!(%why, "a walk broke off"),
                    _ => {}
                },
                () = self.shared.delivery_due.notified() => {}
            }
        }
    }
}

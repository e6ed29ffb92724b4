//! Delivery carries out what the pure machine in `model::dispatch` decides: freeze the audience,
//! walk each shard window by window, send, settle. The intent is durable before a window is sent
//! and the result after it, so a crash repeats at most one window and loses nobody.

use model::value::{Span, Timestamp};
use tokio::task::JoinSet;

use crate::{Engine, EngineError};

mod letter;
mod plan;
mod send;
mod walk;

pub(crate) use send::Lines;

/// How many shards one process walks at once, so that a long one does not hold up the others.
const WALKS: usize = 8;
/// For how long a lease holds without being prolonged; each window prolongs it.
const LEASE: Span = Span::minutes(2);

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

    /// Delivers until nothing is due; says when the next is. New dispatches that arrive meanwhile
    /// are begun at once. One public step of the recurring task, so that tests never sleep.
    ///
    /// # Errors
    ///
    /// When the database does not answer. What was under way is taken up by the next step.
    pub async fn delivery_step(&self) -> Result<Option<Timestamp>, EngineError> {
        let mut walks = JoinSet::new();
        loop {
            self.freeze_step().await?;
            while walks.len() < WALKS {
                let (now, until) = (self.now(), self.now().after(LEASE));
                let leased = self.store.lease_shard(&self.node.name, now, until).await?;
                let Some((lease, shard)) = leased else { break };
                let engine = self.clone();
                walks.spawn(async move { engine.walk(lease, shard).await });
            }
            if walks.is_empty() {
                return Ok(self.store.next_shard_due().await?);
            }
            tokio::select! {
                done = walks.join_next() => match done {
                    Some(Ok(Err(why))) => return Err(why),
                    Some(Err(why)) => tracing::error!(%why, "a walk broke off"),
                    _ => {}
                },
                () = self.shared.delivery_due.notified() => {}
            }
        }
    }
}

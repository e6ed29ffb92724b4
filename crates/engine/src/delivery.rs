//! Delivery carries out what the pure machine in `model::dispatch` decides: freeze the audience,
//! walk each shard portion by portion, send, settle. The intent is durable before a portion is sent
//! and the result after it, so a crash repeats at most what was in flight and loses nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use model::value::{PublicId, Span, Timestamp};
use store::dispatch::Stored;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::body::Body;
use crate::{Engine, EngineError};

mod compose;
mod correct;
mod course;
mod fall_back;
mod finish;
mod late;
mod letter;
mod outbox;
mod plan;
pub mod preview;
mod rate;
mod send;
mod walk;
mod way;

pub(crate) use way::Ways;

/// How many shards one process walks at once, so that a long one does not hold up the others.
const WALKS: usize = 16;
/// How many of those may belong to one dispatch: one to hand out while another one's last answers
/// are waited for. The others are left to other nodes.
const WALKS_OF_ONE: usize = 2;
/// For how long a lease holds without being prolonged: after so long another node takes over from
/// one that has died.
const LEASE: Span = Span::minutes(2);
/// How long an answer stays in memory only, at most.
const SETTLE: Duration = Duration::from_secs(1);
/// How often is looked what was decided about channels while something is under way.
const HEED: Duration = Duration::from_secs(1);
/// How many people may be in flight for each connection of a channel.
const IN_FLIGHT: usize = 200;

/// How many are handed out at once at most: each portion is worth one commit for its intent and
/// what was answered before.
pub const PORTION: usize = 1000;
/// How many recipients of a dispatch are in flight at once: also the most that one crash can
/// repeat, where the handbook does not allow a channel more connections.
pub const WINDOW: usize = model::handbook::channel::CONNECTIONS * IN_FLIGHT;

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

    /// Hands out nothing more, and waits for the answers to what is in flight: whoever stops this
    /// process afterwards repeats nothing. Where the other side is slow, the caller decides how
    /// long to wait.
    pub async fn wind_down(&self) {
        self.shared.winding_down.store(true, Ordering::Relaxed);
        self.shared.delivery_due.notify_one();
        drop(self.shared.delivering.write().await);
    }

    fn is_winding_down(&self) -> bool {
        self.shared.winding_down.load(Ordering::Relaxed)
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
        let _delivering = self.shared.delivering.read().await;
        let mut walks = JoinSet::new();
        // Each walk holds a share of its dispatch's, however it ends.
        let mut walked: BTreeMap<i64, Arc<()>> = BTreeMap::new();
        let mut failure = None;
        let mut heeded: Option<Instant> = None;
        loop {
            if heeded.is_none_or(|at| at.elapsed() >= HEED) {
                heeded = Some(Instant::now());
                if let Err(why) = self.heed_switches().await {
                    failure.get_or_insert(why);
                }
            }
            if let Err(why) = self.freeze_step().await {
                failure.get_or_insert(why);
            }
            while walks.len() < WALKS && !self.is_winding_down() {
                let (now, until) = (self.now(), self.now().after(LEASE));
                let full = walked.iter().filter(|(_, one)| Arc::strong_count(one) > WALKS_OF_ONE);
                let full: BTreeSet<i64> = full.map(|(dispatch, _)| *dispatch).collect();
                match self.store.lease_shard(&self.node.name, now, until, &full).await {
                    Ok(Some((lease, shard))) => {
                        let engine = self.clone();
                        let share = Arc::clone(walked.entry(lease.dispatch).or_default());
                        walks.spawn(async move {
                            let _share = share;
                            engine.walk(lease, shard).await
                        });
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
                    // Its lease runs out, and then the shard is walked again.
                    Some(Err(why)) => tracing::error!(%why, "a walk broke off"),
                    _ => {}
                },
                () = self.shared.delivery_due.notified() => {}
                () = tokio::time::sleep(HEED) => {}
            }
        }
    }
}

//! Everything that recurs by itself. Each task has one public step, so that tests never sleep;
//! [`Engine::run`] repeats them until the process stops.

use std::time::Duration;

use tokio::task::JoinSet;

use crate::{Engine, EngineError};

mod bounce;
mod clean;
pub mod probe;
mod watch;

pub use bounce::UNREAD;

/// After a failure a task rests for so long.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// How often somebody looks whether monitoring still goes on.
const WATCH_EVERY: Duration = Duration::from_secs(5);
/// How often is looked what came back.
const BOUNCES_EVERY: Duration = Duration::from_secs(60);
/// How often is forgotten what must be forgotten.
const CLEAN_EVERY: Duration = Duration::from_secs(600);

impl Engine {
    /// Runs every recurring task until the future is dropped.
    ///
    /// | task | period | step |
    /// |---|---|---|
    /// | probe | each monitor's `every`, a heartbeat at most 30 s, reports of others 10 s | `probe_step` |
    /// | due | when the next falls due, at most 1 s | `due_step` |
    /// | deliver | when something is due, at most 1 s | `delivery_step` |
    /// | watch | 5 s | `watch_step` |
    /// | bounces | 1 min, on one node | `bounce_step` |
    /// | clean | 10 min | `clean_step` |
    pub async fn run(&self) {
        let mut tasks = JoinSet::new();
        let engine = self.clone();
        tasks.spawn(async move { engine.run_probes().await });
        let engine = self.clone();
        tasks.spawn(async move {
            loop {
                let next = settle("due", engine.due_step().await).await;
                engine.rest(&engine.shared.due_changed, next.flatten()).await;
            }
        });
        let engine = self.clone();
        tasks.spawn(async move {
            loop {
                // After a failure nothing is under way, and what had failed is given back. Where
                // even that fails, such as on a full disk, it is tried until it does not: else all
                // would wait for the leases to run out.
                while settle("take up delivery", engine.take_up_delivery().await).await.is_none() {}
                while let Some(next) = settle("deliver", engine.delivery_step().await).await {
                    engine.rest(&engine.shared.delivery_due, next).await;
                }
            }
        });
        let engine = self.clone();
        tasks.spawn(async move {
            loop {
                tokio::time::sleep(WATCH_EVERY).await;
                settle("watch", engine.watch_step().await).await;
            }
        });
        let engine = self.clone();
        tasks.spawn(async move {
            loop {
                settle("bounces", engine.bounce_step().await).await;
                tokio::time::sleep(BOUNCES_EVERY).await;
            }
        });
        let engine = self.clone();
        tasks.spawn(async move {
            loop {
                settle("clean", engine.clean_step().await).await;
                tokio::time::sleep(CLEAN_EVERY).await;
            }
        });
        while let Some(ended) = tasks.join_next().await {
            tracing::error!(?ended, "a recurring task ended");
        }
    }

    /// Waits until the page must be made anew because something changed, or a second passed.
    pub async fn page_changed(&self) {
        self.rest(&self.shared.page_changed, None).await;
    }
}

/// Logs a failure and rests; the task goes on.
async fn settle<T>(task: &str, result: Result<T, EngineError>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(EngineError::NoHandbook) => None,
        Err(why) => {
            tracing::error!(task, %why, "failed, will be tried again");
            tokio::time::sleep(AFTER_FAILURE).await;
            None
        }
    }
}

//! Begins a walk over a shard: what is known of the dispatch, its channel and its time.

use std::sync::Arc;

use model::dispatch::{Pace, Shard, Sorted, Walk};
use model::handbook::Handbook;
use model::value::Span;
use store::dispatch::Stored;
use store::shard::{Lease, save_steps};

use super::WINDOW;
use super::course::{Course, Route};
use super::fall_back::stands_in;
use crate::body::Body;
use crate::mark::mark;
use crate::{Engine, EngineError};

/// After so long an undelivered message is given up.
const PATIENCE: Span = Span::minutes(24 * 60);

/// No wait between two tries is longer.
const LONGEST_WAIT: Span = Span::minutes(5);

/// The wait before the next try. A walk ends when it has to wait, and the next one knows nothing
/// of its tries: so waits grow with the age of the message, by an eighth each time.
fn first_wait(age: Span) -> Span {
    Span::from_micros(age.micros() / 8).max(Span::seconds(2)).min(LONGEST_WAIT)
}

/// How long a newer notice waits before it looks again whether the older one's window, which was
/// in flight when the newer came, is answered.
const OLDER_FIRST: Span = Span::millis(200);

impl Engine {
    /// Walks one shard until everybody is settled, nothing can be done for now, or a newer notice
    /// takes over. A lost lease ends it: another holder goes on.
    pub(super) async fn walk(&self, lease: Lease, shard: Shard) -> Result<(), EngineError> {
        mark("walk.leased");
        let (dispatch, base) = (lease.dispatch, lease.base);
        match self.walk_leased(lease, shard).await {
            Err(EngineError::Store(why)) if why.is_conflict() => {
                tracing::warn!(dispatch, base, "lease lost");
                Ok(())
            }
            other => other,
        }
    }

    async fn walk_leased(&self, lease: Lease, mut shard: Shard) -> Result<(), EngineError> {
        let Some(dispatch) = self.store.dispatch::<Body>(lease.dispatch).await? else {
            return Ok(());
        };
        let now = self.now();
        if self.store.older_is_under_way(dispatch.id, lease.base, now).await? {
            let soon = now.after(OLDER_FIRST);
            self.store.write(save_steps(&lease, &shard, Some(soon), None)).await?;
            return Ok(());
        }
        let handbook = self.followed(&dispatch).await?;
        let route = self.route(&dispatch, &handbook);
        let created_at = dispatch.order.created_at;
        let begun = route.way().map_or(created_at, |way| way.begun().max(created_at));
        let pace = Pace {
            window: WINDOW,
            first_wait: first_wait(now.since(created_at)),
            longest_wait: LONGEST_WAIT,
            give_up_at: created_at.after(PATIENCE),
            fall_back_at: stands_in(&handbook, &dispatch).map(|step| begun.after(step.after)),
        };
        shard.later.heed_the_clock(now);
        let walk = Walk::resume(shard, pace);
        Course::new(self, lease, walk, dispatch, handbook, route).run().await
    }

    /// The handbook version whose channels count: that which the incident follows now, so that a
    /// wrong relay can be repaired in mid-outage.
    async fn followed(&self, dispatch: &Stored<Body>) -> Result<Arc<Handbook>, EngineError> {
        let number = match &dispatch.order.incident {
            Some(id) => self.case(id).await?.incident.handbook,
            None => self.handbook().await?.number,
        };
        Ok(self.handbook_version(number).await?.handbook)
    }

    /// Where the messages of a dispatch go.
    fn route(&self, dispatch: &Stored<Body>, handbook: &Handbook) -> Route {
        let Sorted::Real(real) = dispatch.sorted() else { return Route::Sink };
        match handbook.channels.get(&dispatch.order.channel) {
            Some(channel) => Route::Way(real, self.shared.ways.of(channel, self.now())),
            None => Route::Nowhere,
        }
    }
}

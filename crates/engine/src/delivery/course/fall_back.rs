//! Another channel tells those whom a channel could not.

use std::sync::Arc;

use model::dispatch::{Ids, Shard};
use store::dispatch::step_in_steps;

use super::Course;
use crate::EngineError;
use crate::delivery::fall_back::stands_in;
use crate::mark::mark;

impl Course<'_> {
    /// Passes on whoever of a shard has not been told and has an address on the channel that
    /// steps in: both records change together, so that nobody is told by neither or by both.
    pub(super) async fn fall_back(&mut self) -> Result<(), EngineError> {
        let (engine, base) = (self.engine, self.lease.base);
        let handbook = Arc::clone(&self.handbook);
        let step = stands_in(&handbook, &self.dispatch);
        let other = step.and_then(|step| handbook.channels.get(&step.to));
        let reachable = match other {
            Some(other) => engine.reachable(other, base).await?,
            None => Ids::default(),
        };
        let now = engine.now();
        let passed = self.walk.fall_back(&reachable, now);
        let Some(other) = other.filter(|_| !passed.is_empty()) else { return Ok(()) };
        let people = passed.len();
        let shard = Shard::planned(base, passed);
        let steps = step_in_steps(self.dispatch.id, &other.key, &shard, now);
        self.save(Some(now), true, steps).await?;
        mark("fallback.planned");
        let (from, to) = (&self.dispatch.order.channel, &other.key);
        tracing::warn!(dispatch = self.dispatch.id, %from, %to, people, "another channel steps in");
        engine.shared.delivery_due.notify_one();
        engine.changed();
        Ok(())
    }
}

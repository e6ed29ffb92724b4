//! Another channel tells those whom a channel could not.

use model::dispatch::{Ids, SHARD, Shard, Walk};
use model::handbook::Handbook;
use model::handbook::channel::{Channel, FallBack};
use store::dispatch::{Stored, step_in_steps};
use store::shard::Lease;

use crate::body::Body;
use crate::mark::mark;
use crate::{Engine, EngineError};

/// Who steps in for the channel of a dispatch.
pub(super) fn stands_in<'a>(
    handbook: &'a Handbook,
    dispatch: &Stored<Body>,
) -> Option<&'a FallBack> {
    handbook.channels.get(&dispatch.order.channel)?.falls_back.as_ref()
}

impl Engine {
    /// Passes on whoever of a shard has not been told and has an address on the channel that
    /// steps in: both records change together, so that nobody is told by neither or by both.
    pub(super) async fn fall_back(
        &self,
        lease: &Lease,
        walk: &mut Walk,
        dispatch: &Stored<Body>,
        handbook: &Handbook,
    ) -> Result<(), EngineError> {
        let base = walk.shard().base;
        let step = stands_in(handbook, dispatch);
        let other = step.and_then(|step| handbook.channels.get(&step.to));
        let reachable = match other {
            Some(other) => self.reachable(other, base).await?,
            None => Ids::default(),
        };
        let passed = walk.fall_back(&reachable);
        let Some(other) = other.filter(|_| !passed.is_empty()) else { return Ok(()) };
        let (now, people) = (self.now(), passed.len());
        let shard = Shard::planned(base, passed);
        let steps = step_in_steps(dispatch.id, &other.key, &shard, now);
        self.save(lease, walk, Some(now), true, steps).await?;
        mark("fallback.planned");
        let (from, to) = (&dispatch.order.channel, &other.key);
        tracing::warn!(dispatch = dispatch.id, %from, %to, people, "another channel steps in");
        self.shared.delivery_due.notify_one();
        self.changed();
        Ok(())
    }

    /// Who of this span has an address on that channel.
    async fn reachable(&self, channel: &Channel, base: i64) -> Result<Ids, EngineError> {
        let book = channel.address_book();
        let contacts = self.store.contacts(book, base, base + SHARD).await?;
        let offset = |id: i64| u16::try_from(id - base).ok();
        Ok(contacts.iter().filter_map(|contact| offset(contact.recipient)).collect())
    }
}

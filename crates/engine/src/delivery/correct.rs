//! A correction goes to exactly those who were sent the wrong notice, over the channel by which
//! they got it, and to those whom a notice that it takes over had not reached yet.

use std::collections::{BTreeMap, BTreeSet};

use model::dispatch::{Ids, Shard};
use store::dispatch::Stored;
use store::shard::wake_steps;

use crate::body::Body;
use crate::{Engine, EngineError};

impl Engine {
    /// Who is told of a correction; nothing while it is not known yet, because somebody is still
    /// being sent the wrong notice.
    pub(super) async fn sent_the_wrong_one(
        &self,
        correction: &Stored<Body>,
        wrong: u32,
    ) -> Result<Option<Vec<Shard>>, EngineError> {
        let Some(incident) = &correction.order.incident else { return Ok(Some(vec![])) };
        let all: Vec<Stored<Body>> = self.store.dispatches_of(incident).await?;
        // All dispatches of this correction: whatever any of them took over is ours too.
        let siblings: BTreeSet<i64> = all
            .iter()
            .filter(|one| one.order.notice == correction.order.notice)
            .map(|one| one.id)
            .collect();
        let taken_over =
            |one: &Stored<Body>| one.superseded_by.is_some_and(|by| siblings.contains(&by));
        let order = &correction.order;
        let earlier = all.iter().filter(|one| {
            one.order.kind == order.kind
                && one.order.channel == order.channel
                && one.order.audience == order.audience
                && (one.order.notice == Some(wrong) || taken_over(one))
        });
        let mut spans: BTreeMap<i64, Ids> = BTreeMap::new();
        for one in earlier {
            if one.frozen_at.is_none() || self.store.unsettled_shards(one.id).await? > 0 {
                self.store.write(wake_steps(one.id, self.now())).await?;
                return Ok(None);
            }
            for shard in self.store.shards_of(one.id).await? {
                let mut told = Ids::default();
                if one.order.notice == Some(wrong) {
                    told = shard.perhaps_sent();
                }
                if taken_over(one) {
                    told = told.with(&shard.open());
                }
                let span = spans.entry(shard.base).or_default();
                *span = span.with(&told);
            }
        }
        let spans = spans.into_iter().filter(|(_, told)| !told.is_empty());
        Ok(Some(spans.map(|(base, told)| Shard::planned(base, told)).collect()))
    }
}

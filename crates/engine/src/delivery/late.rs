//! Whoever has not heard before: those who subscribe while a notice goes out, and those whom no
//! earlier notice of the incident reached. They get a text that stands alone.

use std::collections::{BTreeMap, BTreeSet};

use model::dispatch::{Ids, SHARD, Shard};
use model::handbook::channel::{Channel, Reaches};
use store::dispatch::Stored;
use store::latecomer::{forget_steps, tell_steps};

use super::plan::cut;
use crate::body::{Body, NoticeBody};
use crate::recipient::reaches;
use crate::{Engine, EngineError};

/// How many latecomers are looked at at once.
const MANY: u32 = 1_000;

/// The people of a dispatch by whether an earlier notice of the incident has reached them.
pub(super) struct Split {
    pub(super) heard: Vec<Shard>,
    pub(super) fresh: Vec<Shard>,
    /// What the fresh ones are told.
    pub(super) alone: Option<Body>,
}

impl Engine {
    /// Sorts those who are to be told by whether they have heard of the incident. Where there is
    /// nothing to tell again, or no room for it, all are told the same.
    pub(super) async fn split(
        &self,
        dispatch: &Stored<Body>,
        shards: Vec<Shard>,
    ) -> Result<Split, EngineError> {
        let all = |heard| Split { heard, fresh: vec![], alone: None };
        let Body::Notice(notice) = &dispatch.order.body else { return Ok(all(shards)) };
        let handbook = self.handbook_version(notice.handbook).await?.handbook;
        let by_mail = reaches(&handbook, &dispatch.order.channel) == Some(Reaches::PeopleByMail);
        if notice.so_far.is_empty() || dispatch.superseded_by.is_some() || !by_mail {
            return Ok(all(shards));
        }
        let told = self.told_before(dispatch, notice).await?;
        let nobody = Ids::default();
        let (mut heard, mut fresh) = (Vec::new(), Vec::new());
        for shard in shards {
            let told = told.get(&shard.base).unwrap_or(&nobody);
            let (have, have_not) = (shard.planned.and(told), shard.planned.minus(told));
            heard.extend((!have.is_empty()).then(|| Shard::planned(shard.base, have)));
            fresh.extend((!have_not.is_empty()).then(|| Shard::planned(shard.base, have_not)));
        }
        let alone = (!fresh.is_empty()).then(|| Body::Notice(notice.alone()));
        Ok(Split { heard, fresh, alone })
    }

    /// Whom an earlier notice of the incident has reached, over whichever channel.
    async fn told_before(
        &self,
        dispatch: &Stored<Body>,
        notice: &NoticeBody,
    ) -> Result<BTreeMap<i64, Ids>, EngineError> {
        let mut told: BTreeMap<i64, Ids> = BTreeMap::new();
        let Some(incident) = &dispatch.order.incident else { return Ok(told) };
        let all: Vec<Stored<Body>> = self.store.dispatches_of(incident).await?;
        let earlier = all.iter().filter(|one| one.order.notice.is_some_and(|n| n < notice.number));
        for one in earlier {
            for shard in self.store.shards_of(one.id).await? {
                let span = told.entry(shard.base).or_default();
                *span = span.with(&shard.accepted);
            }
        }
        Ok(told)
    }

    /// Tells those who subscribed while a notice was on its way, unless they were counted already.
    pub(super) async fn late_step(&self) -> Result<(), EngineError> {
        let mut late: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for (dispatch, recipient) in self.store.latecomers(MANY).await? {
            late.entry(dispatch).or_default().insert(recipient);
        }
        for (dispatch, people) in late {
            match self.tell_late(dispatch, people).await {
                // Another node does it, or a newer notice tells them.
                Err(EngineError::Store(why)) if why.is_conflict() => {}
                other => other?,
            }
        }
        Ok(())
    }

    async fn tell_late(&self, id: i64, people: BTreeSet<i64>) -> Result<(), EngineError> {
        let Some(dispatch) = self.store.dispatch::<Body>(id).await? else { return Ok(()) };
        let left = self.not_counted(&dispatch, &people).await?;
        let rest: Vec<i64> = people.difference(&left).copied().collect();
        if !rest.is_empty() {
            self.store.write(forget_steps(id, rest)).await?;
        }
        let Body::Notice(notice) = &dispatch.order.body else { return Ok(()) };
        if left.is_empty() {
            return Ok(());
        }
        let handbook = self.handbook_version(notice.handbook).await?.handbook;
        let channel = &dispatch.order.channel;
        let by_mail = reaches(&handbook, channel) == Some(Reaches::PeopleByMail);
        let body = if by_mail { notice.alone() } else { notice.clone() };
        let (people, shards) = (left.len(), cut(left));
        self.store.write(tell_steps(id, &Body::Notice(body), &shards, self.now())).await?;
        tracing::info!(dispatch = id, %channel, people, "latecomers are told");
        Ok(())
    }

    /// Those of these people who belong to the audience of a dispatch, and whom neither it nor
    /// another one of the same notice tells over the same channel.
    async fn not_counted(
        &self,
        dispatch: &Stored<Body>,
        people: &BTreeSet<i64>,
    ) -> Result<BTreeSet<i64>, EngineError> {
        let order = &dispatch.order;
        let (Body::Notice(notice), Some(incident)) = (&order.body, &order.incident) else {
            return Ok(BTreeSet::new());
        };
        // A correction is for those who were sent the wrong notice.
        if dispatch.superseded_by.is_some() || notice.corrects.is_some() {
            return Ok(BTreeSet::new());
        }
        let handbook = self.handbook_version(notice.handbook).await?.handbook;
        let book =
            handbook.channels.get(&order.channel).map_or(&order.channel, Channel::address_book);
        let mut left = BTreeSet::new();
        for id in people {
            if self.is_member(&handbook, dispatch, book, *id).await? {
                left.insert(*id);
            }
        }
        let all: Vec<Stored<Body>> = self.store.dispatches_of(incident).await?;
        let same = all.iter().filter(|one| {
            one.order.notice == order.notice
                && one.order.audience == order.audience
                && one.order.channel == order.channel
        });
        for one in same {
            for shard in self.store.shards_of(one.id).await? {
                left.retain(|id| {
                    let offset = u16::try_from(id - shard.base);
                    let here = shard.base == id.div_euclid(SHARD) * SHARD;
                    !(here && offset.is_ok_and(|offset| shard.planned.contains(offset)))
                });
            }
        }
        Ok(left)
    }
}

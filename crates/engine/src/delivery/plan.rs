//! The audience of a dispatch is frozen once: from then on it is known who must be told.

use std::collections::{BTreeMap, BTreeSet};

use model::dispatch::{Ids, SHARD, Shard};
use model::handbook::Handbook;
use model::handbook::channel::{Channel, Member};
use model::recipient::{RecipientKind as Kind, concerns};
use model::value::Key;
use store::dispatch::{Stored, done_steps, retell_steps};
use store::recipient::Candidate;
use store::shard::freeze_steps;

use crate::body::{AlertBody, Body, NoticeBody};
use crate::incident::Case;
use crate::mark::mark;
use crate::{Engine, EngineError};

/// How many candidates are read at once.
const PAGE: u32 = 20_000;

impl Engine {
    /// Freezes the audience of every dispatch that is new; gives the first failure at the end, so
    /// that one which cannot be frozen holds up no other.
    pub(super) async fn freeze_step(&self) -> Result<(), EngineError> {
        let undone: Vec<Stored<Body>> = self.store.undone_dispatches().await?;
        let mut failure = None;
        for dispatch in undone.into_iter().filter(|one| one.frozen_at.is_none()) {
            match self.freeze(&dispatch).await {
                // Another node has frozen it.
                Err(EngineError::Store(why)) if why.is_conflict() => {}
                Err(why) => {
                    tracing::error!(dispatch = dispatch.id, %why, "the audience cannot be frozen");
                    failure.get_or_insert(why);
                }
                Ok(()) => {}
            }
        }
        if let Err(why) = self.late_step().await {
            tracing::error!(%why, "latecomers cannot be told");
            failure.get_or_insert(why);
        }
        failure.map_or(Ok(()), Err)
    }

    async fn freeze(&self, dispatch: &Stored<Body>) -> Result<(), EngineError> {
        let shards = match &dispatch.order.body {
            Body::Notice(NoticeBody { corrects: Some(wrong), .. }) => {
                match self.sent_the_wrong_one(dispatch, *wrong).await? {
                    Some(shards) => shards,
                    // What is on its way is settled first: then it is known who was sent it.
                    None => return Ok(()),
                }
            }
            _ => cut(self.audience(dispatch).await?),
        };
        let now = self.now();
        let split = self.split(dispatch, shards).await?;
        let mut steps = freeze_steps(dispatch.id, &split.heard, now);
        if let Some(alone) = &split.alone {
            steps.extend(retell_steps(dispatch.id, alone, &split.fresh, now));
        }
        if split.heard.is_empty() {
            steps.extend(done_steps(dispatch.id, now));
        }
        self.store.write(steps).await?;
        mark("plan.sharded");
        let shards = split.heard.iter().chain(&split.fresh);
        let people: u64 = shards.map(|shard| shard.planned.len()).sum();
        let channel = &dispatch.order.channel;
        tracing::info!(dispatch = dispatch.id, %channel, people, "audience frozen");
        Ok(())
    }

    /// Who must be told, in ascending order.
    async fn audience(&self, dispatch: &Stored<Body>) -> Result<BTreeSet<i64>, EngineError> {
        let body = &dispatch.order.body;
        let channel = &dispatch.order.channel;
        let handbook = self.handbook_version(body.handbook()).await?.handbook;
        if let Body::Letter(_) = body {
            return Ok(self.store.addressees(dispatch.id).await?.into_iter().collect());
        }
        let groups = groups(&handbook, body, &dispatch.order.audience);
        self.members(&handbook, groups, channel).await
    }

    /// Everybody who would be told of this incident by its plan if a notice went out now, each
    /// counted once. For people to read: who subscribes meanwhile is told too.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn would_tell(&self, case: &Case) -> Result<u64, EngineError> {
        let (incident, handbook) = (&case.incident, &case.handbook);
        let Some(plan) = handbook.plans.get(&incident.plan) else { return Ok(0) };
        let mut ids = BTreeSet::new();
        for audience in plan.policy.audiences.iter().filter_map(|key| handbook.audiences.get(key)) {
            for channel in &audience.channels {
                let groups = members_of(handbook, &audience.key, &incident.affected);
                ids.extend(self.members(handbook, groups, channel).await?);
            }
        }
        Ok(ids.len() as u64)
    }

    /// Whether this subscriber belongs to the audience of a dispatch.
    pub(super) async fn is_member(
        &self,
        handbook: &Handbook,
        dispatch: &Stored<Body>,
        book: &Key,
        id: i64,
    ) -> Result<bool, EngineError> {
        let order = &dispatch.order;
        for (kind, wanted) in groups(handbook, &order.body, &order.audience) {
            let found = self.store.candidates(kind, book, id - 1, 1).await?;
            if found.iter().any(|one| one.id == id && wanted.fits(one)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn members(
        &self,
        handbook: &Handbook,
        groups: Vec<(Kind, Wanted)>,
        channel: &Key,
    ) -> Result<BTreeSet<i64>, EngineError> {
        let mut ids = BTreeSet::new();
        let book = handbook.channels.get(channel).map_or(channel, Channel::address_book);
        for (kind, wanted) in groups {
            let mut after = 0;
            loop {
                let page = self.store.candidates(kind, book, after, PAGE).await?;
                let Some(last) = page.last() else { break };
                after = last.id;
                let fits = page.iter().filter(|one| wanted.fits(one));
                ids.extend(fits.map(|candidate| candidate.id));
            }
        }
        Ok(ids)
    }
}

/// Cuts an audience into shards.
pub(super) fn cut(ids: BTreeSet<i64>) -> Vec<Shard> {
    let mut spans: BTreeMap<i64, Vec<u16>> = BTreeMap::new();
    for id in ids {
        let base = id.div_euclid(SHARD) * SHARD;
        let offset = u16::try_from(id - base).expect("a shard spans 65,536 ids");
        spans.entry(base).or_default().push(offset);
    }
    let shard = |(base, offsets): (i64, Vec<u16>)| {
        Shard::planned(base, offsets.into_iter().collect::<Ids>())
    };
    spans.into_iter().map(shard).collect()
}

/// Which of a kind belong.
enum Wanted {
    /// Those of these keys.
    Named(BTreeSet<Key>),
    /// Everybody of the kind who wants to hear about one of these components.
    Concerned(BTreeSet<Key>),
}

impl Wanted {
    fn fits(&self, candidate: &Candidate) -> bool {
        match self {
            Self::Named(keys) => candidate.key.as_ref().is_some_and(|key| keys.contains(key)),
            Self::Concerned(affected) => concerns(candidate.components.as_ref(), affected),
        }
    }
}

fn groups(handbook: &Handbook, body: &Body, audience: &Key) -> Vec<(Kind, Wanted)> {
    if let Body::Alert(AlertBody { people, endpoints, partners, .. }) = body {
        return vec![
            (Kind::Staff, Wanted::Named(people.clone())),
            (Kind::Endpoint, Wanted::Named(endpoints.clone())),
            (Kind::Partner, Wanted::Named(partners.clone())),
        ];
    }
    match body {
        Body::Notice(notice) => members_of(handbook, audience, &notice.affected),
        Body::Alert(_) | Body::Letter(_) => members_of(handbook, audience, &BTreeSet::new()),
    }
}

/// Who belongs to an audience when these components are concerned.
fn members_of(
    handbook: &Handbook,
    audience: &Key,
    affected: &BTreeSet<Key>,
) -> Vec<(Kind, Wanted)> {
    let members = handbook.audiences.get(audience).map(|one| one.who.as_slice());
    let group = |member: &Member| match member {
        Member::Subscribers => (Kind::Subscriber, Wanted::Concerned(affected.clone())),
        Member::Role(role) => {
            let people = handbook.roles.get(role);
            let keys = people.into_iter().flat_map(|role| role.everybody().cloned());
            (Kind::Staff, Wanted::Named(keys.collect()))
        }
        Member::Partner(key) => (Kind::Partner, Wanted::Named([key.clone()].into())),
        Member::Endpoint(key) => (Kind::Endpoint, Wanted::Named([key.clone()].into())),
    };
    members.unwrap_or_default().iter().map(group).collect()
}

//! What the incident room shows besides the incident itself: who was called.

use std::collections::{BTreeMap, BTreeSet};

use model::dispatch::{SHARD, Shard};
use model::handbook::people::ContactCard;
use model::incident::{Actor, Recorded};
use model::language::Localized;
use model::recipient::RecipientKind;
use model::value::{Key, PublicId, Timestamp};
use store::dispatch::Stored;

use crate::body::Body;
use crate::incident::Case;
use crate::{Engine, EngineError};

/// Somebody whom the plan calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The role for which they are called.
    pub role: Localized,
    /// Whether they stand in for somebody.
    pub deputy: bool,
    /// Their key in the handbook.
    pub person: Key,
    /// Their name, where it is known.
    pub name: Option<String>,
    /// The channels by which the newest alert has reached them.
    pub by: Vec<Key>,
    /// The channels that did not take it.
    pub not_by: Vec<Key>,
    /// When they last acted.
    pub acted: Option<Timestamp>,
}

impl Engine {
    /// Whom the plan calls, whether the newest alert has reached them, and when they last acted
    /// by these events of the incident.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn called(
        &self,
        case: &Case,
        events: &[Recorded],
        cards: &[ContactCard],
    ) -> Result<Vec<Called>, EngineError> {
        let (incident, handbook) = (&case.incident, &case.handbook);
        let Some(plan) = handbook.plans.get(&incident.plan) else { return Ok(vec![]) };
        let ids: BTreeMap<Key, i64> =
            self.store.named_recipients(RecipientKind::Staff).await?.into_iter().collect();
        let names: BTreeMap<&Key, &str> =
            cards.iter().map(|card| (&card.key, card.name.as_str())).collect();
        let everybody = plan.policy.alert.iter().filter_map(|key| handbook.roles.get(key));
        let people = everybody.flat_map(|role| role.everybody()).collect();
        let alerts = self.newest_alerts(&incident.id, &people).await?;
        let mut called: Vec<Called> = Vec::new();
        for role in plan.policy.alert.iter().filter_map(|key| handbook.roles.get(key)) {
            for (at, person) in role.everybody().enumerate() {
                if called.iter().any(|one| one.person == *person) {
                    continue;
                }
                let id = ids.get(person).copied();
                let stands = |pick: fn(&Shard, u16) -> bool| -> Vec<Key> {
                    let has = |shards: &[Shard]| id.is_some_and(|id| is_in(shards, id, pick));
                    let own = alerts.newest.iter().filter(|((one, _), _)| one == person);
                    let own = own
                        .filter_map(|((_, channel), id)| Some((channel, alerts.shards.get(id)?)));
                    own.filter(|(_, own)| has(own)).map(|(key, _)| key.clone()).collect()
                };
                let mine = events.iter().rev().find(|one| one.by == Actor::Person(person.clone()));
                called.push(Called {
                    role: role.title.clone(),
                    deputy: at > 0,
                    person: person.clone(),
                    name: names.get(person).map(|name| (*name).to_owned()),
                    by: stands(|shard, at| shard.accepted.contains(at)),
                    not_by: stands(|shard, at| {
                        shard.refused.contains(at) || shard.gone.contains(at)
                    }),
                    acted: mine.map(|event| event.at),
                });
            }
        }
        Ok(called)
    }

    /// For each of these people the newest alert that was meant for them, on each channel.
    async fn newest_alerts(
        &self,
        id: &PublicId,
        people: &BTreeSet<&Key>,
    ) -> Result<Alerts, EngineError> {
        let dispatches: Vec<Stored<Body>> = self.store.dispatches_of(id).await?;
        let mut alerts = Alerts::default();
        for one in dispatches {
            let Body::Alert(body) = &one.order.body else { continue };
            for person in body.people.iter().filter(|person| people.contains(person)) {
                let way = (person.clone(), one.order.channel.clone());
                alerts.newest.insert(way, one.id);
            }
        }
        for dispatch in alerts.newest.values() {
            if !alerts.shards.contains_key(dispatch) {
                alerts.shards.insert(*dispatch, self.store.shards_of(*dispatch).await?);
            }
        }
        Ok(alerts)
    }
}

/// Dispatches of alerts.
#[derive(Default)]
struct Alerts {
    /// The newest, by person and channel.
    newest: BTreeMap<(Key, Key), i64>,
    /// Their shards.
    shards: BTreeMap<i64, Vec<Shard>>,
}

fn is_in(shards: &[Shard], id: i64, pick: fn(&Shard, u16) -> bool) -> bool {
    let base = id.div_euclid(SHARD) * SHARD;
    let Ok(offset) = u16::try_from(id - base) else { return false };
    shards.iter().any(|shard| shard.base == base && pick(shard, offset))
}

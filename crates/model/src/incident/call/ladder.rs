//! Who is called for what, and in which order.

use super::WAIT;
use crate::handbook::Handbook;
use crate::handbook::people::{Role, Who};
use crate::handbook::plan::Plan;
use crate::incident::Incident;
use crate::incident::event::{Call, Callee};
use crate::language::{Language, Localized};
use crate::value::{Key, Span, Timestamp};

/// Somebody on a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its place. A rota has one whoever is on call, and also while nobody is.
    pub at: u32,
    /// Who.
    pub who: Callee,
    /// Over which channels they are asked.
    pub channels: Vec<Key>,
    /// How long an answer is waited for.
    pub wait: Span,
}

impl Call {
    /// What the role or the chain is called, where the handbook has it.
    #[must_use]
    pub fn title<'a>(&self, handbook: &'a Handbook) -> Option<&'a Localized> {
        match self {
            Self::Role(key) => handbook.roles.get(key).map(|role| &role.title),
            Self::Chain(key) => handbook.chains.get(key).map(|chain| &chain.title),
        }
    }

    /// What somebody is called for: “the role “Lead””.
    #[must_use]
    pub fn said(&self, handbook: &Handbook, language: Language) -> String {
        let told = &language.words().team.told;
        let (say, key) = match self {
            Self::Role(key) => (told.role, key),
            Self::Chain(key) => (told.chain, key),
        };
        say(self.title(handbook).map_or(key.as_str(), |title| title.get(language)))
    }
}

/// What people are called for in this incident.
#[must_use]
pub fn calls(handbook: &Handbook, incident: &Incident) -> Vec<Call> {
    let Some(plan) = handbook.plans.get(&incident.plan) else { return vec![] };
    let chain = plan.alarm.iter().filter(|key| handbook.chains.contains_key(*key));
    let roles = plan.policy.acknowledge_within.map(|_| plan.policy.alert.iter());
    let roles = roles.into_iter().flatten().filter(|key| handbook.roles.contains_key(*key));
    chain.cloned().map(Call::Chain).chain(roles.cloned().map(Call::Role)).collect()
}

/// Who is asked for this, in this order, as it stands at this moment: of a rota, whoever is on call
/// then.
#[must_use]
pub fn ladder(handbook: &Handbook, plan: &Plan, call: &Call, now: Timestamp) -> Vec<Rung> {
    let ways = &plan.policy.alert_channels;
    let everybody = |key: &Key| -> Vec<Option<Callee>> {
        let role = handbook.roles.get(key).into_iter();
        role.flat_map(Role::everybody).map(|one| Some(Callee::Person(one.clone()))).collect()
    };
    let mut places = Vec::new();
    match call {
        Call::Role(key) => {
            let wait = plan.policy.acknowledge_within.unwrap_or(WAIT);
            places.extend(everybody(key).into_iter().map(|who| (who, ways, wait)));
        }
        Call::Chain(key) => {
            for rung in handbook.chains.get(key).into_iter().flat_map(|chain| &chain.rungs) {
                let channels = if rung.channels.is_empty() { ways } else { &rung.channels };
                let wait = rung.acknowledge_within.unwrap_or(WAIT);
                let who = match &rung.who {
                    Who::Person(key) => vec![Some(Callee::Person(key.clone()))],
                    Who::Partner(key) => vec![Some(Callee::Partner(key.clone()))],
                    Who::Role(key) => everybody(key),
                    Who::Rota(key) => {
                        let rota = handbook.rotas.get(key);
                        let on_call = rota.and_then(|rota| rota.on_call(now, &handbook.zone));
                        vec![on_call.map(|one| Callee::Person(one.clone()))]
                    }
                };
                places.extend(who.into_iter().map(|who| (who, channels, wait)));
            }
        }
    }
    let rung = |(at, (who, channels, wait)): (u32, (Option<Callee>, &Vec<Key>, Span))| {
        Some(Rung { at, who: who?, channels: channels.clone(), wait })
    };
    (0_u32..).zip(places).filter_map(rung).collect()
}

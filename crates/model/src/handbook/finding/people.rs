use std::collections::BTreeSet;

use super::sort::{
    ENDLESS_CHAIN, LONELY_ROTA, NO_CHAIN, NO_DEPUTY, NO_TASK, ONE_CHANNEL_CHAIN, ONE_FOR_ALL,
    SHORT_CHAIN, UNTRAINED,
};
use super::{About, Finding, Scene};
use crate::handbook::people::Chain;
use crate::value::Key;

const FILE: &str = "people.toml";

/// Whoever is needed can be replaced, is woken, and knows what to do.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let handbook = scene.handbook;
    for (key, role) in &handbook.roles {
        let path = |field| format!("role.{key}.{field}");
        let title = About::from(&role.title);
        if role.deputies.is_empty() {
            found.push(Finding::new(&NO_DEPUTY, (FILE, &path("deputies")), [title.clone()]));
        }
        if role.task.is_none() {
            found.push(Finding::new(&NO_TASK, (FILE, &path("task")), [title]));
        }
    }
    let holders: BTreeSet<&Key> = handbook.roles.values().map(|role| &role.person).collect();
    if let (Some(one), 1, roles @ 2..) = (holders.first(), holders.len(), handbook.roles.len()) {
        let about = [About::new(one), About::new(&roles)];
        found.push(Finding::new(&ONE_FOR_ALL, (FILE, "role"), about));
    }
    if handbook.chains.is_empty() {
        found.push(Finding::new(&NO_CHAIN, (FILE, "chain"), []));
    }
    for chain in handbook.chains.values() {
        wakes(chain, found);
    }
    for (key, rota) in &handbook.rotas {
        if rota.people.iter().collect::<BTreeSet<_>>().len() < 2 {
            let path = format!("rota.{key}.people");
            found.push(Finding::new(&LONELY_ROTA, (FILE, &path), [About::from(&rota.title)]));
        }
    }
    let trained = handbook.people.values().flat_map(|person| &person.trained);
    let trained: BTreeSet<&Key> = trained.map(|training| &training.plan).collect();
    for (key, plan) in handbook.plans.iter().filter(|(key, _)| !trained.contains(key)) {
        let file = format!("plans/{key}.toml");
        found.push(Finding::new(&UNTRAINED, (&file, ""), [About::from(&plan.title)]));
    }
}

/// A chain asks more than one, in more than one way, and ends in a decision.
fn wakes(chain: &Chain, found: &mut Vec<Finding>) {
    let path = |field| format!("chain.{}.{field}", chain.key);
    let title = About::from(&chain.title);
    if chain.rungs.len() < 2 {
        found.push(Finding::new(&SHORT_CHAIN, (FILE, &path("rung")), [title.clone()]));
    }
    let ways: BTreeSet<&Key> = chain.rungs.iter().flat_map(|rung| &rung.channels).collect();
    if let (Some(way), 1) = (ways.first(), ways.len()) {
        let about = [title.clone(), About::new(way)];
        found.push(Finding::new(&ONE_CHANNEL_CHAIN, (FILE, &path("rung")), about));
    }
    if chain.otherwise.is_none() {
        found.push(Finding::new(&ENDLESS_CHAIN, (FILE, &path("otherwise")), [title]));
    }
}

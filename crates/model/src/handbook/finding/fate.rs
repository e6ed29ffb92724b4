//! What goes down together. A place takes along all that lies inside it; what runs in several places
//! goes down only when all of them do.

use std::collections::BTreeSet;

use super::sort::{ALERT_FATE, AUDIENCE_FATE, DNS_FATE, PAGE_FATE, SIGN_IN_FATE};
use super::{About, Finding, Scene};
use crate::handbook::Handbook;
use crate::handbook::plan::Plan;
use crate::value::Key;

/// Something that goes down, and what goes with it.
struct Fall<'a> {
    handbook: &'a Handbook,
    /// What people call it.
    name: About,
    /// The place that is lost, where it is one.
    place: Option<&'a Key>,
    components: BTreeSet<&'a Key>,
}

/// Nothing by which people learn of an outage goes down with what it reports about.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let handbook = scene.handbook;
    for fall in falls(handbook).iter().filter(|fall| !fall.components.is_empty()) {
        lifelines(fall, found);
        let mut silent = BTreeSet::new();
        for plan in handbook.plans.values().filter(|plan| fall.concerns(plan)) {
            alerts(fall, plan, found);
            silent.extend(plan.policy.audiences.iter().filter(|key| {
                let audience = handbook.audiences.get(*key);
                audience.is_some_and(|audience| fall.silences(&audience.channels))
            }));
        }
        for audience in silent.into_iter().filter_map(|key| handbook.audiences.get(key)) {
            let about = [fall.name.clone(), About::from(&audience.title)];
            let path = format!("audience.{}.channels", audience.key);
            found.push(Finding::new(&AUDIENCE_FATE, ("channels.toml", &path), about));
        }
    }
}

fn lifelines(fall: &Fall<'_>, found: &mut Vec<Finding>) {
    let lifeline = &fall.handbook.lifeline;
    for (runs_on, sort, path) in [
        (&lifeline.page, &PAGE_FATE, "page_runs_on"),
        (&lifeline.dns, &DNS_FATE, "dns_runs_on"),
        (&lifeline.sign_in, &SIGN_IN_FATE, "sign_in_runs_on"),
    ] {
        if fall.takes(runs_on) {
            found.push(Finding::new(sort, ("handbook.toml", path), [fall.name.clone()]));
        }
    }
}

fn alerts(fall: &Fall<'_>, plan: &Plan, found: &mut Vec<Finding>) {
    let machines = plan.policy.alert_endpoints.iter();
    let machines = machines.filter_map(|key| fall.handbook.endpoints.get(key));
    let mut ways: Vec<Key> = machines.map(|endpoint| endpoint.channel.clone()).collect();
    ways.extend(plan.policy.alert_channels.iter().cloned());
    if fall.silences(&ways) {
        let file = format!("plans/{}.toml", plan.key);
        let about = [fall.name.clone(), About::from(&plan.title)];
        found.push(Finding::new(&ALERT_FATE, (&file, "notice.alert_channels"), about));
    }
}

/// Each place that something runs in, and each component.
fn falls(handbook: &Handbook) -> Vec<Fall<'_>> {
    let places = handbook.places.iter().map(|(key, place)| {
        Fall::new(handbook, About::from(&place.title), Some(key), BTreeSet::new())
    });
    let components = handbook
        .components
        .iter()
        .map(|one| Fall::new(handbook, About::from(&one.name), None, BTreeSet::from([&one.key])));
    places.chain(components).collect()
}

impl<'a> Fall<'a> {
    fn new(
        handbook: &'a Handbook,
        name: About,
        place: Option<&'a Key>,
        components: BTreeSet<&'a Key>,
    ) -> Self {
        let mut fall = Self { handbook, name, place, components };
        let all = &handbook.components;
        let hit = all.iter().filter(|one| fall.takes(&one.runs_on)).map(|one| &one.key);
        let hit: Vec<&Key> = hit.collect();
        fall.components.extend(hit);
        let needs = |one: &&Key| handbook.needs(one).iter().any(|it| fall.components.contains(it));
        let hit: Vec<&Key> = all.iter().map(|one| &one.key).filter(needs).collect();
        fall.components.extend(hit);
        fall
    }

    /// Whether what runs there goes down.
    fn takes(&self, runs_on: &[Key]) -> bool {
        self.place.is_some_and(|lost| self.handbook.goes_down_with(runs_on, lost))
    }

    fn concerns(&self, plan: &Plan) -> bool {
        plan.trigger.any || self.components.iter().any(|one| plan.trigger.components.contains(*one))
    }

    /// Whether nothing goes over any of these channels, nor over what steps in for them.
    fn silences(&self, channels: &[Key]) -> bool {
        let mut todo: Vec<&Key> = channels.iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(key) = todo.pop() {
            let Some(channel) = self.handbook.channels.get(key).filter(|_| seen.insert(key)) else {
                continue;
            };
            let falls = self.takes(&channel.runs_on)
                || channel.depends_on.iter().any(|one| self.components.contains(one));
            if !falls {
                return false;
            }
            todo.extend(channel.falls_back.as_ref().map(|step| &step.to));
        }
        !channels.is_empty()
    }
}

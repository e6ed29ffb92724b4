use crate::handbook::Handbook;
use crate::handbook::system::ComponentState;
use crate::language::Language;
use crate::notice::{Filling, Kind, Passages, Text, Texts, laid_over};
use crate::value::{Key, Timestamp};

use super::{Incident, Refused};

/// The plan's prepared texts of this kind, holes open.
pub(super) fn prepared(handbook: &Handbook, plan: &Key, kind: Kind) -> Result<Texts, Refused> {
    let found = handbook.plans.get(plan).ok_or_else(|| Refused::NoPlan(plan.clone()))?;
    found
        .texts
        .get(&kind)
        .filter(|texts| !texts.is_empty())
        .cloned()
        .ok_or_else(|| Refused::NoText { plan: plan.clone() })
}

/// The texts as people read them when published at `now`.
#[must_use]
pub fn fill(
    handbook: &Handbook,
    incident: &Incident,
    texts: &Texts,
    next_update: Option<Timestamp>,
    now: Timestamp,
) -> Texts {
    let filled = texts.iter().map(|(language, text)| {
        let filling = filling(handbook, incident, *language, next_update, now);
        (*language, filling.fill(text))
    });
    filled.collect::<std::collections::BTreeMap<_, Text>>()
}

/// What single audiences read in addition to a notice of this kind that is published at `now`: what
/// the plan has prepared, with what somebody wrote in the place of it. An audience that the plan
/// does not tell is told nothing here either.
#[must_use]
pub fn fill_passages(
    handbook: &Handbook,
    incident: &Incident,
    kind: Kind,
    written: &Passages,
    next_update: Option<Timestamp>,
    now: Timestamp,
) -> Passages {
    let Some(plan) = handbook.plans.get(&incident.plan) else { return Passages::new() };
    let mut all = match plan.passages.get(&kind) {
        Some(prepared) => laid_over(prepared, written),
        None => written.clone(),
    };
    all.retain(|audience, texts| {
        for (language, passage) in texts.iter_mut() {
            let filling = filling(handbook, incident, *language, next_update, now);
            *passage = filling.fill_passage(passage);
        }
        texts.retain(|_, passage| !passage.is_empty());
        !texts.is_empty() && plan.policy.audiences.contains(audience)
    });
    all
}

/// What is known of an incident when a notice goes out, in this language.
fn filling<'a>(
    handbook: &'a Handbook,
    incident: &Incident,
    language: Language,
    next_update: Option<Timestamp>,
    now: Timestamp,
) -> Filling<'a> {
    let broken = |key: &Key| incident.affected.contains(key);
    let name = |key: &Key| handbook.component(key).map(|one| one.name.get(language));
    Filling {
        community: &handbook.community,
        broken: incident.affected.iter().filter_map(name).collect(),
        works: handbook
            .components
            .iter()
            .filter(|one| !broken(&one.key) && is_well(incident, &one.key))
            .map(|one| one.name.get(language))
            .collect(),
        since: incident.since,
        now,
        next_update,
        expected_end: incident.expected_end.filter(|end| *end > now),
        page: &handbook.page,
        zone: &handbook.zone,
        language,
    }
}

/// The texts as they would go out if they were published at `moment` by the plan's rhythm: what
/// staff are shown beforehand.
#[must_use]
pub fn fill_as_of(
    handbook: &Handbook,
    incident: &Incident,
    kind: Kind,
    texts: &Texts,
    moment: Timestamp,
) -> Texts {
    fill(handbook, incident, texts, promise_for(handbook, incident, kind, moment), moment)
}

/// When a notice of this kind published now promises the next, by the plan's rhythm.
#[must_use]
pub fn promise_for(
    handbook: &Handbook,
    incident: &Incident,
    kind: Kind,
    now: Timestamp,
) -> Option<Timestamp> {
    let policy = &handbook.plans.get(&incident.plan)?.policy;
    (kind != Kind::AllClear).then(|| Incident::promise_after(now, policy.rhythm))
}

fn is_well(incident: &Incident, key: &Key) -> bool {
    incident.standing.get(key).copied().unwrap_or_default() == ComponentState::Operational
}

use std::collections::BTreeSet;

use super::event::{Actor, Alert, Cause, Event};
use crate::handbook::Handbook;
use crate::handbook::system::ComponentState;
use crate::language::{Language, list};
use crate::value::{Key, Timestamp};

mod team;

/// What a person or partner of this key is called, where it is known.
pub type Names<'a> = &'a dyn Fn(&Key) -> Option<String>;

/// What happened, as one plain sentence for people. Names of people are not known here: `names`
/// knows them.
#[must_use]
pub fn tell(handbook: &Handbook, event: &Event, language: Language, names: Names<'_>) -> String {
    let (words, told) = (language.words(), &language.words().room.told);
    let clock = |at| handbook.zone.promise(at, language);
    let name = |key: &Key| handbook.component_name(key, language).to_owned();
    let listed = |keys: &BTreeSet<Key>| {
        let names: Vec<String> = keys.iter().map(name).collect();
        list(&names.iter().map(String::as_str).collect::<Vec<_>>(), words.and)
    };
    match event {
        Event::Opened { cause: Cause::Verdict(key), .. } => (told.opened)(&name(key)),
        Event::Opened { cause: Cause::Declared, .. } => told.declared.to_owned(),
        Event::Attached { components } => (told.attached)(&listed(components)),
        Event::Confirmed { components } => (told.confirmed)(&listed(components)),
        Event::StandingChanged { standing } => {
            let broken =
                standing.iter().filter(|(_, state)| **state != ComponentState::Operational);
            let states: Vec<_> = broken
                .map(|(key, state)| format!("{}: {}", name(key), state.label(language)))
                .collect();
            if states.is_empty() {
                told.standing_well.to_owned()
            } else {
                (told.standing)(&states.join(", "))
            }
        }
        Event::Prepared { kind, publish_at, .. } => {
            (told.prepared)(kind.label(language), &clock(*publish_at))
        }
        Event::Alerted { alert } => alerted(*alert, language, clock),
        Event::Rewritten { number, .. } => (told.rewritten)(*number),
        Event::Held { number } => (told.held)(*number),
        Event::Withdrawn { number, reason } => (told.withdrawn)(*number, reason),
        Event::Published { number, kind, .. } => (told.published)(kind.label(language), *number),
        Event::Recovered => told.recovered.to_owned(),
        Event::Relapsed => told.relapsed.to_owned(),
        Event::EndExpected { at: Some(at) } => (told.expected)(&clock(*at)),
        Event::EndExpected { at: None } => told.expected_none.to_owned(),
        Event::Adopted { handbook } => (told.adopted)(*handbook),
        Event::Closed => told.closed.to_owned(),
        other => team::tell(handbook, other, language, names),
    }
}

fn alerted(alert: Alert, language: Language, clock: impl Fn(Timestamp) -> String) -> String {
    let told = &language.words().room.told;
    match alert {
        Alert::Held { .. } => told.alert_held.to_owned(),
        Alert::StillHeld { .. } => told.alert_still.to_owned(),
        Alert::UpdateDue { promise } => (told.alert_due)(&clock(promise)),
        Alert::Missed { promise } => (told.alert_missed)(&clock(promise)),
        Alert::Recovered { .. } => told.alert_recovered.to_owned(),
    }
}

/// Who did it, for people. Names of people are not known here: `name` knows them.
#[must_use]
pub fn tell_who(by: &Actor, language: Language, name: impl Fn(&Key) -> Option<String>) -> String {
    let told = &language.words().room.told;
    match by {
        Actor::Program => told.program.to_owned(),
        Actor::Link(key) => (told.link)(key.as_str()),
        Actor::Person(key) => name(key).unwrap_or_else(|| key.to_string()),
        Actor::Partner(key) => {
            let name = name(key).unwrap_or_else(|| key.to_string());
            (language.words().team.told.partner)(&name)
        }
        Actor::Host(_) | Actor::Account(_) | Actor::Token(_) => by.to_string(),
    }
}

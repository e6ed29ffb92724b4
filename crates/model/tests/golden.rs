//! Every form of event that was ever released still parses, and is written as it was.
//!
//! `golden/events-1.json` is only ever added to: databases hold such events for years. A new form
//! of event gets a line there and a word in [`form`].
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use model::incident::{Actor, Alert, Cause, Event, Incident, Recorded};
use model::value::PublicId;
use serde_json::Value;

const RELEASED: &str = include_str!("golden/events-1.json");

/// Every word that [`form`] knows.
const FORMS: [&str; 20] = [
    "adopted",
    "alerted: held",
    "alerted: missed",
    "alerted: recovered",
    "alerted: still held",
    "alerted: update due",
    "attached",
    "closed",
    "confirmed",
    "end expected",
    "held",
    "opened: declared",
    "opened: verdict",
    "prepared",
    "published",
    "recovered",
    "relapsed",
    "rewritten",
    "standing changed",
    "withdrawn",
];

/// The form of an event. The compiler asks for a word here when there is a new one.
fn form(event: &Event) -> &'static str {
    match event {
        Event::Opened { cause: Cause::Verdict(_), .. } => "opened: verdict",
        Event::Opened { cause: Cause::Declared, .. } => "opened: declared",
        Event::Attached { .. } => "attached",
        Event::Confirmed { .. } => "confirmed",
        Event::StandingChanged { .. } => "standing changed",
        Event::Prepared { .. } => "prepared",
        Event::Alerted { alert } => match alert {
            Alert::Held { .. } => "alerted: held",
            Alert::StillHeld { .. } => "alerted: still held",
            Alert::UpdateDue { .. } => "alerted: update due",
            Alert::Missed { .. } => "alerted: missed",
            Alert::Recovered { .. } => "alerted: recovered",
        },
        Event::Rewritten { .. } => "rewritten",
        Event::Held { .. } => "held",
        Event::Withdrawn { .. } => "withdrawn",
        Event::Published { .. } => "published",
        Event::Recovered => "recovered",
        Event::Relapsed => "relapsed",
        Event::EndExpected { .. } => "end expected",
        Event::Adopted { .. } => "adopted",
        Event::Closed => "closed",
    }
}

fn who(by: &Actor) -> &'static str {
    match by {
        Actor::Program => "program",
        Actor::Link(_) => "link",
        Actor::Person(_) => "person",
        Actor::Host(_) => "host",
        Actor::Account(_) => "account",
        Actor::Token(_) => "token",
    }
}

fn released() -> Vec<Recorded> {
    serde_json::from_str(RELEASED).unwrap()
}

#[test]
fn every_event_ever_released_still_parses_and_is_written_as_it_was() {
    let lines: Vec<Value> = serde_json::from_str(RELEASED).unwrap();
    for line in lines {
        let event: Recorded = serde_json::from_value(line.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), line);
    }
}

#[test]
fn every_form_of_event_is_among_the_released_ones() {
    let events = released();
    let forms: BTreeSet<_> = events.iter().map(|one| form(&one.event)).collect();
    assert_eq!(forms, BTreeSet::from(FORMS));
    let actors: BTreeSet<_> = events.iter().map(|one| who(&one.by)).collect();
    assert_eq!(actors, BTreeSet::from(["account", "host", "link", "person", "program", "token"]));
}

#[test]
fn the_released_story_still_folds_to_the_same_incident() {
    let events = released();
    let story = events.iter().take(23);
    let incident = Incident::fold(&PublicId::from_chance(1), story).unwrap();
    assert_eq!(incident.fault(), None);
    assert!(!incident.is_open() && incident.handbook == 8);
    assert_eq!((incident.published().count(), incident.affected.len()), (5, 3));
}

//! Every form of event that was ever released still parses, and is written as it was.
//!
//! `golden/events-1.json` is only ever added to: databases hold such events for years. A new form
//! of event gets a line there and a word in [`form`].
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use model::incident::{
    Actor, AidEvent, Alert, CallEvent, Callee, Cause, CrewEvent, DutyEvent, Event, Incident,
    Proposal, Recorded, TaskEvent,
};
use model::value::PublicId;
use serde_json::Value;

const RELEASED: &str = include_str!("golden/events-1.json");

/// Every word that [`form`] knows.
const FORMS: [&str; 63] = [
    "adopted",
    "aid: answered",
    "aid: called",
    "aid: revoked",
    "alerted: held",
    "alerted: missed",
    "alerted: recovered",
    "alerted: still held",
    "alerted: update due",
    "approved",
    "attached",
    "call: again",
    "call: answered",
    "call: answered for a person",
    "call: asked a partner",
    "call: asked a person",
    "call: declined",
    "call: declined for a person",
    "call: unanswered",
    "closed",
    "confirmed",
    "crew: left",
    "crew: offer declined",
    "crew: offer declined for a person",
    "crew: offered",
    "crew: taken",
    "crew: taken for a person",
    "duty: decided",
    "duty: finished",
    "duty: reminded",
    "duty: sent",
    "duty: started",
    "end expected",
    "held",
    "left out",
    "level changed",
    "noted",
    "opened: declared",
    "opened: verdict",
    "prepared",
    "proposed: all-clear",
    "proposed: all-clear, with passages",
    "proposed: notice",
    "proposed: notice, with passages",
    "proposed: release",
    "proposed: release, with passages",
    "published",
    "published, with passages",
    "recovered",
    "relapsed",
    "rewritten",
    "rewritten, with passages",
    "sent back",
    "situation",
    "standing changed",
    "state measured",
    "state set",
    "task: assigned",
    "task: done",
    "task: reopened",
    "task: skipped",
    "task: taken on",
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
        Event::Rewritten { passages, .. } if !passages.is_empty() => "rewritten, with passages",
        Event::Rewritten { .. } => "rewritten",
        Event::Held { .. } => "held",
        Event::Withdrawn { .. } => "withdrawn",
        Event::Published { passages, .. } if !passages.is_empty() => "published, with passages",
        Event::Published { .. } => "published",
        Event::Recovered => "recovered",
        Event::Relapsed => "relapsed",
        Event::EndExpected { .. } => "end expected",
        Event::Adopted { .. } => "adopted",
        Event::Closed => "closed",
        Event::Call(event) => form_of_call(event),
        Event::Crew(event) => form_of_crew(event),
        Event::Task(event) => match event {
            TaskEvent::Assigned { to: Some(_), .. } => "task: assigned",
            TaskEvent::Assigned { .. } => "task: taken on",
            TaskEvent::Done { .. } => "task: done",
            TaskEvent::Skipped { .. } => "task: skipped",
            TaskEvent::Reopened { .. } => "task: reopened",
        },
        Event::Aid(event) => match event {
            AidEvent::Called { .. } => "aid: called",
            AidEvent::Answered { .. } => "aid: answered",
            AidEvent::Revoked { .. } => "aid: revoked",
        },
        Event::Duty(event) => match event {
            DutyEvent::Decided { .. } => "duty: decided",
            DutyEvent::Started { .. } => "duty: started",
            DutyEvent::Reminded { .. } => "duty: reminded",
            DutyEvent::Sent { .. } => "duty: sent",
            DutyEvent::Finished { .. } => "duty: finished",
        },
        Event::Proposed { proposal } => form_of_proposal(proposal),
        Event::Approved { .. } => "approved",
        Event::SentBack { .. } => "sent back",
        Event::Situation { .. } => "situation",
        Event::Noted { .. } => "noted",
        Event::LeftOut { .. } => "left out",
        Event::LevelChanged { .. } => "level changed",
        Event::StateSet { state: Some(_), .. } => "state set",
        Event::StateSet { .. } => "state measured",
    }
}

fn form_of_call(event: &CallEvent) -> &'static str {
    match event {
        CallEvent::Asked { who: Callee::Person(_), .. } => "call: asked a person",
        CallEvent::Asked { who: Callee::Partner(_), .. } => "call: asked a partner",
        CallEvent::Answered { who: None, .. } => "call: answered",
        CallEvent::Answered { .. } => "call: answered for a person",
        CallEvent::Declined { who: None, .. } => "call: declined",
        CallEvent::Declined { .. } => "call: declined for a person",
        CallEvent::Unanswered { .. } => "call: unanswered",
        CallEvent::Again { .. } => "call: again",
    }
}

fn form_of_crew(event: &CrewEvent) -> &'static str {
    match event {
        CrewEvent::Taken { who: None, .. } => "crew: taken",
        CrewEvent::Taken { .. } => "crew: taken for a person",
        CrewEvent::Offered { .. } => "crew: offered",
        CrewEvent::OfferDeclined { who: None, .. } => "crew: offer declined",
        CrewEvent::OfferDeclined { .. } => "crew: offer declined for a person",
        CrewEvent::Left { .. } => "crew: left",
    }
}

fn form_of_proposal(proposal: &Proposal) -> &'static str {
    match (proposal, proposal.passages().is_empty()) {
        (Proposal::Write(_), true) => "proposed: notice",
        (Proposal::Release { .. }, true) => "proposed: release",
        (Proposal::Resolve { .. }, true) => "proposed: all-clear",
        (Proposal::Write(_), false) => "proposed: notice, with passages",
        (Proposal::Release { .. }, false) => "proposed: release, with passages",
        (Proposal::Resolve { .. }, false) => "proposed: all-clear, with passages",
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
        Actor::Partner(_) => "partner",
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
    let known = ["account", "host", "link", "partner", "person", "program", "token"];
    assert_eq!(actors, BTreeSet::from(known));
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

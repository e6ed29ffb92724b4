//! One outage, one incident.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod samples;

use std::collections::BTreeSet;

use model::handbook::system::ComponentState;
use model::incident::{Actor, Cause, Incident, Opening, Route, open, route};
use model::value::{PublicId, Timestamp};
use model::verdict::{Standing, Watches, parent_is_suspect, stalled, standing};
use samples::{handbook, key};

fn fares(down: &[&str]) -> Standing {
    let all = ["shop", "login", "forum", "database"];
    let state = |name: &&str| {
        if down.contains(name) { ComponentState::Major } else { ComponentState::Operational }
    };
    all.iter().map(|name| (key(name), state(name))).collect()
}

fn incident(plan: &str) -> Incident {
    let opening = Opening {
        plan: key(plan),
        handbook: 1,
        drill: false,
        cause: Cause::Declared,
        since: Timestamp(0),
        affected: BTreeSet::from([key(plan)]),
        standing: fares(&[plan]),
    };
    let events = open(&handbook(), &opening, &Actor::Program, Timestamp(0)).unwrap();
    Incident::fold(&PublicId::from_chance(7), &events).unwrap()
}

#[test]
fn an_outage_opens_the_plan_that_names_the_component() {
    let found = route(&handbook(), &[], &fares(&["shop"]), &key("shop"), false);
    assert_eq!(found, Route::Open(key("shop")));
}

#[test]
fn an_outage_that_no_plan_names_opens_the_plan_for_anything() {
    let found = route(&handbook(), &[], &fares(&["forum"]), &key("forum"), false);
    assert_eq!(found, Route::Open(key("other")));
}

#[test]
fn a_parents_outage_is_reported_once_and_not_as_ten() {
    let all = fares(&["database", "shop", "login"]);
    for child in ["shop", "login"] {
        assert_eq!(route(&handbook(), &[], &all, &key(child), false), Route::Nothing);
    }
    let parent = incident("database");
    for child in ["shop", "login"] {
        let found = route(&handbook(), &[&parent], &all, &key(child), false);
        assert_eq!(found, Route::Attach(parent.id.clone()));
    }
}

#[test]
fn a_child_waits_while_its_parent_is_under_suspicion() {
    assert_eq!(route(&handbook(), &[], &fares(&["shop"]), &key("shop"), true), Route::Nothing);
}

#[test]
fn a_parent_that_was_seen_late_joins_the_incident_of_its_child() {
    let child = incident("shop");
    let found =
        route(&handbook(), &[&child], &fares(&["shop", "database"]), &key("database"), false);
    assert_eq!(found, Route::Attach(child.id.clone()));
}

#[test]
fn the_same_outage_does_not_open_a_second_incident() {
    let first = incident("shop");
    let found = route(&handbook(), &[&first], &fares(&["shop"]), &key("shop"), false);
    assert_eq!(found, Route::Nothing);
}

#[test]
fn a_component_without_a_monitor_shares_the_fate_of_what_it_needs() {
    let mut handbook = handbook();
    handbook.monitors.remove(&key("shop-tcp"));
    let mut watches = Watches::default();
    let watch = watches.entry(key("database-tcp")).or_default();
    watch.verdict = model::verdict::Verdict::Down;
    let all = standing(&handbook, &watches);
    assert_eq!(all[&key("shop")], ComponentState::Major);
    assert_eq!(all[&key("login")], ComponentState::Operational, "its own monitor says so");
    assert!(!parent_is_suspect(&handbook, &watches, &key("shop")));
}

#[test]
fn monitoring_that_has_stopped_is_noticed() {
    let handbook = handbook();
    let started = Timestamp(0);
    let soon = started.after(model::value::Span::seconds(90));
    let late = started.after(model::value::Span::seconds(96));
    assert!(stalled(&handbook, &Watches::default(), started, soon).is_empty());
    assert_eq!(stalled(&handbook, &Watches::default(), started, late).len(), 4);
}

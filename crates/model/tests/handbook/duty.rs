use model::handbook::check::check;
use model::handbook::duty::{Clock, Clocks, Delay, Duty, Stage};
use model::handbook::parse::{catalogue, parse};
use model::language::{Language, Zone};
use model::value::Timestamp;

use crate::example::told;
use crate::sample::{KINDS, example, replace};

const DUTIES: &str = "duties.toml";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn berlin() -> Zone {
    Zone::named("Europe/Berlin").unwrap()
}

fn duty(key: &str) -> &'static Duty {
    &catalogue()[key]
}

fn stage(duty: &'static str, key: &str) -> &'static Stage {
    let stages = &catalogue()[duty].stages;
    stages.iter().find(|stage| stage.key.as_str() == key).unwrap()
}

fn aware(moment: &str) -> Clocks {
    Clocks { aware_at: Some(at(moment)), ..Clocks::default() }
}

fn sent(stage: &str, moment: &str) -> Clocks {
    let sent = [(stage.parse().unwrap(), at(moment))].into();
    Clocks { sent, ..Clocks::default() }
}

#[test]
fn every_row_of_the_catalogue_says_what_to_whom_by_when_and_where_it_is_from() {
    let keys: Vec<_> = catalogue().keys().map(ToString::to_string).collect();
    let known = [
        "bsig-32",
        "cra-14-incident",
        "cra-14-vulnerability",
        "dora-19",
        "eidas-19a",
        "gdpr-33",
        "gdpr-33-2",
        "gdpr-34",
        "kritis-18",
        "tkg-168",
    ];
    assert_eq!(keys, known);
    for (key, duty) in catalogue() {
        for language in Language::all() {
            for said in [&duty.title, &duty.law, &duty.who, &duty.trigger, &duty.to] {
                assert!(said.0.contains_key(&language), "{key} in {language}");
            }
        }
        assert!(duty.source.starts_with("https://"), "{key}");
        assert!(duty.stages.iter().all(|stage| !stage.content.is_empty()), "{key}");
    }
    assert!(duty("kritis-18").unconfirmed.is_some(), "its wording is not confirmed");
}

#[test]
fn seventy_two_hours_are_plain_hours_over_weekends_and_when_clocks_change() {
    // The clocks go back in the night to Sunday, 25 October.
    let due = stage("gdpr-33", "report").due(&aware("2026-10-23T18:00:00+02:00"), &berlin());
    assert_eq!(due, Some(at("2026-10-26T17:00:00+01:00")));
}

#[test]
fn what_is_due_without_delay_is_due_as_soon_as_somebody_knows() {
    let moment = "2026-10-23T18:00:00+02:00";
    assert_eq!(stage("gdpr-34", "word").due(&aware(moment), &berlin()), Some(at(moment)));
}

#[test]
fn a_month_after_a_report_is_a_calendar_month_after_it_was_sent() {
    let last = stage("bsig-32", "final");
    let due = |moment| last.due(&sent("report", moment), &berlin());
    assert_eq!(last.due(&aware("2026-10-23T18:00:00Z"), &berlin()), None, "it was not sent yet");
    assert_eq!(due("2026-02-10T09:30:00+01:00"), Some(at("2026-03-10T09:30:00+01:00")));
    // The last day where the month is shorter; the same time of day where the clocks change.
    assert_eq!(due("2027-01-31T09:30:00+01:00"), Some(at("2027-02-28T09:30:00+01:00")));
    assert_eq!(due("2028-01-31T09:30:00+01:00"), Some(at("2028-02-29T09:30:00+01:00")));
    assert_eq!(due("2026-12-31T23:59:59+01:00"), Some(at("2027-01-31T23:59:59+01:00")));
    assert_eq!(due("2027-03-05T09:30:00+01:00"), Some(at("2027-04-05T09:30:00+02:00")));
}

#[test]
fn of_two_limits_the_earlier_counts_whose_clock_runs() {
    let initial = stage("dora-19", "initial");
    let known = aware("2026-11-02T08:00:00Z");
    assert_eq!(initial.due(&known, &berlin()), Some(at("2026-11-03T08:00:00Z")));
    let classified = |moment| Clocks { classified_at: Some(at(moment)), ..known.clone() };
    let early = classified("2026-11-02T10:00:00Z");
    assert_eq!(initial.due(&early, &berlin()), Some(at("2026-11-02T14:00:00Z")));
    let late = classified("2026-11-03T07:00:00Z");
    assert_eq!(initial.due(&late, &berlin()), Some(at("2026-11-03T08:00:00Z")));
    assert_eq!(initial.due(&Clocks::default(), &berlin()), None);
}

#[test]
fn a_later_stage_counts_from_the_sending_of_the_one_before() {
    let due =
        stage("dora-19", "intermediate").due(&sent("initial", "2026-11-02T14:00:00Z"), &berlin());
    assert_eq!(due, Some(at("2026-11-05T14:00:00Z")));
    let due =
        stage("dora-19", "final").due(&sent("intermediate", "2026-11-05T14:00:00Z"), &berlin());
    assert_eq!(due, Some(at("2026-12-05T14:00:00Z")));
}

#[test]
fn the_report_on_an_exploited_hole_is_due_a_fortnight_after_its_fix() {
    let fixed = Clocks { fixed_at: Some(at("2026-11-02T14:00:00Z")), ..Clocks::default() };
    let due = stage("cra-14-vulnerability", "final").due(&fixed, &berlin());
    assert_eq!(due, Some(at("2026-11-16T14:00:00Z")));
}

#[test]
fn a_duty_that_is_taken_over_says_what_the_handbook_says_and_else_what_the_catalogue_does() {
    let handbook = parse(&example(), &KINDS).unwrap().handbook;
    let authority = &handbook.duties["authority"];
    assert!(authority.to.get(Language::DE).contains("Berlin"));
    assert_eq!(authority.stages, duty("gdpr-33").stages);
    assert_eq!(authority.from.as_ref().map(model::value::Key::as_str), Some("gdpr-33"));
    let own = &handbook.duties["payments"];
    assert_eq!(own.from, None);
    assert_eq!(own.stages[1].due[0].clock, Clock::Sent("first".parse().unwrap()));
    assert!(matches!(own.stages[1].due[0].after, Delay::Span(_)));
}

#[test]
fn each_slip_in_a_duty_is_told_where_it_stands() {
    for (old, new, says) in [
        ("from = \"gdpr-33\"", "from = \"gdpr-3\"", "did you mean “gdpr-33”?"),
        ("from = \"gdpr-33\"", "from = \"xyz\"", "the catalogue has: bsig-32"),
        ("from = \"gdpr-33\"", "", "“title” is missing in duty.authority"),
        ("verified_on = 2026-11-02", "verified_on = \"2026-11-02\"", "must be a day"),
        ("owner = \"lead\"", "owner = \"led\"", "did you mean “lead”?"),
        ("after = \"4h\"", "after = \"soon\"", "“soon” is no time limit"),
        ("after = \"4h\"", "after = \"0 months\"", "“0 months” is no time limit"),
        ("clock = \"sent:first\"", "clock = \"sent:last\"", "there is no earlier stage “last”"),
        ("clock = \"aware\"", "clock = \"noon\"", "“noon” is no start of a clock"),
        ("key = \"final\"", "key = \"first\"", "a stage “first” is already there"),
        ("due = [{ clock = \"aware\", after = \"4h\" }]", "due = []", "nothing says when"),
        ("source = \"https://", "source = \"", "is no web address"),
    ] {
        let mut files = example();
        replace(&mut files, DUTIES, old, new);
        let checked = check(&files, &KINDS);
        let faults = told(&checked.faults);
        assert!(checked.handbook.is_none() && faults.contains(says), "{new}: {faults}");
        assert!(faults.starts_with(DUTIES), "{new}: {faults}");
    }
}

#[test]
fn a_handbook_without_duties_is_a_handbook() {
    let mut files = example();
    files.remove(DUTIES).unwrap();
    assert_eq!(told(&check(&files, &KINDS).faults), "");
}

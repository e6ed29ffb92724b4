//! What other programs report. The three messages in `alertmanager/` came from a real one.

use model::handbook::system::Mapping;
use model::intake::Report;
use outside::intake::{alertmanager, hook};

const FIRING: &str = include_str!("alertmanager/firing.json");
const PARTLY: &str = include_str!("alertmanager/partly.json");
const RESOLVED: &str = include_str!("alertmanager/resolved.json");

fn states(reports: &[Report]) -> Vec<(&str, bool)> {
    reports.iter().map(|one| (one.labels["instance"].as_str(), one.is_down)).collect()
}

#[test]
fn what_a_real_alertmanager_sent_is_read() {
    let firing = alertmanager::read(FIRING.as_bytes()).unwrap();
    let partly = alertmanager::read(PARTLY.as_bytes()).unwrap();
    let resolved = alertmanager::read(RESOLVED.as_bytes()).unwrap();
    assert_eq!(states(&firing), [("a", true), ("b", true)]);
    assert_eq!(states(&partly), [("a", false), ("b", true)]);
    assert_eq!(states(&resolved), [("b", false)]);
    assert_eq!(firing[1].subject, resolved[0].subject, "the same alert has the same name");
    assert_ne!(firing[0].subject, firing[1].subject);
    assert_eq!(firing[0].detail, "Der Shop antwortet nicht");
    assert_eq!(resolved[0].detail, "ShopDown", "where nothing is said, its name");
    assert_eq!(firing[0].begun_at.unwrap().iso_millis(), "2026-11-25T01:50:37.232Z");
    assert_eq!(firing[0].ended_at, None);
    assert_eq!(resolved[0].ended_at.unwrap().iso_millis(), "2026-11-25T01:50:42.256Z");
}

#[test]
fn what_no_alertmanager_sends_is_refused_with_the_place_and_without_a_word_of_it() {
    for (old, new, says) in [
        ("{\"receiver\"", "\"receiver\"", "line 1 column"),
        ("\"truncatedAlerts\":0}", "", "ends too early"),
        ("\"alerts\"", "\"alarms\"", "/alerts: there is no list here"),
        (
            "\"status\":\"firing\",\"labels\"",
            "\"status\":\"geheim\",\"labels\"",
            "/alerts/0/status",
        ),
        ("\"instance\":\"a\"", "\"instance\":{\"geheim\":1}", "/alerts/0/labels"),
        ("2026-11-25T01:50:37.232Z", "geheim", "/alerts/0/startsAt: this is no moment"),
    ] {
        let body = FIRING.replacen(old, new, 1);
        assert_ne!(body, FIRING);
        let said = alertmanager::read(body.as_bytes()).unwrap_err().to_string();
        assert!(said.contains(says) && !said.contains("geheim"), "{said}");
    }
}

#[test]
fn without_a_fingerprint_the_labels_tell_alerts_apart() {
    let old = FIRING.replace("\"fingerprint\"", "\"other\"");
    let reports = alertmanager::read(old.as_bytes()).unwrap();
    assert_ne!(reports[0].subject, reports[1].subject);
    let again = alertmanager::read(PARTLY.replace("\"fingerprint\"", "\"other\"").as_bytes());
    assert_eq!(reports[0].subject, again.unwrap()[0].subject);
}

#[test]
fn what_cannot_be_stored_or_shown_is_tidied() {
    let text = format!("zwei\\nZeilen\\u0000{}", "ß".repeat(1000));
    let body = FIRING.replace("Der Shop antwortet nicht", &text);
    let detail = alertmanager::read(body.as_bytes()).unwrap().remove(0).detail;
    assert!(detail.starts_with("zwei Zeilen ß") && detail.ends_with("ß…"), "{detail}");
    assert!(detail.chars().count() <= 301);
}

fn mapping() -> Mapping {
    let words = |list: &[&str]| list.iter().map(ToString::to_string).collect();
    Mapping {
        items: None,
        only: Default::default(),
        state: "/heartbeat/status".into(),
        down: words(&["0", "lost"]),
        up: words(&["1"]),
        subject: None,
        time: Some("/heartbeat/time".into()),
        detail: Some("/msg".into()),
    }
}

const KUMA: &str = r#"{"heartbeat": {"status": 0, "time": 1795524420.5}, "monitor": {"name": "Forum"},
                       "msg": "[Forum] down"}"#;

#[test]
fn any_other_programs_json_is_read_as_the_mapping_says() {
    let said = hook::read(&mapping(), KUMA.as_bytes()).unwrap();
    let report = &said.reports[0];
    assert_eq!((report.is_down, report.detail.as_str()), (true, "[Forum] down"));
    assert_eq!((report.begun_at.unwrap().0, report.ended_at), (1_795_524_420_500_000, None));
    let up = KUMA.replace("\"status\": 0", "\"status\": \"1\"");
    let report = hook::read(&mapping(), up.as_bytes()).unwrap().reports.remove(0);
    assert!(!report.is_down && report.begun_at.is_none() && report.ended_at.is_some());
    for (time, read) in [
        ("1795524420500", true),
        ("\"2026-11-24T13:47:00+01:00\"", true),
        ("\"gestern\"", false),
        ("-5", false),
        ("1e300", false),
        ("null", false),
    ] {
        let body = KUMA.replace("1795524420.5", time);
        let report = hook::read(&mapping(), body.as_bytes()).unwrap().reports.remove(0);
        assert_eq!(report.begun_at.is_some(), read, "{time}");
    }
}

#[test]
fn a_list_of_items_is_read_and_what_is_none_of_ours_is_left_out() {
    let mapping = Mapping {
        items: Some("/alerts".into()),
        only: [("/labels/job".to_owned(), "shop".to_owned())].into(),
        state: "/status".into(),
        down: vec!["firing".into()],
        up: vec!["resolved".into()],
        subject: Some("/labels/instance".into()),
        ..mapping()
    };
    let other = PARTLY.replacen("\"job\":\"shop\"", "\"job\":\"forum\"", 1);
    let said = hook::read(&mapping, other.as_bytes()).unwrap();
    assert_eq!((said.others, said.reports.len()), (1, 1));
    assert_eq!((said.reports[0].subject.as_str(), said.reports[0].is_down), ("b", true));
    let unknown = PARTLY.replace("\"resolved\"", "\"paused\"");
    let said = hook::read(&mapping, unknown.as_bytes()).unwrap();
    assert_eq!((said.unknown, said.reports.len()), (vec!["paused".to_owned()], 1));
}

#[test]
fn where_the_mapping_leads_nowhere_the_sender_is_told_the_place() {
    let read = |mapping: &Mapping, body: &str| hook::read(mapping, body.as_bytes()).unwrap_err();
    let said = read(&mapping(), r#"{"heartbeat": {}}"#).to_string();
    assert!(said.contains("/heartbeat/status: nothing stands here; look at hook.state"), "{said}");
    assert!(read(&mapping(), "{").to_string().contains("ends too early"));
    assert!(read(&mapping(), "[1,]").to_string().contains("line 1 column 4"));
    let items = Mapping { items: Some("/alerts".into()), ..mapping() };
    assert!(read(&items, r#"{"alerts": 1}"#).to_string().contains("look at hook.items"));
    let subject = Mapping { subject: Some("/who".into()), ..mapping() };
    assert!(read(&subject, KUMA).to_string().contains("/who: nothing stands here"));
}

//! The JSON that status-page clients read.

use model::notice::Kind;
use model::public::PublicPage;
use model::value::Timestamp;
use serde_json::Value;
use web::page::Site;

use crate::samples;

const PAGE: [&str; 5] = ["id", "name", "time_zone", "updated_at", "url"];
const COMPONENT: [&str; 13] = [
    "created_at",
    "description",
    "group",
    "group_id",
    "id",
    "name",
    "only_show_if_degraded",
    "page_id",
    "position",
    "showcase",
    "start_date",
    "status",
    "updated_at",
];
const INCIDENT: [&str; 13] = [
    "components",
    "created_at",
    "id",
    "impact",
    "incident_updates",
    "monitoring_at",
    "name",
    "page_id",
    "resolved_at",
    "shortlink",
    "started_at",
    "status",
    "updated_at",
];
const UPDATE: [&str; 11] = [
    "affected_components",
    "body",
    "created_at",
    "custom_tweet",
    "deliver_notifications",
    "display_at",
    "id",
    "incident_id",
    "status",
    "tweet_id",
    "updated_at",
];

fn get(page: &PublicPage, now: Timestamp, name: &str) -> Value {
    read(&web::page::render(page, now).unwrap(), name)
}

fn read(site: &Site, name: &str) -> Value {
    let resource = site.get(&format!("/api/v2/{name}.json")).unwrap();
    serde_json::from_slice(resource.plain()).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn check_incident(incident: &Value) {
    assert_eq!(keys(incident), INCIDENT);
    for component in incident["components"].as_array().unwrap() {
        assert_eq!(keys(component), COMPONENT);
    }
    let updates = incident["incident_updates"].as_array().unwrap();
    assert!(!updates.is_empty(), "clients read the first one without asking");
    for update in updates {
        assert_eq!(keys(update), UPDATE);
        assert_eq!(update["incident_id"], incident["id"]);
        assert_eq!(update["id"].as_str().unwrap().len(), 12);
        let at = update["created_at"].as_str().unwrap();
        assert!(at.len() == 24 && at.ends_with(".000Z"), "{at}");
    }
    let times: Vec<_> = updates.iter().map(|one| one["created_at"].as_str().unwrap()).collect();
    assert!(times.windows(2).all(|pair| pair[0] >= pair[1]), "newest first: {times:?}");
}

#[test]
fn every_answer_has_every_key_that_status_page_clients_know() {
    for (name, page, now) in samples::all() {
        let site = web::page::render(&page, now).unwrap();
        let summary = read(&site, "summary");
        let all = ["components", "incidents", "page", "scheduled_maintenances", "status"];
        assert_eq!(keys(&summary), all, "{name}");
        assert_eq!(keys(&summary["page"]), PAGE);
        assert_eq!(keys(&summary["status"]), ["description", "indicator"]);
        for component in summary["components"].as_array().unwrap() {
            assert_eq!(keys(component), COMPONENT);
        }
        for incident in summary["incidents"].as_array().unwrap() {
            check_incident(incident);
        }
        for (file, list) in [
            ("status", "status"),
            ("components", "components"),
            ("incidents", "incidents"),
            ("incidents/unresolved", "incidents"),
            ("scheduled-maintenances", "scheduled_maintenances"),
            ("scheduled-maintenances/upcoming", "scheduled_maintenances"),
            ("scheduled-maintenances/active", "scheduled_maintenances"),
        ] {
            let answer = read(&site, file);
            let mut wanted = ["page", list];
            wanted.sort_unstable();
            assert_eq!(keys(&answer), wanted, "{name} {file}");
            assert_eq!(keys(&answer["page"]), PAGE);
        }
        for incident in read(&site, "incidents")["incidents"].as_array().unwrap() {
            check_incident(incident);
        }
    }
}

#[test]
fn the_summary_of_an_outage_reads_as_clients_expect_it() {
    let summary = get(&samples::outage(), samples::at(71), "summary");
    insta::assert_snapshot!("summary-outage", serde_json::to_string_pretty(&summary).unwrap());
}

#[test]
fn the_indicator_tells_how_bad_it_is() {
    let told: Vec<_> = samples::all()
        .into_iter()
        .map(|(name, page, now)| {
            let status = get(&page, now, "status");
            (name, status["status"]["indicator"].as_str().unwrap().to_owned())
        })
        .collect();
    let of = |name| told.iter().find(|(own, _)| *own == name).unwrap().1.as_str();
    assert_eq!(of("calm"), "none");
    assert_eq!(of("outage"), "critical");
    assert_eq!(of("recovered"), "minor");
    assert_eq!(of("closed"), "none");
    assert_eq!(of("blind"), "minor");
    assert_eq!(of("impaired"), "minor");
    assert_eq!(of("maintenance"), "maintenance");
}

#[test]
fn an_incident_walks_through_the_states_that_clients_know() {
    let mut page = samples::detected();
    let status = |page: &PublicPage| {
        let all = get(page, samples::at(200), "incidents");
        let updates = all["incidents"][0]["incident_updates"].as_array().unwrap().clone();
        let words: Vec<_> = updates.iter().rev().map(|one| one["status"].clone()).collect();
        (all["incidents"][0]["status"].as_str().unwrap().to_owned(), words)
    };
    assert_eq!(status(&page).0, "investigating");
    let tell = |page: &mut PublicPage, kind, minute| {
        let number = u32::try_from(page.open[0].notices.len()).unwrap() + 1;
        page.open[0].notices.push(samples::notice(
            number,
            kind,
            samples::at(minute),
            &["x"],
            &["x"],
        ));
    };
    tell(&mut page, Kind::First, 50);
    tell(&mut page, Kind::Holding, 60);
    assert_eq!(status(&page).0, "investigating");
    tell(&mut page, Kind::Update, 70);
    tell(&mut page, Kind::Holding, 80);
    tell(&mut page, Kind::Correction, 81);
    assert_eq!(status(&page).0, "identified");
    page.open[0].recovered_at = Some(samples::at(90));
    assert_eq!(status(&page).0, "monitoring");
    tell(&mut page, Kind::Update, 95);
    tell(&mut page, Kind::AllClear, 99);
    let mut incident = page.open.remove(0);
    incident.closed_at = Some(samples::at(99));
    page.past.insert(0, incident);
    let (now, words) = status(&page);
    assert_eq!(now, "resolved");
    assert_eq!(
        words,
        [
            "investigating",
            "investigating",
            "identified",
            "identified",
            "identified",
            "monitoring",
            "resolved"
        ]
    );
    let unresolved = get(&page, samples::at(200), "incidents/unresolved");
    assert_eq!(unresolved["incidents"].as_array().unwrap().len(), 0);
}

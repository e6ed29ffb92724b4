//! Passages in the room: what single audiences are told, seen and changed by whoever writes.

use axum::http::StatusCode;
use model::incident::{Command, Phase};
use model::language::Language;
use model::permission::Permission;
use model::value::PublicId;

use super::Console;
use crate::house::{House, key};

const PREPARED: &str = "Bitte verweisen Sie alle, die fragen";

/// The fields of the editor: headline and text in both languages, and the team's passages. What
/// they leave out was asked about.
fn typed(base: u64, headline: &str, german: &str, english: &str) -> String {
    let mut fields = url::form_urlencoded::Serializer::new(String::new());
    fields.append_pair("base", &base.to_string()).append_pair("asked", "yes");
    for tag in ["de", "en"] {
        fields.append_pair(&format!("headline.{tag}"), headline);
        fields.append_pair(&format!("body.{tag}"), "Seit {since}.");
    }
    fields.append_pair("passage.de.team", german).append_pair("passage.en.team", english);
    fields.finish()
}

/// What the newest published notice told the team, in German.
async fn told(house: &House, id: &PublicId) -> Option<String> {
    let incident = house.incident(id).await;
    let last = incident.published().last().unwrap();
    let Phase::Published { passages, .. } = &last.phase else { panic!("it is out") };
    passages.get(&key("team")).map(|said| said[&Language::DE].to_markdown())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_writer_sees_changes_and_empties_each_passage_and_a_refusal_loses_nothing() {
    let console = Console::build().await;
    let (anna, id) = console.shop_down().await;
    let path = format!("/console/incident/{id}/write/pending-1");
    let page = anna.get(&path).await.text;
    assert!(page.contains("name=\"passage.de.team\""), "{page}");
    assert!(page.contains("auf {page}. Antworten Sie nicht selbst"), "as it is prepared");
    let filled = page.matches(PREPARED).count();
    assert!(filled >= 3, "in the field, at the light, and filled below: {filled}");
    // Without a headline it cannot go out; what was typed for the team is still there.
    let bad = anna.post(&format!("{path}/publish"), &typed(0, "", "Nur fürs Team", "x")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text.contains("Nur fürs Team"), "{}", bad.text);
    let base = base(&bad.text);
    let done =
        anna.post(&format!("{path}/publish"), &typed(base, "Kopf", "Seit {since}!", "")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert_eq!(told(&console.house, &id).await.as_deref(), Some("Seit 13:47 Uhr (MEZ)!"));
    let incident = console.house.incident(&id).await;
    let Phase::Published { passages, .. } = &incident.notices[0].phase else { panic!("out") };
    assert!(!passages[&key("team")].contains_key(&Language::EN), "what was emptied is not said");
    // The next one begins with what is prepared for it, which is nothing: it can be added.
    let path = format!("/console/incident/{id}/write/update");
    let base = self::base(&anna.get(&path).await.text);
    let fields = typed(base, "Neues", "Und noch etwas.", "One more thing.");
    assert_eq!(anna.post(&format!("{path}/publish"), &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(told(&console.house, &id).await.as_deref(), Some("Und noch etwas."));
    assert!(!format!("{:?}", console.house.page().await).contains("Und noch etwas"));
}

fn base(page: &str) -> u64 {
    let (_, rest) = page.split_once("name=\"base\" value=\"").unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_person_reads_what_single_audiences_would_be_told() {
    let console = Console::build().await;
    let house = &console.house;
    house.change("plans/shop-down.toml", "holding = true", "holding = true\napproval = true").await;
    house.account("erika", Permission::Approver).await;
    let (anna, id) = console.shop_down().await;
    let path = format!("/console/incident/{id}/write/update");
    let fields = typed(0, "Neues", "Nur fürs Team", "Only for the team");
    let sent = anna.post(&format!("{path}/propose"), &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let erika = console.browser("erika").await;
    let room = erika.get(&format!("/console/incident/{id}")).await.text;
    let (_, light) = room.split_once("id=\"light-h\"").unwrap();
    assert!(light.contains("Zusatz für „Unser Team“") && light.contains("Nur fürs Team"));
    let proposed = house.incident(&id).await.proposed.unwrap().seq;
    let path = format!("/console/incident/{id}/proposal/{proposed}");
    assert_eq!(erika.post(&path, "act=approve").await.status, StatusCode::SEE_OTHER);
    assert_eq!(told(house, &id).await.as_deref(), Some("Nur fürs Team"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_lets_out_a_notice_whose_passage_has_changed_since_they_read_it() {
    let console = Console::build().await;
    let (anna, id) = console.shop_down().await;
    let room = anna.get(&format!("/console/incident/{id}")).await.text;
    let (_, seen) = room.split_once("name=\"seen\" value=\"").unwrap();
    let seen = seen.split('"').next().unwrap().to_owned();
    let waits = console.house.incident(&id).await.notices.remove(0);
    let said = Language::all().map(|one| (one, model::notice::Passage::parse("Anders")));
    let passages = [(key("team"), said.collect())].into();
    let anew = Command::Rewrite { number: 1, texts: waits.texts, passages };
    console.house.act(&id, anew).await;
    let release = format!("number=1&seen={seen}");
    let answer = anna.post(&format!("/console/incident/{id}/release"), &release).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text.contains("Anders"), "now they see it");
}

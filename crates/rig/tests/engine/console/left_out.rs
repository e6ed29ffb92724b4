//! What a text leaves out although people need it: its writer is asked once, and held back by
//! nothing.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use model::incident::Event;
use model::value::PublicId;
use model::words::Item;

use super::Console;

/// The fields of the editor, and some more.
fn fields(german: [&str; 2], english: [&str; 2], more: &[(&str, &str)]) -> String {
    let mut fields = url::form_urlencoded::Serializer::new(String::new());
    for (tag, [headline, body]) in [("de", german), ("en", english)] {
        fields.append_pair(&format!("headline.{tag}"), headline);
        fields.append_pair(&format!("body.{tag}"), body);
    }
    fields.extend_pairs(more);
    fields.finish()
}

/// What stands in the timeline of what was left out.
async fn left_out(console: &Console, id: &PublicId) -> Vec<(BTreeSet<Item>, String)> {
    let events = console.house.events(id).await;
    let left_out = |event| match event {
        Event::LeftOut { items, reason } => Some((items, reason)),
        _ => None,
    };
    events.into_iter().filter_map(|recorded| left_out(recorded.event)).collect()
}

const SHORT: [&str; 2] = ["Der Shop geht noch nicht", "Seit {since} geht der Shop nicht."];
const SHORT_EN: [&str; 2] = ["The shop is still down", "The shop has been down since {since}."];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_leaves_out_what_people_need_is_asked_once_why_and_that_stands_in_the_timeline() {
    let console = Console::build().await;
    let (anna, id) = console.shop_down().await;
    let path = format!("/console/incident/{id}/write/update");
    let first = fields(SHORT, SHORT_EN, &[("base", "0"), ("next", "45")]);
    let asked = anna.post(&format!("{path}/publish"), &first).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, asks) = asked.text.split_once("id=\"left-out\"").unwrap();
    let wanted = "sagt noch nicht: was noch geht, wann die nächste Meldung kommt. Mit Absicht?";
    assert!(asks.contains(wanted), "{asks}");
    assert!(asked.text.contains("<option value=\"45\" selected>"), "what was chosen stays");
    assert!(asked.text.contains("Seit {since} geht der Shop nicht."), "and what was typed");
    assert_eq!(console.house.incident(&id).await.published().count(), 0, "nothing is out yet");

    let more = [("base", "1"), ("asked", "yes"), ("why", " wissen wir noch nicht ")];
    let done = anna.post(&format!("{path}/publish"), &fields(SHORT, SHORT_EN, &more)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert_eq!(console.house.incident(&id).await.published().count(), 1);
    let items = BTreeSet::from([Item::StillWorks, Item::NextUpdate]);
    assert_eq!(left_out(&console, &id).await, [(items, "wissen wir noch nicht".to_owned())]);
    let room = anna.get(&format!("/console/incident/{id}")).await.text;
    let said = "Bleibt mit Absicht weg: was noch geht, wann die nächste Meldung kommt. \
                Grund: wissen wir noch nicht";
    assert!(room.contains(said), "{room}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_that_says_what_people_need_goes_out_without_a_question() {
    let console = Console::build().await;
    let (anna, id) = console.shop_down().await;
    let path = format!("/console/incident/{id}/write/update");
    let german = "Seit {since} geht der Shop nicht. Das Forum läuft weiter. Die nächste Meldung \
                  kommt um {next_update}.";
    let english = "The shop has been down since {since}. The forum still works. The next update \
                   comes at {next_update}.";
    let whole = fields([SHORT[0], german], [SHORT_EN[0], english], &[("base", "0")]);
    let done = anna.post(&format!("{path}/publish"), &whole).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert_eq!(left_out(&console, &id).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reason_is_not_demanded_and_a_waiting_notice_is_asked_about_when_it_is_taken() {
    let console = Console::build().await;
    let (anna, id) = console.shop_down().await;
    let path = format!("/console/incident/{id}/write/pending-1");
    let asked = anna.post(&format!("{path}/take"), &fields(SHORT, SHORT_EN, &[])).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let more = [("base", "1"), ("asked", "yes"), ("why", "")];
    let done = anna.post(&format!("{path}/take"), &fields(SHORT, SHORT_EN, &more)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let room = anna.get(&format!("/console/incident/{id}")).await.text;
    assert!(room.contains("Einen Grund gab niemand an."), "{room}");
    // It was asked about: by itself or by hand, it goes out now.
    console.house.pass(model::value::Span::minutes(31)).await;
    assert_eq!(console.house.incident(&id).await.published().count(), 1);
}

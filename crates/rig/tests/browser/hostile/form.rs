//! Every hostile text in every field of every form and in every path, sent to the real program: the
//! answer is the same as to a harmless text.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::output::{assert_same, sorted, tame};
use super::{dom, payload};
use crate::house::House;
use crate::wire::{Answer, ask, coded};

/// One thing that can be asked, with the place in which the text goes.
#[derive(Debug, Clone)]
struct Asked {
    method: &'static str,
    path: String,
    body: Option<String>,
}

/// Stands where the text goes.
const HERE: &str = "HERE";

fn get(path: impl Into<String>) -> Asked {
    Asked { method: "GET", path: path.into(), body: None }
}

fn post(path: impl Into<String>, body: impl Into<String>) -> Asked {
    Asked { method: "POST", path: path.into(), body: Some(body.into()) }
}

impl Asked {
    async fn with(&self, house: &House, text: &str) -> Answer {
        let text = coded(text);
        let path = self.path.replace(HERE, &text);
        let body = self.body.as_ref().map(|body| body.replace(HERE, &text));
        ask(house.address(), self.method, &path, &[], body.as_deref()).await
    }
}

/// What of an answer must not depend on the text.
fn bare(answer: &Answer) -> (u16, BTreeMap<String, String>, Vec<String>) {
    let mut headers = answer.headers.clone();
    for own in ["content-length", "date", "etag"] {
        headers.remove(own);
    }
    if let Some(location) = headers.get_mut("location") {
        // Whoever has to sign in first comes back; where to stands there coded.
        let end = location.find("?next=").unwrap_or(location.len());
        assert!(location[end..].chars().all(|c| c.is_ascii_graphic() && !"\"'<>".contains(c)));
        location.truncate(end);
    }
    let is_page = headers.get("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    let bones = if is_page { dom::html(&answer.body).all } else { vec![answer.body.clone()] };
    (answer.status, headers, bones)
}

async fn everything(house: &House) -> Vec<Asked> {
    let form = ask(house.address(), "GET", "/de/subscribe", &[], None).await.body;
    let (_, stamp) = form.split_once("name=\"stamp\" value=\"").unwrap();
    let stamp = coded(stamp.split('"').next().unwrap());
    let act = house.link("noor@lindenhof.example", "act").await;
    let choices = house.link("vera@people.example", "choices").await;
    let paths = ["/HERE", "/de/HERE", "/act/HERE", "/leave/HERE", "/confirm/HERE", "/choices/HERE"];
    let more = [
        "/de/incident/HERE",
        "/api/v2/HERE",
        "/de/subscribe?HERE",
        "/console/sign-in?next=HERE",
        "/console/incident/HERE",
        "/HERE/subscribe",
    ];
    let mut all: Vec<_> = paths.into_iter().chain(more).map(get).collect();
    all.push(get(format!("{act}?HERE")));
    let filled = format!("address=a&stamp={stamp}&component=shop&language=de&website=");
    for (field, filled) in [
        ("address", filled.replace("address=a", "address=HERE")),
        ("component", filled.replace("component=shop", "component=HERE")),
        ("language", filled.replace("language=de", "language=HERE")),
        ("stamp", filled.replace(&stamp, HERE)),
        ("website", format!("{filled}HERE")),
        ("a field that is none", format!("{filled}&HERE=HERE")),
    ] {
        assert!(filled.contains(HERE), "{field}");
        all.push(post("/subscribe", filled));
    }
    all.push(post(&choices, "language=HERE&component=HERE"));
    all.push(post(&act, "act=HERE&reason=HERE"));
    all.push(post("/beat/HERE/HERE", ""));
    all.push(post("/replies/HERE/HERE?from=HERE&text=HERE", ""));
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_text_that_is_sent_changes_an_answer_in_more_than_the_text() {
    let house = House::build(|_| {}).await;
    house.write("people.csv", "vera@people.example,en\n");
    house.good(&["import", "people.csv"]).await;
    house.good(&["incident", "declare", "--plan", "forum-down"]).await;
    house.good(&["incident", "release"]).await;
    let [plain, odd, _] = sorted();
    let everything = everything(&house).await;
    let mut known = HashMap::new();
    let mut answers = 0;
    for (at, asked) in everything.iter().enumerate() {
        for text in plain.iter().chain(&odd) {
            let harmless = if odd.contains(text) { tame(text) } else { "harmless".to_owned() };
            let place = format!("{asked:?} with {text:?}");
            let found = bare(&asked.with(&house, text).await);
            assert!(found.0 < 500, "{place}: {}", found.0);
            let wanted = match known.entry((at, harmless)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let wanted = bare(&asked.with(&house, &place.key().1).await);
                    place.insert(wanted)
                }
            };
            // A text that leads to something that is there, such as “.”, may be answered otherwise.
            if (200..300).contains(&found.0) || found.0 == wanted.0 {
                assert_eq!(found.0, wanted.0, "{place}");
                assert_eq!(found.1, wanted.1, "{place}");
                assert_same(&found.2, &wanted.2, &place);
            }
            answers += 1;
        }
    }
    let [.., huge] = sorted();
    for text in huge {
        let sent = format!("address={}&language=de", coded(&text));
        let answer = ask(house.address(), "POST", "/subscribe", &[], Some(&sent)).await;
        assert!([413, 422].contains(&answer.status), "{}", answer.status);
        assert!(answer.body.contains("</html>"), "the answer is a page");
    }
    println!("{} fields and paths, {answers} answers", everything.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_address_that_is_sent_leads_out_of_the_house_after_signing_in() {
    let house = House::build(|_| {}).await;
    house.account("erika", "viewer").await;
    let mut elsewhere: Vec<_> = payload::all()
        .into_iter()
        .filter(|text| text.contains(':') || text.contains("//"))
        .collect();
    elsewhere.retain(|text| text.len() < 100);
    for start in ["//127.0.0.1", "/\\127.0.0.1", "/\t/127.0.0.1", "/console/../..//127.0.0.1"] {
        elsewhere.insert(0, start.to_owned());
    }
    let origin = format!("http://{}", house.address());
    let origin = [("Origin", &*origin), ("Sec-Fetch-Site", "same-origin")];
    let home = url::Url::parse(&house.root()).unwrap();
    for next in elsewhere.iter().take(12) {
        let password = coded(&House::password("erika"));
        let body = format!("name=erika&password={password}&next={}", coded(next));
        let at = house.address();
        let answer = ask(at, "POST", "/console/sign-in", &origin, Some(&body)).await;
        assert_eq!(answer.status, 303, "{next:?}: {}", answer.body);
        let to = home.join(&answer.headers["location"]).unwrap();
        assert_eq!(to.origin(), home.origin(), "{next:?} leads to {to}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reason_that_was_typed_by_link_does_nothing_to_the_terminal_of_whoever_reads_it() {
    let house = House::build(|_| {}).await;
    house.good(&["incident", "declare", "--plan", "forum-down"]).await;
    let act = house.link("noor@lindenhof.example", "act").await;
    let reason: String = payload::all().into_iter().filter(|it| it.len() < 30).collect();
    let body = format!("act=veto&reason={}", coded(&reason));
    assert!(body.len() < 16_000, "{}", body.len());
    let answer = ask(house.address(), "POST", &act, &[], Some(&body)).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    for line in [&["incident", "show"][..], &["incident"]] {
        let shown = house.good(line).await;
        let odd = shown.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(odd, None, "{line:?} prints {odd:?}");
    }
    let shown = house.good(&["incident", "show"]).await;
    assert!(shown.contains("withdrawn") && shown.contains("<plaintext>"), "{shown}");
    let json = house.good(&["incident", "show", "--json"]).await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["events"].to_string().contains("plaintext"));
    assert!(!house.log().contains('\u{1b}'), "nor does the log");
}

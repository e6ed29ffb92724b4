//! Webhooks as a receiver sees them.

use std::sync::Arc;

use model::dispatch::Outcome;
use model::value::Span;
use outside::channel::post::Recipient;
use outside::channel::webhook::WebhookKey;
use outside::channel::{Parcel, Wire, adapter};
use outside::guard::Guard;
use outside::secret::{Secret, Secrets};
use outside::tls::Trust;

use crate::page::{Act, Gate, Page};
use crate::sample::{
    NOW, alert, carried, channel, first_notice, first_notice_to_partners, load_of,
};

pub(crate) fn wire(secrets: &[(&str, &str)]) -> Wire {
    let mut all = Secrets::default();
    for (name, value) in secrets {
        all.insert(name, value);
    }
    let guard = Guard::new(true, Vec::new());
    Wire {
        http: crate::http::client(guard.clone()),
        guard,
        trust: Trust::new(Vec::new()).unwrap(),
        secrets: Arc::new(all),
    }
}

fn parcel(address: String) -> Parcel {
    let secret = Some("hook".to_owned());
    let to = Recipient { address, id: "msg_1".into(), secret, ..Recipient::default() };
    adapter("webhook").unwrap().compose(&channel("webhook", &[]), &first_notice(), &to).unwrap()
}

#[test]
fn what_one_audience_is_told_in_addition_stands_in_a_field_of_its_own() {
    let data = |post: &outside::channel::post::Post| {
        let hook = adapter("webhook").unwrap();
        let parcel = hook.compose(&channel("webhook", &[]), post, &Recipient::default()).unwrap();
        let told: serde_json::Value = serde_json::from_slice(&parcel.body).unwrap();
        told["data"].clone()
    };
    let (common, mut partners) = (data(&first_notice()), data(&first_notice_to_partners()));
    let said = partners.as_object_mut().unwrap().remove("for_audience").unwrap();
    assert_eq!(said["headline"], "Zusätzlich für: Unsere Partner & Freunde");
    assert_eq!(said["text"], "Bitte halten Sie jemanden <bereit>.\n\nWir rufen Sie an.");
    assert_eq!(partners, common, "what everybody is told is the same");
}

async fn sent(wire: &Wire, parcel: &Parcel) -> Outcome {
    let mut line = adapter("webhook").unwrap().open(wire, &channel("webhook", &[])).unwrap();
    carried(&mut *line, parcel.clone()).await
}

#[tokio::test]
async fn a_receiver_can_check_that_a_message_is_ours_and_knows_a_repeat() {
    let page = Page::start(|_| Act::page(204, "")).await;
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let wire = wire(&[("hook", secret)]);
    let parcel = parcel(page.url("/in").to_string());
    for _ in 0..2 {
        let outcome = sent(&wire, &parcel).await;
        assert_eq!(outcome, Outcome::Accepted { receipt: "answered 204".into() });
    }
    let requests = page.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /in HTTP/1.1"));
        let header = |name: &str| {
            let found = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            found.unwrap().to_owned()
        };
        assert_eq!(header("webhook-id"), "msg_1");
        assert_eq!(header("content-type"), "application/json");
        let at = header("webhook-timestamp").parse().unwrap();
        assert_eq!(at, NOW.unix_seconds());
        let key = WebhookKey::new(&Secret::new(secret));
        let signature = header("webhook-signature");
        assert_eq!(key.verify("msg_1", at, body.as_bytes(), &signature, at), Ok(()));
    }
}

#[test]
fn the_names_that_others_programs_read_stay() {
    let pretty = |body: &[u8]| {
        let value: serde_json::Value = serde_json::from_slice(body).unwrap();
        serde_json::to_string_pretty(&value).unwrap()
    };
    insta::assert_snapshot!("webhook_notice", pretty(&parcel("https://x.example".into()).body));
    let to = Recipient::default();
    let parcel = adapter("webhook").unwrap().compose(&channel("webhook", &[]), &alert(), &to);
    insta::assert_snapshot!("webhook_alert", pretty(&parcel.unwrap().body));
}

#[tokio::test]
async fn an_answer_is_classified_and_waits_that_were_asked_for_are_kept() {
    let later = |seconds| (Some(Span::seconds(seconds)), "later");
    let date = "Tue, 24 Nov 2026 12:53:30 GMT";
    for (status, wait, expected) in [
        (200, None, (None, "accepted")),
        (410, None, (None, "gone")),
        (400, None, (None, "refused")),
        (401, None, (None, "refused")),
        (302, None, (None, "refused")),
        (500, None, later(0)),
        (503, Some("120"), later(120)),
        (429, Some("7"), later(7)),
        (429, Some(date), later(90)),
        (429, Some("Tue, 24 Nov 2020 12:53:30 GMT"), later(0)),
        (429, Some("soon"), later(0)),
        (503, Some("99999999999"), later(3600)),
    ] {
        let headers: Vec<_> =
            wait.iter().map(|text: &&str| ("retry-after", (*text).to_owned())).collect();
        let headers = if status == 302 { vec![("location", "/".to_owned())] } else { headers };
        let page = Page::start(move |_| Act::Answer(status, headers.clone(), Vec::new())).await;
        let outcome = sent(&wire(&[("hook", "x")]), &parcel(page.url("/").to_string())).await;
        let told = match &outcome {
            Outcome::Accepted { .. } => (None, "accepted"),
            Outcome::Gone { .. } => (None, "gone"),
            Outcome::Refused { .. } => (None, "refused"),
            Outcome::Later { after, .. } => (Some(*after), "later"),
            Outcome::Unknown { .. } | Outcome::ChannelDown { .. } => (None, "odd"),
        };
        assert_eq!(told, expected, "{status} {wait:?} {outcome:?}");
        assert_eq!(page.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn what_cannot_be_told_is_sent_again_and_what_must_not_be_is_refused() {
    let wire = wire(&[("hook", "x")]);
    let page = Page::start(|_| Act::Cut).await;
    let cut = sent(&wire, &parcel(page.url("/").to_string())).await;
    assert!(matches!(cut, Outcome::Later { .. }), "{cut:?}");
    for address in ["http://169.254.169.254/", "ftp://x.example/", "no address"] {
        let outcome = sent(&wire, &parcel(address.into())).await;
        assert!(matches!(outcome, Outcome::Refused { .. }), "{address} {outcome:?}");
    }
    let bare = crate::webhook::wire(&[]);
    let outcome = sent(&bare, &parcel(page.url("/").to_string())).await;
    assert!(matches!(outcome, Outcome::Later { .. }), "{outcome:?}");
    assert!(format!("{outcome:?}").contains("NOTLICHT_SECRET_HOOK"), "{outcome:?}");
    assert_eq!(page.requests().len(), 1);
}

#[tokio::test]
async fn many_receivers_are_told_at_once_and_a_slow_one_holds_up_no_other() {
    let (slow, gate) = (Page::start(|_| Act::Silence).await, Gate::start(60).await);
    let mut all = vec![parcel(gate.url.to_string()); 60];
    all.extend(vec![parcel(slow.url("/").to_string()); 3]);
    let wire = wire(&[("hook", "x")]);
    let channel = channel("webhook", &[("timeout", "1")]);
    let mut line = adapter("webhook").unwrap().open(&wire, &channel).unwrap();
    let outcomes = load_of(&mut *line, all).await;
    assert_eq!(outcomes.len(), 63);
    let (told, rest) = outcomes.split_at(60);
    let all_told = told.iter().all(|one| matches!(one, Outcome::Accepted { .. }));
    assert!(all_told, "the gate opens only when sixty wait before it");
    assert!(rest.iter().all(|one| matches!(one, Outcome::Later { .. })), "{rest:?}");
}

//! Short messages as a gateway sees them.

use model::dispatch::Outcome;
use model::handbook::channel::Channel;
use model::value::Span;
use outside::channel::post::{Post, Recipient};
use outside::channel::sms::text::parts;
use outside::channel::{Parcel, Wire, adapter};

use crate::page::{Act, Page};
use crate::sample::{
    alert, all_clear, carried, channel, first_notice, first_notice_to_partners, load_of, subscriber,
};
use crate::webhook::wire;

const NUMBER: &str = "+49 (0)30 23125-101";

pub(crate) fn gateway(settings: &[(&str, &str)]) -> Channel {
    channel("sms", settings)
}

pub(crate) fn parcel(channel: &Channel, post: &Post) -> Parcel {
    let to = Recipient { address: NUMBER.to_owned(), ..subscriber() };
    adapter("sms").unwrap().compose(channel, post, &to).unwrap()
}

pub(crate) async fn sent(wire: &Wire, channel: &Channel, parcel: Parcel) -> Outcome {
    let mut line = adapter("sms").unwrap().open(wire, channel).unwrap();
    carried(&mut *line, parcel).await
}

fn text(parcel: &Parcel) -> String {
    String::from_utf8(parcel.body.clone()).unwrap()
}

#[test]
fn a_short_message_stands_alone_in_two_parts_and_says_how_it_ends() {
    let stop = gateway(&[("stop", "+4915112345678")]);
    let first = parcel(&stop, &first_notice());
    assert_eq!(first.to, "+493023125101");
    insta::assert_snapshot!("sms_first_notice", text(&first));
    insta::assert_snapshot!("sms_all_clear", text(&parcel(&stop, &all_clear())));
    insta::assert_snapshot!("sms_link", text(&parcel(&gateway(&[]), &first_notice())));
    let staff = Recipient { unsubscribe: None, choices: None, ..subscriber() };
    let staff = Recipient { address: NUMBER.to_owned(), ..staff };
    let told = adapter("sms").unwrap().compose(&stop, &alert(), &staff).unwrap();
    insta::assert_snapshot!("sms_alert", text(&told));
    for parcel in [first, told] {
        assert_eq!(parts(&text(&parcel)), 2);
    }
    let one = text(&parcel(&gateway(&[("parts", "1"), ("stop", "2323")]), &first_notice()));
    assert_eq!(parts(&one), 1, "{one}");
    assert!(one.contains("k4m9x2p7q1rt") && one.ends_with("STOP an 2323"), "{one}");
}

#[test]
fn a_short_message_leaves_out_what_one_audience_is_told_in_addition() {
    let common = text(&parcel(&gateway(&[]), &first_notice()));
    assert_eq!(text(&parcel(&gateway(&[]), &first_notice_to_partners())), common);
}

#[test]
fn whoever_reads_a_preview_sees_what_is_paid_for() {
    let sms = adapter("sms").unwrap();
    let seen = sms.preview(&gateway(&[("stop", "2323")]), &first_notice());
    assert_eq!(seen.parts, Some(2));
    assert_eq!(seen.parts, Some(parts(&seen.text)));
}

#[test]
fn a_number_without_a_country_is_refused_with_advice() {
    let sms = adapter("sms").unwrap();
    let to = Recipient { address: "030 23125".into(), ..subscriber() };
    let why = sms.compose(&gateway(&[]), &first_notice(), &to).unwrap_err().to_string();
    assert!(why.contains("030 23125") && why.contains("+49"), "{why}");
}

#[tokio::test]
async fn each_known_gateway_is_called_as_its_documentation_says() {
    let page = Page::start(|path| {
        if path.starts_with("/kannel") {
            return Act::page(202, "0: Accepted for delivery");
        }
        if path.starts_with("/seven") {
            return Act::page(200, r#"{"success": "100", "total_price": 0.07}"#);
        }
        if path.starts_with("/sipgate") { Act::page(204, "") } else { Act::page(201, "{}") }
    })
    .await;
    let wire = wire(&[("key", "s&cret")]);
    for gateway_name in ["kannel", "seven", "sipgate", "twilio"] {
        let url = page.url(&format!("/{gateway_name}")).to_string();
        let settings = [
            ("gateway", gateway_name),
            ("url", url.as_str()),
            ("user", "lindenhof"),
            ("password", "key"),
            ("from", "Lindenhof"),
            ("stop", "2323"),
        ];
        let channel = gateway(&settings);
        let outcome = sent(&wire, &channel, parcel(&channel, &all_clear())).await;
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{gateway_name} {outcome:?}");
    }
    let own = |line: &&str| !line.starts_with("user-agent") && !line.starts_with("host");
    let requests = page.requests();
    let shown: Vec<String> = requests
        .iter()
        .map(|request| request.lines().filter(own).collect::<Vec<_>>().join("\n"))
        .collect();
    insta::assert_snapshot!("sms_requests", shown.join("\n\n---\n\n"));
}

#[tokio::test]
async fn a_gateways_answer_is_classified_by_status_by_text_and_by_what_the_handbook_says() {
    let rules = [
        ("accepted", "202 | /success=100 | OK"),
        ("gone", "/code=13 | number is gone"),
        ("refused", "=21610"),
        ("later", "queue full"),
        ("down", "/success=500"),
    ];
    for (rules, status, body, expected) in [
        (&rules[..0], 200, "", "accepted"),
        (&rules[..0], 202, "0: Accepted for delivery", "accepted"),
        (&rules[..0], 400, "bad number", "refused"),
        (&rules[..0], 422, "", "refused"),
        (&rules[..0], 401, "", "down"),
        (&rules[..0], 402, "no credit", "down"),
        (&rules[..0], 403, "Authorization failed", "down"),
        (&rules[..0], 404, "", "down"),
        (&rules[..0], 429, "", "down"),
        (&rules[..0], 503, "", "down"),
        (&rules[..0], 302, "", "down"),
        (&rules[..0], 500, "", "later"),
        (&rules[..0], 502, "", "later"),
        (&rules[..0], 408, "", "later"),
        (&rules, 200, "anything", "refused"),
        (&rules, 200, "OK 17", "accepted"),
        (&rules, 202, "anything", "accepted"),
        (&rules, 200, r#"{"success": "100"}"#, "accepted"),
        (&rules, 200, r#"{"success": 100}"#, "accepted"),
        (&rules, 200, r#"{"success": 500}"#, "down"),
        (&rules, 400, r#"{"code": 13}"#, "gone"),
        (&rules, 200, "this number is gone", "gone"),
        (&rules, 200, " 21610 \n", "refused"),
        (&rules, 500, "21610", "refused"),
        (&rules, 400, "the queue full", "later"),
    ] {
        let page = Page::start(move |_| Act::page(status, body)).await;
        let url = page.url("/send").to_string();
        let mut settings = rules.to_vec();
        settings.extend([("url", url.as_str()), ("body", "to={to}&text={text}")]);
        let channel = gateway(&settings);
        let outcome = sent(&wire(&[]), &channel, parcel(&channel, &first_notice())).await;
        let told = match &outcome {
            Outcome::Accepted { .. } => "accepted",
            Outcome::Gone { .. } => "gone",
            Outcome::Refused { .. } => "refused",
            Outcome::Later { .. } => "later",
            Outcome::Unknown { .. } => "unknown",
            Outcome::ChannelDown { .. } => "down",
        };
        assert_eq!(told, expected, "{status} {body} {outcome:?}");
        assert_eq!(page.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn what_may_have_arrived_is_told_as_such_and_a_gateway_that_asks_for_a_rest_gets_it() {
    let cut = Page::start(|_| Act::Cut).await;
    let url = cut.url("/").to_string();
    let channel = gateway(&[("url", url.as_str()), ("body", "t={text}")]);
    let outcome = sent(&wire(&[]), &channel, parcel(&channel, &first_notice())).await;
    assert!(matches!(outcome, Outcome::Unknown { .. }), "{outcome:?}");
    let closed = gateway(&[("url", "http://127.0.0.1:1/"), ("body", "t={text}")]);
    let outcome = sent(&wire(&[]), &closed, parcel(&closed, &first_notice())).await;
    assert!(matches!(outcome, Outcome::ChannelDown { .. }), "{outcome:?}");
    let busy = Page::start(|_| {
        Act::Answer(429, vec![("retry-after", "90".to_owned())], b"slow down".to_vec())
    })
    .await;
    let url = busy.url("/").to_string();
    let channel = gateway(&[("url", url.as_str()), ("body", "t={text}")]);
    let outcome = sent(&wire(&[]), &channel, parcel(&channel, &first_notice())).await;
    let Outcome::ChannelDown { after, reason } = outcome else { panic!("{outcome:?}") };
    assert_eq!(after, Span::seconds(90));
    assert_eq!(reason, "answered 429: slow down");
}

#[test]
fn a_setting_that_does_not_fit_is_told_before_anybody_waits_for_a_message() {
    for (settings, field, word) in [
        (vec![], "url", "missing"),
        (vec![("url", "ftp")], "url", "https://"),
        (vec![("url", "https://{to}.example/")], "url", "host"),
        (vec![("url", "https://me:pw@g.example/")], "url", "host"),
        (vec![("url", "https://g.example/?t={txt}")], "url", "{txt}"),
        (vec![("url", "https://g.example/"), ("body", "{\"to\": {to}}")], "body", "JSON"),
        (vec![("url", "https://g.example/"), ("body", "to={too}")], "body", "{too}"),
        (vec![("url", "https://g.example/"), ("header", "no colon")], "header", "X-Api-Key"),
        (vec![("url", "https://g.example/"), ("auth", "basic")], "password", "missing"),
        (vec![("gateway", "sipgate")], "password", "missing"),
    ] {
        let channel = gateway(&settings);
        let Err(why) = adapter("sms").unwrap().open(&wire(&[]), &channel) else {
            panic!("{settings:?} was taken")
        };
        let why = why.to_string();
        assert!(why.contains(field) && why.contains(word), "{settings:?} {why}");
    }
    let channel = gateway(&[("gateway", "kannel"), ("password", "kannel-password")]);
    let Err(why) = adapter("sms").unwrap().open(&wire(&[]), &channel) else { panic!() };
    assert!(why.to_string().contains("NOTLICHT_SECRET_KANNEL_PASSWORD"), "{why}");
}

#[tokio::test]
async fn a_dead_gateway_is_asked_once_and_the_rest_waits() {
    let closed = gateway(&[("url", "http://127.0.0.1:1/"), ("body", "t={text}")]);
    let parcel = parcel(&closed, &first_notice());
    let mut line = adapter("sms").unwrap().open(&wire(&[]), &closed).unwrap();
    let outcomes = load_of(&mut *line, vec![parcel; 100]).await;
    assert!(matches!(outcomes.as_slice(), [Outcome::ChannelDown { .. }]), "{outcomes:?}");
}

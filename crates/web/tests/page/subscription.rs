//! The form to subscribe, and the links of its letters.

use std::net::{IpAddr, SocketAddr};

use axum::extract::connect_info::MockConnectInfo;
use axum::http::StatusCode;
use web::visitor::Proxies;

use crate::html::elements;
use crate::stub::{ask, house};

const GOOD: &str = "language=en&stamp=stamp&address=a%40x.example&component=shop&component=forum";

#[tokio::test]
async fn a_form_sent_without_script_or_cookie_is_taken_and_says_to_look_into_the_mailbox() {
    let (router, stub, _) = house();
    let form = ask(&router, "GET", "/de/subscribe", &[], "").await;
    assert_eq!(form.status, StatusCode::OK);
    assert_eq!(form.header("cache-control"), "no-store");
    assert_eq!(form.header("set-cookie"), "");
    let html = form.text();
    let ticks = elements(&html).iter().filter(|one| one.get("checked").is_some()).count();
    assert_eq!(ticks, 2, "everything is chosen at first");
    let feed = elements(&html).iter().any(|one| one.get("href") == Some("/de/feed.atom"));
    assert!(feed, "whoever wants to leave no address can follow too");
    let answer = ask(&router, "POST", "/subscribe", &[], GOOD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/en/subscribe?sent");
    assert_eq!(stub.noted(), ["ask a@x.example [\"shop\", \"forum\"]"]);
    let sent = ask(&router, "GET", "/en/subscribe?sent", &[], "").await.text();
    assert!(sent.contains("Please look into your mailbox."));
}

#[tokio::test]
async fn a_bad_form_comes_back_readable_with_what_was_typed() {
    let (router, stub, _) = house();
    let long = "x".repeat(9_000);
    for (body, says) in [
        ("language=en&stamp=stamp&address=nobody&component=forum".to_owned(), "does not fit"),
        ("language=en&stamp=stamp&component=forum".to_owned(), "does not fit"),
        ("language=en&stamp=stamp&address=a%40x.example".to_owned(), "at least one part"),
        ("language=en&address=a%40x.example&component=forum".to_owned(), "very fast"),
        (format!("language=en&stamp=stamp&address={long}&component=forum"), "does not fit"),
    ] {
        let answer = ask(&router, "POST", "/subscribe", &[], &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        let html = answer.text();
        assert!(html.contains(says), "{body}");
        let elements = elements(&html);
        let typed = |name: &str| elements.iter().any(|one| one.get("value") == Some(name));
        assert!(!body.contains("nobody") || typed("nobody"));
        assert!(!body.contains("a%40x.example") || typed("a@x.example"));
        let ticked: Vec<_> = elements.iter().filter(|one| one.get("checked").is_some()).collect();
        assert_eq!(ticked.len(), usize::from(body.contains("component")), "{body}");
    }
    let huge = format!("language=en&address={}", "x".repeat(20_000));
    let answer = ask(&router, "POST", "/subscribe", &[("accept-language", "en")], &huge).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("That is too much text."));
    assert_eq!(stub.noted(), [""; 0]);
}

#[tokio::test]
async fn a_program_that_fills_in_the_hidden_field_is_told_the_same_and_nothing_happens() {
    let (router, stub, _) = house();
    let good = ask(&router, "POST", "/subscribe", &[], GOOD).await;
    let trapped = ask(&router, "POST", "/subscribe", &[], &format!("{GOOD}&website=x")).await;
    assert_eq!(
        (good.status, good.header("location"), &good.body),
        (trapped.status, trapped.header("location"), &trapped.body)
    );
    assert_eq!(stub.noted().len(), 1);
}

#[tokio::test]
async fn a_form_on_a_foreign_page_subscribes_nobody() {
    let (router, stub, _) = house();
    for path in ["/subscribe", "/subscribe/webhook", "/confirm/t", "/choices/t"] {
        let foreign = [("sec-fetch-site", "cross-site")];
        let answer = ask(&router, "POST", path, &foreign, GOOD).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        // Only who got a mail can be sent back to it.
        let html = answer.text();
        let open = path.starts_with("/subscribe");
        assert_eq!(html.contains(&format!("href=\"/de{path}\"")), open, "{path}");
        assert_ne!(html.contains("aus der Mail"), open, "{path}");
    }
    assert_eq!(stub.noted(), [""; 0]);
}

#[tokio::test]
async fn opening_a_link_confirms_and_changes_nothing_before_the_button_is_pressed() {
    let (router, stub, _) = house();
    let page = ask(&router, "GET", "/confirm/t", &[], "").await.text();
    assert!(page.contains("Yes, get the notices") && page.contains("a…@x.example"));
    let page = ask(&router, "GET", "/choices/t", &[], "").await.text();
    assert!(page.contains("href=\"/leave/k1.u~1.x\""));
    assert_eq!(stub.noted(), [""; 0]);
    let done = ask(&router, "POST", "/confirm/t", &[], "").await;
    assert_eq!(done.header("location"), "/confirm/t");
    assert!(ask(&router, "GET", "/confirm/t", &[], "").await.text().contains("You now get"));
    let done = ask(&router, "POST", "/choices/t", &[], "language=de&component=forum").await;
    assert_eq!(done.header("location"), "/choices/t?saved");
    let nothing = ask(&router, "POST", "/choices/t", &[], "language=de").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(stub.noted(), ["confirm", "choose de [\"forum\"]"]);
}

#[tokio::test]
async fn a_script_in_any_field_stays_a_text() {
    let (router, _, _) = house();
    let bad = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%00";
    for field in ["address", "language", "stamp", "component", "other"] {
        for path in ["/subscribe", "/subscribe/webhook", "/choices/t", "/confirm/t"] {
            let body = format!("{field}={bad}&{field}={bad}");
            let html = ask(&router, "POST", path, &[], &body).await.text();
            for element in elements(&html) {
                assert!(!matches!(element.name.as_str(), "script" | "img"), "{path} {field}");
                assert!(element.attributes.iter().all(|(name, _)| !name.starts_with("on")));
            }
        }
    }
    let answer = ask(&router, "GET", &format!("/confirm/{bad}"), &[], "").await;
    assert!(!answer.text().contains("<script"));
}

#[tokio::test]
async fn who_sends_too_many_forms_gets_them_back_with_what_was_typed_and_others_are_let_in() {
    let (router, stub, _) = house();
    let trusted = |address: IpAddr| address.is_loopback();
    let router = web::visitor::known(router, Proxies::new(trusted));
    let peer = |peer: &str| {
        router.clone().layer(MockConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)))
    };
    let many = peer("192.0.2.1");
    for n in 0..30 {
        // What an untrusted sender says of itself helps nothing.
        let forged = [("x-forwarded-for", format!("192.0.2.{n}"))];
        let forged = forged.each_ref().map(|(name, value)| (*name, value.as_str()));
        let answer = ask(&many, "POST", "/subscribe", &forged, GOOD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{n}");
    }
    let refused = ask(&many, "POST", "/subscribe", &[], GOOD).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("retry-after"), "11");
    let html = refused.text();
    assert!(html.contains("Please wait a minute") && html.contains("a@x.example"));
    let ticks = elements(&html).iter().filter(|one| one.get("checked").is_some()).count();
    assert_eq!((ticks, stub.noted().len()), (2, 30));
    let german = GOOD.replace("language=en", "language=de");
    let refused = ask(&many, "POST", "/subscribe", &[], &german).await;
    assert!(refused.text().contains("Bitte warten Sie eine Minute"));
    let huge = "x".repeat(20_000);
    let refused = ask(&many, "POST", "/subscribe", &[], &huge).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);

    let other = ask(&peer("192.0.2.2"), "POST", "/subscribe", &[], GOOD).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    for far in ["192.0.2.1", "198.51.100.1"] {
        let header = [("x-forwarded-for", far)];
        let answer = ask(&peer("127.0.0.1"), "POST", "/subscribe", &header, GOOD).await;
        let limited = answer.status == StatusCode::TOO_MANY_REQUESTS;
        assert_eq!(limited, far == "192.0.2.1", "{far}");
    }
}

#[tokio::test]
async fn whoever_leaves_or_decides_is_not_slowed_down_by_what_others_send() {
    let (router, stub, _) = house();
    for _ in 0..3000 {
        let answer = ask(&router, "POST", "/leave/t", &[], "List-Unsubscribe=One-Click").await;
        assert_eq!(answer.status, StatusCode::OK, "a provider leaves for thousands");
    }
    for _ in 0..100 {
        let answer = ask(&router, "POST", "/subscribe", &[], GOOD).await;
        assert!(answer.status == StatusCode::SEE_OTHER || answer.status.as_u16() == 429);
    }
    let answer = ask(&router, "POST", "/choices/t", &[], "language=de&component=forum").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    for n in 0..200 {
        let answer = ask(&router, "POST", "/confirm/t", &[], "").await;
        assert_eq!(answer.status == StatusCode::SEE_OTHER, n < 120, "more than a person can press");
        if n == 120 {
            assert_eq!(answer.header("retry-after"), "2");
            assert!(answer.text().contains("Bitte warten Sie eine Minute"));
        }
    }
    assert_eq!(stub.noted().iter().filter(|act| *act == "confirm").count(), 120);
}

#[tokio::test]
async fn a_subscribed_webhook_shows_its_secret_once_and_a_bad_one_comes_back_as_it_was_typed() {
    let (router, stub, _) = house();
    let form = ask(&router, "GET", "/de/subscribe", &[], "").await.text();
    assert!(form.contains("href=\"/de/subscribe/webhook\""));
    let form = ask(&router, "GET", "/de/subscribe/webhook", &[], "").await;
    assert_eq!((form.status, form.header("cache-control")), (StatusCode::OK, "no-store"));
    let send = async |address: &str| {
        let body = format!("language=en&stamp=stamp&address={address}&component=shop");
        ask(&router, "POST", "/subscribe/webhook", &[], &body).await
    };
    let done = send("https%3A%2F%2Fgood.example%2Fhook").await;
    assert_eq!((done.status, done.header("cache-control")), (StatusCode::OK, "no-store"));
    let html = done.text();
    assert!(html.contains("whsec_c2VjcmV0") && html.contains("href=\"/leave/k1.u~1.x\""));
    assert_eq!(stub.noted(), ["hook https://good.example/hook [\"shop\"]"]);
    let known = send("https%3A%2F%2Fknown.example%2F").await;
    assert!(known.text().contains("gets our notices already"));
    for (address, status, says) in [
        ("https%3A%2F%2Fmute.example%2F", 422, "did not answer as is needed"),
        ("https%3A%2F%2Frest.example%2F", 429, "within the last hour"),
        ("http%3A%2F%2Fx.example%2F", 422, "must begin with https"),
    ] {
        let answer = send(address).await;
        assert_eq!(answer.status.as_u16(), status, "{address}");
        let html = answer.text();
        let typed = address.replace("%3A", ":").replace("%2F", "/");
        let elements = elements(&html);
        assert!(elements.iter().any(|one| one.get("value") == Some(typed.as_str())), "{address}");
        let ticks = elements.iter().filter(|one| one.get("checked").is_some()).count();
        assert!(html.contains(says) && ticks == 1, "{address}");
    }
    let last = send("https%3A%2F%2Fx.example%2F").await;
    assert_eq!(last.status, StatusCode::OK);
    let refused = send("https%3A%2F%2Fx.example%2F").await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "121"));
    assert!(refused.text().contains("https://x.example/"), "what was typed is kept");
}

//! The form to subscribe, and the links of its letters.

use axum::http::StatusCode;

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
    for path in ["/subscribe", "/confirm/t", "/choices/t"] {
        let foreign = [("sec-fetch-site", "cross-site")];
        let answer = ask(&router, "POST", path, &foreign, GOOD).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        // Only who got a mail can be sent back to it.
        let html = answer.text();
        assert_eq!(html.contains("href=\"/de/subscribe\""), path == "/subscribe", "{path}");
        assert_ne!(html.contains("aus der Mail"), path == "/subscribe", "{path}");
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
        for path in ["/subscribe", "/choices/t", "/confirm/t"] {
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

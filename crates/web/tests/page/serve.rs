//! What comes back over HTTP.

use std::sync::Arc;

use axum::http::StatusCode;
use web::page::render;
use web::routes::{Forgery, ROUTES, Who};

use crate::html::visible;
use crate::samples;
use crate::stub::{ask, house};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_visitor_is_sent_to_the_page_in_their_language() {
    let (router, _, _) = house();
    for (wish, to) in [("en-GB,de;q=0.5", "/en/"), ("de", "/de/"), ("fr", "/de/"), ("", "/de/")] {
        let answer = ask(&router, "GET", "/", &[("accept-language", wish)], "").await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::FOUND, to));
        assert_eq!(answer.header("vary"), "accept-language");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn every_resource_is_served_in_every_coding_and_not_again_where_it_is_known() {
    let (router, _, page) = house();
    for (path, resource) in page.current().iter() {
        for coding in ["br", "gzip", "identity"] {
            let wish = [("accept-encoding", coding)];
            let answer = ask(&router, "GET", path, &wish, "").await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            let body = match answer.header("content-encoding") {
                "br" => unpack(brotli::Decompressor::new(answer.body.as_slice(), 4096)),
                "gzip" => unpack(flate2::read::GzDecoder::new(answer.body.as_slice())),
                _ => answer.body.clone(),
            };
            assert_eq!(body, resource.plain().to_vec(), "{path} {coding}");
            assert_eq!(answer.header("vary"), "accept-encoding");
            let tag = answer.header("etag").to_owned();
            let known = [("accept-encoding", coding), ("if-none-match", tag.as_str())];
            let again = ask(&router, "GET", path, &known, "").await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
            assert!(again.body.is_empty());
            assert_eq!(again.header("etag"), tag);
            let head = ask(&router, "HEAD", path, &wish, "").await;
            assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
            assert_eq!(head.header("content-length"), answer.body.len().to_string());
        }
    }
}

fn unpack(mut packed: impl std::io::Read) -> Vec<u8> {
    let mut out = Vec::new();
    packed.read_to_end(&mut out).unwrap();
    out
}

#[tokio::test]
async fn what_is_published_is_seen_at_the_next_request() {
    let (router, _, page) = house();
    let before = ask(&router, "GET", "/de/", &[], "").await;
    page.publish(render(&samples::closed(), samples::at(120)).unwrap());
    let known = [("if-none-match", before.header("etag"))];
    let after = ask(&router, "GET", "/de/", &known, "").await;
    assert_eq!(after.status, StatusCode::OK);
    assert!(after.text().contains("Bei Lindenhof läuft alles."));
}

#[tokio::test]
async fn a_path_that_is_nowhere_shows_a_page_in_the_right_language() {
    let (router, _, _) = house();
    let english = [("accept-language", "en")];
    for (path, said) in [
        ("/de/incident/nothing", "Diese Seite gibt es nicht."),
        ("/en/nothing", "This page does not exist."),
        ("/nothing/at/all/here", "This page does not exist."),
        ("/../../etc/passwd", "This page does not exist."),
        ("/%2e%2e/secret", "This page does not exist."),
    ] {
        let answer = ask(&router, "GET", path, &english, "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().contains(said), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    for (path, to) in [("/de", "/de/"), ("/de/history/", "/de/history")] {
        let answer = ask(&router, "GET", path, &[], "").await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::PERMANENT_REDIRECT, to)
        );
    }
}

#[tokio::test]
async fn every_answer_forbids_scripts_frames_and_referrers() {
    let (router, _, _) = house();
    let long = format!("/{}", "a".repeat(2000));
    for path in
        ["/", "/de/", "/nothing", "/health", "/act/good", "/act/bad", "/api/v2/status.json", &long]
    {
        let answer = ask(&router, "GET", path, &[], "").await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert!(!answer.header("permissions-policy").is_empty());
    }
    assert_eq!(ask(&router, "GET", &long, &[], "").await.status, StatusCode::URI_TOO_LONG);
}

#[tokio::test]
async fn programs_on_other_sites_may_read_the_api_and_nothing_else() {
    let (router, _, _) = house();
    let api = ask(&router, "GET", "/api/v2/summary.json", &[], "").await;
    assert_eq!(api.header("access-control-allow-origin"), "*");
    for path in ["/de/", "/act/good", "/site.json"] {
        let answer = ask(&router, "GET", path, &[], "").await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test]
async fn looking_at_a_staff_link_changes_nothing_and_shows_what_will_go_out() {
    let (router, stub, _) = house();
    let answer = ask(&router, "GET", "/act/good", &[], "").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-robots-tag"), "noindex");
    insta::assert_snapshot!("desk-held", visible(&answer.text()));
    assert!(!answer.text().contains("<b>"));
    assert!(stub.noted().is_empty());
    let drill = ask(&router, "GET", "/act/good-drill", &[], "").await.text();
    assert!(drill.contains("<title>ÜBUNG: "));
}

#[tokio::test]
async fn a_staff_member_decides_by_post_and_then_sees_how_it_stands() {
    let (router, stub, _) = house();
    let own = [FORM, ("sec-fetch-site", "same-origin")];
    let answer = ask(&router, "POST", "/act/good", &own, "act=release").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/act/good?done");
    assert_eq!(stub.noted(), ["act release None"]);
    let after = ask(&router, "GET", "/act/good?done", &[], "").await;
    insta::assert_snapshot!("desk-done", visible(&after.text()));
}

#[tokio::test]
async fn a_veto_without_a_reason_does_nothing_and_asks_for_one() {
    let (router, stub, _) = house();
    let answer = ask(&router, "POST", "/act/good", &[FORM], "act=veto&reason=+").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Bitte schreiben Sie kurz, warum."));
    assert!(stub.noted().is_empty());
    let answer = ask(&router, "POST", "/act/good", &[FORM], "act=veto&reason=Fehlalarm").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(stub.noted(), ["act veto Some(\"Fehlalarm\")"]);
}

#[tokio::test]
async fn a_button_on_a_foreign_page_decides_nothing() {
    let (router, stub, _) = house();
    let foreign = [FORM, ("sec-fetch-site", "cross-site"), ("accept-language", "en")];
    let answer = ask(&router, "POST", "/act/good", &foreign, "act=release").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("We did not accept this."));
    assert!(stub.noted().is_empty());
}

#[tokio::test]
async fn links_that_do_not_fit_say_what_to_do() {
    let (router, stub, _) = house();
    let bad = ask(&router, "GET", "/act/%3Cscript%3E", &[], "").await;
    assert_eq!(bad.status, StatusCode::NOT_FOUND);
    assert!(bad.text().contains("Dieser Link passt nicht."));
    let late = ask(&router, "POST", "/act/late", &[FORM], "act=hold").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("Das passt nicht mehr"));
    assert!(stub.noted().is_empty());
}

#[tokio::test]
async fn leaving_needs_a_post_and_mail_programs_leave_with_one_click() {
    let (router, stub, _) = house();
    let look = ask(&router, "GET", "/leave/token", &[], "").await;
    insta::assert_snapshot!("leave", visible(&look.text()));
    assert!(stub.noted().is_empty(), "a look must not unsubscribe anybody");
    for body in [
        "List-Unsubscribe=One-Click",
        "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--",
    ] {
        let foreign = [("sec-fetch-site", "cross-site")];
        let answer = ask(&router, "POST", "/leave/token", &foreign, body).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    let answer = ask(&router, "POST", "/leave/token", &[FORM], "").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/leave/token"));
    let after = ask(&router, "GET", "/leave/token", &[], "").await;
    assert!(after.text().contains("You are unsubscribed."));
}

#[tokio::test]
async fn a_heartbeat_needs_its_token() {
    let (router, stub, _) = house();
    assert_eq!(ask(&router, "POST", "/beat/backup/good", &[], "").await.status, StatusCode::OK);
    let bad = ask(&router, "POST", "/beat/backup/bad", &[], "").await;
    assert_eq!(bad.status, StatusCode::NOT_FOUND);
    let get = ask(&router, "GET", "/beat/backup/good", &[], "").await;
    assert_eq!(get.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(stub.noted(), ["beat backup"]);
}

#[tokio::test]
async fn without_a_database_the_page_is_there_and_the_links_say_so() {
    let (_, _, page) = house();
    let (desk, door) = (Arc::new(web::desk::Closed), web::door::Door::default());
    let router = web::routes::router(page, desk, door, Arc::new(|| samples::at(71)));
    assert_eq!(ask(&router, "GET", "/de/", &[], "").await.status, StatusCode::OK);
    assert_eq!(ask(&router, "GET", "/health", &[], "").await.text(), "ok\n");
    let answer = ask(&router, "GET", "/act/good", &[], "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().contains("Das geht gerade nicht."));
}

#[tokio::test]
async fn a_body_larger_than_its_route_allows_is_refused() {
    let (router, stub, _) = house();
    let large = format!("act=veto&reason={}", "a".repeat(20_000));
    let answer = ask(&router, "POST", "/act/good", &[FORM], &large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer = ask(&router, "POST", "/leave/token", &[], &large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(stub.noted().is_empty());
}

#[tokio::test]
async fn nothing_can_be_changed_by_get_and_nothing_without_a_token() {
    for route in ROUTES {
        if route.method == "GET" {
            assert_eq!((route.limit, route.forgery), (0, Forgery::Harmless), "{}", route.path);
        } else {
            match route.who {
                // The forms to subscribe: all they can do is to have one letter or challenge sent
                // an hour. Signing in changes nothing but who one is.
                Who::All => {
                    let open = ["/subscribe", "/subscribe/webhook", "/console/sign-in"];
                    assert!(open.contains(&route.path), "{}", route.path);
                }
                Who::Token => assert!(route.path.contains("{token}"), "{}", route.path),
                Who::Account(_) => {
                    assert!(route.path.starts_with("/console/"), "{}", route.path);
                    assert_eq!(route.forgery, Forgery::SameOrigin, "{}", route.path);
                }
                // No browser sends such a header by itself.
                Who::Bearer(_) => assert!(route.path.starts_with("/api/v1/"), "{}", route.path),
            }
            assert_ne!(route.forgery, Forgery::Harmless, "{}", route.path);
            let most = match route.path {
                path if path.starts_with("/intake/") => 1024,
                // A whole handbook, packed.
                "/console/handbook/upload" => 4096,
                path if path.starts_with("/console/") || path.starts_with("/api/v1/") => 256,
                _ => 16,
            };
            assert!((1..=most * 1024).contains(&route.limit), "{}", route.path);
            // Whoever is signed in is known; of all others only leaving is never too often.
            let known = matches!(route.who, Who::Account(_) | Who::Bearer(_));
            let free = known || route.path.starts_with("/leave/");
            assert_eq!(route.rate.is_none(), free, "{}", route.path);
        }
    }
    let (router, _, _) = house();
    for path in ["/", "/de/", "/health", "/site.json", "/api/v2/status.json", "/nothing/here"] {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let answer = ask(&router, method, path, &[], "").await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
    }
}

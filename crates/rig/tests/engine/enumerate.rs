//! Whether an address is known is told to its owner alone, and what a stranger types stays here.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::MockConnectInfo;
use axum::http::Request;
use engine::Engine;
use notlicht::desk::Links;
use tower::ServiceExt as _;
use web::page::{Page, render};
use web::visitor::Proxies;

use crate::both::both;
use crate::house::House;

/// The page with its desk, in front of which this test is a trusted proxy.
async fn page(house: &House) -> Router {
    page_of(house, house.engine.clone()).await
}

async fn page_of(house: &House, engine: Engine) -> Router {
    let links = Links::default();
    links.door().open(engine);
    let site = render(&house.page().await, house.clock.now()).unwrap();
    let (page, door) = (Page::new(site), links.door().clone());
    let router = web::routes::router(page, Arc::new(links), door, house.clock.ticks());
    let peer = MockConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1)));
    web::visitor::known(router, Proxies::new(|address| address.is_loopback())).layer(peer)
}

/// Sends a form as a visitor of its own: all that comes back, to the last byte.
async fn ask(page: &Router, visitor: u32, body: &str) -> String {
    let request = Request::post("/subscribe")
        .header("x-forwarded-for", std::net::Ipv4Addr::from_bits(visitor).to_string())
        .body(Body::from(body.to_owned()))
        .unwrap();
    let (parts, body) = page.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    format!("{} {:?}\n{}", parts.status, parts.headers, String::from_utf8_lossy(&body))
}

fn form(house: &House, address: &str) -> String {
    let stamp = house.engine.stamp();
    format!("language=en&stamp={stamp}&component=shop&address={}", address.replace('@', "%40"))
}

both! {
    async fn the_answer_to_a_form_does_not_tell_whether_the_address_is_known(house) {
        house.subscribe(2).await;
        let page = page(&house).await;
        let forms = |house: &House| {
            ["nobody@x.example", "waiting@x.example", "de-0@people.example", "EN-1@people.example"]
                .map(|address| form(house, address))
        };
        let first = forms(&house);
        house.clock.pass(model::value::Span::minutes(1));
        let waiting = ask(&page, 0, &first[1]).await;
        assert!(waiting.starts_with("303"), "{waiting}");
        for (n, body) in (1..).zip(&first) {
            assert_eq!(ask(&page, n, body).await, waiting, "{body}");
        }
        // Also once everybody has got a letter, and once no more letters go.
        for (n, body) in (9..).zip(&first) {
            assert_eq!(ask(&page, n, body).await, waiting, "{body}");
        }
        house.deliver().await;
        for name in ["nobody", "waiting", "de-0", "en-1"] {
            assert_eq!(house.mails_to(name).len(), 1, "{name} got one letter");
        }
        let page = page_of(&house, house.engine.clone().with_letters(1)).await;
        for (n, body) in (20..).zip(&first) {
            assert_eq!(ask(&page, n, body).await, waiting, "{body}");
        }
    }

    async fn nothing_that_a_stranger_types_gets_into_the_letter(house) {
        let page = page(&house).await;
        const WORD: &str = "canarybuynow";
        let stamp = house.engine.stamp();
        house.clock.pass(model::value::Span::minutes(1));
        let victim = "victim%40people.example";
        let bodies = [
            format!("language={WORD}&stamp={stamp}&address={victim}&component=shop&component={WORD}"),
            format!("language=en&stamp={stamp}&address={victim}&component=shop&{WORD}={WORD}&subject={WORD}&body={WORD}"),
            format!("language=en&stamp={stamp}&address={victim}%0D%0ABcc%3A{WORD}%40x.example&component=shop"),
            format!("language=en&stamp={stamp}&address={victim}%0ASubject%3A+{WORD}&component=shop"),
            format!("language=en&stamp={stamp}&address=%22{WORD}%22+%3C{victim}%3E&component=shop"),
            format!("language=en&stamp={stamp}&address={victim}%2C{WORD}%40people.example&component=shop"),
            format!("language=en%0D%0A{WORD}&stamp={stamp}&address={victim}&component=shop"),
        ];
        for (n, body) in (0..).zip(&bodies) {
            ask(&page, n, body).await;
        }
        house.deliver().await;
        assert_eq!(house.mails_to("victim").len(), 1, "one, however often it was asked for");
        let everybody = house.sink.look(|ledger| {
            ledger.newest().iter().map(|mail| (mail.recipient.clone(), mail.raw.clone())).collect::<Vec<_>>()
        });
        assert_eq!(everybody.len(), 1, "and nobody else: {everybody:?}");
        for (_, raw) in everybody {
            let raw = String::from_utf8_lossy(&raw).replace("=\r\n", "").to_lowercase();
            assert!(!raw.contains(WORD), "{raw}");
        }
    }
}

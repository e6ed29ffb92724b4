//! Other programs report by POST, and are told what became of it.

use std::sync::Arc;

use axum::http::StatusCode;

use crate::stub::{ask, house};

#[tokio::test]
async fn other_programs_report_with_their_token_and_are_told_what_became_of_it() {
    let (router, stub, _) = house();
    let large = "x".repeat(1 << 20);
    for body in ["{}", &large] {
        let answer = ask(&router, "POST", "/intake/alertmanager/good", &[], body).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.text(), "1 report, 1 matched: shop\n");
        assert!(answer.header("content-type").starts_with("text/plain"));
    }
    let larger = format!("{large}x");
    let answer = ask(&router, "POST", "/intake/alertmanager/good", &[], &larger).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let bad = ask(&router, "POST", "/intake/alertmanager/bad", &[], "{}").await;
    assert_eq!(bad.status, StatusCode::NOT_FOUND);
    let get = ask(&router, "GET", "/intake/alertmanager/good", &[], "").await;
    assert_eq!(get.status, StatusCode::METHOD_NOT_ALLOWED);
    let broken = ask(&router, "POST", "/intake/alertmanager/good", &[], "").await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    assert_eq!(broken.text(), "line 1 column 0: nothing\n");
    assert_eq!(stub.noted(), ["intake alertmanager 2", "intake alertmanager 1048576"]);
}

#[tokio::test]
async fn a_gateway_brings_what_somebody_answered_and_gets_what_they_are_told() {
    let (router, stub, _) = house();
    let plain = [("content-type", "text/plain")];
    let answer = ask(&router, "POST", "/replies/sms/good?first", &plain, "STOP").await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "You have unsubscribed."));
    assert!(answer.header("content-type").starts_with("text/plain"));
    let answer = ask(&router, "POST", "/replies/sms/good?second", &plain, "STOP").await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, ""));
    let broken = ask(&router, "POST", "/replies/sms/good", &[], "").await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    let bad = ask(&router, "POST", "/replies/sms/bad?first", &plain, "STOP").await;
    assert_eq!(bad.status, StatusCode::NOT_FOUND);
    let get = ask(&router, "GET", "/replies/sms/good?first", &[], "").await;
    assert_eq!(get.status, StatusCode::METHOD_NOT_ALLOWED, "looking changes nothing");
    assert_eq!(stub.noted()[0], "reply sms first text/plain 4");
}

#[tokio::test]
async fn without_a_database_other_programs_are_told_to_come_again() {
    let (_, _, page) = house();
    let router = web::routes::router(
        page,
        Arc::new(web::desk::Closed),
        web::door::Door::default(),
        Arc::new(|| crate::samples::at(71)),
    );
    let answer = ask(&router, "POST", "/intake/alertmanager/good", &[], "{}").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "Alertmanager tries again");
    let answer = ask(&router, "POST", "/replies/sms/good?first", &[], "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "so does a gateway");
}

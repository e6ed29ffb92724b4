//! What is wrong with a request is told: what, where, and what would be right.

use axum::http::Method;
use model::permission::Permission;
use serde_json::{Value, json};

use super::{Program, routes, texts};
use crate::both::both;
use crate::house::House;

const JSON: &str = "application/json";

/// The places that a problem names.
fn places(problem: &Value) -> Vec<String> {
    let errors = problem["errors"].as_array().unwrap().iter();
    errors.map(|one| one["pointer"].as_str().unwrap().to_owned()).collect()
}

both! {
    async fn what_is_no_json_or_not_said_to_be_or_too_large_is_told_so(house) {
        let robot = Program::of(&house, Permission::Approver).await;
        let post = async |kind: &str, body: &str| {
            robot.send(&Method::POST, "/incidents", kind, body).await
        };
        for broken in ["{", "{\"plan\": }", "{\"plan\": \"forum-down\"} x", "\u{0}"] {
            let problem = post(JSON, broken).await.problem(400, "malformed");
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains("line 1 column"), "{detail}");
        }
        for kind in ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
            post(kind, "{\"plan\": \"forum-down\"}").await.problem(415, "not-json");
        }
        let large = format!("{{\"plan\": \"{}\"}}", "x".repeat(300 * 1024));
        post(JSON, &large).await.problem(413, "too-large");
        assert!(house.engine.open_cases().await.unwrap().is_empty());
        post("application/json; charset=utf-8", "{\"plan\": \"forum-down\"}").await.headers["location"]
            .to_str()
            .unwrap();
    }

    async fn what_is_wrong_in_a_declaration_is_told_with_its_place(house) {
        let robot = Program::of(&house, Permission::Writer).await;
        for (body, place, said) in [
            (json!({}), "#/plan", "missing field"),
            (json!({ "plan": "forum-down", "drll": true }), "#/drll", "unknown field"),
            (json!({ "plan": "Forum" }), "#/plan", "lower-case"),
            (json!({ "plan": 7 }), "#/plan", "a string"),
            (json!({ "plan": "forum" }), "#/plan", "forum-down"),
            (json!({ "plan": "other", "components": ["login", 1] }), "#/components/1", "a string"),
            (json!({ "plan": "other", "components": ["laden"] }), "#/components", "forum"),
            (json!({ "plan": "other", "state": "broken" }), "#/state", "degraded"),
            (json!({ "plan": "other", "state": "maintenance" }), "#/state", "degraded"),
            (json!({ "plan": "other", "since": "yesterday" }), "#/since", "2026-11-24T14:30:00Z"),
            (json!({ "plan": "other", "since": "2031-01-01T00:00:00Z" }), "#/since", "future"),
        ] {
            let problem = robot.post("/incidents", body.clone()).await.problem(422, "invalid");
            assert_eq!(places(&problem), [place], "{body}: {problem}");
            assert!(problem["detail"].as_str().unwrap().contains(said), "{body}: {problem}");
        }
        assert!(house.engine.open_cases().await.unwrap().is_empty());
    }

    async fn every_fault_of_a_text_is_told_at_once_with_its_language_and_line(house) {
        let robot = Program::of(&house, Permission::Approver).await;
        let path = robot.declare().await;
        let before = robot.get(&path).await.good();
        let bad = json!({ "texts": { "de": { "headline": " ", "body": "Gut.\n\n## Quatsch\nJa." } } });
        let problem = robot.post(&format!("{path}/rewrite"), bad).await.problem(422, "invalid");
        let all = places(&problem);
        for place in ["#/texts/en", "#/texts/de/headline", "#/texts/de/body"] {
            assert!(all.contains(&place.to_owned()), "{place} in {problem}");
        }
        assert!(problem.to_string().contains("line 3 of the body: “## Quatsch”"), "{problem}");
        let mut other = texts("Kopf");
        other["fr"] = json!({ "headline": "x", "body": "" });
        let update = json!({ "texts": other });
        let problem = robot.post(&format!("{path}/updates"), update).await.problem(422, "invalid");
        assert!(problem["detail"].as_str().unwrap().contains("de or en"), "{problem}");
        let mut control = texts("Kopf");
        control["de"]["body"] = json!("a\u{0}b\u{1b}");
        let update = json!({ "texts": control });
        let problem = robot.post(&format!("{path}/updates"), update).await.problem(422, "invalid");
        assert_eq!(places(&problem), ["#/texts/de/body"]);
        let past = json!({ "texts": texts("x"), "next_update": "2020-01-01T00:00:00Z" });
        let problem = robot.post(&format!("{path}/updates"), past).await.problem(422, "invalid");
        assert_eq!(places(&problem), ["#/next_update"]);
        for (body, place) in [
            (json!({}), "#/at"),
            (json!({ "at": "2020-01-01T00:00:00Z" }), "#/at"),
            (json!({ "at": null, "only_if": -1 }), "#/only_if"),
        ] {
            let problem = robot.post(&format!("{path}/expected-end"), body).await;
            assert_eq!(places(&problem.problem(422, "invalid")), [place]);
        }
        let corrects = json!({ "corrects": 1 });
        let problem = robot.post(&format!("{path}/corrections"), corrects).await;
        assert_eq!(places(&problem.problem(422, "invalid")), ["#/corrects"]);
        assert_eq!(robot.get(&path).await.good(), before);
    }

    async fn what_is_not_there_is_said_in_the_same_form(house) {
        let robot = Program::of(&house, Permission::Administrator).await;
        for id in ["abcdefghijkl", "ABC", "%ff", "a%2Fb"] {
            for rest in ["", "/events", "/reach", "/drafts/update"] {
                robot.get(&format!("/incidents/{id}{rest}")).await.problem(404, "not-found");
            }
            robot.post(&format!("/incidents/{id}/hold"), json!({})).await.problem(404, "not-found");
        }
        for path in ["/accounts", "/tokens", "/incidents/"] {
            robot.get(path).await.problem(404, "not-found");
        }
        let wrong = robot.send(&Method::DELETE, "/incidents", "", "").await;
        assert!(wrong.headers["allow"].to_str().unwrap().contains("POST"));
        wrong.problem(405, "wrong-method");
        let other = robot.send(&Method::OPTIONS, "/incidents", "", "").await;
        assert!(!other.headers.contains_key("access-control-allow-origin"));
        other.problem(405, "wrong-method");
    }

    async fn the_kinds_of_problems_and_the_document_are_shown_to_everybody(house) {
        let bare = Program { routes: routes(&house).await, headers: vec![] };
        let kinds = bare.get("/problems").await.good();
        assert!(kinds.as_array().unwrap().len() > 10);
        let document = bare.get("/openapi.json").await.good();
        assert_eq!(document["openapi"], "3.1.0");
    }

    async fn while_the_database_is_not_open_the_api_says_when_to_come_again(house) {
        let site = web::page::render(&house.page().await, house.clock.now()).unwrap();
        let closed = std::sync::Arc::new(web::desk::Closed);
        let dark = web::routes::router(web::page::Page::new(site), closed, Default::default(), house.clock.ticks());
        let robot = Program::of(&house, Permission::Viewer).await;
        let robot = Program { routes: dark, headers: robot.headers };
        let answer = robot.get("/incidents").await;
        assert_eq!(answer.headers["retry-after"], "5");
        answer.problem(503, "unavailable");
    }
}

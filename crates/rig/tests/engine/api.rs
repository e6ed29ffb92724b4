//! The API over the real routes and a real engine: what programs may do, and what they are told.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request};
use model::permission::Permission;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use web::desk::Closed;
use web::door::Door;
use web::page::{Page, render};

use crate::house::{House, key};

mod bad;
mod channel;
mod draft;
mod list;
mod passage;
mod race;
mod room;
mod story;
mod unreached;
mod who;

/// The routes, with the house behind the door.
async fn routes(house: &House) -> Router {
    let page = house.page().await;
    let door = Door::default();
    door.open(house.engine.clone());
    let site = render(&page, house.clock.now()).unwrap();
    web::routes::router(Page::new(site), Arc::new(Closed), door, house.clock.ticks())
}

/// A program that uses the API.
#[derive(Clone)]
struct Program {
    routes: Router,
    headers: Vec<(&'static str, String)>,
}

/// What it was answered.
#[derive(Debug, Clone)]
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Program {
    /// One with a token that may do so much.
    async fn of(house: &House, may: Permission) -> Self {
        Self::named(house, "robot", may).await
    }

    /// The same, by another name.
    async fn named(house: &House, name: &str, may: Permission) -> Self {
        let token = house.engine.add_token(&key(name), may, "test").await.unwrap();
        Self { routes: routes(house).await, headers: vec![] }.showing(format!("Bearer {token}"))
    }

    /// The same with this in its header.
    fn showing(&self, authorization: String) -> Self {
        let headers = vec![("authorization", authorization)];
        Self { routes: self.routes.clone(), headers }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(&Method::GET, path, "", "").await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(&Method::POST, path, "application/json", &body.to_string()).await
    }

    async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(&Method::PUT, path, "application/json", &body.to_string()).await
    }

    async fn send(&self, method: &Method, path: &str, kind: &str, body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let answer = self.routes.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// Declares that the forum is down: the incident's path.
    async fn declare(&self) -> String {
        let declared = self.post("/incidents", json!({ "plan": "forum-down" })).await;
        assert_eq!(declared.status, 201, "{declared:?}");
        format!("/incidents/{}", declared.body["id"].as_str().unwrap())
    }
}

impl Answer {
    fn good(self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        self.body
    }

    /// A problem of this status and kind; gives all of it.
    fn problem(self, status: u16, kind: &str) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(self.headers["cache-control"], "no-store");
        assert_eq!(self.body["status"], status);
        assert_eq!(self.body["type"], format!("/api/v1/problems#{kind}"));
        assert!(!self.body["title"].as_str().unwrap().is_empty());
        assert!(self.body["detail"].as_str().unwrap().len() > 10, "{:?}", self.body);
        self.body
    }
}

/// A text in both languages with this headline.
fn texts(headline: &str) -> Value {
    json!({
        "de": { "headline": headline, "body": "Seit {since}.\n\n## Das geht\nDer Shop." },
        "en": { "headline": headline, "body": "Since {since}.\n\n## What works\nThe shop." },
    })
}

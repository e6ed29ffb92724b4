//! A machine that is told: it takes webhooks in and believes only those that are signed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use model::value::Timestamp;
use outside::channel::webhook::WebhookKey;
use outside::secret::Secret;
use serde_json::Value;

use super::skin::{clock, escaped, page};
use crate::rim::now;

/// How many are kept to be looked at.
const KEPT: usize = 200;

/// What came in.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    /// When.
    pub(super) at: Timestamp,
    /// Which endpoint was told.
    pub(super) endpoint: String,
    /// `webhook-id`.
    pub(super) id: String,
    /// `notice.first`, `alert.held` …
    pub(super) kind: String,
    /// What it says in one sentence.
    pub(super) headline: String,
    /// Nothing, or what is wrong with the signature.
    pub(super) fault: Option<String>,
}

/// The receiver. Cheap to clone.
#[derive(Clone)]
pub(super) struct Hooks {
    keys: Arc<BTreeMap<String, WebhookKey>>,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Hooks {
    /// For these endpoints, each with the secret that it shares with the sender.
    pub(super) fn new<'a>(secrets: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let key =
            |(name, secret): (&str, &str)| (name.to_owned(), WebhookKey::new(&Secret::new(secret)));
        let keys = Arc::new(secrets.into_iter().map(key).collect());
        Self { keys, heard: Arc::default() }
    }

    /// What came in, oldest first.
    pub(super) fn heard(&self) -> MutexGuard<'_, Vec<Heard>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page and the addresses for machines.
    pub(super) fn router(&self) -> Router {
        Router::new()
            .route("/hooks", get(list))
            .route("/hooks/{endpoint}", axum::routing::post(take))
            .with_state(self.clone())
    }

    fn check(&self, endpoint: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), String> {
        let key = self.keys.get(endpoint).ok_or("no such endpoint")?;
        let header = |name: &str| {
            let value = headers.get(name).and_then(|value| value.to_str().ok());
            value.ok_or_else(|| format!("{name} is missing"))
        };
        let at = header("webhook-timestamp")?.parse().map_err(|_| "the timestamp is none")?;
        let (id, signature) = (header("webhook-id")?, header("webhook-signature")?);
        key.verify(id, at, body, signature, now().unix_seconds()).map_err(|why| why.to_string())
    }
}

async fn take(
    State(hooks): State<Hooks>,
    Path(endpoint): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let fault = hooks.check(&endpoint, &headers, &body).err();
    let told: Value = serde_json::from_slice(&body).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let id = headers.get("webhook-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let status = if fault.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::NO_CONTENT };
    let mut heard = hooks.heard();
    heard.push(Heard {
        at: now(),
        endpoint,
        id: id.to_owned(),
        kind: text(&told["type"]),
        headline: text(&told["data"]["headline"]),
        fault,
    });
    let over = heard.len().saturating_sub(KEPT);
    heard.drain(..over);
    status
}

async fn list(State(hooks): State<Hooks>) -> Response {
    let mut body = String::from(
        "<table><tr><th>When</th><th>Endpoint</th><th>Type</th><th>Headline</th>\
         <th>Signature</th></tr>",
    );
    for one in hooks.heard().iter().rev() {
        let (class, verdict) = match &one.fault {
            None => ("good", "fits"),
            Some(fault) => ("bad", fault.as_str()),
        };
        let _ = write!(
            body,
            "<tr title=\"{}\"><td class=\"number\">{}</td><td>{}</td><td>{}</td><td>{}</td>\
             <td class=\"{class}\">{}</td></tr>",
            escaped(&one.id),
            clock(one.at),
            escaped(&one.endpoint),
            escaped(&one.kind),
            escaped(&one.headline),
            escaped(verdict),
        );
    }
    body.push_str("</table>");
    page("en", "Webhooks received", "Two machines of the example, told by Notlicht", &body)
}

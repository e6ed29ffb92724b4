//! The world around the house: pages to look at, and machines that are told.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::routing::post;
use model::value::{Span, Timestamp};
use outside::channel::webhook::WebhookKey;
use outside::secret::Secret;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// The secret that endpoints and the engine share.
pub(crate) const SECRET: &str = "known to both ends";

/// A clock that is set by hand.
#[derive(Debug, Clone)]
pub(crate) struct Clock(Arc<AtomicI64>);

impl Clock {
    pub(crate) fn at(start: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(start.0)))
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }

    /// The same for the page, which counts by it how often somebody comes.
    pub(crate) fn ticks(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }

    /// Sets it to this moment, be it later or earlier.
    pub(crate) fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    pub(crate) fn pass(&self, span: Span) {
        self.set(self.now().after(span));
    }
}

/// What a machine was told, its signature checked.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) endpoint: String,
    pub(crate) kind: String,
    pub(crate) data: Value,
}

/// Pages and machines on one listener.
pub(crate) struct World {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    clock: Clock,
    broken: Mutex<BTreeSet<String>>,
    heard: Mutex<Vec<Heard>>,
    /// The machine whose next message is kept waiting.
    slow: Mutex<Option<String>>,
    kept_waiting: Notify,
    /// Whether every machine says that it does not exist any more.
    gone: Mutex<bool>,
    /// How often a machine was asked to take something in.
    asked: Mutex<usize>,
    go_on: Notify,
}

impl World {
    pub(crate) async fn build(clock: &Clock) -> Self {
        let shared = Arc::new(Shared {
            clock: clock.clone(),
            broken: Mutex::default(),
            heard: Mutex::default(),
            slow: Mutex::default(),
            kept_waiting: Notify::new(),
            gone: Mutex::default(),
            asked: Mutex::default(),
            go_on: Notify::new(),
        });
        let router = Router::new()
            .route("/hooks/{endpoint}", post(take))
            .fallback(show)
            .with_state(Arc::clone(&shared));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, shared, task }
    }

    /// From now on this page answers 503.
    pub(crate) fn break_page(&self, path: &str) {
        self.shared.broken.lock().unwrap().insert(path.to_owned());
    }

    /// It answers again as it should.
    pub(crate) fn mend_page(&self, path: &str) {
        self.shared.broken.lock().unwrap().remove(path);
    }

    /// The next message to this machine hangs, until [`World::go_on`].
    pub(crate) fn keep_waiting(&self, endpoint: &str) {
        *self.shared.slow.lock().unwrap() = Some(endpoint.to_owned());
    }

    /// From now on all machines say that they do not exist any more.
    pub(crate) fn give_up_machines(&self) {
        *self.shared.gone.lock().unwrap() = true;
    }

    /// How often a machine was asked to take something in.
    pub(crate) fn asked(&self) -> usize {
        *self.shared.asked.lock().unwrap()
    }

    /// Waits until a message hangs.
    pub(crate) async fn kept_waiting(&self) {
        self.shared.kept_waiting.notified().await;
    }

    /// What hangs is taken in.
    pub(crate) fn go_on(&self) {
        self.shared.go_on.notify_one();
    }

    /// What machines were told, oldest first.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.shared.heard.lock().unwrap().clone()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn show(State(shared): State<Arc<Shared>>, uri: Uri) -> (StatusCode, &'static str) {
    if shared.broken.lock().unwrap().contains(uri.path()) {
        (StatusCode::SERVICE_UNAVAILABLE, "Kaputt.\n")
    } else {
        (StatusCode::OK, "Alles da.\n")
    }
}

async fn take(
    State(shared): State<Arc<Shared>>,
    Path(endpoint): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let hangs = shared.slow.lock().unwrap().take_if(|slow| *slow == endpoint).is_some();
    if hangs {
        shared.kept_waiting.notify_one();
        shared.go_on.notified().await;
    }
    *shared.asked.lock().unwrap() += 1;
    if *shared.gone.lock().unwrap() {
        return StatusCode::GONE;
    }
    if shared.broken.lock().unwrap().contains(&format!("/hooks/{endpoint}")) {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let header = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
    let key = WebhookKey::new(&Secret::new(SECRET));
    let at: i64 = header("webhook-timestamp").parse().unwrap();
    let (id, signature) = (header("webhook-id"), header("webhook-signature"));
    let now = shared.clock.now().unix_seconds();
    if key.verify(&id, at, &body, &signature, now).is_err() {
        return StatusCode::UNAUTHORIZED;
    }
    let told: Value = serde_json::from_slice(&body).unwrap();
    let kind = told["type"].as_str().unwrap().to_owned();
    let mut heard = shared.heard.lock().unwrap();
    heard.push(Heard { endpoint, kind, data: told["data"].clone() });
    StatusCode::NO_CONTENT
}

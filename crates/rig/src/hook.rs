//! A provider of webhooks, with a mood that the rig chooses.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// How the provider is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// It takes everything in.
    Well,
    /// It asks to be left alone for so many seconds.
    Busy(u64),
    /// It fails at everything.
    Failing,
    /// It takes everything in, and answers after so long.
    Slow(Duration),
}

/// A running provider. It ends when it is dropped.
pub(crate) struct Provider {
    address: SocketAddr,
    counter: Arc<Counter>,
    task: JoinHandle<()>,
}

struct Counter {
    mood: Mutex<Mood>,
    seen: Mutex<HashMap<String, Seen>>,
}

/// What came to one address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Each message once, by the id that a repeat carries too; and how often it was taken in.
    pub(crate) taken: HashMap<String, u64>,
    /// Not before this moment it may be asked again.
    busy_until: Option<Instant>,
    /// How often it was asked again too early.
    pub(crate) hurried: u64,
}

impl Provider {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let counter = Arc::new(Counter { mood: Mutex::new(Mood::Well), seen: Mutex::default() });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&counter));
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, counter, task })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets it be so from now on.
    pub(crate) fn set(&self, mood: Mood) {
        *locked(&self.counter.mood) = mood;
    }

    /// What came, by path.
    pub(crate) fn seen(&self) -> HashMap<String, Seen> {
        locked(&self.counter.seen).clone()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(State(counter): State<Arc<Counter>>, uri: Uri, headers: HeaderMap) -> Response {
    let id = headers.get("webhook-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let mood = *locked(&counter.mood);
    {
        let now = Instant::now();
        let mut all = locked(&counter.seen);
        let seen = all.entry(uri.path().to_owned()).or_default();
        if seen.busy_until.is_some_and(|until| now < until) {
            seen.hurried += 1;
        }
        match mood {
            Mood::Well | Mood::Slow(_) => *seen.taken.entry(id.to_owned()).or_default() += 1,
            Mood::Busy(seconds) => seen.busy_until = Some(now + Duration::from_secs(seconds)),
            Mood::Failing => {}
        }
    }
    match mood {
        Mood::Well => StatusCode::OK.into_response(),
        Mood::Slow(long) => {
            tokio::time::sleep(long).await;
            StatusCode::OK.into_response()
        }
        Mood::Busy(seconds) => {
            let after = [(header::RETRY_AFTER, seconds.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, after).into_response()
        }
        Mood::Failing => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

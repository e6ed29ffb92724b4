//! The only HTTP client: every connection goes through the guard, every wait has an end, and no
//! answer is read without a limit.

mod fault;
mod kept;

use std::sync::Arc;
use std::time::Duration;

use model::value::{Span, Timestamp};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Method};
use url::Url;

use crate::guard::Guard;
use crate::tls::Trust;

pub use fault::HttpError;
use kept::Kept;

/// How many redirects are followed at most, where they are followed at all.
pub const REDIRECTS: usize = 5;

/// What it calls itself.
const AGENT: &str = concat!("Notlicht/", env!("CARGO_PKG_VERSION"));

/// The HTTP client. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Http {
    guard: Guard,
    kept: Kept,
    fresh: Client,
    following: Client,
    strange: Client,
    strange_guard: Guard,
}

/// How connections and redirects are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Connections are kept for the next call, redirects are answers: for deliveries.
    Kept,
    /// A connection of its own, redirects are answers: for probes, which test the way as well.
    Fresh,
    /// A connection of its own, up to [`REDIRECTS`] redirects are followed, each one judged.
    Following,
    /// A connection of its own, redirects are answers, and only addresses that strangers may name
    /// are called.
    Strange,
}

/// One call.
#[derive(Debug, Clone)]
pub struct Call {
    /// GET, HEAD, POST …
    pub method: Method,
    /// Where to; only http and https.
    pub url: Url,
    /// Headers besides those of the client.
    pub headers: HeaderMap,
    /// The body; empty for none.
    pub body: Vec<u8>,
    /// How connections and redirects are treated.
    pub way: Way,
    /// How long all of it may take, the reading of the answer included.
    pub limit: Duration,
    /// How many bytes of the answer's body are read at most.
    pub most: usize,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status, 100 to 599.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, up to the limit of the call.
    pub body: Vec<u8>,
    /// Whether there was more of it.
    pub cut: bool,
}

impl Http {
    /// A client behind a guard. Proxies from the environment are not used: they would be reached in
    /// place of the judged address.
    ///
    /// # Errors
    /// [`HttpError::Setup`].
    #[expect(clippy::disallowed_methods, reason = "this is the one HTTP client")]
    pub fn new(guard: Guard, trust: &Trust) -> Result<Self, HttpError> {
        let behind = |guard: &Guard| {
            Client::builder()
                .no_proxy()
                .dns_resolver(Arc::new(guard.clone()))
                .tls_backend_preconfigured(trust.for_http())
                .retry(reqwest::retry::never())
                .redirect(Policy::none())
                .tcp_nodelay(true)
                .user_agent(AGENT)
        };
        let built = |builder: reqwest::ClientBuilder| {
            builder.build().map_err(|error| HttpError::Setup(error.to_string()))
        };
        let base = || behind(&guard);
        let strange_guard = guard.for_strangers();
        let judge = guard.clone();
        let policy = Policy::custom(move |attempt| judged(&judge, attempt));
        Ok(Self {
            kept: Kept::new(guard.clone(), trust.for_http()),
            fresh: built(base().pool_max_idle_per_host(0))?,
            following: built(base().pool_max_idle_per_host(0).redirect(policy))?,
            strange: built(behind(&strange_guard).pool_max_idle_per_host(0))?,
            strange_guard,
            guard,
        })
    }

    /// The guard that every connection goes through.
    #[must_use]
    pub fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Makes one call, once.
    ///
    /// # Errors
    /// [`HttpError`]; a status of 400 and more is an answer, not an error.
    pub async fn call(&self, call: Call) -> Result<Answer, HttpError> {
        let limit = call.limit;
        match tokio::time::timeout(limit, self.unlimited(call)).await {
            Ok(result) => result,
            Err(_elapsed) => Err(HttpError::Timeout(limit)),
        }
    }

    async fn unlimited(&self, call: Call) -> Result<Answer, HttpError> {
        if !matches!(call.url.scheme(), "http" | "https") {
            return Err(HttpError::Address(call.url.to_string()));
        }
        let host = call.url.host().ok_or_else(|| HttpError::Address(call.url.to_string()))?;
        let (guard, client) = match call.way {
            Way::Kept => return self.kept.call(call).await,
            Way::Fresh => (&self.guard, &self.fresh),
            Way::Following => (&self.guard, &self.following),
            Way::Strange => (&self.strange_guard, &self.strange),
        };
        guard.permits_host(&host)?;
        let mut request = client.request(call.method, call.url).headers(call.headers);
        if !call.body.is_empty() {
            request = request.body(call.body);
        }
        let mut response = request.send().await.map_err(|error| fault::of(&error))?;
        let mut body = Vec::new();
        let mut cut = false;
        while let Some(chunk) = response.chunk().await.map_err(|error| fault::of(&error))? {
            let room = call.most.saturating_sub(body.len());
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                cut = true;
                break;
            }
        }
        Ok(Answer {
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body,
            cut,
        })
    }
}

/// Judges one redirect. Names are judged by the resolver when they are connected to; literal
/// addresses never get there and are judged here.
fn judged(guard: &Guard, attempt: Attempt<'_>) -> reqwest::redirect::Action {
    if attempt.previous().len() > REDIRECTS {
        return attempt.error(HttpError::Redirects);
    }
    match attempt.url().host().map(|host| guard.permits_host(&host)) {
        Some(Ok(())) => attempt.follow(),
        Some(Err(blocked)) => attempt.error(HttpError::Blocked(blocked)),
        None => attempt.stop(),
    }
}

/// The longest wait that an answer can ask for.
const LONGEST_WAIT: u64 = 3600;

/// `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3); zero where it asks for no wait.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Span {
    let Some(text) = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()) else {
        return Span::ZERO;
    };
    let text = text.trim();
    let seconds = text.parse::<u64>().ok().or_else(|| {
        let date = date(text)?;
        u64::try_from(date - now.unix_seconds()).ok()
    });
    Span::seconds(seconds.unwrap_or(0).min(LONGEST_WAIT))
}

/// The date of HTTP as seconds since 1970: "Sun, 06 Nov 1994 08:49:37 GMT".
pub(crate) fn date(text: &str) -> Option<i64> {
    let date = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(date.timestamp().as_second())
}

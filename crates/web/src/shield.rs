//! What holds for every answer, whoever asks.

use axum::body::to_bytes;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::console::sign;
use crate::page::Cache;
use crate::page::serve::House;
use crate::page::{form, subscription};
use crate::rate::Rate;
use crate::visitor::Visitor;

/// Nothing of ours is longer; links with tokens stay well below.
const LONGEST_PATH: usize = 1024;

/// No script, nothing from elsewhere, in no frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// For a frame on any site: only style, and nothing to fill in.
const FRAMED: &str = "default-src 'none'; style-src 'self'; form-action 'none'; \
                      base-uri 'none'; frame-ancestors *";

/// What a page of another site may show of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// Nothing: what is ours is not to be clicked unseen.
    Nothing,
    /// All of it, in a frame.
    Frame,
    /// All of it, as an image.
    Image,
}

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Links with tokens must not travel on as a referrer.
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// The same with scripts of our own, which may speak to us.
const CONSOLE: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                       script-src 'self'; connect-src 'self'; form-action 'self'; \
                       base-uri 'none'; frame-ancestors 'none'";

/// The headers that every answer carries, where it has not its own.
pub(crate) async fn headers(mut answer: Response) -> Response {
    for (name, value) in HEADERS {
        answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    answer
}

/// Lets other sites show the answer. What is not there is not shown to them either.
pub(crate) async fn elsewhere(part: Elsewhere, mut answer: Response) -> Response {
    if part == Elsewhere::Nothing || answer.status().is_client_error() {
        return answer;
    }
    let headers = answer.headers_mut();
    let name = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(name, HeaderValue::from_static("cross-origin"));
    if part == Elsewhere::Frame {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMED));
    }
    answer
}

/// What the console may do in a browser.
pub(crate) async fn console(mut answer: Response) -> Response {
    let policy = HeaderValue::from_static(CONSOLE);
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    // Without a referrer a browser sends “Origin: null”, and nobody could tell whose form it was.
    let referrer = HeaderValue::from_static("same-origin");
    answer.headers_mut().insert(header::REFERRER_POLICY, referrer);
    answer
}

/// Refuses what cannot be meant for us before anything looks at it.
pub(crate) async fn limits(request: Request, next: Next) -> Response {
    if request.uri().path().len() > LONGEST_PATH {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    next.run(request).await
}

/// How long others may keep this answer.
pub(crate) async fn cache(cache: Cache, mut answer: Response) -> Response {
    let value = HeaderValue::from_static(cache.header());
    answer.headers_mut().insert(header::CACHE_CONTROL, value);
    answer
}

/// What is said to somebody whose browser was made to send something.
type Refuse = fn(&House, &HeaderMap) -> Response;

/// Refuses a request that a page of another site made in the browser of a token's holder.
/// Browsers too old for the header are let in: the secret token in the path is the authority.
pub(crate) async fn same_site(
    State((house, refuse)): State<(House, Refuse)>,
    request: Request,
    next: Next,
) -> Response {
    let site = request.headers().get("sec-fetch-site");
    if site.is_some_and(|site| site == "cross-site") {
        return refuse(&house, request.headers());
    }
    next.run(request).await
}

/// What a route is kept to.
#[derive(Clone)]
pub(crate) struct Keep {
    pub(crate) house: House,
    pub(crate) path: &'static str,
    pub(crate) rate: Rate,
    pub(crate) limit: usize,
    pub(crate) refusal: Refusal,
}

/// What a visitor sees who came too often.
#[derive(Clone, Copy)]
pub(crate) enum Refusal {
    /// A sentence.
    Message,
    /// The form to subscribe, with what was typed.
    Form,
    /// The same for webhooks.
    HookForm,
    /// The form to sign in, and how it goes without.
    SignIn,
}

/// Refuses a visitor who comes too often.
pub(crate) async fn rate(State(keep): State<Keep>, request: Request, next: Next) -> Response {
    let Keep { house, path, rate, limit, refusal } = keep;
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &()).await;
    let Err(wait) = house.limiter.take(path, visitor.address, rate, (house.clock)()) else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    match refusal {
        Refusal::Message => form::too_many(&house, &parts.headers, wait),
        Refusal::SignIn => sign::too_many(&house, &parts.headers, wait),
        Refusal::Form => {
            let body = to_bytes(body, limit).await.ok();
            subscription::too_many(&house, &parts.headers, body, wait).await
        }
        Refusal::HookForm => {
            let body = to_bytes(body, limit).await.ok();
            subscription::too_many_hooks(&house, &parts.headers, body, wait).await
        }
    }
}

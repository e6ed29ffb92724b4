//! What holds for every answer, whoever asks.

use axum::body::to_bytes;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::page::serve::House;
use crate::page::{Cache, form, subscription};
use crate::rate::Rate;
use crate::visitor::Visitor;

/// Nothing of ours is longer; links with tokens stay well below.
const LONGEST_PATH: usize = 1024;

/// No script, nothing from elsewhere, in no frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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

/// The headers that every answer carries.
pub(crate) async fn headers(mut answer: Response) -> Response {
    for (name, value) in HEADERS {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
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

/// Refuses a request that a page of another site made in the browser of a token's holder.
/// Browsers too old for the header are let in: the secret token in the path is the authority.
pub(crate) async fn same_site(
    State(house): State<House>,
    request: Request,
    next: Next,
) -> Response {
    let site = request.headers().get("sec-fetch-site");
    if site.is_some_and(|site| site == "cross-site") {
        return form::foreign(&house, request.headers());
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

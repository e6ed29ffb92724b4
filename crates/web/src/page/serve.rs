//! Hands out finished bytes. Touches memory only.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use model::language::Language;

use super::site::{Resource, Site};
use super::{Page, negotiate};
use crate::desk::Desk;
use crate::door::Door;
use crate::rate::{Clock, Limiter};

/// What the handlers work with.
#[derive(Clone)]
pub(crate) struct House {
    pub(crate) page: Page,
    pub(crate) desk: Arc<dyn Desk>,
    pub(crate) door: Door,
    pub(crate) clock: Clock,
    pub(crate) limiter: Arc<Limiter>,
}

/// `/`: on to the page in the visitor's language.
pub(crate) async fn front(State(house): State<House>, headers: HeaderMap) -> Response {
    in_language(&house, &headers, "")
}

/// `/embed`: on to the banner in the visitor's language.
pub(crate) async fn banner(State(house): State<House>, headers: HeaderMap) -> Response {
    in_language(&house, &headers, "embed")
}

fn in_language(house: &House, headers: &HeaderMap, rest: &str) -> Response {
    let site = house.page.current();
    let language = wished(&site, headers);
    let mut answer = to(&format!("/{language}/{rest}"), StatusCode::FOUND);
    let vary = HeaderValue::from_static("accept-language");
    answer.headers_mut().insert(header::VARY, vary);
    answer
}

/// The process runs and answers.
pub(crate) async fn health() -> &'static str {
    "ok\n"
}

/// The resource at this path, or the page that says that there is none.
pub(crate) async fn bytes(State(house): State<House>, uri: Uri, headers: HeaderMap) -> Response {
    let site = house.page.current();
    let path = uri.path();
    if let Some(resource) = site.get(path) {
        return found(path, resource, &headers);
    }
    // "/de" and "/de/history/" are what people type and what mirrors make of it.
    let other = path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
    if site.get(&other).is_some() {
        return to(&other, StatusCode::PERMANENT_REDIRECT);
    }
    let named = path.split('/').nth(1).and_then(|tag| tag.parse().ok());
    let named = named.filter(|language| site.languages().contains(language));
    let language = named.unwrap_or_else(|| wished(&site, &headers));
    match site.missing(language) {
        Some(resource) => {
            let mut answer = whole(resource, &headers);
            *answer.status_mut() = StatusCode::NOT_FOUND;
            answer
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The language of the page that this visitor likes best.
pub(crate) fn wished(site: &Site, headers: &HeaderMap) -> Language {
    negotiate::language(text(headers, &header::ACCEPT_LANGUAGE), site.languages())
}

fn found(path: &str, resource: &Resource, headers: &HeaderMap) -> Response {
    let mut answer = if negotiate::has(text(headers, &header::IF_NONE_MATCH), resource.tag()) {
        let (coding, _) = resource.body(negotiate::coding(text(headers, &header::ACCEPT_ENCODING)));
        let mut answer = StatusCode::NOT_MODIFIED.into_response();
        set(&mut answer, header::ETAG, &tag(resource, coding.header()));
        answer
    } else {
        whole(resource, headers)
    };
    set(&mut answer, header::CACHE_CONTROL, resource.cache().header());
    set(&mut answer, header::VARY, "accept-encoding");
    // Programs on other sites may read what programs are meant to read.
    if path.starts_with("/api/") || resource.content_type().starts_with("application/atom") {
        set(&mut answer, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(&mut answer, header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag");
    }
    answer
}

fn whole(resource: &Resource, headers: &HeaderMap) -> Response {
    let wish = negotiate::coding(text(headers, &header::ACCEPT_ENCODING));
    let (coding, body) = resource.body(wish);
    let mut answer = Response::new(Body::from(body));
    set(&mut answer, header::CONTENT_TYPE, resource.content_type());
    set(&mut answer, header::CACHE_CONTROL, resource.cache().header());
    set(&mut answer, header::ETAG, &tag(resource, coding.header()));
    if let Some(coding) = coding.header() {
        set(&mut answer, header::CONTENT_ENCODING, coding);
    }
    if let Some(language) = resource.language() {
        set(&mut answer, header::CONTENT_LANGUAGE, language.tag());
    }
    answer
}

/// Strong tags must differ where the bytes on the wire differ.
fn tag(resource: &Resource, coding: Option<&str>) -> String {
    match coding {
        Some(coding) => format!("\"{}-{coding}\"", resource.tag()),
        None => format!("\"{}\"", resource.tag()),
    }
}

/// A redirect to a path of our own.
pub(crate) fn to(path: &str, status: StatusCode) -> Response {
    let mut answer = status.into_response();
    set(&mut answer, header::LOCATION, path);
    answer
}

fn set(answer: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

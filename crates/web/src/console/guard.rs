//! Who is signed in, and whether that is enough.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use model::permission::Permission;

use super::frame::{self, Shell};
use super::signed::Signed;
use crate::page::serve::{House, to, wished};

/// Names of the cookie: the first only over TLS, where no other host can set it.
pub(super) const COOKIES: [&str; 2] = ["__Host-notlicht", "notlicht"];

/// Lets those in who are signed in and may do what this route needs.
pub(crate) async fn signed_in(
    State((house, needed)): State<(House, Permission)>,
    mut request: Request,
    next: Next,
) -> Response {
    let site = house.page.current();
    let language = wished(&site, request.headers());
    let Some(engine) = house.door.current() else { return frame::dark(&site, language) };
    let session = match secret(request.headers()) {
        Some(secret) => engine.session(&secret).await,
        None => Ok(None),
    };
    let session = match session {
        Ok(Some(session)) => Arc::new(session),
        Ok(None) if request.method() == Method::GET => return to_sign_in(&request),
        // What was typed still stands in the browser.
        Ok(None) => return frame::over(&site, language),
        Err(why) => {
            tracing::error!(%why, "the console has no database");
            return frame::dark(&site, language);
        }
    };
    let signed = Signed { engine, session, site };
    if !signed.may(needed) {
        return frame::forbidden(&signed.shell(), needed);
    }
    request.extensions_mut().insert(signed);
    next.run(request).await
}

fn to_sign_in(request: &Request) -> Response {
    let path = request.uri().path_and_query().map_or("/console/", |path| path.as_str());
    let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
    to(&format!("/console/sign-in?next={next}"), StatusCode::SEE_OTHER)
}

/// Refuses what no page of ours sent. Every browser that is in use says where a form comes from.
pub(crate) async fn same_origin(
    State(house): State<House>,
    request: Request,
    next: Next,
) -> Response {
    if is_from_here(request.headers()) {
        return next.run(request).await;
    }
    let site = house.page.current();
    frame::foreign(&Shell::bare(&site, wished(&site, request.headers())))
}

fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let host = text("host").unwrap_or_default();
    let origin = text("origin").and_then(|origin| origin.split_once("://"));
    let origin_fits = origin.map(|(_, at)| at == host);
    // One of the two must say so, and neither may say otherwise.
    site && origin_fits.unwrap_or(text("sec-fetch-site").is_some() && text("origin").is_none())
}

/// The secret in the cookie.
pub(super) fn secret(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|one| one.split_once('='));
    pairs.find(|(name, _)| COOKIES.contains(&name.trim())).map(|(_, value)| value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("host", "lage.example".parse().expect("a value"));
        for (name, value) in pairs {
            headers.insert(*name, value.parse().expect("a value"));
        }
        is_from_here(&headers)
    }

    #[test]
    fn a_form_from_elsewhere_or_from_nowhere_is_not_from_here() {
        assert!(from(&[("origin", "https://lage.example"), ("sec-fetch-site", "same-origin")]));
        assert!(from(&[("origin", "https://lage.example")]));
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(!from(&[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")]));
        assert!(!from(&[("origin", "https://evil.example")]));
        assert!(!from(&[("origin", "https://evil.lage.example"), ("sec-fetch-site", "same-site")]));
        assert!(!from(&[("origin", "https://lage.example:444")]));
        assert!(!from(&[("origin", "null")]));
        assert!(!from(&[("sec-fetch-site", "none")]));
        assert!(!from(&[]));
    }
}

//! Signing in and out.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use model::value::Span;

use super::frame::{self, Area, Shell, show};
use super::guard::{COOKIES, secret};
use super::sent::Sent;
use super::signed::Signed;
use crate::page::serve::{House, to, wished};

/// A browser keeps the cookie for so long, in seconds; the session may be over before.
const KEPT: u32 = 30 * 24 * 3600;

#[derive(Template)]
#[template(path = "console/sign-in.html")]
struct SignIn<'a> {
    shell: &'a Shell,
    name: &'a str,
    next: &'a str,
    hint: Option<&'a str>,
}

/// The form.
pub(crate) async fn look(
    State(house): State<House>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let site = house.page.current();
    let language = wished(&site, &headers);
    let Some(engine) = house.door.current() else { return frame::dark(&site, language) };
    let sent = Sent::read(query.unwrap_or_default().as_bytes());
    if let Some(secret) = secret(&headers)
        && let Ok(Some(_)) = engine.session(&secret).await
    {
        return to(inside(sent.get("next")), StatusCode::SEE_OTHER);
    }
    let words = &language.words().console;
    let nobody = matches!(engine.accounts().await, Ok(all) if all.is_empty());
    let hint = nobody.then_some(words.nobody_yet);
    let shell = Shell::bare(&site, language).at(Area::Elsewhere, words.sign_in);
    let page = SignIn { shell: &shell, name: "", next: inside(sent.get("next")), hint };
    show(StatusCode::OK, page.render())
}

/// Lets somebody in.
pub(crate) async fn sign_in(
    State(house): State<House>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let site = house.page.current();
    let language = wished(&site, &headers);
    let Some(engine) = house.door.current() else { return frame::dark(&site, language) };
    let sent = Sent::read(&body);
    let next = inside(sent.get("next"));
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let agent = text(header::USER_AGENT);
    match engine.sign_in(sent.get("name"), sent.get("password"), agent).await {
        Ok(Some(secret)) => {
            let secure = text(header::ORIGIN).starts_with("https://");
            with_cookie(to(next, StatusCode::SEE_OTHER), &secret, KEPT, secure)
        }
        Ok(None) => {
            let words = &language.words().console;
            let shell = Shell::bare(&site, language).at(Area::Elsewhere, words.sign_in);
            let hint = Some(words.not_in);
            let page = SignIn { shell: &shell, name: sent.get("name"), next, hint };
            show(StatusCode::UNAUTHORIZED, page.render())
        }
        Err(error) => {
            tracing::error!(%error, "nobody can sign in");
            frame::dark(&site, language)
        }
    }
}

/// Somebody tried too often.
pub(crate) fn too_many(house: &House, headers: &HeaderMap, wait: Span) -> Response {
    let site = house.page.current();
    let language = wished(&site, headers);
    let words = &language.words().console;
    let shell = Shell::bare(&site, language).at(Area::Elsewhere, words.sign_in);
    let page = SignIn { shell: &shell, name: "", next: "/console/", hint: Some(words.too_often) };
    let mut answer = show(StatusCode::TOO_MANY_REQUESTS, page.render());
    let seconds = HeaderValue::from(wait.as_seconds().max(1));
    answer.headers_mut().insert(header::RETRY_AFTER, seconds);
    answer
}

/// Ends this session.
pub(crate) async fn sign_out(signed: Signed, headers: HeaderMap, _: Sent) -> Response {
    out(&signed, &headers).await
}

/// The same, for whoever ends their own session in a list.
pub(super) async fn out(signed: &Signed, headers: &HeaderMap) -> Response {
    if let Err(error) = signed.engine.end_session(&signed.session.id).await {
        return frame::failed(signed, &error);
    }
    let secure = headers.get(header::ORIGIN).is_some_and(|it| it.as_bytes().starts_with(b"https"));
    with_cookie(to("/console/sign-in", StatusCode::SEE_OTHER), "", 0, secure)
}

/// Where to go then: inside the console, whatever was asked for.
fn inside(next: &str) -> &str {
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if next.starts_with("/console/") && plain { next } else { "/console/" }
}

/// Over TLS the cookie is tied to this host alone. Not “Strict”: the link in an alert mail must
/// lead into the room, and no GET changes anything.
fn with_cookie(mut answer: Response, secret: &str, age: u32, secure: bool) -> Response {
    let [over_tls, plain] = COOKIES;
    let (name, flag) = if secure { (over_tls, "; Secure") } else { (plain, "") };
    let cookie = format!("{name}={secret}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{flag}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_into_the_console_and_nowhere_else() {
        assert_eq!(inside("/console/incident/abc?x=1"), "/console/incident/abc?x=1");
        for outside in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
            "/de/",
            "/console/\r\nX: y",
        ] {
            assert_eq!(inside(outside), "/console/", "{outside}");
        }
    }
}

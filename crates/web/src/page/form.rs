//! The acting links of mails: a page to look at first, and the act by POST.

use askama::Template;
use axum::Form;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use model::language::Language;
use model::value::Span;
use serde::Deserialize;

use super::layout::Frame;
use super::serve::{House, to, wished};
use super::site::Site;
use crate::desk::{Act, DeskError, DeskView, LeaveView};

pub(crate) mod answer;
mod desk;

#[derive(Template)]
#[template(path = "leave.html")]
struct LeavePage {
    frame: Frame,
    path: String,
    view: LeaveView,
}

#[derive(Template)]
#[template(path = "message.html")]
struct Message {
    frame: Frame,
    head: &'static str,
    lede: &'static str,
    /// Where to go on, with its name; else to the page.
    onward: Option<(String, &'static str)>,
}

/// What the form of the staff page sends.
#[derive(Deserialize)]
pub(crate) struct Decision {
    act: String,
    #[serde(default)]
    reason: String,
}

/// GET of a staff link: shows, changes nothing.
pub(crate) async fn look(
    State(house): State<House>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let site = house.page.current();
    match house.desk.look(&token).await {
        Ok(view) => {
            let words = view.language.words();
            let hint = match query.as_deref() {
                Some("done") => Some(words.page.desk_done),
                Some("yes") => Some(words.guest.thanks),
                Some("no") => Some(words.guest.no_matter),
                Some("late") => Some(words.guest.too_late),
                _ => None,
            };
            desk_page(&house, &token, &view, hint, StatusCode::OK).await
        }
        Err(error) => failed(&site, &headers, &error),
    }
}

/// POST of a staff link: decides, and shows how it stands then.
pub(crate) async fn act(
    State(house): State<House>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(decision): Form<Decision>,
) -> Response {
    let site = house.page.current();
    let Some(act) = Act::named(&decision.act) else {
        return failed(&site, &headers, &DeskError::BadLink);
    };
    let reason = Some(decision.reason.trim()).filter(|reason| !reason.is_empty());
    let done = if act == Act::Veto && reason.is_none() {
        let hint = |language: Language| language.words().page.desk_reason_missing;
        return again(&house, &token, &headers, hint, StatusCode::UNPROCESSABLE_ENTITY).await;
    } else {
        house.desk.act(&token, act, reason).await
    };
    match done {
        Ok(_) => to(&format!("/act/{}?done", escaped(&token)), StatusCode::SEE_OTHER),
        Err(DeskError::Refused) => {
            let hint = |language: Language| language.words().page.desk_refused;
            again(&house, &token, &headers, hint, StatusCode::CONFLICT).await
        }
        Err(error) => failed(&site, &headers, &error),
    }
}

/// GET of a leave link.
pub(crate) async fn leave_look(
    State(house): State<House>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let site = house.page.current();
    match house.desk.leave_look(&token).await {
        Ok(view) => {
            let frame = Frame::bare(&site, view.language, view.language.words().page.leave);
            let path = format!("/leave/{}", escaped(&token));
            show(StatusCode::OK, LeavePage { frame, path, view }.render())
        }
        Err(error) => failed(&site, &headers, &error),
    }
}

/// POST of a leave link: by the button on the page, or by the mail program at one click
/// (RFC 8058), which wants neither cookies nor redirects.
pub(crate) async fn leave(
    State(house): State<House>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let site = house.page.current();
    match house.desk.leave(&token).await {
        Ok(view) if is_one_click(&body) => view.language.words().page.left.into_response(),
        Ok(_) => to(&format!("/leave/{}", escaped(&token)), StatusCode::SEE_OTHER),
        Err(error) => failed(&site, &headers, &error),
    }
}

/// POST of a heartbeat.
pub(crate) async fn beat(
    State(house): State<House>,
    Path((monitor, token)): Path<(String, String)>,
) -> Response {
    match house.desk.beat(&monitor, &token).await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => (status(&error), format!("{error}\n")).into_response(),
    }
}

/// This visitor presses more buttons than a person can.
pub(crate) fn too_many(house: &House, headers: &HeaderMap, wait: Span) -> Response {
    let site = house.page.current();
    let language = wished(&site, headers);
    let say = &language.words().subscription;
    let answer = message(&site, language, StatusCode::TOO_MANY_REQUESTS, (say.not_yet, say.busy));
    later(answer, wait)
}

/// Says when to try again.
pub(super) fn later(mut answer: Response, wait: Span) -> Response {
    let seconds = HeaderValue::from(wait.as_seconds() + 1);
    answer.headers_mut().insert(header::RETRY_AFTER, seconds);
    answer
}

/// Another site made somebody's browser press a button.
pub(crate) fn foreign(house: &House, headers: &HeaderMap) -> Response {
    let site = house.page.current();
    let language = wished(&site, headers);
    let page = &language.words().page;
    message(&site, language, StatusCode::FORBIDDEN, (page.foreign, page.foreign_lede))
}

async fn again(
    house: &House,
    token: &str,
    headers: &HeaderMap,
    hint: impl Fn(Language) -> &'static str,
    status: StatusCode,
) -> Response {
    let site = house.page.current();
    match house.desk.look(token).await {
        Ok(view) => desk_page(house, token, &view, Some(hint(view.language)), status).await,
        Err(error) => failed(&site, headers, &error),
    }
}

async fn desk_page(
    house: &House,
    token: &str,
    view: &DeskView,
    hint: Option<&'static str>,
    status: StatusCode,
) -> Response {
    let path = format!("/act/{}", escaped(token));
    let wanted = answer::wanted(house, token).await;
    show(status, desk::html(&house.page.current(), path, view, &wanted, hint))
}

pub(super) fn failed(site: &Site, headers: &HeaderMap, error: &DeskError) -> Response {
    let language = wished(site, headers);
    let (page, guest) = (&language.words().page, &language.words().guest);
    let said = match error {
        DeskError::BadLink => (page.bad_link, page.bad_link_lede),
        DeskError::Ended => (guest.ended, guest.ended_lede),
        DeskError::Refused => (page.desk_nothing, page.desk_refused),
        DeskError::Unavailable => (page.busy, page.busy_lede),
    };
    message(site, language, status(error), said)
}

pub(super) fn status(error: &DeskError) -> StatusCode {
    match error {
        DeskError::BadLink => StatusCode::NOT_FOUND,
        DeskError::Ended => StatusCode::GONE,
        DeskError::Refused => StatusCode::CONFLICT,
        DeskError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

pub(super) fn message(
    site: &Site,
    language: Language,
    status: StatusCode,
    said: (&'static str, &'static str),
) -> Response {
    message_onward(site, language, status, said, None)
}

pub(super) fn message_onward(
    site: &Site,
    language: Language,
    status: StatusCode,
    (head, lede): (&'static str, &'static str),
    onward: Option<(String, &'static str)>,
) -> Response {
    let frame = Frame::bare(site, language, head);
    show(status, Message { frame, head, lede, onward }.render())
}

pub(super) fn show(status: StatusCode, page: askama::Result<String>) -> Response {
    match page {
        Ok(html) => {
            let robots =
                (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
            (status, [robots], Html(html)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a template does not render, please report this fault");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A token as part of a path. What is no letter, digit, dash, dot or underline is percent-coded:
/// the token came from a request and may hold anything.
pub(super) fn escaped(token: &str) -> String {
    let mut out = String::with_capacity(token.len());
    for byte in token.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// As URL-encoded form or as multipart, both of which RFC 8058 allows.
fn is_one_click(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    text.contains("List-Unsubscribe=One-Click")
        || (text.contains("name=\"List-Unsubscribe\"") && text.contains("One-Click"))
}

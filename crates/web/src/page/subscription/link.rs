//! The links of the letters: to confirm, and to choose anew. A look changes nothing.

use askama::Template;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use model::language::Language;

use super::sent::Sent;
use super::{FormPage, Pick, Say, picks, spoken, too_long};
use crate::desk::{ChoicesView, ConfirmView, DeskError};
use crate::page::form::{escaped, failed, show};
use crate::page::layout::Frame;
use crate::page::serve::{House, to};
use crate::page::site::Site;

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    frame: Frame,
    say: Say,
    path: String,
    chosen: String,
    view: ConfirmView,
}

/// GET of a confirmation link: shows, changes nothing.
pub(crate) async fn confirm_look(
    State(house): State<House>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let site = house.page.current();
    match house.desk.confirm_look(&token).await {
        Ok(view) => {
            let say = &view.language.words().subscription;
            let head = if view.confirmed { say.confirmed } else { say.confirm };
            let frame = Frame::bare(&site, view.language, head);
            let path = format!("/confirm/{}", escaped(&token));
            let names: Vec<&str> = view.chosen.iter().map(|name| name.get(view.language)).collect();
            let chosen =
                if names.is_empty() { say.everything.to_owned() } else { (say.chosen)(&names) };
            show(StatusCode::OK, ConfirmPage { frame, say, path, chosen, view }.render())
        }
        Err(error) => failed(&site, &headers, &error),
    }
}

/// POST of a confirmation link.
pub(crate) async fn confirm(
    State(house): State<House>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    match house.desk.confirm(&token).await {
        Ok(()) => to(&format!("/confirm/{}", escaped(&token)), StatusCode::SEE_OTHER),
        Err(error) => failed(&house.page.current(), &headers, &error),
    }
}

/// GET of a link to one's choices: shows, changes nothing.
pub(crate) async fn choices_look(
    State(house): State<House>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let site = house.page.current();
    match house.desk.choices(&token).await {
        Ok(view) => {
            let saved = query.as_deref() == Some("saved");
            let hint = saved.then_some(view.language.words().subscription.saved);
            choices_page(&site, &token, view, hint, StatusCode::OK)
        }
        Err(error) => failed(&site, &headers, &error),
    }
}

/// POST of a link to one's choices.
pub(crate) async fn choose(
    State(house): State<House>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let site = house.page.current();
    let Ok(body) = body else { return too_long(&site, &headers) };
    let sent = Sent::read(&body);
    let language = spoken(&site, &sent.language, &headers);
    match house.desk.choose(&token, language, &sent.components).await {
        Ok(()) => to(&format!("/choices/{}?saved", escaped(&token)), StatusCode::SEE_OTHER),
        // Nothing was ticked: the page as it stands, and what is missing.
        Err(DeskError::Refused) => match house.desk.choices(&token).await {
            Ok(view) => {
                let hint = Some(view.language.words().subscription.bad_parts);
                choices_page(&site, &token, view, hint, StatusCode::UNPROCESSABLE_ENTITY)
            }
            Err(error) => failed(&site, &headers, &error),
        },
        Err(error) => failed(&site, &headers, &error),
    }
}

fn choices_page(
    site: &Site,
    token: &str,
    view: ChoicesView,
    hint: Option<&'static str>,
    status: StatusCode,
) -> Response {
    let say = &view.language.words().subscription;
    let name = |language: &Language| Pick {
        value: language.tag().to_owned(),
        name: language.words().name.to_owned(),
        on: *language == view.language,
    };
    let chosen =
        |key: &str| view.chosen.as_ref().is_none_or(|keys| keys.iter().any(|one| one == key));
    let page = FormPage {
        frame: Frame::bare(site, view.language, say.choices),
        say,
        head: say.choices,
        path: format!("/choices/{}", escaped(token)),
        hint,
        wrong: status != StatusCode::OK,
        shown: Some(view.address.clone()),
        address: String::new(),
        stamp: String::new(),
        picks: picks(&view.parts, view.language, chosen),
        tongues: site.languages().iter().map(name).collect(),
        button: say.save,
        leave: Some(format!("/leave/{}", escaped(&view.leave))),
        hooks: false,
    };
    show(status, page.render())
}

//! Subscribing a webhook. Works without script and cookie.

use askama::Template;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use model::language::Language;
use model::value::Span;

use super::{Pick, picks, read, spoken, too_long};
use crate::desk::{Asking, DeskError, HookWrong, Hooking};
use crate::page::form::{escaped, failed, later, message, show};
use crate::page::layout::Frame;
use crate::page::serve::House;
use crate::page::site::Site;

/// No address that can be subscribed is longer.
const LONGEST: usize = 500;

type Say = &'static model::language::Hook;

#[derive(Template)]
#[template(path = "webhook.html")]
struct HookPage {
    frame: Frame,
    say: Say,
    hint: Option<&'static str>,
    longest: usize,
    address: String,
    stamp: String,
    picks: Vec<Pick>,
}

#[derive(Template)]
#[template(path = "hooked.html")]
struct Hooked {
    frame: Frame,
    say: Say,
    secret: String,
    choices: String,
    leave: String,
}

/// GET of the form; there is none where the handbook tells no subscriber over a webhook.
pub(crate) async fn hook_form(
    State(house): State<House>,
    Path(tag): Path<String>,
    headers: HeaderMap,
) -> Response {
    let site = house.page.current();
    let language = spoken(&site, &tag, &headers);
    let fresh = Asking { language: Some(language), ..Asking::default() };
    form(&house, &site, &headers, &fresh, None).await
}

/// POST of the form.
pub(crate) async fn hook(
    State(house): State<House>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let site = house.page.current();
    let Ok(body) = body else { return too_long(&site, &headers) };
    let (asking, language, trapped) = read(&site, &headers, &body);
    let wrong = if trapped || asking.address.len() > LONGEST {
        // A program is told what is true of nobody in particular.
        HookWrong::Address
    } else {
        match house.desk.hook(&asking).await {
            Ok(Hooking::Done { secret, choices, leave }) => {
                let say = &language.words().hook;
                let frame = Frame::bare(&site, language, say.done);
                let choices = format!("/choices/{}", escaped(&choices));
                let leave = format!("/leave/{}", escaped(&leave));
                let page = Hooked { frame, say, secret, choices, leave };
                return show(StatusCode::OK, page.render());
            }
            Ok(Hooking::Known) => {
                let say = &language.words().hook;
                return message(&site, language, StatusCode::OK, (say.known, say.known_lede));
            }
            Ok(Hooking::Wrong(wrong)) => wrong,
            Err(error) => return failed(&site, &headers, &error),
        }
    };
    form(&house, &site, &headers, &asking, Some(wrong)).await
}

/// POST of the form by somebody from whose address too many came.
pub(crate) async fn too_many_hooks(
    house: &House,
    headers: &HeaderMap,
    body: Option<Bytes>,
    wait: Span,
) -> Response {
    let site = house.page.current();
    let Some(body) = body else { return too_long(&site, headers) };
    let (asking, _, _) = read(&site, headers, &body);
    later(form(house, &site, headers, &asking, Some(HookWrong::TooMany)).await, wait)
}

/// The form with what was typed, and what is wrong with it.
async fn form(
    house: &House,
    site: &Site,
    headers: &HeaderMap,
    asking: &Asking,
    wrong: Option<HookWrong>,
) -> Response {
    let view = match house.desk.form().await {
        Ok(view) if view.hooks => view,
        Ok(_) => return failed(site, headers, &DeskError::BadLink),
        Err(error) => return failed(site, headers, &error),
    };
    let language = asking.language.unwrap_or(Language::EN);
    let say = &language.words().hook;
    let mut frame = Frame::bare(site, language, say.head);
    frame.link(site, "subscribe/webhook");
    let subscription = &language.words().subscription;
    let hint = wrong.map(|wrong| match wrong {
        HookWrong::Address => say.bad_address,
        HookWrong::Components => subscription.bad_parts,
        HookWrong::Stamp => subscription.bad_seal,
        HookWrong::TooMany => subscription.busy,
        HookWrong::Rest => say.rest,
        HookWrong::Unproven => say.unproven,
    });
    let chosen = |key: &str| wrong.is_none() || asking.components.iter().any(|one| one == key);
    let page = HookPage {
        frame,
        say,
        hint,
        longest: LONGEST,
        address: asking.address.chars().take(LONGEST).collect(),
        stamp: view.stamp,
        picks: picks(&view.parts, language, chosen),
    };
    let status = match wrong {
        None => StatusCode::OK,
        Some(HookWrong::TooMany | HookWrong::Rest) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    show(status, page.render())
}

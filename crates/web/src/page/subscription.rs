//! Subscribing: the form, the confirmation and the choices. Works without script and cookie.

use askama::Template;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use model::language::{Language, Words};
use model::value::Span;

use super::form::{failed, later, message, message_onward, show};
use super::layout::Frame;
use super::serve::{House, to, wished};
use super::site::Site;
use sent::Sent;

use crate::desk::{Asking, Part, Wrong};

mod hook;
mod link;
mod sent;

pub(crate) use hook::{hook, hook_form, too_many_hooks};
pub(crate) use link::{choices_look, choose, confirm, confirm_look};

/// The longest address that mail knows (RFC 5321).
const LONGEST: usize = 254;

type Say = &'static model::language::Subscription;

/// Something to tick.
struct Pick {
    value: String,
    name: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "subscribe.html")]
struct FormPage {
    frame: Frame,
    say: Say,
    head: &'static str,
    path: String,
    hint: Option<&'static str>,
    wrong: bool,
    /// The masked address of a subscriber; none in the form to subscribe.
    shown: Option<String>,
    address: String,
    stamp: String,
    picks: Vec<Pick>,
    tongues: Vec<Pick>,
    button: &'static str,
    leave: Option<String>,
    /// Whether webhooks can be subscribed too.
    hooks: bool,
}

/// GET of the form.
pub(crate) async fn form(
    State(house): State<House>,
    Path(tag): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let site = house.page.current();
    let language = spoken(&site, &tag, &headers);
    if query.as_deref() == Some("sent") {
        let say = &language.words().subscription;
        return message(&site, language, StatusCode::OK, (say.asked, say.asked_lede));
    }
    let fresh = Asking { language: Some(language), ..Asking::default() };
    ask_again(&house, &site, language, &headers, &fresh, None).await
}

/// POST of the form. The answer is the same whether the address is known or not.
pub(crate) async fn ask(
    State(house): State<House>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let site = house.page.current();
    let Ok(body) = body else { return too_long(&site, &headers) };
    let (asking, language, trapped) = read(&site, &headers, &body);
    let done = to(&format!("/{language}/subscribe?sent"), StatusCode::SEE_OTHER);
    // What people do not see, only a program fills in. It need not know that it was found out.
    if trapped {
        return done;
    }
    if asking.address.len() > LONGEST {
        let wrong = Some(Wrong::Address);
        return ask_again(&house, &site, language, &headers, &asking, wrong).await;
    }
    match house.desk.ask(&asking).await {
        Ok(None) => done,
        Ok(wrong) => ask_again(&house, &site, language, &headers, &asking, wrong).await,
        Err(error) => failed(&site, &headers, &error),
    }
}

/// POST of the form by somebody from whose address too many came: nothing is done, and what was
/// typed is kept.
pub(crate) async fn too_many(
    house: &House,
    headers: &HeaderMap,
    body: Option<Bytes>,
    wait: Span,
) -> Response {
    let site = house.page.current();
    let Some(body) = body else { return too_long(&site, headers) };
    let (asking, language, _) = read(&site, headers, &body);
    let wrong = Some(Wrong::TooMany);
    later(ask_again(house, &site, language, headers, &asking, wrong).await, wait)
}

/// What was typed, the language of the form, and whether a program fell into the trap.
fn read(site: &Site, headers: &HeaderMap, body: &[u8]) -> (Asking, Language, bool) {
    let sent = Sent::read(body);
    let language = spoken(site, &sent.language, headers);
    let asking = Asking {
        address: sent.address.trim().to_owned(),
        language: Some(language),
        components: sent.components,
        stamp: sent.stamp,
    };
    (asking, language, !sent.trap.is_empty())
}

/// The form with what was typed, and what is wrong with it.
async fn ask_again(
    house: &House,
    site: &Site,
    language: Language,
    headers: &HeaderMap,
    asking: &Asking,
    wrong: Option<Wrong>,
) -> Response {
    let view = match house.desk.form().await {
        Ok(view) => view,
        Err(error) => return failed(site, headers, &error),
    };
    let say = &language.words().subscription;
    let mut frame = Frame::bare(site, language, say.head);
    frame.link(site, "subscribe");
    let all = wrong.is_none();
    let page = FormPage {
        frame,
        say,
        head: say.head,
        path: "/subscribe".to_owned(),
        hint: wrong.map(|wrong| match wrong {
            Wrong::Address => say.bad_address,
            Wrong::Components => say.bad_parts,
            Wrong::Stamp => say.bad_seal,
            Wrong::TooMany => say.busy,
        }),
        wrong: wrong.is_some(),
        shown: None,
        // Enough to be recognised; what is longer is no address.
        address: asking.address.chars().take(LONGEST).collect(),
        stamp: view.stamp,
        picks: picks(&view.parts, language, |key| {
            all || asking.components.iter().any(|one| one == key)
        }),
        tongues: vec![],
        button: say.submit,
        leave: None,
        hooks: view.hooks,
    };
    let status = match wrong {
        None => StatusCode::OK,
        Some(Wrong::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    show(status, page.render())
}

fn picks(parts: &[Part], language: Language, on: impl Fn(&str) -> bool) -> Vec<Pick> {
    let pick = |part: &Part| Pick {
        value: part.key.clone(),
        name: part.name.get(language).to_owned(),
        on: on(&part.key),
    };
    parts.iter().map(pick).collect()
}

fn too_long(site: &Site, headers: &HeaderMap) -> Response {
    let language = wished(site, headers);
    let say = &language.words().subscription;
    message(site, language, StatusCode::PAYLOAD_TOO_LARGE, (say.not_yet, say.too_long))
}

/// Another site made somebody's browser send the form.
pub(crate) fn foreign(house: &House, headers: &HeaderMap) -> Response {
    sent_back(house, headers, "subscribe", |words| words.subscription.head)
}

/// The same with the form for webhooks.
pub(crate) fn foreign_hook(house: &House, headers: &HeaderMap) -> Response {
    sent_back(house, headers, "subscribe/webhook", |words| words.hook.head)
}

fn sent_back(
    house: &House,
    headers: &HeaderMap,
    path: &str,
    head: fn(&Words) -> &'static str,
) -> Response {
    let site = house.page.current();
    let language = wished(&site, headers);
    let words = language.words();
    let onward = (format!("/{language}/{path}"), head(words));
    let said = (words.page.foreign, words.subscription.foreign);
    message_onward(&site, language, StatusCode::FORBIDDEN, said, Some(onward))
}

/// The language of this tag if the page has it, else the one the browser asks for.
fn spoken(site: &Site, tag: &str, headers: &HeaderMap) -> Language {
    let named = tag.parse().ok().filter(|language| site.languages().contains(language));
    named.unwrap_or_else(|| wished(site, headers))
}

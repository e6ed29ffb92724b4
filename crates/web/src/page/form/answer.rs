//! Staff who are called say that they are there, or cannot, by the link in the alert.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use engine::EngineError;
use engine::incident::Wanted;
use model::incident::Call;
use model::language::{Language, Zone};
use serde::Deserialize;

use super::{escaped, failed};
use crate::desk::DeskError;
use crate::page::serve::{House, to};

/// What the person behind a link is asked for, in words.
pub(super) struct Asked {
    pub(super) said: String,
    /// Names the call in the form.
    pub(super) what: String,
}

impl Asked {
    pub(super) fn of(wanted: &Wanted, language: Language, zone: &Zone) -> Self {
        let words = language.words();
        let title = wanted.title.get(language);
        let (what, said) = match &wanted.call {
            Call::Role(key) => (format!("role:{key}"), (words.team.told.role)(title)),
            Call::Chain(key) => (format!("chain:{key}"), (words.team.told.chain)(title)),
        };
        let said = match wanted.until {
            Some(until) => (words.guest.wanted_for)(&said, &zone.promise(until, language)),
            None => (words.guest.offered)(title),
        };
        Self { said, what }
    }
}

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Answer {
    what: String,
    answer: String,
}

/// What the person behind this link is asked for; nothing while there is no database: the page
/// stands without it.
pub(super) async fn wanted(house: &House, token: &str) -> Vec<Wanted> {
    let Some(engine) = house.door.current() else { return vec![] };
    engine.wanted(token).await.unwrap_or_else(|why| {
        tracing::error!(%why, "what somebody is asked for could not be read");
        vec![]
    })
}

/// POST: yes or no.
pub(crate) async fn answer(
    State(house): State<House>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(answer): Form<Answer>,
) -> Response {
    let site = house.page.current();
    let Some(engine) = house.door.current() else {
        return failed(&site, &headers, &DeskError::Unavailable);
    };
    let (Some(call), yes) = (call(&answer.what), answer.answer == "yes") else {
        return failed(&site, &headers, &DeskError::BadLink);
    };
    let outcome = match engine.answer(&token, &call, yes).await {
        Ok(()) if yes => "yes",
        Ok(()) => "no",
        Err(EngineError::Refused(_)) => "late",
        Err(error) => return failed(&site, &headers, &error.into()),
    };
    to(&format!("/act/{}?{outcome}", escaped(&token)), StatusCode::SEE_OTHER)
}

fn call(what: &str) -> Option<Call> {
    let (sort, key) = what.split_once(':')?;
    let key = key.parse().ok()?;
    match sort {
        "role" => Some(Call::Role(key)),
        "chain" => Some(Call::Chain(key)),
        _ => None,
    }
}

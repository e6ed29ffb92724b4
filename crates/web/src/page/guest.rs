//! The page of an outside partner who was called in: one incident, and a form to answer.

use askama::Template;
use axum::Form;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use engine::incident::GuestView;
use model::language::Language;
use serde::Deserialize;

use super::form::{escaped, failed, show};
use super::layout::Frame;
use super::serve::{House, to, wished};
use crate::desk::DeskError;

/// A part and how it fares.
struct Part {
    shape: &'static str,
    text: String,
}

/// Something that was said at a moment.
struct Line {
    iso: String,
    at: String,
    head: String,
    body: Vec<String>,
}

#[derive(Template)]
#[template(path = "guest.html")]
struct GuestPage {
    frame: Frame,
    path: String,
    title: String,
    since: String,
    since_iso: String,
    hint: Option<&'static str>,
    /// It is over: nothing more can be answered.
    over: Option<String>,
    told: Option<(String, Vec<String>)>,
    parts: Vec<Part>,
    notices: Vec<Line>,
    answers: Vec<Line>,
    typed: Answer,
}

/// What the form sends.
#[derive(Default, Deserialize)]
pub(crate) struct Answer {
    #[serde(default)]
    said: String,
    #[serde(default)]
    ticket: String,
    #[serde(default)]
    back_at: String,
    /// The button that needs no words.
    #[serde(default)]
    seen: String,
}

/// GET: shows, changes nothing.
pub(crate) async fn look(
    State(house): State<House>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let sent = query.as_deref() == Some("sent");
    let hint = move |language: Language| sent.then_some(language.words().guest.sent);
    page(&house, &token, &headers, Answer::default(), hint, StatusCode::OK).await
}

/// POST: the partner answers. What was typed stays in the form until it has arrived.
pub(crate) async fn answer(
    State(house): State<House>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(typed): Form<Answer>,
) -> Response {
    let site = house.page.current();
    let Some(engine) = house.door.current() else {
        return failed(&site, &headers, &DeskError::Unavailable);
    };
    let view = match engine.guest_look(&token).await {
        Ok(view) => view,
        Err(error) => return failed(&site, &headers, &error.into()),
    };
    let language = spoken(&view, wished(&site, &headers));
    let unsent = StatusCode::UNPROCESSABLE_ENTITY;
    let said = match typed.said.trim() {
        "" if !typed.seen.is_empty() => language.words().guest.seen_says.to_owned(),
        "" => {
            let hint = |language: Language| Some(language.words().guest.empty);
            return page(&house, &token, &headers, typed, hint, unsent).await;
        }
        said => said.to_owned(),
    };
    let back_at = match typed.back_at.trim() {
        "" => None,
        shown => match view.zone.next(shown, view.now) {
            Some(at) => Some(at),
            None => {
                let hint = |language: Language| Some(language.words().guest.bad_time);
                return page(&house, &token, &headers, typed, hint, unsent).await;
            }
        },
    };
    match engine.guest_answer(&token, &said, &typed.ticket, back_at).await {
        Ok(()) => to(&format!("/guest/{}?sent", escaped(&token)), StatusCode::SEE_OTHER),
        Err(error) => failed(&site, &headers, &error.into()),
    }
}

async fn page(
    house: &House,
    token: &str,
    headers: &HeaderMap,
    typed: Answer,
    hint: impl Fn(Language) -> Option<&'static str>,
    status: StatusCode,
) -> Response {
    let site = house.page.current();
    let seen = match house.door.current() {
        Some(engine) => engine.guest_look(token).await.map_err(DeskError::from),
        None => Err(DeskError::Unavailable),
    };
    let view = match seen {
        Ok(view) => view,
        Err(error) => return failed(&site, headers, &error),
    };
    let language = spoken(&view, wished(&site, headers));
    let words = language.words();
    let title = view.title.get(language).to_owned();
    let mut frame = Frame::bare(&site, language, &format!("{}: {title}", words.guest.head));
    frame.drill = view.drill;
    let moment = |at| view.zone.moment(at, view.now, language);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let told = view.aid.called_at.filter(|_| view.closed_at.is_none());
    let page = GuestPage {
        path: format!("/guest/{}", escaped(token)),
        title,
        since: (words.page.since)(&moment(view.since)),
        since_iso: view.zone.iso(view.since),
        hint: hint(language),
        over: view.closed_at.map(|at| (words.guest.over)(&moment(at))),
        told: told.map(|at| ((words.guest.told)(&moment(at)), lines(view.aid.told.get(language)))),
        parts: parts(&view, language),
        notices: notices(&view, language),
        answers: answers(&view, language),
        typed,
        frame,
    };
    show(status, page.render())
}

/// The wished language if the community speaks it, else its main one.
fn spoken(view: &GuestView, wished: Language) -> Language {
    let main = view.languages.first().copied().unwrap_or(wished);
    if view.languages.contains(&wished) { wished } else { main }
}

fn parts(view: &GuestView, language: Language) -> Vec<Part> {
    let part = |(name, state): &(model::language::Localized, _)| {
        let state: &model::handbook::system::ComponentState = state;
        let text = format!("{}: {}", name.get(language), state.label(language));
        Part { shape: state.word(), text }
    };
    view.parts.iter().map(part).collect()
}

fn notices(view: &GuestView, language: Language) -> Vec<Line> {
    let line = |(_, at, texts): &(_, _, model::notice::Texts)| {
        let text = texts.get(&language).or_else(|| texts.values().next());
        Line {
            iso: view.zone.iso(*at),
            at: view.zone.moment(*at, view.now, language),
            head: text.map(|text| text.headline.clone()).unwrap_or_default(),
            body: text.map(|text| text.lines(language)).unwrap_or_default(),
        }
    };
    view.notices.iter().map(line).collect()
}

fn answers(view: &GuestView, language: Language) -> Vec<Line> {
    let told = &language.words().team.told;
    let line = |answer: &model::incident::Answer| {
        let ticket = (!answer.ticket.is_empty()).then(|| (told.ticket)(&answer.ticket));
        let clock = |at| view.zone.promise(at, language);
        let back_at = answer.back_at.map(|at| (told.back_at)(&clock(at)));
        Line {
            iso: view.zone.iso(answer.at),
            at: view.zone.moment(answer.at, view.now, language),
            head: answer.said.clone(),
            body: ticket.into_iter().chain(back_at).collect(),
        }
    };
    view.aid.answers.iter().rev().map(line).collect()
}

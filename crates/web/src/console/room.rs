//! The incident room: what is the next right thing, and all that one must know to do it.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use model::draft::Slot;
use model::value::PublicId;

use super::frame::{self, Area, Shell, show};
use super::sent::Sent;
use super::signed::Signed;
use crate::page::serve::to;

pub(crate) mod act;
mod aid;
mod ask;
mod asked;
mod chain;
mod crew;
mod duty;
mod editor;
mod form;
pub(crate) mod lead;
mod light;
mod look;
mod parts;
mod passage;
mod reach;
mod refused;
pub(crate) mod report;
mod rubric;
mod scene;
pub(crate) mod second;
mod section;
mod situation;
mod sort;
pub(crate) mod story;
pub(crate) mod stream;
mod task;
pub(crate) mod team;
pub(crate) mod unreached;
mod way;
pub(crate) mod write;

use scene::{Asking, Scene};
use section::{Section, sections};
use sort::Sort;

/// How the room is shown.
#[derive(Default)]
struct View {
    /// What the editor is for; without it for what waits, else for an update.
    slot: Option<Slot>,
    hint: Option<String>,
    status: StatusCode,
    /// What of the timeline is shown.
    show: Option<Sort>,
    /// The form that was not taken, and what was typed into it.
    typed: Option<(String, Sent)>,
    /// What the editor asks besides.
    asking: Option<Asking>,
}

#[derive(Template)]
#[template(path = "console/room.html")]
struct Room {
    shell: Shell,
    stream: String,
    /// Milliseconds since 1970.
    now: i64,
    hint: Option<String>,
    /// The form that the hint is about.
    wrong: Option<String>,
    sections: Vec<Section>,
    editor: Option<String>,
    places: Vec<(&'static str, &'static str)>,
}

/// The room, with the editor for what is most likely to be written next.
pub(crate) async fn look(
    signed: Signed,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Sent::read(query.unwrap_or_default().as_bytes());
    let done = query.has("done");
    let hint = done.then(|| signed.language().words().console.done.to_owned());
    let view = View { hint, show: Sort::asked(&query), ..View::default() };
    page_of(&signed, &id, view).await
}

/// The room as an answer. Without a slot the editor is for what waits, else for an update.
pub(super) async fn page(
    signed: &Signed,
    id: &str,
    slot: Option<Slot>,
    hint: Option<String>,
    status: StatusCode,
) -> Response {
    page_of(signed, id, View { slot, hint, status, ..View::default() }).await
}

async fn page_of(signed: &Signed, id: &str, view: View) -> Response {
    let Ok(id) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    let mut scene = match Scene::gather(signed, &id).await {
        Ok(scene) => scene,
        Err(error) => return frame::failed(signed, &error),
    };
    (scene.show, scene.typed, scene.asking) = (view.show, view.typed, view.asking);
    let slot = view.slot.unwrap_or_else(|| usual(&scene));
    let editor = match editor::editor(signed, &scene, slot).await {
        Ok(editor) => editor.transpose(),
        Err(error) => return frame::failed(signed, &error),
    };
    let has_editor = matches!(editor, Ok(Some(_)));
    let mut shell = signed.shell().at(Area::Elsewhere, scene.title());
    shell.drill = scene.incident().drill;
    shell.lit = scene.incident().is_open();
    let show_only = view.show.map(|sort| format!("&show={}", sort.word())).unwrap_or_default();
    let stream = scene.path(&format!("/stream?slot={slot}{show_only}"));
    match sections(&scene).and_then(|sections| Ok((sections, editor?))) {
        Ok((sections, editor)) => {
            let places = places(&scene, has_editor.then_some(slot));
            let wrong = scene.typed.as_ref().map(|(form, _)| form.clone());
            let (now, hint) = (scene.now.0 / 1000, view.hint);
            let room = Room { shell, stream, now, hint, wrong, sections, editor, places };
            show(view.status, room.render())
        }
        Err(error) => show(view.status, Err(error)),
    }
}

/// Where one can jump to in the room.
fn places(scene: &Scene, editor: Option<Slot>) -> Vec<(&'static str, &'static str)> {
    let (room, panel) = (&scene.words.room, &scene.words.panel);
    let editor = editor.map(|slot| ("editor", slot.kind().label(scene.language)));
    let others = [
        ("situation", panel.lead.head),
        ("tasks", panel.tasks.head),
        ("reach", room.reach),
        ("roles", panel.crew.head),
        ("partners", panel.aid.head),
        ("duties", panel.duties.head),
        ("timeline", room.timeline),
    ];
    editor.into_iter().chain(others).collect()
}

/// What an act of the room led to: back into the room, or the room with what it said instead.
async fn answer(
    signed: &Signed,
    id: &PublicId,
    slot: Option<Slot>,
    done: Result<(), EngineError>,
) -> Response {
    match done {
        Ok(()) => to(&format!("/console/incident/{id}?done"), StatusCode::SEE_OTHER),
        Err(EngineError::Refused(why)) => {
            let hint = Some(refused::said(&why, signed.language().words()));
            page(signed, id.as_str(), slot, hint, StatusCode::CONFLICT).await
        }
        Err(EngineError::Busy) => {
            let hint = Some(signed.language().words().room.refused.to_owned());
            page(signed, id.as_str(), slot, hint, StatusCode::CONFLICT).await
        }
        Err(error) => frame::failed(signed, &error),
    }
}

/// What somebody most likely writes next.
fn usual(scene: &Scene) -> Slot {
    let incident = scene.incident();
    match incident.pending() {
        Some(notice) => Slot::Pending(notice.number),
        None if incident.recovered_at.is_some() => Slot::AllClear,
        None => Slot::Update,
    }
}

impl Room {
    /// The sections that stand at this place: above, beside or below the editor.
    fn at(&self, place: &'static str) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.place == place)
    }
}

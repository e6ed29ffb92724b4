//! The parts of the room that change by themselves. Each has a tag that changes with its content,
//! so that a browser takes over only what is new.

use askama::Template;
use model::language::Room;
use model::permission::Permission;

use super::scene::Scene;
use super::{aid, crew, duty, light, parts, reach, situation, story, task, way};
use crate::page::hash;

/// A finished part of the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    /// Its `id` on the page.
    pub(crate) id: &'static str,
    /// Where it stands: `top`, `main`, `side` or `foot`.
    pub(crate) place: &'static str,
    /// Changes with the content.
    pub(crate) tag: String,
    /// The content.
    pub(crate) html: String,
}

#[derive(Template)]
#[template(path = "console/room/sit.html")]
struct Sit {
    title: String,
    since: String,
    since_iso: String,
    now: String,
    expected_head: &'static str,
    expected: String,
}

#[derive(Template)]
#[template(path = "console/room/expected.html")]
struct Expected {
    room: &'static Room,
    said: String,
    path: Option<String>,
    form: String,
    save: &'static str,
    is_set: bool,
}

/// Every part of the room.
pub(crate) fn sections(scene: &Scene) -> askama::Result<Vec<Section>> {
    let (calm, lit) = light::html(scene)?;
    let section = |id, place, html| section(scene, id, place, html);
    Ok(vec![
        section("sit", "top", sit(scene)?),
        Section { id: "light", place: "top", tag: hash(calm.as_bytes()), html: lit },
        section("parts", "top", parts::html(scene)?),
        section("situation", "top", situation::html(scene)?),
        section("tasks", "main", task::html(scene)?),
        section("reach", "main", reach::html(scene)?),
        section("roles", "side", crew::html(scene)?),
        section("partners", "side", aid::html(scene)?),
        section("duties", "side", duty::html(scene)?),
        section("expected", "side", expected(scene)?),
        section("ways", "side", way::html(scene)?),
        section("timeline", "foot", story::html(scene)?),
    ])
}

/// A field that is filled in with the present minute is no news when the minute has passed.
fn section(scene: &Scene, id: &'static str, place: &'static str, html: String) -> Section {
    let now = format!("value=\"{}\"", scene.wall(scene.now));
    let tag = hash(html.replace(&now, "").as_bytes());
    Section { id, place, tag, html }
}

fn sit(scene: &Scene) -> askama::Result<String> {
    let (incident, room) = (scene.incident(), &scene.words.room);
    Sit {
        title: scene.title(),
        since: (scene.words.page.since)(&scene.moment(incident.since)),
        since_iso: scene.zone().iso(incident.since),
        now: match incident.closed_at {
            Some(at) => (room.closed)(&scene.moment(at)),
            None => (room.now)(&scene.zone().clock(scene.now, scene.language)),
        },
        expected_head: room.expected,
        expected: incident.expected_end.map(|at| scene.moment(at)).unwrap_or_default(),
    }
    .render()
}

fn expected(scene: &Scene) -> askama::Result<String> {
    let room = &scene.words.room;
    let end = scene.incident().expected_end;
    let writes = scene.incident().is_open() && scene.may(Permission::Writer);
    Expected {
        room,
        said: end.map_or_else(|| room.no_expected.to_owned(), |at| scene.moment(at)),
        path: writes.then(|| scene.path("/expect")),
        form: scene.form.clone(),
        save: scene.words.console.save,
        is_set: end.is_some(),
    }
    .render()
}

//! The parts of the room that change by themselves. Each has a tag that changes with its content,
//! so that a browser takes over only what is new.

use askama::Template;
use model::handbook::system::ComponentState;
use model::language::Room;
use model::permission::Permission;

use super::{Scene, light, reach, way};
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

/// A part that visitors know, and how it fares.
struct Part {
    shape: &'static str,
    text: String,
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
#[template(path = "console/room/parts.html")]
struct Parts {
    parts: Vec<Part>,
}

struct Person {
    shape: &'static str,
    role: String,
    name: String,
    how: String,
}

#[derive(Template)]
#[template(path = "console/room/called.html")]
struct CalledView {
    head: &'static str,
    nobody: &'static str,
    people: Vec<Person>,
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

#[derive(Template)]
#[template(path = "console/room/timeline.html")]
struct Timeline {
    head: &'static str,
    lines: Vec<(String, String, String, String)>,
}

/// Every part of the room.
pub(crate) fn sections(scene: &Scene) -> askama::Result<Vec<Section>> {
    let (calm, lit) = light::html(scene)?;
    Ok(vec![
        section("sit", "top", sit(scene)?),
        Section { id: "light", place: "top", tag: hash(calm.as_bytes()), html: lit },
        section("parts", "top", parts(scene)?),
        section("reach", "main", reach::html(scene)?),
        section("called", "side", called(scene)?),
        section("expected", "side", expected(scene)?),
        section("ways", "side", way::html(scene)?),
        section("timeline", "foot", timeline(scene)?),
    ])
}

fn section(id: &'static str, place: &'static str, html: String) -> Section {
    Section { id, place, tag: hash(html.as_bytes()), html }
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

fn parts(scene: &Scene) -> askama::Result<String> {
    let incident = scene.incident();
    let mut parts: Vec<(bool, ComponentState, String)> = scene
        .case
        .handbook
        .components
        .iter()
        .map(|one| {
            let state = incident.standing.get(&one.key).copied().unwrap_or_default();
            let name = one.name.get(scene.language);
            let text = format!("{name}: {}", state.label(scene.language));
            (incident.affected.contains(&one.key), state, text)
        })
        .collect();
    parts.sort_by_key(|(affected, state, _)| (!affected, std::cmp::Reverse(*state)));
    let parts = parts.into_iter().map(|(_, state, text)| Part { shape: state.word(), text });
    Parts { parts: parts.collect() }.render()
}

fn called(scene: &Scene) -> askama::Result<String> {
    let room = &scene.words.room;
    let people = scene.called.iter().map(|one| {
        let list = |keys: &[model::value::Key]| {
            let keys: Vec<&str> = keys.iter().map(model::value::Key::as_str).collect();
            model::language::list(&keys, scene.words.and)
        };
        let (shape, how) = match (one.acted, one.by.as_slice(), one.not_by.as_slice()) {
            (Some(at), _, _) => ("operational", (room.acted)(&scene.moment(at))),
            (None, [], []) => ("maintenance", room.not_yet.to_owned()),
            (None, [], refused) => ("major", (room.not_by)(&list(refused))),
            (None, by, _) => ("partial", (room.has_it)(&list(by))),
        };
        let role = one.role.get(scene.language).to_owned();
        let name = one.name.clone().unwrap_or_else(|| one.person.to_string());
        Person { shape, role, name, how }
    });
    CalledView { head: room.alerted, nobody: room.nobody, people: people.collect() }.render()
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

fn timeline(scene: &Scene) -> askama::Result<String> {
    Timeline { head: scene.words.room.timeline, lines: scene.story() }.render()
}

//! The timeline: what happened, by whom; all of it or one kind; as a file.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::reach::table::cell;
use model::incident::{Recorded, tell};
use model::value::{Key, PublicId};
use serde_json::json;

use super::scene::Scene;
use super::sort::Sort;
use crate::console::frame;
use crate::console::sent::Sent;
use crate::console::signed::Signed;

/// One line of it.
struct Line {
    iso: String,
    at: String,
    sort: Option<Sort>,
    who: String,
    what: String,
}

#[derive(Template)]
#[template(path = "console/room/timeline.html")]
struct Timeline {
    head: &'static str,
    filter: &'static str,
    /// Address, label, and whether it is the one that is shown.
    filters: Vec<(String, &'static str, bool)>,
    none: &'static str,
    lines: Vec<Line>,
    export: &'static str,
    files: [(String, &'static str); 3],
}

impl Scene {
    fn line(&self, event: &Recorded) -> Line {
        let name = |key: &Key| self.known(key);
        Line {
            iso: self.zone().iso(event.at),
            at: self.moment(event.at),
            sort: Sort::of(&event.event),
            who: self.who(&event.by),
            what: tell(&self.case.handbook, &event.event, self.language, &name),
        }
    }

    /// What is to be shown, the oldest first.
    fn lines(&self) -> impl DoubleEndedIterator<Item = Line> {
        let wanted = |line: &Line| {
            !line.what.is_empty()
                && self.show.is_none_or(|show| line.sort.is_none_or(|sort| sort == show))
        };
        self.events.iter().map(|event| self.line(event)).filter(wanted)
    }
}

pub(super) fn html(scene: &Scene) -> askama::Result<String> {
    let words = &scene.words.panel.story;
    let here = |sort: Sort, label| {
        let href = format!("?show={}#timeline", sort.word());
        (scene.path(&href), label, scene.show == Some(sort))
    };
    let all = (scene.path("#timeline"), words.all, scene.show.is_none());
    let kinds = Sort::ALL.into_iter().zip(words.kinds);
    let show = scene.show.map(|sort| format!("?show={}", sort.word())).unwrap_or_default();
    let file = |ending: &str| scene.path(&format!("/timeline.{ending}{show}"));
    Timeline {
        head: scene.words.room.timeline,
        filter: words.filter,
        filters: std::iter::once(all).chain(kinds.map(|(sort, label)| here(sort, label))).collect(),
        none: words.none,
        lines: scene.lines().rev().collect(),
        export: words.export,
        files: [(file("csv"), words.table), (file("json"), words.data), (file("txt"), words.text)],
    }
    .render()
}

/// As a table for spreadsheets (RFC 4180).
pub(crate) async fn csv(signed: Signed, path: Path<String>, query: RawQuery) -> Response {
    file(&signed, path, query, ("csv", "text/csv; charset=utf-8"), table).await
}

/// As data for programs.
pub(crate) async fn json(signed: Signed, path: Path<String>, query: RawQuery) -> Response {
    file(&signed, path, query, ("json", "application/json"), data).await
}

/// As lines to be read.
pub(crate) async fn txt(signed: Signed, path: Path<String>, query: RawQuery) -> Response {
    file(&signed, path, query, ("txt", "text/plain; charset=utf-8"), text).await
}

async fn file(
    signed: &Signed,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    (ending, kind): (&str, &'static str),
    write: fn(&Scene) -> String,
) -> Response {
    let Ok(id) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    let mut scene = match Scene::gather_again(signed, &id, Some((0, 0))).await {
        Ok(scene) => scene,
        Err(error) => return frame::failed(signed, &error),
    };
    scene.show = Sort::asked(&Sent::read(query.unwrap_or_default().as_bytes()));
    let kept = format!("attachment; filename=\"timeline-{id}.{ending}\"");
    let heads = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, kept)];
    (heads, write(&scene)).into_response()
}

impl Line {
    fn kind(&self, scene: &Scene) -> &'static str {
        let at = self.sort.and_then(|sort| Sort::ALL.iter().position(|one| *one == sort));
        at.map_or("", |at| scene.words.panel.story.kinds[at])
    }
}

fn table(scene: &Scene) -> String {
    let row = |cells: [&str; 4]| cells.map(cell).join(",") + "\r\n";
    let head = row(scene.words.panel.story.columns);
    let lines = scene.lines().map(|line| {
        row([line.iso.as_str(), line.kind(scene), line.who.as_str(), line.what.as_str()])
    });
    std::iter::once(head).chain(lines).collect()
}

fn data(scene: &Scene) -> String {
    let line = |line: Line| {
        let kind = line.sort.map(Sort::word);
        json!({ "at": line.iso, "kind": kind, "who": line.who, "what": line.what })
    };
    let incident = scene.incident();
    let lines: Vec<_> = scene.lines().map(line).collect();
    let whole = json!({
        "incident": incident.id,
        "title": scene.title(),
        "drill": incident.drill,
        "language": scene.language,
        "timeline": lines,
    });
    format!("{whole:#}\n")
}

fn text(scene: &Scene) -> String {
    let drill = scene.incident().drill.then(|| format!("{}: ", scene.words.page.drill));
    let head =
        format!("{}{} ({})\n\n", drill.unwrap_or_default(), scene.title(), scene.incident().id);
    // A line of the file is a line of the story.
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = |line: Line| format!("{}  {}: {}\n", line.iso, flat(&line.who), flat(&line.what));
    std::iter::once(head).chain(scene.lines().map(line)).collect()
}

//! What is different between two versions, file by file and line by line.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use model::handbook::Files;
use model::handbook::diff::{Change, ChangeKind, Line, diff};
use model::language::Handbook as Words;

use crate::console::frame::{self, Area, Shell, show};
use crate::console::signed::Signed;

/// A line that stands in both, went out or came in.
pub(super) struct LineView {
    class: &'static str,
    sign: &'static str,
    said: &'static str,
    text: String,
}

/// Lines that stand together.
pub(super) struct PlaceView {
    from: String,
    lines: Vec<LineView>,
}

/// One file that is different.
pub(super) struct FileView {
    name: String,
    said: &'static str,
    places: Vec<PlaceView>,
}

#[derive(Template)]
#[template(path = "console/handbook/difference.html")]
struct Difference {
    words: &'static Words,
    files: Vec<FileView>,
}

#[derive(Template)]
#[template(path = "console/handbook/compare.html")]
struct Compare {
    shell: Shell,
    head: String,
    difference: String,
}

/// What is different between two versions.
pub(crate) async fn look(signed: Signed, Path((old, new)): Path<(String, String)>) -> Response {
    let (Ok(old), Ok(new)) = (old.parse(), new.parse()) else {
        return frame::nothing(&signed.shell());
    };
    let words = signed.language().words().handbook;
    let texts = async |number: u32| signed.engine.handbook_texts(number).await;
    match (texts(old).await, texts(new).await) {
        (Ok((_, before)), Ok((_, after))) => {
            let head = (words.difference)(old, new);
            let shell = signed.shell().at(Area::Handbook, &head);
            let difference = difference(words, &before, &after);
            show(StatusCode::OK, Compare { shell, head, difference }.render())
        }
        (Err(EngineError::BadHandbook(..)), _) | (_, Err(EngineError::BadHandbook(..))) => {
            frame::nothing(&signed.shell())
        }
        (Err(error), _) | (_, Err(error)) => frame::failed(&signed, &error),
    }
}

/// The difference as a part of a page.
pub(super) fn difference(words: &'static Words, old: &Files, new: &Files) -> String {
    let files = diff(old, new).into_iter().map(|change| view(words, change)).collect();
    Difference { words, files }.render().unwrap_or_default()
}

fn view(words: &Words, change: Change) -> FileView {
    let said = match change.kind {
        ChangeKind::Added => words.file.added,
        ChangeKind::Removed => words.file.removed,
        ChangeKind::Changed => words.file.changed,
    };
    let place = |lines: Vec<Line>| {
        let first = lines.first().and_then(|line| line.new.or(line.old)).unwrap_or(1);
        let lines = lines.into_iter().map(|one| line(words, one)).collect();
        PlaceView { from: (words.from_line)(first), lines }
    };
    FileView { name: change.file, said, places: change.places.into_iter().map(place).collect() }
}

fn line(words: &Words, line: Line) -> LineView {
    let (class, sign, said) = match (line.old, line.new) {
        (Some(_), None) => ("out", "−", words.line_out),
        (None, Some(_)) => ("in", "+", words.line_in),
        _ => ("same", "", ""),
    };
    LineView { class, sign, said, text: line.text }
}

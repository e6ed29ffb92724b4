//! What is different between two versions, file by file and line by line.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use model::handbook::Files;
use model::handbook::diff::value::{Difference as Turned, differences};
use model::handbook::diff::{Change, ChangeKind, Line, diff};
use model::handbook::shape::Document;
use model::language::{Handbook as Words, Language};

use super::sheet;
use crate::console::frame::{self, Area, Shell, show};
use crate::console::signed::Signed;

/// A value of more letters is seen better line by line.
const SHORT: usize = 120;

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

/// A value that is different.
pub(super) struct ValueView {
    subject: String,
    /// What it was, where it is short enough to be read in a line.
    old: Option<String>,
    new: Option<String>,
    /// What happened to it, where that is not seen by its values.
    said: Option<&'static str>,
}

/// The values of one file that are different.
pub(super) struct SheetView {
    title: String,
    values: Vec<ValueView>,
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
    sheets: Vec<SheetView>,
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
            let difference = difference(signed.language(), &before, &after);
            show(StatusCode::OK, Compare { shell, head, difference }.render())
        }
        (Err(EngineError::BadHandbook(..)), _) | (_, Err(EngineError::BadHandbook(..))) => {
            frame::nothing(&signed.shell())
        }
        (Err(error), _) | (_, Err(error)) => frame::failed(&signed, &error),
    }
}

/// The difference as a part of a page: value by value as people call them, then line by line.
pub(super) fn difference(language: Language, old: &Files, new: &Files) -> String {
    let words = language.words().handbook;
    let files = diff(old, new).into_iter().map(|change| view(words, change)).collect();
    let mut sheets: Vec<SheetView> = Vec::new();
    for one in differences(old, new, language) {
        let (title, value) = (called(&one, language), value(words, one));
        match sheets.last_mut().filter(|sheet| sheet.title == title) {
            Some(sheet) => sheet.values.push(value),
            None => sheets.push(SheetView { title, values: vec![value] }),
        }
    }
    Difference { words, sheets, files }.render().unwrap_or_default()
}

/// What people call the file of a difference, or the thing that it describes.
fn called(one: &Turned, language: Language) -> String {
    let words = language.words().handbook;
    match Document::of(&one.file) {
        Some(document) => document.title.get(language).to_owned(),
        None if sheet::href(&one.file).is_some() => words.texts.to_owned(),
        None => words.files.to_owned(),
    }
}

fn value(words: &Words, one: Turned) -> ValueView {
    let whole = one.place.keys().is_empty();
    let short = |said: &Option<String>| {
        said.as_deref().is_none_or(|said| said.chars().count() <= SHORT && !said.contains('\n'))
    };
    let shown = !whole && short(&one.old) && short(&one.new);
    let said = match (&one.old, &one.new) {
        (None, _) => Some(words.file.added),
        (_, None) => Some(words.file.removed),
        _ if !shown => Some(words.file.changed),
        _ => None,
    };
    let subject = one.subject();
    let [old, new] = [one.old, one.new].map(|said| said.filter(|_| shown));
    ValueView { subject, old, new, said }
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

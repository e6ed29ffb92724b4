//! All texts of a handbook: templates of notices for all plans and for each, what single audiences
//! are told in addition, legal notice, privacy notice.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use model::handbook::Noun;
use model::notice::Kind;
use model::permission::Permission;
use model::value::Key;

use super::book::{Book, Wrong};
use super::desk::{Bar, Desk};
use super::sheet::{ANOTHER, DEFAULT, PAGES, Sheet, href};
use super::summary::Summary;
use crate::console::frame::{self, Area, Shell, show};
use crate::console::signed::Signed;

/// A text as the list shows it.
struct Row {
    href: String,
    title: String,
    own: bool,
    /// Whether it is for one audience: then none serves in its place that is not shown here.
    aside: bool,
    wrong: Option<&'static str>,
}

/// The texts of one folder.
struct Folder {
    id: String,
    title: String,
    rows: Vec<Row>,
    /// Whether passages can be added to it.
    takes: bool,
}

#[derive(Template)]
#[template(path = "console/handbook/texts.html")]
struct Texts {
    shell: Shell,
    bar: Bar,
    folders: Vec<Folder>,
    /// Kinds of notices and audiences, to add a passage: key and title.
    kinds: Vec<(&'static str, &'static str)>,
    audiences: Vec<(String, String)>,
    another: String,
}

fn row(sheet: &Sheet, book: &Book) -> Row {
    let files: Vec<String> = book.languages.iter().map(|one| sheet.file(*one)).collect();
    Row {
        href: sheet.href(),
        title: sheet.title(book),
        aside: sheet.audience.is_some(),
        own: files.iter().any(|file| book.files.contains_key(file)),
        wrong: worst(files.iter().map(String::as_str), book).map(|wrong| wrong.shape),
    }
}

/// The worst there is in these files, and how much there is.
fn worst<'a>(files: impl Iterator<Item = &'a str>, book: &Book) -> Option<Wrong> {
    files.filter_map(|file| book.worst(file, |_| true)).reduce(Wrong::and)
}

/// The templates of a folder, and below each the passages that are written there.
fn rows(folder: &str, book: &Book) -> Vec<Row> {
    let mut rows = Vec::new();
    for kind in Kind::ALL {
        let sheet = Sheet::of(folder, kind);
        rows.push(row(&sheet, book));
        let start = format!("texts/{folder}/{}.", kind.word());
        let whose = |file: &String| {
            let (audience, _) = file.strip_prefix(&start)?.strip_suffix(".md")?.split_once('.')?;
            audience.parse().ok()
        };
        let audiences: BTreeSet<Key> = book.files.keys().filter_map(whose).collect();
        let one = |key| row(&Sheet { audience: Some(key), ..sheet.clone() }, book);
        rows.extend(audiences.into_iter().map(one));
    }
    rows
}

/// The texts as an overview shows them.
pub(super) fn summary(book: &Book) -> Summary {
    let words = book.language.words().handbook;
    let is_text = |file: &str| file.starts_with("texts/");
    let refused = book.faults.iter().filter(|one| one.fault.is_error());
    let refused = refused.map(|one| one.fault.file.as_str()).find(|file| is_text(file));
    // A text that is missing has a fault and no file.
    let faulty = book.faults.iter().map(|one| one.fault.file.as_str());
    let judged = book.judged.iter().map(|one| one.file.as_str());
    let files: BTreeSet<&str> = faulty.chain(judged).filter(|file| is_text(file)).collect();
    Summary {
        href: format!("{}/texts", super::HERE),
        title: words.texts,
        about: words.texts_about,
        count: Some(book.files.keys().filter(|file| is_text(file)).count()),
        need: true,
        worst: refused.and_then(href),
        wrong: worst(files.into_iter(), book),
    }
}

/// All texts.
pub(crate) async fn list(signed: Signed) -> Response {
    let desk = match Desk::open(&signed).await {
        Ok(desk) => desk,
        Err(error) => return frame::failed(&signed, &error),
    };
    let (book, words) = (&desk.book, signed.language().words().handbook);
    let audiences = book.known(Noun::Audience);
    let pages =
        PAGES.map(|name| row(&Sheet { folder: None, name, kind: None, audience: None }, book));
    let general = (DEFAULT.to_owned(), words.for_every_plan.to_owned());
    let plans = std::iter::once(general).chain(book.known(Noun::Plan));
    let folder = |(key, title): (String, String)| {
        let rows = rows(&key, book);
        Folder { id: key, title, rows, takes: true }
    };
    let mut folders: Vec<Folder> = plans.map(folder).collect();
    let title = words.for_the_page.to_owned();
    folders.push(Folder { id: "page".to_owned(), title, rows: pages.into(), takes: false });
    let shell = signed.shell().at(Area::Handbook, words.texts);
    let kinds = Kind::ALL.map(|kind| (kind.word(), kind.label(book.language))).into();
    let may = signed.may(Permission::Writer);
    let page = Texts {
        shell,
        bar: desk.bar(&signed),
        folders,
        kinds,
        audiences: if may { audiences } else { Vec::new() },
        another: format!("{}/texts/{ANOTHER}", super::HERE),
    };
    show(StatusCode::OK, page.render())
}

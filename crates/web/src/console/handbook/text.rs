//! The texts of a handbook: templates of notices for all plans and for each, legal notice, privacy
//! notice. Side by side in each language.

use std::collections::BTreeMap;

use askama::Template;
use axum::Json;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use model::handbook::edit::Edit;
use model::handbook::{Noun, Severity};
use model::language::Language;
use model::notice::{HOLES, Kind};
use model::permission::Permission;

use super::book::{Book, Wrong};
use super::desk::{Bar, Desk};
use super::finding::{Finding, shape};
use super::sheet::{DEFAULT, PAGES, Sheet, href};
use super::summary::Summary;
use super::value::mark;
use crate::console::account::status;
use crate::console::frame::{self, Area, Shell, show};
use crate::console::sent::Sent;
use crate::console::signed::Signed;
use crate::page::serve::to;

/// A text in one language.
struct Tongue {
    tag: &'static str,
    name: &'static str,
    text: String,
    was: String,
    wrong: Vec<Finding>,
    /// What serves every plan, where this plan has no text of its own.
    general: Option<String>,
}

#[derive(Template)]
#[template(path = "console/handbook/text.html")]
struct Page {
    shell: Shell,
    bar: Bar,
    title: String,
    href: String,
    hint: Option<String>,
    saved: bool,
    about: &'static str,
    tongues: Vec<Tongue>,
    holes: Vec<(String, &'static str)>,
    may: bool,
}

/// A text as the list shows it.
struct Row {
    href: String,
    title: &'static str,
    own: bool,
    wrong: Option<&'static str>,
}

/// The texts of one folder.
struct Folder {
    id: String,
    title: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "console/handbook/texts.html")]
struct Texts {
    shell: Shell,
    bar: Bar,
    folders: Vec<Folder>,
}

fn row(sheet: &Sheet, book: &Book) -> Row {
    let files: Vec<String> = book.languages.iter().map(|one| sheet.file(*one)).collect();
    let wrong = book.faults.iter().filter(|one| files.contains(&one.fault.file));
    Row {
        href: sheet.href(),
        title: sheet.title(book.language),
        own: files.iter().any(|file| book.files.contains_key(file)),
        wrong: wrong.map(|one| one.fault.severity).min().map(shape),
    }
}
/// The texts as an overview shows them.
pub(super) fn summary(book: &Book) -> Summary {
    let words = book.language.words().handbook;
    let is_text = |file: &str| file.starts_with("texts/");
    let wrong: Vec<_> = book.faults.iter().filter(|one| is_text(&one.fault.file)).collect();
    let worst = wrong.iter().map(|one| one.fault.severity).min();
    Summary {
        href: format!("{}/texts", super::HERE),
        title: words.texts,
        about: words.texts_about,
        count: Some(book.files.keys().filter(|file| is_text(file)).count()),
        need: true,
        worst: wrong.iter().find(|one| one.fault.is_error()).and_then(|one| href(&one.fault.file)),
        wrong: worst.map(|worst| Wrong {
            shape: shape(worst),
            count: wrong.len(),
            refused: worst == Severity::Error,
        }),
    }
}

/// All texts.
pub(crate) async fn list(signed: Signed) -> Response {
    let desk = match Desk::open(&signed).await {
        Ok(desk) => desk,
        Err(error) => return frame::failed(&signed, &error),
    };
    let (book, words) = (&desk.book, signed.language().words().handbook);
    let of = |folder: &str| -> Vec<Row> {
        let sheet = |kind: Kind| Sheet {
            folder: Some(folder.to_owned()),
            name: kind.word(),
            kind: Some(kind),
        };
        Kind::ALL.into_iter().map(|kind| row(&sheet(kind), book)).collect()
    };
    let pages = PAGES.map(|name| row(&Sheet { folder: None, name, kind: None }, book));
    let general = (DEFAULT.to_owned(), words.for_every_plan.to_owned());
    let plans = std::iter::once(general).chain(book.known(Noun::Plan));
    let folder = |(key, title): (String, String)| {
        let rows = of(&key);
        Folder { id: key, title, rows }
    };
    let mut folders: Vec<Folder> = plans.map(folder).collect();
    let title = words.for_the_page.to_owned();
    folders.push(Folder { id: "page".to_owned(), title, rows: pages.into() });
    let shell = signed.shell().at(Area::Handbook, words.texts);
    show(StatusCode::OK, Texts { shell, bar: desk.bar(&signed), folders }.render())
}

/// One text.
pub(crate) async fn look(
    signed: Signed,
    Path(at): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let Some(sheet) = Sheet::read(&at) else { return frame::nothing(&signed.shell()) };
    match Desk::write(&signed).await {
        Ok(desk) => page(&signed, &desk, &sheet, query.as_deref() == Some("saved"), None),
        Err(error) => frame::failed(&signed, &error),
    }
}

/// Saves what was typed into the draft. An emptied text is taken out.
pub(crate) async fn save(signed: Signed, Path(at): Path<String>, sent: Sent) -> Response {
    let Some(sheet) = Sheet::read(&at) else { return frame::nothing(&signed.shell()) };
    let mut desk = match Desk::shown(&signed, &sent).await {
        Ok(Some(desk)) => desk,
        Ok(None) => return frame::closed(&signed.shell()),
        Err(error) => return frame::failed(&signed, &error),
    };
    let (mut edits, mut marks) = (Vec::new(), BTreeMap::new());
    for language in desk.book.languages.clone() {
        let was = sent.get(&format!("was.{language}"));
        let text = sent.get(&format!("text.{language}")).replace("\r\n", "\n");
        if was.is_empty() || marked(&text) == was {
            continue;
        }
        marks.insert(language.to_string(), marked(&text));
        let file = sheet.file(language);
        if text.trim().is_empty() {
            edits.extend(desk.book.files.contains_key(&file).then_some(Edit::Delete { file }));
        } else {
            edits.push(Edit::Write { file, text: format!("{}\n", text.trim_end()) });
        }
    }
    match desk.change(&signed, &edits).await {
        Ok(None) if sent.get("keep") == "yes" => Json(desk.kept(marks)).into_response(),
        Ok(None) => to(&format!("{}?saved", sheet.href()), StatusCode::SEE_OTHER),
        Ok(Some(refused)) => page(&signed, &desk, &sheet, false, Some(refused)),
        Err(error) => frame::failed(&signed, &error),
    }
}

/// A mark of a text that does not mind how it ends.
fn marked(text: &str) -> String {
    mark(&[text.trim_end().to_owned()])
}

fn page(
    signed: &Signed,
    desk: &Desk,
    sheet: &Sheet,
    saved: bool,
    hint: Option<String>,
) -> Response {
    let (book, language) = (&desk.book, signed.language());
    let words = language.words().handbook;
    let plans = book.known(Noun::Plan);
    let folder = sheet.folder.as_deref();
    let whose = match folder {
        None => words.for_the_page.to_owned(),
        Some(DEFAULT) => words.for_every_plan.to_owned(),
        Some(key) => match plans.into_iter().find(|(own, _)| own == key) {
            Some((_, title)) => title,
            None => return frame::nothing(&signed.shell()),
        },
    };
    let title = format!("{}: {whose}", sheet.title(book.language));
    let back = format!("{}/texts#t.{}", super::HERE, folder.unwrap_or("page"));
    let at = usize::from(language != Language::DE);
    let holes = HOLES.iter().map(|hole| (format!("{{{}}}", hole.name), hole.what[at]));
    let page = Page {
        shell: signed.shell().at(Area::Handbook, &title),
        bar: desk.bar(signed).below(Some((back, words.texts))),
        title,
        href: sheet.href(),
        saved,
        about: if sheet.kind.is_some() { words.template_about } else { words.page_about },
        tongues: book.languages.iter().map(|one| tongue(book, sheet, *one)).collect(),
        holes: if sheet.kind.is_some() { holes.collect() } else { Vec::new() },
        may: signed.may(Permission::Writer),
        hint: hint.clone(),
    };
    show(status(hint.is_some()), page.render())
}

fn tongue(book: &Book, sheet: &Sheet, language: Language) -> Tongue {
    let file = sheet.file(language);
    let text = book.files.get(&file).cloned();
    let wrong = book.faults.iter().filter(|one| one.fault.file == file);
    let general = Sheet { folder: Some(DEFAULT.to_owned()), ..*sheet };
    let serves = sheet.kind.is_some() && text.is_none();
    Tongue {
        tag: language.tag(),
        name: language.words().name,
        wrong: wrong.map(|one| Finding::at_line(&one.fault, book.language)).collect(),
        general: serves.then(|| book.files.get(&general.file(language)).cloned()).flatten(),
        was: marked(text.as_deref().unwrap_or_default()),
        text: text.unwrap_or_default(),
    }
}

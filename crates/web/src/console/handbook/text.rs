//! One text of a handbook, side by side in each language: a template of a notice, what one audience
//! is told in addition, the legal notice, the privacy notice.

use std::collections::BTreeMap;

use askama::Template;
use axum::Json;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use model::handbook::Noun;
use model::handbook::edit::Edit;
use model::language::Language;
use model::notice::HOLES;
use model::permission::Permission;
use model::value::Key;

use super::book::Book;
use super::desk::{Bar, Desk};
use super::finding::Finding;
use super::sheet::{ANOTHER, DEFAULT, Sheet};
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
    /// How many lines are seen at once.
    rows: u32,
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

/// One text.
pub(crate) async fn look(
    signed: Signed,
    Path(at): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    // A form without a script leads here: which text is to be written.
    if at == ANOTHER {
        let sent = Sent::read(query.unwrap_or_default().as_bytes());
        let at = format!("{}/{}.{}", sent.get("folder"), sent.get("kind"), sent.get("audience"));
        return match Sheet::read(&at) {
            Some(sheet) => to(&sheet.href(), StatusCode::SEE_OTHER),
            None => frame::nothing(&signed.shell()),
        };
    }
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
    let is_known = |key: &Key| {
        let mut known = book.known(Noun::Audience).into_iter();
        let here = || book.languages.iter().any(|one| book.files.contains_key(&sheet.file(*one)));
        known.any(|(own, _)| own == key.as_str()) || here()
    };
    if sheet.audience.as_ref().is_some_and(|key| !is_known(key)) {
        return frame::nothing(&signed.shell());
    }
    let title = format!("{}: {whose}", sheet.title(book));
    let back = format!("{}/texts#t.{}", super::HERE, folder.unwrap_or("page"));
    let at = usize::from(language != Language::DE);
    let holes = HOLES.iter().map(|hole| (format!("{{{}}}", hole.name), hole.what[at]));
    let page = Page {
        shell: signed.shell().at(Area::Handbook, &title),
        bar: desk.bar(signed).below(Some((back, words.texts))),
        title,
        href: sheet.href(),
        saved,
        about: match (sheet.kind, &sheet.audience) {
            (_, Some(_)) => words.passage_about,
            (Some(_), None) => words.template_about,
            (None, None) => words.page_about,
        },
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
    let wrong = wrong.map(|one| Finding::at_line(&one.fault, book.language));
    let judged = book.judged.iter().filter(|one| one.file == file);
    let judged = judged.map(|one| Finding::judged(one, book.language));
    let general = Sheet { folder: Some(DEFAULT.to_owned()), ..sheet.clone() };
    let serves = sheet.kind.is_some() && text.is_none();
    let general = serves.then(|| book.files.get(&general.file(language)).cloned()).flatten();
    Tongue {
        tag: language.tag(),
        name: language.words().name,
        wrong: wrong.chain(judged).collect(),
        was: marked(text.as_deref().unwrap_or_default()),
        text: text.unwrap_or_default(),
        rows: match (&general, &sheet.audience) {
            (Some(_), _) => 6,
            (None, Some(_)) => 10,
            (None, None) => 22,
        },
        general,
    }
}

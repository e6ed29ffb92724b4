//! Parts of the handbook: people, roles, channels, plans … each a list of things with forms.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use model::handbook::edit::{Edit, Fields, Value};
use model::handbook::shape::{DOCUMENTS, Document, Field, Kind, Name, Said};
use model::handbook::{Noun, Path as Place};
use model::language::Language;
use model::permission::Permission;
use model::value::Key;

use super::book::{Book, Wrong, is_in};
use super::desk::{Bar, Desk};
use super::finding::Finding;
use super::spot::Spot;
use super::start::Starter;
use super::summary::Summary;
use super::value::key_of;
use crate::console::account::status;
use crate::console::frame::{self, Area, Shell, show};
use crate::console::sent::Sent;
use crate::console::signed::Signed;
use crate::page::serve::to;

/// A part of the handbook: many things of one sort.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Its name in addresses: `role`, `plans`.
    name: &'static str,
    file: Name,
    pub(super) title: Said,
    pub(super) about: Said,
    fields: &'static [Field],
    noun: Option<Noun>,
    need: bool,
    /// Where the things are numbered: the field that holds their key.
    key: Option<&'static str>,
}

/// A thing of a part, as lists show it.
pub(super) struct Row {
    href: String,
    title: String,
    key: String,
    wrong: Option<Wrong>,
}

#[derive(Template)]
#[template(path = "console/handbook/part.html")]
struct Page {
    shell: Shell,
    bar: Bar,
    about: &'static str,
    wrong: Vec<Finding>,
    rows: Vec<Row>,
    href: String,
    hint: Option<String>,
    typed: String,
    may: bool,
    ordered: bool,
}

/// All parts, in the order of the files.
pub(super) fn all() -> Vec<Part> {
    let mut parts = Vec::new();
    for document in &DOCUMENTS {
        match (document.file, document.body) {
            (Name::Each(name, noun), Kind::Table(fields)) => {
                let (file, about) = (document.file, document.about);
                let [german, english] = [Language::DE, Language::EN].map(Language::words);
                let title = Said([german.handbook.plans, english.handbook.plans]);
                let (noun, key) = (Some(noun), None);
                let need = document.need;
                parts.push(Part { name, file, title, about, fields, noun, need, key });
            }
            (Name::Fixed(_), Kind::Table(fields)) => {
                parts.extend(fields.iter().filter_map(|field| of_field(document, field)));
            }
            _ => {}
        }
    }
    parts
}

fn of_field(document: &Document, field: &Field) -> Option<Part> {
    let file = document.file;
    let (fields, noun, key) = match field.kind {
        Kind::Named(nouns, fields) => (fields, nouns.first().copied(), None),
        Kind::List(fields) => {
            let key = fields.iter().find(|one| matches!(one.kind, Kind::Key(_)));
            (fields, None, Some(key.map_or("", |key| key.key)))
        }
        _ => return None,
    };
    let (name, title, about) = (field.key, field.label, field.hint);
    // A handbook without monitors reads, but notices nothing.
    let need = (document.need && field.need) || noun == Some(Noun::Monitor);
    Some(Part { name, file, title, about, fields, noun, need, key })
}

/// The part whose list as a whole stands at this path of a file, and no thing of it in particular.
pub(super) fn listed(file: &str, path: &str) -> Option<Part> {
    let has_form = Spot::new(file, "").fields().is_some_and(|fields| !fields.is_empty());
    let is_whole = |name: &str| path == name || path.is_empty() && !has_form;
    all()
        .into_iter()
        .find(|part| matches!(part.file, Name::Fixed(own) if own == file) && is_whole(part.name))
}

/// The part to which this thing belongs.
pub(super) fn of(spot: &Spot) -> Option<Part> {
    let first = spot.path.split('.').next().unwrap_or_default();
    all().into_iter().find(|part| match part.file {
        Name::Fixed(file) => file == spot.file && part.name == first,
        Name::Each(..) => part.file.fits(&spot.file),
    })
}

impl Part {
    /// What its things are, where they are called by a key that is no field of theirs.
    pub(super) fn noun(&self) -> Option<Noun> {
        self.noun
    }

    /// The address of its list.
    pub(super) fn href(&self) -> String {
        format!("{}/part/{}", super::HERE, self.name)
    }

    fn spots(&self, book: &Book) -> Vec<Spot> {
        match self.file {
            Name::Fixed(file) => {
                let members = book.members(file, self.name).into_iter();
                members.map(|one| Spot::new(file, &format!("{}.{one}", self.name))).collect()
            }
            Name::Each(..) => {
                let files = book.files.keys().filter(|file| self.file.fits(file));
                files.map(|file| Spot::new(file, "")).collect()
            }
        }
    }

    /// What is wrong with the list as a whole.
    fn wrong(&self, book: &Book) -> Vec<Finding> {
        let Name::Fixed(file) = self.file else { return Vec::new() };
        let whole = |path: &str| listed(file, path).is_some_and(|part| part.name == self.name);
        let faults = book.faults_in(file, "").filter(|one| whole(&one.path));
        let judged = book.judged_in(file, "").filter(|one| whole(&one.path));
        let faults = faults.map(|one| book.said(one));
        faults.chain(judged.map(|one| Finding::judged(one, book.language))).collect()
    }

    fn rows(&self, book: &Book) -> Vec<Row> {
        let row = |spot: Spot| {
            let key = match self.key {
                Some(key) => book.strings(&spot.file, &spot.inside(key)).into_iter().next(),
                None => Some(spot.key().to_owned()),
            };
            let key = key.unwrap_or_default();
            Row {
                href: spot.href(),
                title: book.title(&spot.file, &spot.path).unwrap_or_else(|| key.clone()),
                wrong: book.worst(&spot.file, |path| is_in(path, &spot.path)),
                key,
            }
        };
        self.spots(book).into_iter().map(row).collect()
    }

    /// The part as an overview shows it.
    pub(super) fn summary(&self, book: &Book) -> Summary {
        let rows = self.rows(book);
        let refused = |row: &&Row| row.wrong.is_some_and(|wrong| wrong.refused);
        Summary {
            href: self.href(),
            title: self.title.get(book.language),
            about: self.about.get(book.language),
            count: Some(rows.len()),
            need: self.need,
            worst: rows.iter().find(refused).map(|row| row.href.clone()),
            wrong: rows.iter().filter_map(|row| row.wrong).reduce(Wrong::and),
        }
    }
}

/// The list of a part.
pub(crate) async fn look(signed: Signed, Path(name): Path<String>) -> Response {
    let Some(part) = named(&name) else { return frame::nothing(&signed.shell()) };
    match Desk::write(&signed).await {
        Ok(desk) => page(&signed, &desk, &part, None, ""),
        Err(error) => frame::failed(&signed, &error),
    }
}

/// Adds a thing and leads to its form.
pub(crate) async fn add(signed: Signed, Path(name): Path<String>, sent: Sent) -> Response {
    let Some(part) = named(&name) else { return frame::nothing(&signed.shell()) };
    let mut desk = match Desk::shown(&signed, &sent).await {
        Ok(Some(desk)) => desk,
        Ok(None) => return frame::closed(&signed.shell()),
        Err(error) => return frame::failed(&signed, &error),
    };
    let words = signed.language().words().handbook;
    let typed = sent.get("name").trim();
    if let Some(edit) = moved(&part, &sent) {
        return match desk.change(&signed, &[edit]).await {
            Ok(None) => to(&part.href(), StatusCode::SEE_OTHER),
            Ok(refused) => page(&signed, &desk, &part, refused, typed),
            Err(error) => frame::failed(&signed, &error),
        };
    }
    let Some(key) = key_of(typed) else {
        return page(&signed, &desk, &part, Some(words.no_name.to_owned()), typed);
    };
    let (spot, edit) = begin(&part, &desk.book, &key, typed);
    if desk.book.value(&spot.file, &spot.path).is_some() {
        return page(&signed, &desk, &part, Some((words.taken)(key.as_str())), typed);
    }
    match desk.change(&signed, &edit).await {
        Ok(None) => to(&spot.href(), StatusCode::SEE_OTHER),
        Ok(Some(refused)) => page(&signed, &desk, &part, Some(refused), typed),
        Err(error) => frame::failed(&signed, &error),
    }
}

/// A thing of a list goes up or down by one.
fn moved(part: &Part, sent: &Sent) -> Option<Edit> {
    let Name::Fixed(file) = part.file else { return None };
    let number = |name: &str| sent.get(name).parse::<usize>().ok();
    let (from, to) = match (number("up"), number("down")) {
        (Some(at), _) => (at, at.checked_sub(1)?),
        (None, Some(at)) => (at, at + 1),
        (None, None) => return None,
    };
    let list = Place::default().and([part.name]);
    part.key.map(|_| Edit::Move { file: file.to_owned(), list, from, to })
}

fn named(name: &str) -> Option<Part> {
    all().into_iter().find(|part| part.name == name)
}

fn page(signed: &Signed, desk: &Desk, part: &Part, hint: Option<String>, typed: &str) -> Response {
    let language = signed.language();
    let page = Page {
        shell: signed.shell().at(Area::Handbook, part.title.get(language)),
        bar: desk.bar(signed),
        about: part.about.get(language),
        wrong: part.wrong(&desk.book),
        rows: part.rows(&desk.book),
        href: part.href(),
        typed: typed.to_owned(),
        may: signed.may(Permission::Writer),
        ordered: part.key.is_some(),
        hint: hint.clone(),
    };
    show(status(hint.is_some()), page.render())
}

/// A new thing: where it will be, and the changes that put it there.
fn begin(part: &Part, book: &Book, key: &Key, name: &str) -> (Spot, Vec<Edit>) {
    let mut fields = Fields::new();
    let starter = Starter { book, name };
    starter.fill(part.fields, &Place::default(), false, &mut fields);
    match (part.file, part.key) {
        (Name::Fixed(file), None) => {
            let path = format!("{}.{key}", part.name);
            let place = Place::default().and([part.name.to_owned(), key.to_string()]);
            (
                Spot::new(file, &path),
                vec![Edit::AddNamed { file: file.into(), path: place, fields }],
            )
        }
        (Name::Fixed(file), Some(own)) => {
            let list = Place::default().and([part.name]);
            let number = book.members(file, part.name).len();
            fields.insert(0, (Place::default().and([own]), Value::Text(key.to_string())));
            let add = Edit::AddItem { file: file.into(), list, at: None, fields };
            (Spot::new(file, &format!("{}.{number}", part.name)), vec![add])
        }
        (Name::Each(folder, _), _) => {
            let file = format!("{folder}/{key}.toml");
            fields.extend(starter.trigger());
            let set = |(path, value)| Edit::Set { file: file.clone(), path, value };
            let edits = fields.into_iter().map(set).collect();
            (Spot::new(&file, ""), edits)
        }
    }
}

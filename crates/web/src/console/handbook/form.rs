//! The form of one thing: shown with what is wrong at its fields, and saved at each step.

use std::collections::BTreeMap;

use askama::Template;
use axum::Json;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use model::handbook::edit::Edit;
use model::handbook::shape::Name;
use model::permission::Permission;

use super::desk::{Bar, Desk};
use super::field::Maker;
use super::finding::Finding;
use super::gather::Gather;
use super::part;
use super::spot::Spot;
use super::value::key_of;
use crate::console::account::status;
use crate::console::frame::{self, Area, Shell, show};
use crate::console::sent::Sent;
use crate::console::signed::Signed;
use crate::page::serve::to;

#[derive(Template)]
#[template(path = "console/handbook/form.html")]
struct Page {
    shell: Shell,
    bar: Bar,
    about: &'static str,
    hint: Option<String>,
    saved: bool,
    /// Where it is sent.
    href: String,
    wrong: Vec<Finding>,
    fields: Vec<String>,
    /// The key, where it can be changed or the thing taken out.
    key: Option<String>,
    removable: bool,
    /// The form of the texts of a plan.
    texts: Option<String>,
    may: bool,
}

/// The form.
pub(crate) async fn look(
    signed: Signed,
    Path(at): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let Some(spot) = Spot::read(&at) else { return frame::nothing(&signed.shell()) };
    match Desk::write(&signed).await {
        Ok(desk) => page(&signed, &desk, &spot, query.as_deref() == Some("saved"), None),
        Err(error) => frame::failed(&signed, &error),
    }
}

/// Saves what was typed into the draft, and does what the pressed button says.
pub(crate) async fn save(signed: Signed, Path(at): Path<String>, sent: Sent) -> Response {
    let Some(spot) = Spot::read(&at) else { return frame::nothing(&signed.shell()) };
    let mut desk = match Desk::shown(&signed, &sent).await {
        Ok(Some(desk)) => desk,
        Ok(None) => return frame::closed(&signed.shell()),
        Err(error) => return frame::failed(&signed, &error),
    };
    let Some(fields) = spot.fields() else { return frame::nothing(&signed.shell()) };
    let mut gather = Gather {
        book: &desk.book,
        spot: &spot,
        sent: &sent,
        edits: Vec::new(),
        marks: BTreeMap::new(),
    };
    gather.fields(&fields, "");
    gather.button();
    let Gather { mut edits, marks, .. } = gather;
    let next = whole(&spot, &sent, &mut edits);
    match desk.change(&signed, &edits).await {
        // The form stays open: its script wants to know what it holds now.
        Ok(None) if sent.get("keep") == "yes" => Json(desk.kept(marks)).into_response(),
        Ok(None) => to(&next, StatusCode::SEE_OTHER),
        Ok(Some(refused)) => page(&signed, &desk, &spot, false, Some(refused)),
        Err(error) => frame::failed(&signed, &error),
    }
}

/// What concerns the thing as a whole: taken out, or called otherwise. Gives where one is then.
fn whole(spot: &Spot, sent: &Sent, edits: &mut Vec<Edit>) -> String {
    let verb = sent.get("do");
    let each = matches!(spot.document().map(|one| one.file), Some(Name::Each(..)));
    let file = spot.file.clone();
    match (verb, spot.path.parse()) {
        ("drop", Ok(path)) => {
            edits.clear();
            edits.push(if each { Edit::Delete { file } } else { Edit::Remove { file, path } });
            part::of(spot).map_or_else(|| super::HERE.to_owned(), |part| part.href())
        }
        ("rename", _) => {
            let noun = part::of(spot).and_then(|part| part.noun());
            match (noun, spot.key().parse(), key_of(sent.get("key"))) {
                (Some(noun), Ok(from), Some(to)) if from != to => {
                    edits.push(Edit::Rename { noun, from, to: to.clone() });
                    format!("{}?saved", spot.renamed(to.as_str()).href())
                }
                _ => format!("{}?saved", spot.href()),
            }
        }
        _ => {
            let place = verb.split_once(':').map_or("", |(_, name)| name);
            let place = place.rsplit_once('.').map_or(place, |(list, _)| list);
            let anchor = if place.is_empty() { String::new() } else { format!("#f.{place}") };
            format!("{}?saved{anchor}", spot.href())
        }
    }
}

fn page(signed: &Signed, desk: &Desk, spot: &Spot, saved: bool, hint: Option<String>) -> Response {
    let (language, book) = (signed.language(), &desk.book);
    let words = language.words().handbook;
    let (Some(document), Some(fields)) = (spot.document(), spot.fields()) else {
        return frame::nothing(&signed.shell());
    };
    if book.value(&spot.file, &spot.path).is_none() {
        return frame::nothing(&signed.shell());
    }
    let maker = Maker { book, spot, words };
    let each = matches!(document.file, Name::Each(..));
    let title = match (spot.path.is_empty() && !each, book.title(&spot.file, &spot.path)) {
        (true, _) => document.title.get(language).to_owned(),
        (_, Some(title)) => title,
        (_, None) => spot.key().to_owned(),
    };
    // What is wrong with the thing and stands at none of its fields.
    let whole = |path: &str| path == spot.path && !spot.path.is_empty() || path.is_empty() && each;
    let wrong = book.faults_in(&spot.file, &spot.path).filter(|one| whole(&one.path));
    let judged = book.judged_in(&spot.file, &spot.path).filter(|one| whole(&one.path));
    let judged = judged.map(|one| Finding::judged(one, language));
    let may = signed.may(Permission::Writer);
    let part = part::of(spot);
    let page = Page {
        shell: signed.shell().at(Area::Handbook, title),
        bar: desk.bar(signed).below(part.map(|part| (part.href(), part.title.get(language)))),
        about: part.as_ref().map_or(document.about, |part| part.about).get(language),
        href: spot.href(),
        wrong: wrong.map(|one| book.said(one)).chain(judged).collect(),
        fields: maker.fields(&fields, ""),
        key: part.and_then(|part| part.noun()).map(|_| spot.key().to_owned()),
        removable: part.is_some(),
        texts: each.then(|| super::sheet::folder(spot.key())),
        saved,
        may,
        hint: hint.clone(),
    };
    show(status(hint.is_some()), page.render())
}

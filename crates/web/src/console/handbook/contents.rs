//! What a handbook consists of: its front page, its parts, its texts.

use model::handbook::shape::{DOCUMENTS, Name};

use super::book::Book;
use super::spot::Spot;
use super::summary::Summary;
use super::{part, texts};

/// Every part of the handbook, with its front page and its texts.
pub(super) fn parts(book: &Book) -> Vec<Summary> {
    let fronts = forms(book).into_iter().map(|spot| front(&spot, book));
    let parts = part::all().into_iter().map(|part| part.summary(book));
    fronts.chain(parts).chain([texts::summary(book)]).collect()
}

/// The forms of whole files: front pages.
fn forms(book: &Book) -> Vec<Spot> {
    let file = |name: Name| match name {
        Name::Fixed(file) if book.files.contains_key(file) => Some(Spot::new(file, "")),
        _ => None,
    };
    let forms = DOCUMENTS.iter().filter_map(|document| file(document.file));
    forms.filter(|form| form.fields().is_some_and(|fields| !fields.is_empty())).collect()
}

/// The file as an overview shows it.
fn front(spot: &Spot, book: &Book) -> Summary {
    let language = book.language;
    let (title, about) = spot
        .document()
        .map_or(("", ""), |document| (document.title.get(language), document.about.get(language)));
    let own =
        |path: &str| Spot::around(&spot.file, path).is_some_and(|(around, _)| around == *spot);
    Summary {
        href: spot.href(),
        title,
        about,
        count: None,
        need: true,
        worst: None,
        wrong: book.worst(&spot.file, own),
    }
}

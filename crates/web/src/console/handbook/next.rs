//! What somebody who writes a handbook does next: what must be there and is not, then what does not
//! fit, then putting it in force.

use super::book::Book;
use super::contents::parts;
use super::summary::Summary;

/// One step, for the light.
pub(super) struct Step {
    pub(super) head: String,
    pub(super) lede: String,
    pub(super) href: String,
    pub(super) label: &'static str,
}

/// The next step of a draft; `refused` is whether it cannot be put in force yet.
pub(super) fn next(book: &Book, refused: bool) -> Option<Step> {
    let words = book.language.words().drafts;
    let (label, submit) = (words.go_there, "#submit".to_owned());
    if !refused {
        let (head, lede) = (words.ready.to_owned(), words.ready_lede.to_owned());
        return Some(Step { head, lede, href: submit, label });
    }
    let parts = parts(book);
    let empty = parts.iter().find(|part| part.need && part.count == Some(0));
    if let Some(part) = empty {
        let (head, lede) = ((words.next)(part.title), part.about.to_owned());
        return Some(Step { head, lede, href: part.href.clone(), label });
    }
    let is_broken = |part: &&Summary| part.wrong.is_some_and(|wrong| wrong.refused);
    let part = parts.iter().find(is_broken)?;
    let count = part.wrong.map_or(0, |wrong| wrong.count);
    let (head, lede) = ((words.next)(part.title), (words.mend_lede)(count));
    let href = part.worst.clone().unwrap_or_else(|| part.href.clone());
    Some(Step { head, lede, href, label })
}

//! What a notice leaves out although people need it. Whoever writes is asked once why, and that is
//! kept; nothing is held back by it.

use std::collections::BTreeSet;

use crate::handbook::Handbook;
use crate::notice::{Kind, Texts};
use crate::value::Timestamp;
use crate::words::{Item, Occasion, judge_with};

use super::publish::fill;
use super::{Command, Incident};

impl Command {
    /// The same, with a note of what its text leaves out, and why.
    #[must_use]
    pub fn knowingly(self, items: BTreeSet<Item>, reason: &str) -> Self {
        if items.is_empty() {
            return self;
        }
        Self::Knowingly { items, reason: reason.trim().to_owned(), then: Box::new(self) }
    }
}

/// What is asked about where it is missing: what happened, whom it concerns, what still works,
/// since when, and when the next notice comes. As people would read it in each of the languages, if
/// it went out at this moment with this promise.
#[must_use]
pub fn left_out(
    handbook: &Handbook,
    incident: &Incident,
    kind: Kind,
    texts: &Texts,
    (next_update, now): (Option<Timestamp>, Timestamp),
) -> BTreeSet<Item> {
    let filled = fill(handbook, incident, texts, next_update, now);
    let mut items = BTreeSet::new();
    for (language, text) in &filled {
        let text = text.to_markdown(*language);
        let judged = judge_with(&text, *language, Occasion::from(kind), &handbook.jargon);
        items.extend(judged.left_out());
    }
    items
}

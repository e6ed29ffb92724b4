//! What a table may hold, by how it is written.

use super::Table;
use super::item::SPAN;
use crate::handbook::link::Noun;
use crate::language::Localized;
use crate::value::{Day, Key, Span};

impl<'r> Table<'r> {
    /// The text of this key in each language, if it is written.
    pub(in crate::handbook) fn may_localized(&self, key: &'static str) -> Option<Localized> {
        self.may(key).map(|item| item.localized())
    }

    /// The same over several lines.
    pub(in crate::handbook) fn may_localized_long(&self, key: &'static str) -> Option<Localized> {
        self.may(key).map(|item| item.localized_long())
    }

    /// Keys of such things, if any are written.
    pub(in crate::handbook) fn may_links(&self, key: &'static str, noun: Noun) -> Vec<Key> {
        self.may(key).map(|item| item.links(noun)).unwrap_or_default()
    }

    /// The key of such a thing, if it is written.
    pub(in crate::handbook) fn may_link(&self, key: &'static str, noun: Noun) -> Option<Key> {
        self.may(key).and_then(|item| item.link(noun))
    }

    /// A length of time, if it is written.
    pub(in crate::handbook) fn may_span(&self, key: &'static str) -> Option<Span> {
        self.may(key).and_then(|item| item.word(&SPAN))
    }

    /// A day, if it is written.
    pub(in crate::handbook) fn may_day(&self, key: &'static str) -> Option<Day> {
        self.may(key).and_then(|item| item.day())
    }

    /// A text on one line, if it is written.
    pub(in crate::handbook) fn may_text(&self, key: &'static str) -> Option<String> {
        self.may(key).and_then(|item| item.text())
    }

    /// The tables of a list, if it is written.
    pub(in crate::handbook) fn may_tables(&self, key: &'static str) -> Vec<Self> {
        self.may(key).map(|item| item.tables()).unwrap_or_default()
    }
}

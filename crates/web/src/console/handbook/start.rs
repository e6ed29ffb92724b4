//! How a new thing begins: with its name, with what there is only one of, with usual spans.

use std::collections::BTreeMap;

use model::handbook::edit::{Fields, Value};
use model::handbook::shape::{Field, Kind};
use model::handbook::{Noun, Path as Place};

use super::book::Book;

/// Fills what can be known of a new thing: its name, what there is only one of, usual spans.
pub(super) struct Starter<'a> {
    pub(super) book: &'a Book,
    /// What it is called; empty where nobody said it.
    pub(super) name: &'a str,
}

impl Starter<'_> {
    /// Fills these fields; `usual` is whether also what need not be there begins as is usual.
    pub(super) fn fill(&self, fields: &'static [Field], at: &Place, usual: bool, out: &mut Fields) {
        for field in fields {
            let place = at.and([field.key]);
            match field.kind {
                Kind::Table(inner) if field.need => self.fill(inner, &place, true, out),
                _ => {
                    let value = self.value(field, usual, out.is_empty());
                    out.extend(value.map(|value| (place, value)));
                }
            }
        }
    }

    /// What it begins with; `first` is whether nothing has been filled yet.
    fn value(&self, field: &Field, usual: bool, first: bool) -> Option<Value> {
        let example = || Value::Text(field.example.get(self.book.languages[0]).to_owned());
        let only = |noun: Noun| match self.book.known(noun).as_slice() {
            [(key, _)] => Some(Value::Text(key.clone())),
            _ => None,
        };
        match field.kind {
            Kind::Localized if field.need && first && !self.name.is_empty() => {
                Some(Value::Words(BTreeMap::from([(self.book.languages[0], self.name.to_owned())])))
            }
            Kind::Link(noun) if field.need => only(noun),
            Kind::Links { noun, some: true } => only(noun).map(|one| Value::List(vec![one])),
            Kind::Members { words: [first, ..], .. } => {
                Some(Value::List(vec![Value::Text(first.word.to_owned())]))
            }
            Kind::Choice(_) if field.need => Some(example()),
            Kind::Span if field.need || usual => Some(example()),
            Kind::Flag if usual => Some(Value::Flag(true)),
            _ => None,
        }
    }

    /// What opens a new plan, where only one component is without one.
    pub(super) fn trigger(&self) -> Option<(Place, Value)> {
        let named = |key: &str| {
            let plans = self.book.files.keys().filter(|file| file.starts_with("plans/"));
            let named = plans.flat_map(|file| self.book.strings(file, "trigger.components"));
            named.into_iter().any(|one| one == key)
        };
        let known = self.book.known(Noun::Component);
        let mut free = known.into_iter().map(|(key, _)| key).filter(|key| !named(key));
        let (Some(only), None) = (free.next(), free.next()) else { return None };
        let place = Place::default().and(["trigger", "components"]);
        Some((place, Value::List(vec![Value::Text(only)])))
    }
}

//! Values as people give them and as TOML writes them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml_edit::{Array, Datetime, InlineTable, Value as Written};

use super::EditError;
use super::list::{List, Part, rewrite};
use crate::language::Language;

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A text, a key, a length of time.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// `2026-11-30`, or with a time `2026-11-30T09:00:00`.
    Date(String),
    /// Values in an order.
    List(Vec<Value>),
    /// A text in each of these languages; one in another language stays as it is.
    Words(BTreeMap<Language, String>),
    /// Values by name, on one line.
    Table(BTreeMap<String, Value>),
}

impl Value {
    /// As TOML has it.
    pub(super) fn written(&self) -> Result<Written, EditError> {
        Ok(match self {
            Self::Text(text) => text.as_str().into(),
            Self::Number(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Date(text) => {
                let date = text.parse::<Datetime>().ok().filter(|date| date.date.is_some());
                date.ok_or_else(|| EditError::Date(text.clone()))?.into()
            }
            Self::List(values) => {
                let values = values.iter().map(Self::written);
                values.collect::<Result<Array, _>>()?.into()
            }
            Self::Words(words) => {
                let words = words.iter().map(|(language, text)| (language.tag(), text.as_str()));
                words.collect::<InlineTable>().into()
            }
            Self::Table(values) => {
                let pair = |(name, value): (&String, &Self)| Ok((name.clone(), value.written()?));
                values.iter().map(pair).collect::<Result<InlineTable, _>>()?.into()
            }
        })
    }

    /// As TOML writes it in place of an older value. What it has in common with that one stays as
    /// it is written.
    pub(super) fn in_place_of(&self, older: &str) -> Result<String, EditError> {
        let new = self.written()?;
        match older.parse::<Written>() {
            Ok(mut old) => {
                renew(&mut old, new);
                Ok(old.to_string())
            }
            Err(_) => Ok(new.to_string()),
        }
    }
}

/// Makes `old` say what `new` says.
pub(super) fn renew(old: &mut Written, new: Written) {
    if is_same(old, &new) {
        return;
    }
    match (&mut *old, new) {
        (Written::Array(old), Written::Array(new)) => renew_list(old, &new),
        (Written::InlineTable(old), Written::InlineTable(new)) => {
            let gone: Vec<String> = old.iter().map(|(key, _)| key.to_owned()).collect();
            for key in gone.iter().filter(|key| !new.contains_key(key)) {
                old.remove(key);
            }
            for (key, value) in new {
                match old.get_mut(&key) {
                    Some(place) => renew(place, value),
                    None => insert(old, &key, value),
                }
            }
        }
        (old, mut new) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
    }
}

/// Values that were there before keep how they are written, with their comments.
fn renew_list(old: &mut Array, new: &Array) {
    rewrite(old, |parts| {
        let mut known: Vec<Option<Part>> = std::mem::take(parts).into_iter().map(Some).collect();
        for value in new {
            let says_it = |part: &&mut Option<Part>| {
                let before = part.as_ref().and_then(|part| part.value.parse::<Written>().ok());
                before.is_some_and(|before| is_same(&before, value))
            };
            let before = known.iter_mut().find(says_it).and_then(Option::take);
            parts.push(before.unwrap_or_else(|| List::part(plain(value))));
        }
    });
}

/// A value without gaps around it.
pub(super) fn plain(value: &Written) -> String {
    value.clone().decorated("", "").to_string()
}

/// Puts a value into a table on one line. The gap before its end stays there.
pub(super) fn insert(table: &mut InlineTable, key: &str, value: Written) {
    let last = table.iter().last().map(|(key, _)| key.to_owned());
    let gap = last.and_then(|key| table.get_mut(&key)).and_then(|last| {
        let gap =
            last.decor().suffix().and_then(|text| text.as_str()).unwrap_or_default().to_owned();
        last.decor_mut().set_suffix("");
        Some(gap).filter(|gap| !gap.is_empty())
    });
    table.insert(key, value);
    if let (Some(gap), Some(value)) = (gap, table.get_mut(key)) {
        value.decor_mut().set_prefix(" ");
        value.decor_mut().set_suffix(gap);
    }
}

/// Whether both say the same, however they are written.
pub(super) fn is_same(one: &Written, other: &Written) -> bool {
    match (one, other) {
        (Written::String(one), Written::String(other)) => one.value() == other.value(),
        (Written::Integer(one), Written::Integer(other)) => one.value() == other.value(),
        (Written::Boolean(one), Written::Boolean(other)) => one.value() == other.value(),
        (Written::Datetime(one), Written::Datetime(other)) => one.value() == other.value(),
        (Written::Array(one), Written::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Written::InlineTable(one), Written::InlineTable(other)) => {
            let has = |(key, value): (&str, &Written)| {
                other.get(key).is_some_and(|there| is_same(value, there))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        _ => false,
    }
}

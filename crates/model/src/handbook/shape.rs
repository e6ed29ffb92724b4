//! The format of the handbook as data: which files there are, which keys may stand where, what each
//! of them is for and how its value is written.
//!
//! Forms in the console, the JSON Schema and the reference page come from this one description. A
//! test holds it against what the reader really asks for, in both directions.

use super::channel::Form;
use super::link::Noun;
use crate::language::Language;

mod channel;
mod contact;
mod duty;
mod front;
mod kind;
mod monitor;
mod page;
mod people;
mod place;
mod plan;
mod rota;
mod schema;
mod system;
#[cfg(test)]
mod tests;
mod written;

pub use kind::{Choice, Kind};
pub use page::page;

/// A text of the program in each language that it speaks: German, English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said(pub [&'static str; 2]);

impl Said {
    /// The same in each language: keys, numbers, addresses.
    #[must_use]
    pub const fn same(text: &'static str) -> Self {
        Self([text, text])
    }

    /// The text in this language.
    #[must_use]
    pub fn get(self, language: Language) -> &'static str {
        let [german, english] = self.0;
        if language == Language::DE { german } else { english }
    }
}

/// One kind of file in the handbook's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    /// Its name.
    pub file: Name,
    /// What people call it.
    pub title: Said,
    /// What stands in it, one sentence.
    pub about: Said,
    /// Whether a handbook must have it.
    pub need: bool,
    /// What may stand in it: [`Kind::Table`], or [`Kind::Named`] where names are at its top.
    pub body: Kind,
}

/// How a file is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Always so.
    Fixed(&'static str),
    /// In this folder, one for each thing of this noun, called `KEY.toml`.
    Each(&'static str, Noun),
}

impl Name {
    /// Whether a file is called so.
    #[must_use]
    pub fn fits(self, file: &str) -> bool {
        match self {
            Self::Fixed(name) => name == file,
            Self::Each(folder, _) => {
                let name = file.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
                let stem = name.and_then(|name| name.strip_suffix(".toml"));
                stem.is_some_and(|stem| !stem.is_empty() && !stem.contains('/'))
            }
        }
    }

    /// As people write it: `people.toml`, `plans/KEY.toml`.
    #[must_use]
    pub fn pattern(self) -> String {
        match self {
            Self::Fixed(name) => name.to_owned(),
            Self::Each(folder, _) => format!("{folder}/KEY.toml"),
        }
    }
}

/// One key of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The key in the file. It is empty for [`Kind::OneOf`], whose ways stand in the same table.
    pub key: &'static str,
    /// What people call it, for the label of a form.
    pub label: Said,
    /// What to write there, and what holds without it; one sentence.
    pub hint: Said,
    /// Whether it must be there.
    pub need: bool,
    /// How its value is written.
    pub kind: Kind,
    /// A value as somebody would type it; of a list one part. Empty for tables.
    pub example: Said,
}

/// All files of a handbook but the texts, in the order in which a reader goes through them; at last
/// the contacts, which are no part of a version.
pub static DOCUMENTS: [Document; 7] = [
    front::DOCUMENT,
    people::DOCUMENT,
    system::DOCUMENT,
    channel::DOCUMENT,
    plan::DOCUMENT,
    duty::DOCUMENT,
    contact::DOCUMENT,
];

impl Document {
    /// The description of the file of this name.
    #[must_use]
    pub fn of(file: &str) -> Option<&'static Self> {
        DOCUMENTS.iter().find(|one| one.file.fits(file))
    }

    /// The description of what stands at this path (`role.lead.person`, `step.0.what`). The settings
    /// of a channel's adapter are not found here: ask its descriptor, and [`setting`].
    #[must_use]
    pub fn field(&self, path: &str) -> Option<&'static Field> {
        let mut parts = path.split('.');
        let mut kind = self.body;
        let mut found = None;
        while let Some(part) = parts.next() {
            match kind {
                Kind::Table(fields) => {
                    let field = find(fields, part)?;
                    (kind, found) = (field.kind, Some(field));
                }
                Kind::List(fields) | Kind::Named(_, fields) => {
                    let field = find(fields, parts.next()?)?;
                    (kind, found) = (field.kind, Some(field));
                }
                _ => return found,
            }
        }
        found
    }
}

/// The field of this key, also in the ways of which one stands in the same table.
fn find(fields: &'static [Field], key: &str) -> Option<&'static Field> {
    fields.iter().find_map(|field| match field.kind {
        Kind::OneOf(ways) => find(ways, key),
        _ => (field.key == key).then_some(field),
    })
}

/// A setting of a channel's adapter as a field of the channel's table.
#[must_use]
pub const fn setting(field: &super::channel::Field) -> Field {
    let kind = match field.form {
        Form::Line => Kind::Text,
        Form::Number(low, high) => Kind::Whole(low, high),
        Form::OneOf(words) => Kind::Word(words),
        Form::Email => Kind::Email,
        Form::Mailbox => Kind::Mailbox,
        Form::SecretName => Kind::SecretName,
    };
    let (label, hint) = (Said::same(field.name), Said(field.hint));
    Field { key: field.name, label, hint, need: field.required, kind, example: Said::same("") }
}

/// A field that may be left out.
const fn may(
    key: &'static str,
    kind: Kind,
    label: [&'static str; 2],
    hint: [&'static str; 2],
) -> Field {
    Field { key, label: Said(label), hint: Said(hint), need: false, kind, example: Said::same("") }
}

/// A field that must be there.
const fn need(
    key: &'static str,
    kind: Kind,
    label: [&'static str; 2],
    hint: [&'static str; 2],
) -> Field {
    Field { need: true, ..may(key, kind, label, hint) }
}

impl Field {
    /// The same with an example that reads alike in each language.
    const fn like(self, example: &'static str) -> Self {
        Self { example: Said::same(example), ..self }
    }

    /// The same with an example in each language.
    const fn said(self, german: &'static str, english: &'static str) -> Self {
        Self { example: Said([german, english]), ..self }
    }
}

const fn choice(word: &'static str, german: &'static str, english: &'static str) -> Choice {
    Choice { word, label: Said([german, english]) }
}

//! Changes of a handbook, each one verb on one place. Whatever it does not name stays as it is
//! written: comments, order, empty lines, quotation marks.

use serde::{Deserialize, Serialize};

use super::channel::Descriptor;
use super::fault::Clause;
use super::parse::CONTACTS;
use super::shape::Document;
use super::source::{Path, Source};
use super::{Files, Noun};
use crate::value::Key;

mod item;
mod list;
mod refused;
mod rename;
mod set;
mod value;

pub use refused::EditError;
pub use value::Value;

/// What a new item holds: where inside it, and what.
pub type Fields = Vec<(Path, Value)>;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Edit {
    /// Writes a value; makes the place where it was not written before.
    Set {
        /// In which file.
        file: String,
        /// Where.
        path: Path,
        /// What.
        value: Value,
    },
    /// Takes out a value, a table, or an item of a list, with the comments that belong to it.
    Remove {
        /// In which file.
        file: String,
        /// What.
        path: Path,
    },
    /// Puts a new `[[item]]` into a list.
    AddItem {
        /// In which file.
        file: String,
        /// The list.
        list: Path,
        /// Before which item, counted from 0; at the end where nothing is said.
        at: Option<usize>,
        /// What it holds.
        fields: Fields,
    },
    /// Makes a new `[named.KEY]`.
    AddNamed {
        /// In which file.
        file: String,
        /// Its place, with its key: `role.lead`.
        path: Path,
        /// What it holds.
        fields: Fields,
    },
    /// Moves an item of a list to another place in it.
    Move {
        /// In which file.
        file: String,
        /// The list.
        list: Path,
        /// Which item, counted from 0.
        from: usize,
        /// Which one it is afterwards.
        to: usize,
    },
    /// Gives something another key, wherever it is named; a plan also its file and its texts,
    /// an audience also its passages.
    Rename {
        /// What it is.
        noun: Noun,
        /// Its key.
        from: Key,
        /// Its new key.
        to: Key,
    },
    /// Writes a whole file, in place of what it said.
    Write {
        /// Which.
        file: String,
        /// What it says.
        text: String,
    },
    /// Takes out a whole file.
    Delete {
        /// Which.
        file: String,
    },
}

/// Makes a change. The kinds of channels say where keys are named in them.
///
/// # Errors
///
/// [`EditError`]; then nothing was changed.
pub fn edit(files: &Files, edit: &Edit, kinds: &[&Descriptor]) -> Result<Files, EditError> {
    let mut files = files.clone();
    match edit {
        Edit::Set { file, path, value } => {
            change(&mut files, file, |sheet| set::set(sheet, path, value))?;
        }
        Edit::Remove { file, path } => {
            change(&mut files, file, |sheet| set::remove(sheet, path))?;
        }
        Edit::AddItem { file, list, at, fields } => {
            change(&mut files, file, |sheet| item::add(sheet, list, *at, fields))?;
        }
        Edit::AddNamed { file, path, fields } => {
            change(&mut files, file, |sheet| item::add_named(sheet, path, fields))?;
        }
        Edit::Move { file, list, from, to } => {
            change(&mut files, file, |sheet| item::move_to(sheet, list, *from, *to))?;
        }
        Edit::Rename { noun, from, to } => return rename::rename(&files, *noun, from, to, kinds),
        Edit::Write { file, text } => {
            known(file)?;
            files.insert(file.clone(), text.clone());
        }
        Edit::Delete { file } => {
            files.remove(file).ok_or_else(|| EditError::Gone(file.clone()))?;
        }
    }
    Ok(files)
}

/// A file that is being changed.
struct Sheet<'a> {
    file: &'a str,
    source: Source,
}

impl Sheet<'_> {
    fn missing(&self, path: &Path) -> EditError {
        EditError::Missing { file: self.file.to_owned(), path: path.clone() }
    }

    fn taken(&self, path: &Path) -> EditError {
        EditError::Taken { file: self.file.to_owned(), path: path.clone() }
    }

    fn unfit(&self, path: &Path, found: Clause) -> EditError {
        EditError::Unfit { file: self.file.to_owned(), path: path.clone(), found }
    }
}

/// Changes a TOML file; one that is not there yet begins empty.
fn change(
    files: &mut Files,
    file: &str,
    by: impl FnOnce(&mut Sheet<'_>) -> Result<(), EditError>,
) -> Result<(), EditError> {
    known(file)?;
    if !file.ends_with(".toml") {
        return Err(EditError::NoFile(file.to_owned()));
    }
    let text = files.get(file).map_or("", String::as_str);
    let source = Source::parse(file, text).map_err(EditError::NoToml)?;
    let mut sheet = Sheet { file, source };
    by(&mut sheet)?;
    let text = sheet.source.text();
    // What would be no TOML any more is not written: it could not be edited further.
    Source::parse(file, &text).map_err(EditError::NoToml)?;
    files.insert(file.to_owned(), text);
    Ok(())
}

/// Refuses what can be no file of a handbook, above all what leads out of its folder.
fn known(file: &str) -> Result<(), EditError> {
    let is_name = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        part.starts_with(|c: char| c.is_ascii_alphanumeric()) && part.chars().all(plain)
    };
    let is_text = file.ends_with(".md") && (file.starts_with("texts/") || !file.contains('/'));
    let is_known = is_text || file != CONTACTS && Document::of(file).is_some();
    if is_known && file.split('/').all(is_name) {
        Ok(())
    } else {
        Err(EditError::NoFile(file.to_owned()))
    }
}

//! Why a change cannot be made, in the reader's language.

use std::fmt;

use crate::handbook::Noun;
use crate::handbook::fault::{Clause, Fault, said};
use crate::handbook::source::Path;
use crate::language::Language;
use crate::value::Key;

/// Why a change cannot be made. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The file is no part of a handbook.
    NoFile(String),
    /// The file is not there.
    Gone(String),
    /// The file cannot be read as TOML.
    NoToml(Box<Fault>),
    /// The place is not there.
    Missing {
        /// In which file.
        file: String,
        /// What was looked for.
        path: Path,
    },
    /// Something stands there already.
    Taken {
        /// In which file.
        file: String,
        /// Where.
        path: Path,
    },
    /// Something else stands there.
    Unfit {
        /// In which file.
        file: String,
        /// Where.
        path: Path,
        /// What stands there.
        found: Clause,
    },
    /// A text that is no date.
    Date(String),
    /// Nothing has this key.
    Unknown {
        /// What was looked for.
        noun: Noun,
        /// Its key.
        key: Key,
    },
    /// The key is taken.
    KeyTaken {
        /// What has it.
        noun: Noun,
        /// The key.
        key: Key,
    },
}

impl EditError {
    /// What is wrong and what to do.
    #[must_use]
    pub fn said(&self) -> Clause {
        match self {
            Self::NoFile(file) => said!(
                "„{file}“ ist keine Datei eines Handbuchs: Nehmen Sie eine seiner Dateien, plans/KÜRZEL.toml oder texts/…",
                "“{file}” is no file of a handbook: choose one of its files, plans/KEY.toml or texts/…"
            ),
            Self::Gone(file) => said!(
                "Die Datei „{file}“ gibt es nicht mehr: Sehen Sie den neuesten Stand an, vielleicht hat sie jemand entfernt",
                "there is no file “{file}”: look at the newest state, it may have been taken out"
            ),
            Self::NoToml(fault) => {
                let Fault { file, line, column, what, help, .. } = &**fault;
                let said = |clause: &Clause, language| clause.get(language).to_owned();
                let [german, english] = [Language::DE, Language::EN]
                    .map(|language| [what, help].map(|clause| said(clause, language)));
                Clause::new(
                    format!("{file}, Zeile {line}, Zeichen {column}: {}. {}", german[0], german[1]),
                    format!(
                        "{file}, line {line}, character {column}: {}. {}",
                        english[0], english[1]
                    ),
                )
            }
            Self::Missing { file, path } => said!(
                "„{path}“ gibt es in {file} nicht mehr: Sehen Sie den neuesten Stand an, vielleicht hat es jemand entfernt",
                "there is no “{path}” in {file}: look at the newest state, it may have been taken out"
            ),
            Self::Taken { file, path } => said!(
                "„{path}“ gibt es in {file} schon: Nehmen Sie ein anderes Kürzel, oder ändern Sie, was dort steht",
                "“{path}” is in {file} already: choose another key, or change what is there"
            ),
            Self::Unfit { file, path, found } => Clause::new(
                format!(
                    "„{path}“ in {file} ist {}: Nehmen Sie eine Stelle darin, oder entfernen Sie es zuerst",
                    found.get(Language::DE)
                ),
                format!(
                    "“{path}” in {file} is {}: choose a place inside it, or take it out first",
                    found.get(Language::EN)
                ),
            ),
            Self::Date(text) => said!(
                "„{text}“ ist kein Datum: Schreiben Sie es wie 2026-11-30, mit Uhrzeit wie 2026-11-30T09:00",
                "“{text}” is no date: write it like 2026-11-30, with a time like 2026-11-30T09:00"
            ),
            Self::Unknown { noun, key } => Clause::new(
                format!(
                    "„{key}“ ({}) gibt es nicht mehr: Sehen Sie den neuesten Stand an, vielleicht heißt es jetzt anders",
                    noun.german()
                ),
                format!(
                    "there is no {} “{key}”: look at the newest state, it may have another key now",
                    noun.word()
                ),
            ),
            Self::KeyTaken { noun, key } => Clause::new(
                format!("„{key}“ ({}) gibt es schon: Nehmen Sie ein anderes Kürzel", noun.german()),
                format!("there is a {} “{key}” already: choose another key", noun.word()),
            ),
        }
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for EditError {}

//! Places inside a TOML file.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Name;

/// A place inside a file: `role.lead.title.de`, `step.0.what`; lists count from 0. A key that is
/// more than letters, digits, “-” and “_” stands in quotation marks, as in TOML.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Path(Vec<String>);

/// A text that names no place in a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names no place in a file: write keys with dots in between, like step.0.what")]
pub struct BadPath(String);

impl Path {
    /// The keys.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        &self.0
    }

    /// The place of these keys below this one.
    #[must_use]
    pub fn and<T: Into<String>>(&self, keys: impl IntoIterator<Item = T>) -> Self {
        Self(self.0.iter().cloned().chain(keys.into_iter().map(Into::into)).collect())
    }

    /// Goes one down.
    pub(in crate::handbook) fn push(&mut self, key: &str) {
        self.0.push(key.to_owned());
    }

    /// The place around this one, and its own key.
    #[must_use]
    pub fn split_last(&self) -> Option<(Self, &str)> {
        self.0.split_last().map(|(last, rest)| (Self(rest.to_vec()), last.as_str()))
    }

    /// The keys that lead from that place to this one, if it is inside or the same.
    #[must_use]
    pub fn inside(&self, outer: &Self) -> Option<&[String]> {
        self.0.strip_prefix(outer.0.as_slice())
    }

    /// The keys that stand in a heading: without the numbers of items.
    pub(in crate::handbook) fn heading(&self) -> Vec<String> {
        let is_number = |key: &&String| key.bytes().all(|byte| byte.is_ascii_digit());
        self.0.iter().filter(|key| !is_number(key)).cloned().collect()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(&self.0, "", "").0)
    }
}

impl FromStr for Path {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<Self, BadPath> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let keys = toml_edit::Key::parse(text).map_err(|_| BadPath(text.to_owned()))?;
        Ok(Self(keys.iter().map(|key| key.get().to_owned()).collect()))
    }
}

impl TryFrom<String> for Path {
    type Error = BadPath;

    fn try_from(text: String) -> Result<Self, BadPath> {
        text.parse()
    }
}

impl From<Path> for String {
    fn from(path: Path) -> Self {
        path.to_string()
    }
}

/// Keys as TOML writes them, between these two, and where each stands.
pub(super) fn written(keys: &[String], open: &str, close: &str) -> (String, Vec<Name>) {
    let (mut text, mut names) = (open.to_owned(), Vec::new());
    for key in keys {
        if text.len() > open.len() {
            text.push('.');
        }
        let start = text.len();
        text.push_str(&toml_edit::Key::new(key).display_repr());
        names.push(Name { text: key.clone(), span: start..text.len() });
    }
    text.push_str(close);
    (text, names)
}

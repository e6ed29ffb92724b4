//! Languages, and the words that the program itself says in them.
//!
//! A language is a tag, not an enum: a third one is one more file with one more [`Words`].

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

mod de;
mod en;
mod when;
mod words;

pub use when::Zone;
pub use words::{
    Drafts, Guest, Handbook, Hook, Misfits, Print, Reach, Report, Room, StateWords, Subscription,
    Team, Uploads, Ways, Words, list,
};

/// A language that the program can speak: `de`, `en`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Language(&'static str);

/// A language that the program does not speak.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no language that Notlicht speaks: write de or en")]
pub struct UnknownLanguage(String);

static ALL: [&Words; 2] = [&de::WORDS, &en::WORDS];

impl Language {
    /// German.
    pub const DE: Self = Self("de");
    /// English.
    pub const EN: Self = Self("en");

    /// The tag: `de`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.0
    }

    /// Every language that the program speaks.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|words| Self(words.tag))
    }

    /// What the program says in this language.
    #[must_use]
    pub fn words(self) -> &'static Words {
        ALL.iter().find(|words| words.tag == self.0).expect("a language is made from the list")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        Self::all()
            .find(|language| language.tag() == text)
            .ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// One text in several languages. The handbook's check sees that each of its languages is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localized(pub BTreeMap<Language, String>);

impl Localized {
    /// The text in this language, else in any that there is, else nothing.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.0.get(&language).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }
}

//! Notices (Meldungen): what people are told, once per language; channels render it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::Language;

mod fill;
mod passage;
mod text;

pub use fill::{Filling, HOLES, Hole};
pub use passage::{Passage, Passages, laid_over};
pub use text::{BadText, Text};

/// The texts of one notice by language.
pub type Texts = BTreeMap<Language, Text>;

/// What a notice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The first word (Erstmeldung).
    First,
    /// News (Meldung).
    Update,
    /// Nothing new, and we say so (Zwischenmeldung).
    Holding,
    /// An earlier notice was wrong (Richtigstellung).
    Correction,
    /// It is over (Entwarnung).
    AllClear,
}

impl Kind {
    /// All kinds, each of which a plan prepares.
    pub const ALL: [Self; 5] =
        [Self::First, Self::Update, Self::Holding, Self::Correction, Self::AllClear];

    /// The word for it in file names and JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Update => "update",
            Self::Holding => "holding",
            Self::Correction => "correction",
            Self::AllClear => "all-clear",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(self, language: Language) -> &'static str {
        let kinds = &language.words().notice;
        match self {
            Self::First => kinds.first,
            Self::Update => kinds.update,
            Self::Holding => kinds.holding,
            Self::Correction => kinds.correction,
            Self::AllClear => kinds.all_clear,
        }
    }
}

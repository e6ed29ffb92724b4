//! Permissions (access levels) of accounts and tokens. Each includes the ones before it. Which
//! route needs which stands in one table: the list of routes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// What an account or a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Look at everything in the console but addresses.
    Viewer,
    /// Declare, write drafts, change what waits, stop the clock, say when the end is expected.
    Writer,
    /// Let notices out or withdraw them, correct, give the all-clear; see who was not reached,
    /// with their addresses.
    Approver,
    /// Accounts, sessions of others, tokens.
    Administrator,
}

/// A word that is no permission.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no permission: write viewer, writer, approver or administrator")]
pub struct UnknownPermission(String);

impl Permission {
    /// What it takes to see the addresses of people.
    pub const SEES_ADDRESSES: Self = Self::Approver;

    /// All, the least first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Writer, Self::Approver, Self::Administrator];

    /// The word that is stored and typed.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Writer => "writer",
            Self::Approver => "approver",
            Self::Administrator => "administrator",
        }
    }

    /// Whether this one may do what needs that one.
    #[must_use]
    pub fn allows(self, needed: Self) -> bool {
        self >= needed
    }

    /// What people call it.
    #[must_use]
    pub fn label(self, language: Language) -> &'static str {
        let words = &language.words().console.permission;
        match self {
            Self::Viewer => words.viewer,
            Self::Writer => words.writer,
            Self::Approver => words.approver,
            Self::Administrator => words.administrator,
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(text: &str) -> Result<Self, UnknownPermission> {
        Self::ALL
            .into_iter()
            .find(|one| one.word() == text)
            .ok_or_else(|| UnknownPermission(text.to_owned()))
    }
}

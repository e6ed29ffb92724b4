//! Who lets a new version of the handbook into force.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::Handbook;
use super::people::Role;
use crate::value::Key;

/// Where a draft of a new version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Somebody works on it.
    Open,
    /// It waits for a second person.
    Waiting,
    /// It became a version.
    Accepted,
    /// Whoever wrote it gave it up.
    Dropped,
}

impl Stage {
    const ALL: [Self; 4] = [Self::Open, Self::Waiting, Self::Accepted, Self::Dropped];

    /// The word that is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Dropped => "dropped",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A word that is no [`Stage`].
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no stage of a draft")]
pub struct UnknownStage(String);

impl FromStr for Stage {
    type Err = UnknownStage;

    fn from_str(text: &str) -> Result<Self, UnknownStage> {
        let known = Self::ALL.into_iter().find(|stage| stage.word() == text);
        known.ok_or_else(|| UnknownStage(text.to_owned()))
    }
}

/// Why somebody cannot let a draft into force, or send it back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoApprover {
    /// They wrote in it.
    #[error("“{0}” wrote in this draft: a second person of the role “{1}” must look at it")]
    Wrote(String, Key),
    /// They do not hold the role.
    #[error("“{0}” does not hold the role “{1}”: ask {2}")]
    NotInRole(String, Key, String),
}

/// The role that must let a new version into force, by the version that is in force now: else
/// whoever writes could choose who looks.
#[must_use]
pub fn approval(handbook: &Handbook) -> Option<&Role> {
    handbook.roles.get(handbook.control.approval.as_ref()?)
}

/// Whether this person may let a draft into force in which these wrote. An account of the console
/// is the person of the handbook that has its name.
///
/// # Errors
///
/// [`NoApprover`].
pub fn may_approve(role: &Role, wrote: &BTreeSet<String>, who: &str) -> Result<(), NoApprover> {
    let mut people = std::iter::once(&role.person).chain(&role.deputies);
    if !people.any(|person| person.as_str() == who) {
        let others = std::iter::once(&role.person).chain(&role.deputies).map(Key::as_str);
        let others: Vec<_> = others.filter(|one| !wrote.contains(*one)).collect();
        return Err(NoApprover::NotInRole(who.to_owned(), role.key.clone(), others.join(", ")));
    }
    if wrote.contains(who) {
        return Err(NoApprover::Wrote(who.to_owned(), role.key.clone()));
    }
    Ok(())
}

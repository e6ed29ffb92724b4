//! Who does something in an incident.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::Key;

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", content = "key", rename_all = "snake_case")]
pub enum Actor {
    /// Notlicht itself, by the plan.
    Program,
    /// Somebody with the link that this endpoint (a chat room) was sent.
    Link(Key),
    /// A person of the handbook.
    Person(Key),
    /// Somebody at the command line of the host, by the name that the system gives.
    Host(String),
    /// Somebody signed in to the console who is no person of the handbook, by the account's name.
    Account(Key),
    /// A program with this token.
    Token(Key),
    /// Somebody of this outside partner, by the link that they were sent.
    Partner(Key),
}

impl Actor {
    /// Whether it is this person.
    #[must_use]
    pub fn is(&self, person: &Key) -> bool {
        matches!(self, Self::Person(key) if key == person)
    }

    /// Whether they may say what somebody else has said: a program, and whoever is at the host.
    pub(in crate::incident) const fn speaks_for_others(&self) -> bool {
        matches!(self, Self::Host(_) | Self::Token(_))
    }

    /// The person of whom something is said, else who says it.
    pub(in crate::incident) fn or(&self, who: Option<&Key>) -> Self {
        who.map_or_else(|| self.clone(), |who| Self::Person(who.clone()))
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program => f.write_str("Notlicht"),
            Self::Link(key) => write!(f, "link in {key}"),
            Self::Person(key) => write!(f, "{key}"),
            Self::Host(name) => write!(f, "{name} (host)"),
            Self::Account(name) => write!(f, "{name} (console)"),
            Self::Token(name) => write!(f, "{name} (API)"),
            Self::Partner(key) => write!(f, "{key} (partner)"),
        }
    }
}

//! References of a handbook's parts to one another, as they are read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::fault::Severity;
use crate::value::Key;

/// What a reference can name, or what has a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// Somebody, by a key alone.
    Person,
    /// A crisis role.
    Role,
    /// Somebody outside.
    Partner,
    /// A part that visitors know.
    Component,
    /// What is measured.
    Monitor,
    /// A way out.
    Channel,
    /// A machine that is told.
    Endpoint,
    /// Who is told.
    Audience,
    /// What to do in a scenario.
    Plan,
    /// Where something runs.
    Place,
    /// Who is alarmed, one after the other.
    Chain,
    /// Who is on call when.
    Rota,
    /// What must be reported.
    Duty,
}

impl Noun {
    /// The word by which the files call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Role => "role",
            Self::Partner => "partner",
            Self::Component => "component",
            Self::Monitor => "monitor",
            Self::Channel => "channel",
            Self::Endpoint => "endpoint",
            Self::Audience => "audience",
            Self::Plan => "plan",
            Self::Place => "place",
            Self::Chain => "chain",
            Self::Rota => "rota",
            Self::Duty => "duty",
        }
    }

    /// The same in German.
    pub(super) const fn german(self) -> &'static str {
        match self {
            Self::Person => "Mensch",
            Self::Role => "Rolle",
            Self::Partner => "Partner",
            Self::Component => "Teil",
            Self::Monitor => "Messung",
            Self::Channel => "Weg",
            Self::Endpoint => "Maschine",
            Self::Audience => "Kreis",
            Self::Plan => "Plan",
            Self::Place => "Ort",
            Self::Chain => "Alarmkette",
            Self::Rota => "Bereitschaft",
            Self::Duty => "Meldepflicht",
        }
    }

    /// Where it is declared: a file, or for plans the beginning of its name.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Person | Self::Role | Self::Partner | Self::Chain | Self::Rota => "people.toml",
            Self::Component | Self::Monitor | Self::Place => "system.toml",
            Self::Channel | Self::Endpoint | Self::Audience => "channels.toml",
            Self::Duty => "duties.toml",
            Self::Plan => "plans/",
        }
    }

    /// How one of this key is declared there.
    pub(super) fn declaration(self, key: &str) -> String {
        match self {
            Self::Component => format!("[[component]] with key = \"{key}\""),
            Self::Plan => format!("{}{key}.toml", self.file()),
            other => format!("[{}.{key}]", other.word()),
        }
    }
}

/// One reference.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) noun: Noun,
    pub(super) key: Key,
    pub(super) file: String,
    pub(super) span: Range<usize>,
    /// What happens to the handbook where it leads nowhere.
    pub(super) otherwise: Severity,
}

/// All references, and all that can be referred to.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) made: Vec<Link>,
    pub(super) declared: BTreeMap<Noun, BTreeSet<Key>>,
}

impl Links {
    /// Declares; false where it was declared before.
    pub(super) fn declare(&mut self, noun: Noun, key: &Key) -> bool {
        self.declared.entry(noun).or_default().insert(key.clone())
    }

    /// The keys that are declared.
    pub(super) fn known(&self, noun: Noun) -> impl Iterator<Item = &str> {
        self.declared.get(&noun).into_iter().flatten().map(Key::as_str)
    }
}

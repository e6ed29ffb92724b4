//! What can fail and how it is watched: components and monitors.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::{Language, Localized};
use crate::value::{Day, Key, Span};

/// How a component fares. Ordered by how bad it is for visitors.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ComponentState {
    /// All is well.
    #[default]
    Operational,
    /// Planned work.
    Maintenance,
    /// We cannot see it.
    Blind,
    /// Slow or limited.
    Degraded,
    /// Some of it is down.
    Partial,
    /// Down.
    Major,
}

impl ComponentState {
    /// Whether visitors cannot use it as they are used to.
    #[must_use]
    pub fn is_broken(self) -> bool {
        self >= Self::Degraded
    }

    /// What people call it.
    #[must_use]
    pub fn label(self, language: Language) -> &'static str {
        let words = &language.words().state;
        match self {
            Self::Operational => words.operational,
            Self::Maintenance => words.maintenance,
            Self::Blind => words.blind,
            Self::Degraded => words.degraded,
            Self::Partial => words.partial,
            Self::Major => words.major,
        }
    }

    /// The word by which the handbook calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Operational => "operational",
            Self::Maintenance => "maintenance",
            Self::Blind => "blind",
            Self::Degraded => "degraded",
            Self::Partial => "partial",
            Self::Major => "major",
        }
    }
}

/// A part that visitors know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// The key.
    pub key: Key,
    /// What visitors call it ("Anmeldung").
    pub name: Localized,
    /// What they do with it, one sentence.
    pub about: Localized,
    /// What it cannot work without.
    pub depends_on: Vec<Key>,
    /// The places where it runs; one of several is enough.
    pub runs_on: Vec<Key>,
    /// The role that answers for it.
    pub owner: Option<Key>,
    /// The longest outage that can be borne (MTPD).
    pub mtpd: Option<Span>,
    /// How soon it is to run again (RTO).
    pub rto: Option<Span>,
    /// How much of the newest data may be lost (RPO).
    pub rpo: Option<Span>,
    /// What must work at the least.
    pub minimum: Option<Localized>,
    /// What people do meanwhile, without it.
    pub workaround: Option<Localized>,
    /// When it was last restored from its backup to try it.
    pub restored_on: Option<Day>,
}

/// Where something runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The key.
    pub key: Key,
    /// What it is called.
    pub title: Localized,
    /// What it is.
    pub kind: PlaceKind,
    /// The partner who runs it.
    pub partner: Option<Key>,
    /// The place in which it lies, with which it goes down: a room in a house.
    pub inside: Option<Key>,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A house full of machines.
    Datacentre,
    /// Machines or programs that somebody runs for many.
    Provider,
    /// One's own rooms.
    Office,
    /// A region of a large provider.
    Cloud,
}

impl PlaceKind {
    /// Each kind.
    pub const ALL: [Self; 4] = [Self::Datacentre, Self::Provider, Self::Office, Self::Cloud];

    /// The word by which the handbook calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Datacentre => "datacentre",
            Self::Provider => "provider",
            Self::Office => "office",
            Self::Cloud => "cloud",
        }
    }
}

/// What is measured, how often, and when it is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Monitor {
    /// The key.
    pub key: Key,
    /// The component whose state it tells; none for a reference.
    pub component: Option<Key>,
    /// The state of the component while this monitor's verdict is "down".
    pub shows: ComponentState,
    /// The time between two probes; where others report, between two looks at what they said.
    pub every: Span,
    /// When failures are believed.
    pub rule: Rule,
    /// What is done.
    pub probe: Probe,
}

impl Monitor {
    /// A reference is a target elsewhere that tells whether we ourselves can see the world.
    #[must_use]
    pub fn is_reference(&self) -> bool {
        self.component.is_none()
    }
}

/// When a verdict is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Down when so many …
    pub fails: u8,
    /// … of the last so many observations failed. Equal numbers mean consecutive.
    pub of: u8,
    /// Up again when so many in a row are good.
    pub recover: u8,
}

/// One way of looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// Fetch a page.
    Http {
        /// Its address.
        url: String,
        /// The status codes that are good.
        status: Vec<u16>,
        /// What must stand in the answer.
        contains: Vec<String>,
        /// What must not stand in it.
        lacks: Vec<String>,
        /// How long an answer may take.
        timeout: Span,
        /// Whether redirects are followed (up to 5).
        follow: bool,
    },
    /// Open a connection.
    Tcp {
        /// Name or address.
        host: String,
        /// The port.
        port: u16,
        /// How the other side must begin, if it speaks first.
        banner: Option<String>,
        /// How long it may take.
        timeout: Span,
    },
    /// Somebody else reports regularly; silence is the finding.
    Heartbeat {
        /// How much later than `every` a beat may come.
        grace: Span,
    },
    /// A Prometheus Alertmanager reports: down while any alert with these labels fires.
    Alertmanager {
        /// Label → the value that it must have; never empty.
        labels: BTreeMap<String, String>,
        /// Staff are told when nothing at all came from there for so long.
        silent_after: Option<Span>,
    },
    /// Some other program reports in JSON of its own: down while any of its subjects is down.
    Hook {
        /// How its JSON is read.
        mapping: Mapping,
        /// Staff are told when nothing at all came from there for so long.
        silent_after: Option<Span>,
    },
}

impl Probe {
    /// Whether we do not look ourselves: another program has looked, and reports what it found.
    #[must_use]
    pub const fn is_reported(&self) -> bool {
        matches!(self, Self::Alertmanager { .. } | Self::Hook { .. })
    }

    /// For how long the program that reports may say nothing at all.
    #[must_use]
    pub const fn silent_after(&self) -> Option<Span> {
        match self {
            Self::Alertmanager { silent_after, .. } | Self::Hook { silent_after, .. } => {
                *silent_after
            }
            Self::Http { .. } | Self::Tcp { .. } | Self::Heartbeat { .. } => None,
        }
    }
}

/// How the JSON of another program is read. Each place is a JSON pointer (RFC 6901); where there
/// is a list of items, the places are inside an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Where a list of items stands; without it the whole is one item.
    pub items: Option<String>,
    /// Place → the value that must stand there; other items are none of ours.
    pub only: BTreeMap<String, String>,
    /// Where the state stands.
    pub state: String,
    /// The states that mean down.
    pub down: Vec<String>,
    /// The states that mean up again.
    pub up: Vec<String>,
    /// What it is about, where one hook reports several things.
    pub subject: Option<String>,
    /// Since when the state is so: RFC 3339, or seconds or milliseconds since 1970.
    pub time: Option<String>,
    /// A sentence about it.
    pub detail: Option<String>,
}

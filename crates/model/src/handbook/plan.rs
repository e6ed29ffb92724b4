//! What to do in which scenario: trigger, steps, the policy for notices, prepared texts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::system::ComponentState;
use crate::language::{Language, Localized};
use crate::notice::{Kind, Passages, Text};
use crate::value::{Day, Key, Span};

/// How grave: BSI-Standard 200-4 tells these apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Störung: dealt with in the ordinary organisation.
    Incident,
    /// Notfall: time-critical, plans exist, a special organisation acts.
    Emergency,
    /// Krise: no plan fits.
    Crisis,
}

impl Level {
    /// All of them, the least grave first.
    pub const ALL: [Self; 3] = [Self::Incident, Self::Emergency, Self::Crisis];

    /// The word for it in the handbook and in forms.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Emergency => "emergency",
            Self::Crisis => "crisis",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(self, language: Language) -> &'static str {
        let words = &language.words().console.level;
        match self {
            Self::Incident => words.incident,
            Self::Emergency => words.emergency,
            Self::Crisis => words.crisis,
        }
    }
}

/// A contingency plan (Notfallplan) for one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The key.
    pub key: Key,
    /// What it is called.
    pub title: Localized,
    /// When it is opened by a verdict.
    pub trigger: Trigger,
    /// The level at which it begins.
    pub level: Level,
    /// The alarm chain that runs when it is opened.
    pub alarm: Option<Key>,
    /// What is to be done before anything else (Sofortmaßnahmen), in this order.
    pub immediate: Vec<Step>,
    /// What is to be done then, in this order.
    pub steps: Vec<Step>,
    /// The components in the order in which they are started again.
    pub restart: Vec<Key>,
    /// When it was last exercised.
    pub exercised_on: Option<Day>,
    /// When somebody last read all of it.
    pub reviewed_on: Option<Day>,
    /// How people are told.
    pub policy: Policy,
    /// Prepared texts. Each kind is there in each language of the handbook.
    pub texts: BTreeMap<Kind, BTreeMap<Language, Text>>,
    /// What single audiences are told in addition, by the kind of notice: the plan's own passages,
    /// and for audiences that it tells those that serve every plan.
    pub passages: BTreeMap<Kind, Passages>,
}

/// When a plan is opened by a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// When one of these …
    pub components: BTreeSet<Key>,
    /// … or any component that no other plan names …
    pub any: bool,
    /// … is in this state or worse.
    pub at_least: ComponentState,
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub what: Localized,
    /// The role that does it.
    pub role: Key,
    /// How to see that it is done.
    pub check: Option<Localized>,
    /// How long it may take.
    pub within: Option<Span>,
    /// What to do if it does not work.
    pub otherwise: Option<Localized>,
    /// The partner who is called for it.
    pub partner: Option<Key>,
    /// When somebody last did it, in earnest or to try it.
    pub proven_on: Option<Day>,
}

/// How people are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// How long the first notice waits for somebody to look at it before it goes out by itself.
    pub hold: Span,
    /// The longest time from one notice to the next.
    pub rhythm: Span,
    /// How long before a promised update staff are reminded.
    pub remind: Span,
    /// Whether a truthful holding update goes out when nobody wrote.
    pub holding: bool,
    /// Whether and when the all-clear goes out by itself: after the components were well for so
    /// long. Without it a person gives it.
    pub all_clear_after: Option<Span>,
    /// How long a role waits for its holder to take it before the next deputy is asked. Without it
    /// holder and deputies are alerted at the same time, and nobody's answer is waited for.
    pub acknowledge_within: Option<Span>,
    /// Whether a second person must read what somebody wrote before it goes out.
    pub approval: bool,
    /// The roles that are alerted and may hold, withdraw and release.
    pub alert: Vec<Key>,
    /// The channels over which staff are alerted.
    pub alert_channels: Vec<Key>,
    /// Machines that are alerted too.
    pub alert_endpoints: Vec<Key>,
    /// The audiences that are told.
    pub audiences: Vec<Key>,
}

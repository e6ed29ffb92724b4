//! The front of the handbook: who answers for it, what the levels mean, how often things are tried,
//! the card for the wall.

use super::people::Who;
use crate::language::Localized;
use crate::value::{Day, Key, Span};

/// Document control: who answers for the handbook, and where its copies hang.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// The person who keeps it.
    pub owner: Option<Key>,
    /// The role whose holder or deputy must approve a new version; none where nobody must.
    pub approval: Option<Key>,
    /// When somebody last read all of it.
    pub reviewed_on: Option<Day>,
    /// How often somebody must.
    pub review_every: Span,
    /// Where printed copies are.
    pub copies: Vec<String>,
}

impl Default for Control {
    fn default() -> Self {
        Self {
            owner: None,
            approval: None,
            reviewed_on: None,
            review_every: Span::days(365),
            copies: Vec::new(),
        }
    }
}

/// What a level means here (BSI-Standard 200-4: each has criteria, and somebody who declares it).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Threshold {
    /// How to see that it has come to this.
    pub criteria: Option<Localized>,
    /// The role that declares it.
    pub declared_by: Option<Key>,
}

/// How old a proof may become before it counts no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// A telephone number or mail address.
    pub contact: Span,
    /// The alarm exercise: numbers, deputies, escalation.
    pub alarm: Span,
    /// A channel.
    pub channel: Span,
    /// A plan and its steps.
    pub plan: Span,
    /// Restoring a component from its backup.
    pub restore: Span,
}

impl Default for Rhythm {
    fn default() -> Self {
        let (quarter, year) = (Span::days(90), Span::days(365));
        Self { contact: quarter, alarm: quarter, channel: quarter, plan: year, restore: year }
    }
}

/// The one page for the wall (Notfallkarte). Who calls says who, which system, what was seen, when
/// and where; those questions are the same everywhere and stand on it by themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Whom to call, in this order.
    pub call: Vec<Who>,
    /// What to do.
    pub dos: Vec<Localized>,
    /// What not to do.
    pub donts: Vec<Localized>,
    /// Where the telephone numbers hang.
    pub numbers: Option<Localized>,
}

/// Where that runs without which nobody hears of an outage. Several places mean that one is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lifeline {
    /// The public page.
    pub page: Vec<Key>,
    /// The names of the page and the mail.
    pub dns: Vec<Key>,
    /// The sign-in of the team.
    pub sign_in: Vec<Key>,
}

//! Duties to report (Meldepflichten): who must tell whom what by when, as versioned data.
//!
//! Laws change: each duty bears the day on which it was last compared with its source. The program
//! computes moments and asks for contents; whether a duty applies, people decide.

use std::collections::BTreeMap;

use crate::language::{Localized, Zone};
use crate::value::{Day, Key, Span, Timestamp};

/// A duty to report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The key.
    pub key: Key,
    /// The entry of the catalogue that it was taken over from.
    pub from: Option<Key>,
    /// What it is called.
    pub title: Localized,
    /// The law and its article.
    pub law: Localized,
    /// Whom it binds.
    pub who: Localized,
    /// What brings it about.
    pub trigger: Localized,
    /// Who must be told.
    pub to: Localized,
    /// When somebody last compared this with its source.
    pub verified_on: Day,
    /// Where the law can be read.
    pub source: String,
    /// What of this nobody could confirm yet.
    pub unconfirmed: Option<Localized>,
    /// The role that sees to it.
    pub owner: Option<Key>,
    /// What is to be sent, in this order; never empty.
    pub stages: Vec<Stage>,
}

/// One report of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The key inside the duty.
    pub key: Key,
    /// What it is called.
    pub title: Localized,
    /// When it is due: each that can be computed counts, the earliest first.
    pub due: Vec<Limit>,
    /// When it is called for at all; without this always.
    pub only_if: Option<Localized>,
    /// What it must say.
    pub content: Vec<Localized>,
}

/// A time limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// What starts the clock.
    pub clock: Clock,
    /// How much later it is due.
    pub after: Delay,
}

/// What starts a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clock {
    /// Somebody here came to know of it.
    Aware,
    /// It was classified as grave enough.
    Classified,
    /// The fix is there.
    Fixed,
    /// This earlier stage was sent; where it was sent more than once, the last time.
    Sent(Key),
}

/// How much later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delay {
    /// Without delay: as soon as the clock has started.
    AtOnce,
    /// Plain hours, also at night, at weekends, and over a change of the clocks.
    Span(Span),
    /// Calendar months: the same day of a later month at the same time, or its last day.
    Months(u32),
}

/// The moments from which limits are counted, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clocks {
    /// When somebody came to know of it.
    pub aware_at: Option<Timestamp>,
    /// When it was classified.
    pub classified_at: Option<Timestamp>,
    /// When the fix was there.
    pub fixed_at: Option<Timestamp>,
    /// When each stage was sent, the last time.
    pub sent: BTreeMap<Key, Timestamp>,
}

impl Clocks {
    fn start(&self, clock: &Clock) -> Option<Timestamp> {
        match clock {
            Clock::Aware => self.aware_at,
            Clock::Classified => self.classified_at,
            Clock::Fixed => self.fixed_at,
            Clock::Sent(stage) => self.sent.get(stage).copied(),
        }
    }
}

impl Stage {
    /// When it is due, counted in this zone; nothing while no clock runs.
    #[must_use]
    pub fn due(&self, clocks: &Clocks, zone: &Zone) -> Option<Timestamp> {
        let limit = |limit: &Limit| Some(limit.after.from(clocks.start(&limit.clock)?, zone));
        self.due.iter().filter_map(limit).min()
    }
}

impl Delay {
    /// The moment so much later.
    #[must_use]
    pub fn from(self, start: Timestamp, zone: &Zone) -> Timestamp {
        match self {
            Self::AtOnce => start,
            Self::Span(span) => start.after(span),
            Self::Months(months) => zone.months_after(start, months),
        }
    }
}

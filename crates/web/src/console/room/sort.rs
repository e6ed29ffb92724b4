//! The kinds of what happens in an incident, by which the timeline is filtered.

use model::incident::Event;

use crate::console::sent::Sent;

/// A kind of what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Notices,
    People,
    Steps,
    Partners,
    Duties,
    Parts,
    Notes,
}

impl Sort {
    /// In the order in which the words name them.
    pub(super) const ALL: [Self; 7] = [
        Self::Notices,
        Self::People,
        Self::Steps,
        Self::Partners,
        Self::Duties,
        Self::Parts,
        Self::Notes,
    ];

    /// The word for it in addresses and files.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Notices => "notices",
            Self::People => "people",
            Self::Steps => "steps",
            Self::Partners => "partners",
            Self::Duties => "duties",
            Self::Parts => "parts",
            Self::Notes => "notes",
        }
    }

    /// What a query asks for.
    pub(super) fn asked(query: &Sent) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.word() == query.get("show"))
    }

    /// What begins and ends the story is of every kind.
    pub(super) fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Opened { .. } | Event::Closed => None,
            Event::Prepared { .. }
            | Event::Alerted { .. }
            | Event::Rewritten { .. }
            | Event::Held { .. }
            | Event::Withdrawn { .. }
            | Event::Published { .. }
            | Event::Proposed { .. }
            | Event::Approved { .. }
            | Event::SentBack { .. }
            | Event::LeftOut { .. } => Some(Self::Notices),
            Event::Call(_) | Event::Crew(_) => Some(Self::People),
            Event::Task(_) => Some(Self::Steps),
            Event::Aid(_) => Some(Self::Partners),
            Event::Duty(_) => Some(Self::Duties),
            Event::Attached { .. }
            | Event::Confirmed { .. }
            | Event::StandingChanged { .. }
            | Event::Recovered
            | Event::Relapsed
            | Event::StateSet { .. } => Some(Self::Parts),
            Event::EndExpected { .. }
            | Event::Adopted { .. }
            | Event::Situation { .. }
            | Event::Noted { .. }
            | Event::LevelChanged { .. } => Some(Self::Notes),
        }
    }
}

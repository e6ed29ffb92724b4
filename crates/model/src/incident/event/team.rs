//! What the people in the room do: answer alarms, take roles, work through steps, call partners,
//! see to duties.

use serde::{Deserialize, Serialize};

use crate::language::Localized;
use crate::value::{Key, PublicId, Timestamp};

/// What somebody is called for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// To take this role.
    Role(Key),
    /// To answer this alarm chain.
    Chain(Key),
}

/// Who is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Callee {
    /// A person of the handbook.
    Person(Key),
    /// An outside partner.
    Partner(Key),
}

impl Callee {
    /// The key in the handbook.
    #[must_use]
    pub fn key(&self) -> &Key {
        match self {
            Self::Person(key) | Self::Partner(key) => key,
        }
    }
}

/// Alarms that are raised and answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "alarm", rename_all = "snake_case")]
pub enum CallEvent {
    /// Somebody is asked.
    Asked {
        /// For what.
        call: Call,
        /// Where on the ladder, counted from 0.
        rung: u32,
        /// Who.
        who: Callee,
        /// Over which channels; none where they cannot be reached by the program.
        channels: Vec<Key>,
        /// Until when an answer is waited for.
        until: Timestamp,
    },
    /// Somebody who was asked is there.
    Answered {
        /// For what they were asked.
        call: Call,
        /// The person of whom this is said, where somebody says it for them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Key>,
    },
    /// Somebody who was asked cannot: the next is asked at once.
    Declined {
        /// For what they were asked.
        call: Call,
        /// The person of whom this is said, where somebody says it for them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Key>,
    },
    /// Nobody is left to be asked.
    Unanswered {
        /// For what.
        call: Call,
    },
    /// Everybody is asked once more, from the beginning.
    Again {
        /// For what.
        call: Call,
    },
}

/// Crisis roles that are taken and handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "crew", rename_all = "snake_case")]
pub enum CrewEvent {
    /// Somebody takes a role.
    Taken {
        /// Which.
        role: Key,
        /// The person of whom this is said, where somebody says it for them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Key>,
    },
    /// The holder of a role asks somebody to take it over. Until they do, the holder holds it.
    Offered {
        /// Which.
        role: Key,
        /// Whom.
        to: Key,
    },
    /// Somebody does not take over what they were offered.
    OfferDeclined {
        /// Which.
        role: Key,
        /// The person of whom this is said, where somebody says it for them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Key>,
    },
    /// Somebody lays a role down.
    Left {
        /// Which.
        role: Key,
    },
}

/// Steps of the plan, and components that are started again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub enum TaskEvent {
    /// Somebody is to do it.
    Assigned {
        /// Which.
        task: PublicId,
        /// What is to be done.
        what: Localized,
        /// Who; the one who says so where nobody is named.
        to: Option<Key>,
    },
    /// It is done.
    Done {
        /// Which.
        task: PublicId,
        /// What was to be done.
        what: Localized,
        /// What else is to be known.
        note: String,
    },
    /// It is not done, on purpose.
    Skipped {
        /// Which.
        task: PublicId,
        /// What was to be done.
        what: Localized,
        /// Why not.
        reason: String,
    },
    /// It is to be done after all, or once more.
    Reopened {
        /// Which.
        task: PublicId,
        /// What is to be done.
        what: Localized,
    },
}

/// Outside partners.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "aid", rename_all = "snake_case")]
pub enum AidEvent {
    /// A partner is called in.
    Called {
        /// Which.
        partner: Key,
        /// The step for which they are called.
        task: Option<PublicId>,
        /// Over which channels the program wrote to them; none where somebody telephoned.
        channels: Vec<Key>,
        /// What they are told, by the language of the handbook.
        said: Localized,
    },
    /// A partner has answered.
    Answered {
        /// Which.
        partner: Key,
        /// What they said.
        said: String,
        /// Their own number for it.
        ticket: String,
        /// When they will say more.
        back_at: Option<Timestamp>,
    },
    /// The link that a partner was sent is no longer valid.
    Revoked {
        /// Which.
        partner: Key,
    },
}

/// What starts a clock of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// Somebody here came to know of it.
    Aware,
    /// It was classified as grave enough.
    Classified,
    /// The fix is there.
    Fixed,
}

impl Start {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Aware, Self::Classified, Self::Fixed];

    /// The word for it in forms.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Aware => "aware",
            Self::Classified => "classified",
            Self::Fixed => "fixed",
        }
    }
}

/// Duties to report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "report", rename_all = "snake_case")]
pub enum DutyEvent {
    /// Somebody decided whether it applies.
    Decided {
        /// Which.
        duty: Key,
        /// Whether it does.
        applies: bool,
        /// Why.
        reason: String,
    },
    /// A clock runs from this moment, or from another than was said before.
    Started {
        /// Which.
        duty: Key,
        /// Which clock.
        start: Start,
        /// From when.
        at: Timestamp,
    },
    /// Whoever sees to it was reminded.
    Reminded {
        /// Which.
        duty: Key,
        /// Which report.
        stage: Key,
        /// When it is due.
        due: Timestamp,
        /// Whether the time limit has passed.
        late: bool,
    },
    /// A report was sent.
    Sent {
        /// Which.
        duty: Key,
        /// Which report.
        stage: Key,
        /// When it was sent.
        at: Timestamp,
        /// What it said.
        text: String,
    },
    /// Nothing more is to be sent.
    Finished {
        /// Which.
        duty: Key,
        /// Why, where not all was sent.
        reason: String,
    },
}

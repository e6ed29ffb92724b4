//! What the people in the room want.

use std::collections::{BTreeMap, BTreeSet};

use crate::incident::event::{Call, Callee, Start};
use crate::value::{Key, PublicId, Timestamp};

/// By which channels each can be reached who is on a ladder.
pub type Reachable = BTreeMap<Callee, BTreeSet<Key>>;

/// Alarms and roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamCommand {
    /// Ask whoever is to be asked now.
    Ask {
        /// By which channels people can be reached; all that the plan names where nothing is
        /// known.
        reachable: Option<Reachable>,
    },
    /// I am there.
    Answer {
        /// For what I was asked.
        call: Call,
        /// The person of whom I say it; I, where nobody is named.
        who: Option<Key>,
    },
    /// I cannot.
    Decline {
        /// For what I was asked.
        call: Call,
        /// The person of whom I say it; I, where nobody is named.
        who: Option<Key>,
    },
    /// Ask everybody once more.
    AskAgain {
        /// For what.
        call: Call,
    },
    /// I take this role.
    Take {
        /// Which.
        role: Key,
        /// The person of whom I say it; I, where nobody is named.
        who: Option<Key>,
    },
    /// Ask somebody to take over a role.
    Offer {
        /// Which.
        role: Key,
        /// Whom.
        to: Key,
    },
    /// What was offered is taken over: by me, or, where a program or the host's command line says so,
    /// by the person who was asked.
    Accept {
        /// Which.
        role: Key,
    },
    /// What was offered is not taken over: by me, or by the person who was asked.
    DeclineOffer {
        /// Which.
        role: Key,
    },
    /// I lay a role down.
    Leave {
        /// Which.
        role: Key,
    },
}

/// Steps, and components that are started again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskCommand {
    /// Somebody is to do it; I, where nobody is named.
    Assign {
        /// Which.
        task: PublicId,
        /// Who.
        to: Option<Key>,
    },
    /// It is done.
    Tick {
        /// Which.
        task: PublicId,
        /// What else is to be known; may be empty.
        note: String,
    },
    /// It is not done, on purpose.
    Skip {
        /// Which.
        task: PublicId,
        /// Why not.
        reason: String,
    },
    /// It is to be done after all.
    Reopen {
        /// Which.
        task: PublicId,
    },
}

/// Outside partners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AidCommand {
    /// Call a partner in.
    Call {
        /// Which.
        partner: Key,
        /// The step for which they are called.
        task: Option<PublicId>,
        /// Whether somebody telephones: then nothing is written to them.
        by_phone: bool,
    },
    /// What a partner says, by themselves or as somebody heard it.
    Answer {
        /// Which.
        partner: Key,
        /// What they say.
        said: String,
        /// Their own number for it; may be empty.
        ticket: String,
        /// When they will say more.
        back_at: Option<Timestamp>,
    },
    /// The link that they were sent is no longer valid.
    Revoke {
        /// Which.
        partner: Key,
    },
}

/// Duties to report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyCommand {
    /// Say whether it applies.
    Decide {
        /// Which.
        duty: Key,
        /// Whether it does.
        applies: bool,
        /// Why; needed where it does not.
        reason: String,
        /// Since when somebody knew of what makes it apply; now where nothing is said.
        aware_at: Option<Timestamp>,
    },
    /// Say from when a clock runs.
    Start {
        /// Which.
        duty: Key,
        /// Which clock.
        start: Start,
        /// From when.
        at: Timestamp,
    },
    /// Say that a report was sent.
    Sent {
        /// Which.
        duty: Key,
        /// Which report.
        stage: Key,
        /// When; now where nothing is said.
        at: Option<Timestamp>,
        /// What it said.
        text: String,
    },
    /// Nothing more is to be sent.
    Finish {
        /// Which.
        duty: Key,
        /// Why.
        reason: String,
    },
}

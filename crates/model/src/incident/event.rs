use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::proposal::Proposal;
use crate::handbook::plan::Level;
use crate::handbook::system::ComponentState;
use crate::notice::{Kind, Passages, Texts};
use crate::value::{Key, Timestamp};
use crate::verdict::Standing;
use crate::words::Item;

mod actor;
mod team;

pub use actor::Actor;
pub use team::{AidEvent, Call, CallEvent, Callee, CrewEvent, DutyEvent, Start, TaskEvent};

/// An event as it is stored: what happened, when, by whom. Every form ever released still parses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Counted from 1 within the incident.
    pub seq: u64,
    /// When; never earlier than the event before.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// What.
    pub event: Event,
}

/// Why an incident was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A verdict on this component.
    Verdict(Key),
    /// Somebody declared it.
    Declared,
}

/// What staff are told, and with it what happens if nobody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Alert {
    /// The first notice is ready and goes out by itself.
    Held {
        /// Which.
        number: u32,
        /// When.
        publish_at: Timestamp,
    },
    /// Somebody stopped the clock, and it still stands.
    StillHeld {
        /// Which.
        number: u32,
    },
    /// An update is due.
    UpdateDue {
        /// When it was promised.
        promise: Timestamp,
    },
    /// A promise passed without a notice.
    Missed {
        /// When it was promised.
        promise: Timestamp,
    },
    /// All components concerned are well again.
    Recovered {
        /// When the all-clear goes out by itself, if it does.
        publish_at: Option<Timestamp>,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The incident was opened.
    Opened {
        /// The plan.
        plan: Key,
        /// The handbook version.
        handbook: u32,
        /// Whether it is a drill.
        drill: bool,
        /// Why.
        cause: Cause,
        /// How grave.
        level: Level,
        /// Since when something is wrong.
        since: Timestamp,
        /// The components concerned.
        affected: BTreeSet<Key>,
        /// How all components fare.
        standing: Standing,
    },
    /// Further components are concerned.
    Attached {
        /// Which.
        components: BTreeSet<Key>,
    },
    /// Measurement sees broken what somebody declared: from now on it is believed when it says
    /// that all is well again.
    Confirmed {
        /// Which.
        components: BTreeSet<Key>,
    },
    /// Components fare differently.
    StandingChanged {
        /// How all fare now.
        standing: Standing,
    },
    /// A notice is ready and waits.
    Prepared {
        /// Its number.
        number: u32,
        /// What it is for.
        kind: Kind,
        /// What it says; holes are open.
        texts: Texts,
        /// When it goes out by itself.
        publish_at: Timestamp,
    },
    /// Staff were alerted.
    Alerted {
        /// To what.
        alert: Alert,
    },
    /// Somebody wrote a waiting notice anew.
    Rewritten {
        /// Its number.
        number: u32,
        /// What it says now; holes are open.
        texts: Texts,
        /// What single audiences are told in addition now, where that is not what is prepared;
        /// holes are open.
        #[serde(default, skip_serializing_if = "Passages::is_empty")]
        passages: Passages,
    },
    /// The clock of a notice was stopped.
    Held {
        /// Its number.
        number: u32,
    },
    /// A notice never goes out.
    Withdrawn {
        /// Its number.
        number: u32,
        /// Why.
        reason: String,
    },
    /// A notice is out.
    Published {
        /// Its number.
        number: u32,
        /// What it is for.
        kind: Kind,
        /// What people read.
        texts: Texts,
        /// What single audiences read in addition.
        #[serde(default, skip_serializing_if = "Passages::is_empty")]
        passages: Passages,
        /// When the next is promised.
        next_update: Option<Timestamp>,
        /// The notice that it corrects.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrects: Option<u32>,
    },
    /// All components concerned are well again.
    Recovered,
    /// They are not after all.
    Relapsed,
    /// Staff expect the end then, or no longer expect one.
    EndExpected {
        /// When.
        at: Option<Timestamp>,
    },
    /// A newer handbook version is followed.
    Adopted {
        /// Which.
        handbook: u32,
    },
    /// It is over.
    Closed,
    /// Alarms that are raised and answered.
    Call(CallEvent),
    /// Roles that are taken and handed over.
    Crew(CrewEvent),
    /// Steps that are done.
    Task(TaskEvent),
    /// Outside partners who are called in.
    Aid(AidEvent),
    /// Duties to report.
    Duty(DutyEvent),
    /// Somebody wrote something that a second person must read before it goes out.
    Proposed {
        /// What.
        proposal: Proposal,
    },
    /// A second person let out what was proposed.
    Approved {
        /// The number of the event that proposed it.
        proposed: u64,
    },
    /// A second person did not.
    SentBack {
        /// The number of the event that proposed it.
        proposed: u64,
        /// Why.
        reason: String,
    },
    /// How things are, for whoever joins.
    Situation {
        /// What is known.
        text: String,
    },
    /// Something worth remembering.
    Noted {
        /// What.
        text: String,
    },
    /// What the text leaves out that somebody wrote, and why.
    LeftOut {
        /// What is missing.
        items: BTreeSet<Item>,
        /// Why; empty where nothing was said.
        reason: String,
    },
    /// It is graver or less grave than it was.
    LevelChanged {
        /// How grave now.
        level: Level,
        /// Why.
        reason: String,
    },
    /// Somebody says how a component fares, or leaves it to measurement again.
    StateSet {
        /// Which.
        component: Key,
        /// How it fares; by measurement where nothing is said.
        state: Option<ComponentState>,
    },
}

impl Event {
    /// One word for it, for logs: what people wrote stands in the incident alone.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Attached { .. } => "attached",
            Self::Confirmed { .. } => "confirmed",
            Self::StandingChanged { .. } => "standing changed",
            Self::Prepared { .. } => "prepared",
            Self::Alerted { .. } => "alerted",
            Self::Rewritten { .. } => "rewritten",
            Self::Held { .. } => "held",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Published { .. } => "published",
            Self::Recovered => "recovered",
            Self::Relapsed => "relapsed",
            Self::EndExpected { .. } => "end expected",
            Self::Adopted { .. } => "adopted",
            Self::Closed => "closed",
            Self::Call(_) => "call",
            Self::Crew(_) => "role",
            Self::Task(_) => "step",
            Self::Aid(_) => "partner",
            Self::Duty(_) => "duty",
            Self::Proposed { .. } => "proposed",
            Self::Approved { .. } => "approved",
            Self::SentBack { .. } => "sent back",
            Self::Situation { .. } => "situation",
            Self::Noted { .. } => "noted",
            Self::LeftOut { .. } => "left out",
            Self::LevelChanged { .. } => "level changed",
            Self::StateSet { .. } => "state set",
        }
    }
}

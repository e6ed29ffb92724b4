use std::collections::BTreeSet;

use crate::notice::{Kind, Texts};
use crate::value::{Key, Timestamp};
use crate::verdict::Standing;

/// What somebody, or the program by the plan, wants of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Components are measured to fare so now.
    Observe {
        /// How all fare by measurement.
        standing: Standing,
    },
    /// These belong to the same outage.
    Attach {
        /// Which.
        components: BTreeSet<Key>,
    },
    /// Publish what somebody wrote.
    Write(Writing),
    /// Write a waiting notice anew. Its clock goes on.
    Rewrite {
        /// Which.
        number: u32,
        /// What it says; holes may be open.
        texts: Texts,
    },
    /// Stop the clock of a waiting notice.
    Hold {
        /// Which.
        number: u32,
    },
    /// Publish a waiting notice now.
    Release {
        /// Which.
        number: u32,
    },
    /// Never publish a waiting notice.
    Withdraw {
        /// Which.
        number: u32,
        /// Why.
        reason: String,
    },
    /// Give the all-clear and close.
    Resolve {
        /// What it says; the plan's text where nothing was written.
        texts: Option<Texts>,
    },
    /// Say when the end is expected.
    ExpectEnd {
        /// When.
        at: Option<Timestamp>,
    },
    /// Follow a newer handbook version.
    Adopt {
        /// Which.
        handbook: u32,
    },
    /// What the plan asks for at this moment.
    Due(Due),
}

/// A notice that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// What it is for: an update, a holding update or a correction.
    pub kind: Kind,
    /// What it says; the plan's text where nothing was written.
    pub texts: Option<Texts>,
    /// When the next is promised; the plan's rhythm where nothing is said.
    pub next_update: Option<Timestamp>,
    /// The notice that it corrects.
    pub corrects: Option<u32>,
}

/// What falls due by the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// The hold time of a notice is over.
    Publish {
        /// Which.
        number: u32,
    },
    /// A notice is on hold for long.
    RemindHeld {
        /// Which.
        number: u32,
    },
    /// An update is due soon.
    Remind {
        /// When it was promised.
        promise: Timestamp,
    },
    /// The promised moment has come and nobody wrote.
    Keep {
        /// When it was promised.
        promise: Timestamp,
    },
    /// All was well for long enough.
    AllClear,
}

/// Why a command was not carried out, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is over.
    #[error("the incident is closed: declare a new one if it has begun again")]
    Closed,
    /// There is no such notice.
    #[error("there is no notice {0} in this incident: look with “notlicht incident show”")]
    NoSuchNotice(u32),
    /// It is out already.
    #[error("notice {0} is already published: publish a correction if it is wrong")]
    AlreadyPublished(u32),
    /// It was withdrawn.
    #[error("notice {0} was withdrawn: write a new one")]
    AlreadyWithdrawn(u32),
    /// It is on hold already.
    #[error("notice {0} is already on hold: release or withdraw it")]
    AlreadyHeld(u32),
    /// A correction needs what it corrects.
    #[error("say which published notice is corrected: its number")]
    CorrectsNothing,
    /// It promises the past.
    #[error("the next update was promised for {0}, which is past: name a later time")]
    PromiseInThePast(Timestamp),
    /// There is no text.
    #[error("the plan “{plan}” has no text of this kind: write one")]
    NoText {
        /// The plan.
        plan: Key,
    },
    /// The plan is not in this handbook version.
    #[error("the handbook version has no plan “{0}”: stay with the older version")]
    NoPlan(Key),
    /// First notices and all-clears have commands of their own.
    #[error("a first notice comes with opening, an all-clear with resolving")]
    WrongKind,
    /// It no longer applies.
    #[error("this is no longer due")]
    NotDue,
}

use std::collections::BTreeSet;

use super::proposal::{Proposal, Writing};
use crate::handbook::plan::Level;
use crate::handbook::system::ComponentState;
use crate::notice::{Passages, Texts};
use crate::value::{Key, Timestamp};
use crate::verdict::Standing;
use crate::words::Item;

mod team;

pub use team::{AidCommand, DutyCommand, Reachable, TaskCommand, TeamCommand};

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
        /// What single audiences are told in addition, where that is not what is prepared.
        passages: Passages,
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
        /// What single audiences are told in addition, where that is not what is prepared.
        passages: Passages,
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
    /// Alarms and roles.
    Team(TeamCommand),
    /// Steps.
    Task(TaskCommand),
    /// Outside partners.
    Aid(AidCommand),
    /// Duties to report.
    Duty(DutyCommand),
    /// Give a second person something to let out.
    Propose(Proposal),
    /// Let out what somebody else proposed.
    Approve {
        /// The number of the event that proposed it.
        proposed: u64,
    },
    /// Do not let it out.
    SendBack {
        /// The number of the event that proposed it.
        proposed: u64,
        /// Why.
        reason: String,
    },
    /// Say how things are, for whoever joins.
    Situation {
        /// What is known.
        text: String,
    },
    /// Note something for the timeline.
    Note {
        /// What.
        text: String,
    },
    /// Let something out or take it in although its text leaves out what people need.
    Knowingly {
        /// What is left out.
        items: BTreeSet<Item>,
        /// Why; empty where nothing was said.
        reason: String,
        /// What is done.
        then: Box<Self>,
    },
    /// Say that it is graver or less grave.
    ChangeLevel {
        /// How grave.
        level: Level,
        /// Why.
        reason: String,
    },
    /// Say how a component fares, whatever is measured.
    SetState {
        /// Which.
        component: Key,
        /// How; by measurement again where nothing is said.
        state: Option<ComponentState>,
    },
}

/// What falls due by the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Somebody is to be asked whether they are there.
    Ask,
    /// A report must be sent soon, or should have been.
    RemindDuty {
        /// The duty.
        duty: Key,
        /// The report.
        stage: Key,
        /// When it is due.
        due: Timestamp,
        /// Whether that has passed.
        late: bool,
    },
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
    /// An audience that the plan does not tell.
    #[error(
        "the plan does not tell the audience “{0}”: leave its passage out, or add the audience to \
         the plan"
    )]
    NotTold(Key),
    /// First notices and all-clears have commands of their own.
    #[error("a first notice comes with opening, an all-clear with resolving")]
    WrongKind,
    /// The plan wants a second person.
    #[error(
        "the plan “{0}” wants a second person to read what was written: propose it, and somebody \
         else lets it out"
    )]
    NeedsSecond(Key),
    /// Nobody lets out what they wrote.
    #[error("you wrote this yourself: the plan wants a second person to let it out")]
    OwnProposal,
    /// There is no such proposal.
    #[error("this proposal is no longer there: look at the incident again")]
    NoProposal,
    /// Something must be written.
    #[error("say {0}: it stands in the timeline")]
    NothingSaid(&'static str),
    /// The handbook has no such thing.
    #[error("the handbook version of this incident has no {noun} “{key}”")]
    Unknown {
        /// What was looked for.
        noun: &'static str,
        /// Its key.
        key: Key,
    },
    /// The plan has no such step.
    #[error("the plan has no such step: look at the incident again")]
    NoSuchTask,
    /// It is done or skipped already.
    #[error("this step is already settled: open it again if it is to be done once more")]
    TaskSettled,
    /// Somebody holds the role.
    #[error("this role is taken: its holder can hand it over")]
    RoleTaken,
    /// They were not asked.
    #[error("you were not asked for this, or it has been answered")]
    NotAsked,
    /// Nobody called this partner in.
    #[error("the partner “{0}” was not called in: they have no link")]
    NotCalled(Key),
    /// A duty whose application nobody decided, or that does not apply.
    #[error("say first that the duty “{0}” applies")]
    DutyNotDecided(Key),
    /// A moment that has not come yet.
    #[error("{0} has not come yet: name a moment that has passed")]
    InTheFuture(Timestamp),
    /// It no longer applies.
    #[error("this is no longer due")]
    NotDue,
}

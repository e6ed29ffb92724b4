//! What acting links need from the rest of the house. The page itself never asks it.

use std::future::Future;
use std::pin::Pin;

use engine::EngineError;
use model::language::Language;
use model::notice::{Kind, Texts};
use model::value::Timestamp;

mod intake;
mod subscription;

pub use intake::{Intake, Said, Taken};
pub use subscription::{
    Asking, ChoicesView, ConfirmView, FormView, HookWrong, Hooking, Part, Wrong,
};

/// An answer under way.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = Result<T, DeskError>> + Send + 'a>>;

/// The verbs behind the links of mails and monitors. A look changes nothing.
pub trait Desk: Intake + Send + Sync {
    /// What a staff link leads to.
    fn look<'a>(&'a self, token: &'a str) -> Answering<'a, DeskView>;

    /// Does what a staff member decided. A veto has a reason.
    fn act<'a>(
        &'a self,
        token: &'a str,
        act: Act,
        reason: Option<&'a str>,
    ) -> Answering<'a, DeskView>;

    /// What a leave link leads to.
    fn leave_look<'a>(&'a self, token: &'a str) -> Answering<'a, LeaveView>;

    /// Sends nothing to this address any more. Leaving twice is no error.
    fn leave<'a>(&'a self, token: &'a str) -> Answering<'a, LeaveView>;

    /// What the form to subscribe is made of.
    fn form(&self) -> Answering<'_, FormView>;

    /// A form was sent: what is wrong with it, if anything. The answer and the work do not
    /// depend on whether the address is known.
    fn ask<'a>(&'a self, asking: &'a Asking) -> Answering<'a, Option<Wrong>>;

    /// A form to subscribe a webhook was sent: its address is asked whether it is meant.
    fn hook<'a>(&'a self, asking: &'a Asking) -> Answering<'a, Hooking>;

    /// What a confirmation link leads to.
    fn confirm_look<'a>(&'a self, token: &'a str) -> Answering<'a, ConfirmView>;

    /// Confirms. Twice is no error.
    fn confirm<'a>(&'a self, token: &'a str) -> Answering<'a, ()>;

    /// What somebody chose to be told about.
    fn choices<'a>(&'a self, token: &'a str) -> Answering<'a, ChoicesView>;

    /// Chooses anew; refused where nothing is chosen.
    fn choose<'a>(
        &'a self,
        token: &'a str,
        language: Language,
        components: &'a [String],
    ) -> Answering<'a, ()>;

    /// A monitor reports that it lives.
    fn beat<'a>(&'a self, monitor: &'a str, token: &'a str) -> Answering<'a, ()>;
}

/// Why a link does not work.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Unknown, cut off or expired.
    #[error("the link fits nothing: open it from the mail once more")]
    BadLink,
    /// It was ended before the incident was over.
    #[error("the link is no longer valid: ask for a new one")]
    Ended,
    /// It fitted once: the incident has moved on.
    #[error("the act does not fit any more: look at how it stands now")]
    Refused,
    /// The database does not answer.
    #[error("the database does not answer: try again in a minute, see “notlicht doctor”")]
    Unavailable,
}

impl From<EngineError> for DeskError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::BadLink | EngineError::NoIncident(_) => Self::BadLink,
            EngineError::LinkEnded => Self::Ended,
            EngineError::Refused(_) => Self::Refused,
            other => {
                tracing::error!(%other, "a link could not be followed");
                Self::Unavailable
            }
        }
    }
}

/// What staff can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Stop the clock.
    Hold,
    /// Publish at once.
    Release,
    /// Withdraw the prepared notice.
    Veto,
    /// Publish the all-clear.
    AllClear,
}

impl Act {
    /// The word in the form.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Release => "release",
            Self::Veto => "veto",
            Self::AllClear => "all-clear",
        }
    }

    /// The act of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        [Self::Hold, Self::Release, Self::Veto, Self::AllClear]
            .into_iter()
            .find(|act| act.word() == word)
    }
}

/// What a staff member sees before deciding.
#[derive(Debug, Clone)]
pub struct DeskView {
    /// The language of the person.
    pub language: Language,
    /// The zone's IANA name, for the moments.
    pub zone: String,
    /// Now, for "today".
    pub now: Timestamp,
    /// Whether it is a drill.
    pub drill: bool,
    /// The incident's title.
    pub title: String,
    /// Since when something is wrong.
    pub since: Timestamp,
    /// How it stands.
    pub stage: Stage,
    /// The kind of the notice in question, and what it says.
    pub notice: Option<(Kind, Texts)>,
    /// What this person may do now.
    pub acts: Vec<Act>,
}

/// How a notice or an incident stands, with what happens if nobody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It goes out by itself at this moment.
    Held(Timestamp),
    /// Nobody has read it: the prepared text goes out at this moment in its place.
    Unread(Timestamp),
    /// Somebody stopped the clock: nothing goes out.
    Stopped,
    /// It was published.
    Published(Timestamp),
    /// It was withdrawn.
    Withdrawn(Timestamp),
    /// The measures are good again; the all-clear goes out by itself at this moment, or waits
    /// for a person.
    Recovered(Option<Timestamp>),
    /// The incident was closed.
    Closed(Timestamp),
    /// There is nothing to decide.
    Nothing,
}

/// What somebody sees before leaving.
#[derive(Debug, Clone)]
pub struct LeaveView {
    /// The language of the recipient.
    pub language: Language,
    /// The address, masked so that a forwarded mail gives nothing away: `a…@example.org`.
    pub address: String,
    /// Whether it is done already.
    pub left: bool,
}

/// The desk of a process whose database cannot be opened: the page is there, the links say that
/// they do not work just now.
#[derive(Debug, Clone, Copy, Default)]
pub struct Closed;

impl Desk for Closed {
    fn look<'a>(&'a self, _token: &'a str) -> Answering<'a, DeskView> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn act<'a>(
        &'a self,
        _token: &'a str,
        _act: Act,
        _reason: Option<&'a str>,
    ) -> Answering<'a, DeskView> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn leave_look<'a>(&'a self, _token: &'a str) -> Answering<'a, LeaveView> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn leave<'a>(&'a self, _token: &'a str) -> Answering<'a, LeaveView> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn form(&self) -> Answering<'_, FormView> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn ask<'a>(&'a self, _asking: &'a Asking) -> Answering<'a, Option<Wrong>> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn hook<'a>(&'a self, _asking: &'a Asking) -> Answering<'a, Hooking> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn confirm_look<'a>(&'a self, _token: &'a str) -> Answering<'a, ConfirmView> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn confirm<'a>(&'a self, _token: &'a str) -> Answering<'a, ()> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn choices<'a>(&'a self, _token: &'a str) -> Answering<'a, ChoicesView> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn choose<'a>(
        &'a self,
        _token: &'a str,
        _language: Language,
        _components: &'a [String],
    ) -> Answering<'a, ()> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn beat<'a>(&'a self, _monitor: &'a str, _token: &'a str) -> Answering<'a, ()> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }
}

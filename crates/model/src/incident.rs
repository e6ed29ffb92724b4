//! An incident (Störung) is the fold of its events. Rules decide which events a command leads to;
//! the rim only stores them and carries out what they ask for.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::handbook::plan::Level;
use crate::handbook::system::ComponentState;
use crate::value::{Key, PublicId, Span, Timestamp};
use crate::verdict::Standing;

mod act;
mod aid;
mod apply;
mod call;
mod crew;
mod decide;
mod desk;
mod due;
mod duty;
mod event;
mod left_out;
mod notice;
mod open;
mod proposal;
mod publish;
mod report;
mod room;
mod route;
mod second;
mod so_far;
mod task;
mod tell;

pub use act::{
    AidCommand, Command, Due, DutyCommand, Reachable, Refused, TaskCommand, TeamCommand,
};
pub use aid::{Aid, Answer, callout};
pub use call::{Asked, Calling, Rung, alerted, calls, ladder};
pub use crew::Held;
pub use decide::decide;
pub use due::{next_due, next_notice};
pub use duty::{Obligation, Reminded, Report};
pub use event::{
    Actor, AidEvent, Alert, Call, CallEvent, Callee, Cause, CrewEvent, DutyEvent, Event, Recorded,
    Start, TaskEvent,
};
pub use left_out::left_out;
pub use notice::{Notice, Phase};
pub use open::{Opening, open};
pub use proposal::{Proposal, Writing};
pub use publish::{fill, fill_as_of, fill_passages, promise_for};
pub use report::report;
pub use room::{
    Help, Helper, Owed, OwedReport, Post, Presence, Stand, Work, helpers, owed, posts, works,
};
pub use route::{Route, route};
pub use second::Proposed;
pub use so_far::{alone, so_far};
pub use task::{Part, Progress, Settled, Task, due as task_due, restart, tasks};
pub use tell::{Names, tell, tell_who};

/// Everything known of one incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Its public id.
    pub id: PublicId,
    /// The number of its last event; the first event has number 1.
    pub seq: u64,
    /// The time of its last event; no later event is earlier.
    pub last_at: Timestamp,
    /// The plan by which it is handled.
    pub plan: Key,
    /// The handbook version that it is pinned to.
    pub handbook: u32,
    /// Whether it is a drill. Fixed by the first event.
    pub drill: bool,
    /// Why it was opened.
    pub cause: Cause,
    /// How grave.
    pub level: Level,
    /// Since when something is wrong.
    pub since: Timestamp,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The components concerned.
    pub affected: BTreeSet<Key>,
    /// How all components fare, as last told.
    pub standing: Standing,
    /// Components that somebody declared broken and no measurement has seen broken yet: for them
    /// the word of a person counts, until it does.
    pub unconfirmed: BTreeSet<Key>,
    /// The worst state of a component concerned, ever.
    pub worst: ComponentState,
    /// Every notice; number 1 stands first.
    pub notices: Vec<Notice>,
    /// The next update that visitors were promised.
    pub promise: Option<Promise>,
    /// When all components concerned were well again, while it is so.
    pub recovered_at: Option<Timestamp>,
    /// The end that staff expect.
    pub expected_end: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Where each call stands of which something happened.
    pub calls: BTreeMap<Call, Calling>,
    /// Who holds which role.
    pub roles: BTreeMap<Key, Held>,
    /// Where the steps of the plan stand that somebody began.
    pub tasks: BTreeMap<PublicId, Progress>,
    /// Outside partners who were called in.
    pub aid: BTreeMap<Key, Aid>,
    /// Duties of which somebody decided whether they apply.
    pub duties: BTreeMap<Key, Obligation>,
    /// What waits for a second person.
    pub proposed: Option<Proposed>,
    /// How things are, as somebody last wrote it, and when.
    pub situation: Option<(Timestamp, String)>,
    /// Components of which a person says how they fare, whatever is measured.
    pub by_hand: BTreeMap<Key, ComponentState>,
}

/// A promised moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// When the next notice was promised.
    pub at: Timestamp,
    /// Staff were reminded of it.
    pub reminded: bool,
    /// It passed without a notice, and staff were told.
    pub missed: bool,
}

impl Incident {
    /// Folds stored events; nothing where there are none or the first does not open it.
    #[must_use]
    pub fn fold<'a>(id: &PublicId, events: impl IntoIterator<Item = &'a Recorded>) -> Option<Self> {
        let mut events = events.into_iter();
        let mut incident = Self::begin(id, events.next()?)?;
        for event in events {
            incident.apply(event);
        }
        Some(incident)
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// The notice of this number.
    #[must_use]
    pub fn notice(&self, number: u32) -> Option<&Notice> {
        usize::try_from(number.checked_sub(1)?).ok().and_then(|at| self.notices.get(at))
    }

    /// The notice that waits or is on hold.
    #[must_use]
    pub fn pending(&self) -> Option<&Notice> {
        self.notices.iter().find(|notice| notice.is_pending())
    }

    /// The published notices, oldest first.
    pub fn published(&self) -> impl DoubleEndedIterator<Item = &Notice> {
        self.notices.iter().filter(|notice| notice.is_published())
    }

    /// The moment to stamp events with: clocks jump, the story does not go back.
    #[must_use]
    pub fn moment(&self, now: Timestamp) -> Timestamp {
        now.max(self.last_at)
    }

    /// Keys of this incident that keep a second one for the same outage from being opened.
    #[must_use]
    pub fn open_key(plan: &Key, drill: bool) -> String {
        format!("{}{plan}", if drill { "drill:" } else { "plan:" })
    }

    /// When a notice published now promises the next one: after the rhythm, on a full minute
    /// where the rhythm is long enough to be told in minutes.
    #[must_use]
    pub fn promise_after(now: Timestamp, rhythm: Span) -> Timestamp {
        let at = now.after(rhythm);
        if rhythm >= Span::minutes(2) { crate::language::Zone::round_up_to_minute(at) } else { at }
    }
}

/// Who a list row of incidents needs: everything a list shows, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The plan.
    pub plan: Key,
    /// How grave.
    pub level: Level,
    /// Since when.
    pub since: Timestamp,
    /// The components concerned.
    pub affected: BTreeSet<Key>,
    /// The number of published notices.
    pub published: u32,
    /// When the next is promised.
    pub promise: Option<Timestamp>,
    /// When the components were well again.
    pub recovered_at: Option<Timestamp>,
}

impl From<&Incident> for Row {
    fn from(incident: &Incident) -> Self {
        Self {
            plan: incident.plan.clone(),
            level: incident.level,
            since: incident.since,
            affected: incident.affected.clone(),
            published: u32::try_from(incident.published().count()).unwrap_or(u32::MAX),
            promise: incident.promise.map(|promise| promise.at),
            recovered_at: incident.recovered_at,
        }
    }
}

//! The room at one moment: who holds which role, what is next, what is late. Everybody who shows it
//! (the console, the API, the command line) shows this.

use std::collections::BTreeSet;

use crate::handbook::Handbook;
use crate::handbook::duty::Duty;
use crate::value::{Key, Timestamp};

use super::Incident;
use super::aid::Aid;
use super::call::{Calling, calls};
use super::crew::Held;
use super::duty::{Obligation, Report};
use super::event::{Actor, Call};
use super::task::{Part, Progress, Task, due as task_due, tasks};

/// A role that the plan needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Which.
    pub role: Key,
    /// Who holds it, and to whom it was offered.
    pub held: Held,
    /// Where calling somebody for it stands.
    pub calling: Calling,
    /// Whether the plan calls one after the other for it, until somebody answers.
    pub waited: bool,
    /// How it stands.
    pub state: Presence,
}

/// How a role stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Who is to hold it holds it.
    Here,
    /// Somebody else does.
    StandsIn,
    /// Somebody was called, and is waited for.
    Called,
    /// Nobody holds it, and nobody is waited for.
    Missing,
}

/// The roles that are alerted, then those that only have something to do.
#[must_use]
pub fn posts(handbook: &Handbook, incident: &Incident) -> Vec<Post> {
    let plan = handbook.plans.get(&incident.plan);
    let alerted = plan.into_iter().flat_map(|plan| plan.policy.alert.iter().cloned());
    let doing = tasks(handbook, incident).into_iter().filter_map(|one| one.role);
    let mut seen = BTreeSet::new();
    let all = alerted.chain(doing).filter(|key| seen.insert(key.clone()));
    let called = calls(handbook, incident);
    all.map(|role| post(handbook, incident, &called, role)).collect()
}

fn post(handbook: &Handbook, incident: &Incident, called: &[Call], role: Key) -> Post {
    let call = Call::Role(role.clone());
    let calling = incident.calling(&call);
    let held = incident.roles.get(&role).cloned().unwrap_or_default();
    let waited = called.contains(&call);
    let own = handbook.roles.get(&role).map(|one| Actor::Person(one.person.clone()));
    let state = match &held.holder {
        Some((by, _)) if own.as_ref().is_some_and(|own| own != by) => Presence::StandsIn,
        Some(_) => Presence::Here,
        None if waited && calling.is_open() && !calling.asked.is_empty() => Presence::Called,
        None => Presence::Missing,
    };
    Post { role, held, calling, waited, state }
}

/// A task of the plan, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Its place in the list, counted from 1.
    pub number: usize,
    /// What is to be done.
    pub task: Task,
    /// Who does it, and how it ended.
    pub progress: Progress,
    /// When it should be done.
    pub due: Option<Timestamp>,
    /// It is the next one. Starting components again goes beside the steps.
    pub next: bool,
    /// How it stands.
    pub state: Stand,
}

/// How a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Nobody does it.
    Open,
    /// Somebody does.
    Running,
    /// It should be done by now.
    Late,
    /// It is done.
    Done,
    /// It was left out on purpose.
    Skipped,
}

/// Everything that is to be done, in order, and where it stands at this moment.
#[must_use]
pub fn works(handbook: &Handbook, incident: &Incident, now: Timestamp) -> Vec<Work> {
    let all = tasks(handbook, incident);
    let mut next = incident.is_open();
    let work = |(at, task): (usize, &Task)| {
        let progress = incident.progress(&task.id);
        let due = task_due(incident, &all, task).filter(|_| incident.is_open());
        let here = next && task.part != Part::Restart && progress.settled.is_none();
        next &= !here;
        let state = match &progress.settled {
            Some(settled) if settled.skipped => Stand::Skipped,
            Some(_) => Stand::Done,
            None if due.is_some_and(|due| due <= now) => Stand::Late,
            None if progress.assigned.is_some() => Stand::Running,
            None => Stand::Open,
        };
        Work { number: at + 1, task: task.clone(), progress, due, next: here, state }
    };
    all.iter().enumerate().map(work).collect()
}

/// An outside partner, and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helper {
    /// Which.
    pub partner: Key,
    /// Whether the plan names them or somebody called them.
    pub near: bool,
    /// What they were told and have answered; none where they were not called in.
    pub aid: Option<Aid>,
    /// How it stands.
    pub state: Help,
}

/// How it stands with a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Help {
    /// They were not called in.
    NotCalled,
    /// They were, and have not answered.
    Called,
    /// They have.
    Answered,
    /// They wanted to say more, and that moment has passed.
    Late,
}

/// The handbook's partners, and where they stand at this moment.
#[must_use]
pub fn helpers(handbook: &Handbook, incident: &Incident, now: Timestamp) -> Vec<Helper> {
    let named = tasks(handbook, incident).into_iter().filter_map(|task| task.partner);
    let near: BTreeSet<Key> = named.chain(incident.aid.keys().cloned()).collect();
    let helper = |partner: &Key| {
        let aid = incident.aid.get(partner).cloned();
        let back = aid.as_ref().and_then(|aid| aid.answers.last()).and_then(|last| last.back_at);
        let late = incident.is_open() && back.is_some_and(|at| at <= now);
        let state = match &aid {
            None => Help::NotCalled,
            Some(_) if late => Help::Late,
            Some(aid) if aid.answers.is_empty() => Help::Called,
            Some(_) => Help::Answered,
        };
        Helper { partner: partner.clone(), near: near.contains(partner), aid, state }
    };
    handbook.partners.keys().map(helper).collect()
}

/// A duty of the handbook, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Which.
    pub duty: Key,
    /// What was decided; none where nobody said whether it applies.
    pub obligation: Option<Obligation>,
    /// Its reports, in order; none while it does not apply.
    pub reports: Vec<OwedReport>,
}

/// One report of a duty that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedReport {
    /// Which.
    pub stage: Key,
    /// When it is due; none while no clock runs.
    pub due: Option<Timestamp>,
    /// What was sent, the last time.
    pub sent: Option<Report>,
    /// It should have been sent.
    pub late: bool,
}

/// The handbook's duties, and where they stand at this moment.
#[must_use]
pub fn owed(handbook: &Handbook, incident: &Incident, now: Timestamp) -> Vec<Owed> {
    let one = |duty: &Duty| {
        let obligation = incident.duties.get(&duty.key).cloned();
        let applies = obligation.as_ref().filter(|one| one.applies);
        let reports = applies.map(|one| reports(handbook, duty, one, now)).unwrap_or_default();
        Owed { duty: duty.key.clone(), obligation, reports }
    };
    handbook.duties.values().map(one).collect()
}

fn reports(
    handbook: &Handbook,
    duty: &Duty,
    obligation: &Obligation,
    now: Timestamp,
) -> Vec<OwedReport> {
    let report = |stage: &crate::handbook::duty::Stage| {
        let due = stage.due(&obligation.clocks, &handbook.zone);
        let sent = obligation.sent.get(&stage.key).cloned();
        let late = sent.is_none() && obligation.is_open() && due.is_some_and(|at| at <= now);
        OwedReport { stage: stage.key.clone(), due, sent, late }
    };
    duty.stages.iter().map(report).collect()
}

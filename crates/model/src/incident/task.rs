//! What is to be done by the plan, as a list to tick off: immediate measures, steps, and the
//! components that are started again.

use std::collections::BTreeSet;

use crate::handbook::Handbook;
use crate::handbook::plan::{Plan, Step};
use crate::language::Localized;
use crate::value::{Key, PublicId, Span, Timestamp};

use super::Incident;
use super::act::{Refused, TaskCommand};
use super::desk::{Desk, said, unknown};
use super::event::{Actor, Event, TaskEvent};

/// Which list a task stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Before anything else.
    Immediate,
    /// The plan's steps.
    Step,
    /// Starting components again.
    Restart,
}

impl Part {
    const fn word(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::Step => "step",
            Self::Restart => "restart",
        }
    }
}

/// Something that is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// It stays the same as long as what is to be done is worded the same.
    pub id: PublicId,
    /// The list it stands in.
    pub part: Part,
    /// What to do.
    pub what: Localized,
    /// The role that does it.
    pub role: Option<Key>,
    /// How to see that it is done.
    pub check: Option<Localized>,
    /// How long it may take.
    pub within: Option<Span>,
    /// What to do if it does not work.
    pub otherwise: Option<Localized>,
    /// The partner who is called for it.
    pub partner: Option<Key>,
}

/// Where a task stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Who does it, and since when.
    pub assigned: Option<(Actor, Timestamp)>,
    /// How it ended.
    pub settled: Option<Settled>,
}

/// How a task ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Who said so.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// It was left out on purpose.
    pub skipped: bool,
    /// Why it was left out, or what else is to be known.
    pub said: String,
}

/// Everything that is to be done in this incident, in order.
#[must_use]
pub fn tasks(handbook: &Handbook, incident: &Incident) -> Vec<Task> {
    let Some(plan) = handbook.plans.get(&incident.plan) else { return vec![] };
    let mut seen: Vec<PublicId> = Vec::new();
    let mut id = |part: Part, what: &Localized| {
        let texts: Vec<&str> = what.0.values().map(String::as_str).collect();
        let mut parts = vec!["task", plan.key.as_str(), part.word()];
        parts.extend(texts);
        // The same words twice are two tasks.
        let mut found = PublicId::derive(&parts);
        while seen.contains(&found) {
            parts.push("again");
            found = PublicId::derive(&parts);
        }
        seen.push(found.clone());
        found
    };
    let mut step = |part: Part, step: &Step| Task {
        id: id(part, &step.what),
        part,
        what: step.what.clone(),
        role: Some(step.role.clone()),
        check: step.check.clone(),
        within: step.within,
        otherwise: step.otherwise.clone(),
        partner: step.partner.clone(),
    };
    let mut all: Vec<Task> = Vec::new();
    all.extend(plan.immediate.iter().map(|one| step(Part::Immediate, one)));
    all.extend(plan.steps.iter().map(|one| step(Part::Step, one)));
    for key in restart(handbook, plan, incident) {
        let Some(component) = handbook.component(&key) else { continue };
        all.push(Task {
            id: id(Part::Restart, &component.name),
            part: Part::Restart,
            what: component.name.clone(),
            role: component.owner.clone(),
            check: component.minimum.clone(),
            within: component.rto,
            otherwise: component.workaround.clone(),
            partner: None,
        });
    }
    all
}

/// The components in the order in which they are started again: as the plan has it, and whatever
/// else is concerned after what it needs.
#[must_use]
pub fn restart(handbook: &Handbook, plan: &Plan, incident: &Incident) -> Vec<Key> {
    let mut order: Vec<Key> = plan.restart.clone();
    let broken = |key: &Key| incident.standing.get(key).copied().unwrap_or_default().is_broken();
    let mut wanted: BTreeSet<Key> = incident.affected.clone();
    for key in &incident.affected {
        wanted.extend(handbook.needs(key).into_iter().filter(broken));
    }
    let mut open: Vec<&Key> = handbook
        .components
        .iter()
        .map(|one| &one.key)
        .filter(|key| wanted.contains(*key) && !plan.restart.contains(key))
        .collect();
    while !open.is_empty() {
        let free = open.iter().position(|key| {
            let needs = handbook.needs(key);
            !open.iter().any(|other| *other != *key && needs.contains(other))
        });
        // Where two need each other, the handbook's order decides.
        order.push(open.remove(free.unwrap_or(0)).clone());
    }
    order
}

/// When a task should be done: so long after its turn came, or after somebody began with it before.
/// Nothing where the plan sets no limit, where it is settled, and before its turn. `tasks` are all of
/// the incident's.
#[must_use]
pub fn due(incident: &Incident, tasks: &[Task], task: &Task) -> Option<Timestamp> {
    let progress = incident.progress(&task.id);
    if progress.settled.is_some() {
        return None;
    }
    let before = tasks.iter().take_while(|one| one.id != task.id);
    // Starting again goes beside the steps.
    let before = before.filter(|one| (one.part == Part::Restart) == (task.part == Part::Restart));
    let turn = before.into_iter().try_fold(incident.opened_at, |turn, one| {
        incident.progress(&one.id).settled.map(|settled| turn.max(settled.at))
    });
    let assigned = progress.assigned.map(|(_, at)| at);
    let start = match (turn, assigned) {
        (Some(turn), Some(assigned)) => Some(turn.min(assigned)),
        (turn, assigned) => turn.or(assigned),
    };
    Some(start?.after(task.within?))
}

pub(super) fn decide(desk: &Desk<'_>, command: &TaskCommand) -> Result<Vec<Event>, Refused> {
    let (TaskCommand::Assign { task: id, .. }
    | TaskCommand::Tick { task: id, .. }
    | TaskCommand::Skip { task: id, .. }
    | TaskCommand::Reopen { task: id }) = command;
    let all = tasks(desk.handbook, desk.incident);
    let found = all.into_iter().find(|one| one.id == *id).ok_or(Refused::NoSuchTask)?;
    let (task, what) = (id.clone(), found.what);
    let progress = desk.incident.progress(id);
    let is_settled = progress.settled.is_some();
    let event = match command {
        TaskCommand::Reopen { .. } if !is_settled => return Ok(vec![]),
        TaskCommand::Reopen { .. } => TaskEvent::Reopened { task, what },
        _ if is_settled => return Err(Refused::TaskSettled),
        TaskCommand::Assign { to, .. } => {
            if let Some(unfound) = to.as_ref().filter(|to| !desk.handbook.people.contains_key(*to))
            {
                return Err(unknown("person", unfound));
            }
            let doer = to.clone().map_or_else(|| desk.by.clone(), Actor::Person);
            if progress.assigned.is_some_and(|(who, _)| who == doer) {
                return Ok(vec![]);
            }
            TaskEvent::Assigned { task, what, to: to.clone() }
        }
        TaskCommand::Tick { note, .. } => {
            TaskEvent::Done { task, what, note: note.trim().to_owned() }
        }
        TaskCommand::Skip { reason, .. } => {
            TaskEvent::Skipped { task, what, reason: said(reason, "why it is left out")? }
        }
    };
    Ok(vec![Event::Task(event)])
}

impl Incident {
    /// Where a task stands.
    #[must_use]
    pub fn progress(&self, task: &PublicId) -> Progress {
        self.tasks.get(task).cloned().unwrap_or_default()
    }

    pub(super) fn note_task(&mut self, event: &TaskEvent, by: &Actor, at: Timestamp) {
        let (TaskEvent::Assigned { task, .. }
        | TaskEvent::Done { task, .. }
        | TaskEvent::Skipped { task, .. }
        | TaskEvent::Reopened { task, .. }) = event;
        let progress = self.tasks.entry(task.clone()).or_default();
        let settled = |skipped, said: &str| {
            Some(Settled { by: by.clone(), at, skipped, said: said.to_owned() })
        };
        match event {
            TaskEvent::Assigned { to, .. } => {
                let doer = to.clone().map_or_else(|| by.clone(), Actor::Person);
                progress.assigned = Some((doer, at));
            }
            TaskEvent::Done { note, .. } => progress.settled = settled(false, note),
            TaskEvent::Skipped { reason, .. } => progress.settled = settled(true, reason),
            TaskEvent::Reopened { .. } => progress.settled = None,
        }
    }
}

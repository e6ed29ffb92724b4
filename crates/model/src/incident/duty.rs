//! Duties to report: whether they apply is asked once, then their clocks run, also after the
//! incident is over.

use std::collections::BTreeMap;

use crate::handbook::Handbook;
use crate::handbook::duty::{Clocks, Duty, Stage};
use crate::value::{Key, Span, Timestamp};

use super::Incident;
use super::act::{Due, DutyCommand, Refused};
use super::desk::{Desk, said, unknown};
use super::event::{DutyEvent, Event, Start};

/// Where a duty stands of which somebody decided whether it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// Whether it applies.
    pub applies: bool,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// From when its clocks run.
    pub clocks: Clocks,
    /// What was sent, by stage, the last time.
    pub sent: BTreeMap<Key, Report>,
    /// Of what staff were reminded, by stage.
    pub reminded: BTreeMap<Key, Reminded>,
    /// When nothing more was to be sent.
    pub finished_at: Option<Timestamp>,
}

/// Staff were reminded of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminded {
    /// When it was due.
    pub of: Timestamp,
    /// Whether that had passed.
    pub late: bool,
    /// When they were reminded.
    pub at: Timestamp,
}

/// From one reminder to the next at least.
const PAUSE: Span = Span::minutes(15);

/// A report that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// When.
    pub at: Timestamp,
    /// What it said.
    pub text: String,
}

impl Obligation {
    /// Whether something must still be sent.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.applies && self.finished_at.is_none()
    }

    /// How long before it is due staff are reminded: a quarter of the time there is, a quarter of an
    /// hour at least, a day at most.
    fn lead(&self, due: Timestamp) -> Span {
        let quarter = Span::from_micros(due.since(self.decided_at).micros() / 4);
        quarter.clamp(PAUSE, Span::days(1))
    }
}

/// The reminder that comes next, and when.
pub(super) fn next(handbook: &Handbook, incident: &Incident) -> Option<(Timestamp, Due)> {
    let mut found = Vec::new();
    for (key, obligation) in incident.duties.iter().filter(|(_, one)| one.is_open()) {
        let Some(duty) = handbook.duties.get(key) else { continue };
        for stage in duty.stages.iter().filter(|one| !obligation.sent.contains_key(&one.key)) {
            let Some(due) = stage.due(&obligation.clocks, &handbook.zone) else { continue };
            let reminded = obligation.reminded.get(&stage.key).filter(|one| one.of == due);
            let (at, late) = match reminded {
                Some(Reminded { late: true, .. }) => continue,
                Some(once) => (due.max(once.at.after(PAUSE)), true),
                None => (due.before(obligation.lead(due)).max(obligation.decided_at), false),
            };
            let (duty, stage) = (key.clone(), stage.key.clone());
            found.push((at, Due::RemindDuty { duty, stage, due, late }));
        }
    }
    found.into_iter().min_by_key(|(at, _)| *at)
}

pub(super) fn decide(desk: &Desk<'_>, command: &DutyCommand) -> Result<Vec<Event>, Refused> {
    let (DutyCommand::Decide { duty: key, .. }
    | DutyCommand::Start { duty: key, .. }
    | DutyCommand::Sent { duty: key, .. }
    | DutyCommand::Finish { duty: key, .. }) = command;
    let duty = desk.handbook.duties.get(key).ok_or_else(|| unknown("duty", key))?;
    if let DutyCommand::Decide { applies, reason, aware_at, .. } = command {
        return applies_or_not(desk, key, *applies, reason, *aware_at);
    }
    let obligation = desk.incident.duties.get(key).filter(|one| one.applies);
    let obligation = obligation.ok_or_else(|| Refused::DutyNotDecided(key.clone()))?;
    let key = key.clone();
    let events = match command {
        DutyCommand::Decide { .. } => vec![],
        DutyCommand::Start { start, at, .. } => {
            vec![DutyEvent::Started { duty: key, start: *start, at: past(desk, *at)? }]
        }
        DutyCommand::Sent { stage, at, text, .. } => {
            sent(desk, duty, obligation, stage, *at, text)?
        }
        DutyCommand::Finish { .. } if obligation.finished_at.is_some() => vec![],
        DutyCommand::Finish { reason, .. } => {
            vec![DutyEvent::Finished {
                duty: key,
                reason: said(reason, "why nothing more is sent")?,
            }]
        }
    };
    Ok(events.into_iter().map(Event::Duty).collect())
}

fn applies_or_not(
    desk: &Desk<'_>,
    key: &Key,
    applies: bool,
    reason: &str,
    aware_at: Option<Timestamp>,
) -> Result<Vec<Event>, Refused> {
    let duty = key.clone();
    if !applies {
        let reason = said(reason, "why it does not apply")?;
        return Ok(vec![Event::Duty(DutyEvent::Decided { duty, applies, reason })]);
    }
    let at = past(desk, aware_at.unwrap_or(desk.now))?;
    let reason = reason.trim().to_owned();
    let started = DutyEvent::Started { duty: duty.clone(), start: Start::Aware, at };
    Ok(vec![Event::Duty(DutyEvent::Decided { duty, applies, reason }), Event::Duty(started)])
}

fn sent(
    desk: &Desk<'_>,
    duty: &Duty,
    obligation: &Obligation,
    stage: &Key,
    at: Option<Timestamp>,
    text: &str,
) -> Result<Vec<DutyEvent>, Refused> {
    let is_it = |one: &Stage| one.key == *stage;
    if !duty.stages.iter().any(is_it) {
        return Err(unknown("stage", stage));
    }
    let at = past(desk, at.unwrap_or(desk.now))?;
    let text = said(text, "what was sent")?;
    let key = &duty.key;
    let mut events = vec![DutyEvent::Sent { duty: key.clone(), stage: stage.clone(), at, text }];
    let all = duty.stages.iter().all(|one| is_it(one) || obligation.sent.contains_key(&one.key));
    if all && obligation.finished_at.is_none() {
        events.push(DutyEvent::Finished { duty: key.clone(), reason: String::new() });
    }
    Ok(events)
}

fn past(desk: &Desk<'_>, at: Timestamp) -> Result<Timestamp, Refused> {
    if at > desk.now { Err(Refused::InTheFuture(at)) } else { Ok(at) }
}

impl Incident {
    /// Whether a report may still be owed, although the incident may be over.
    #[must_use]
    pub fn owes(&self) -> bool {
        self.duties.values().any(Obligation::is_open)
    }

    pub(super) fn note_duty(&mut self, event: &DutyEvent, at: Timestamp) {
        if let DutyEvent::Decided { duty, applies, reason } = event {
            let sent = self.duties.remove(duty).map(|one| one.sent).unwrap_or_default();
            let stages = sent.iter().map(|(stage, report)| (stage.clone(), report.at));
            let clocks = Clocks { sent: stages.collect(), ..Clocks::default() };
            let obligation = Obligation {
                applies: *applies,
                reason: reason.clone(),
                decided_at: at,
                clocks,
                sent,
                reminded: BTreeMap::new(),
                finished_at: None,
            };
            self.duties.insert(duty.clone(), obligation);
            return;
        }
        let (DutyEvent::Decided { duty, .. }
        | DutyEvent::Started { duty, .. }
        | DutyEvent::Reminded { duty, .. }
        | DutyEvent::Sent { duty, .. }
        | DutyEvent::Finished { duty, .. }) = event;
        let Some(obligation) = self.duties.get_mut(duty) else { return };
        match event {
            DutyEvent::Decided { .. } => {}
            DutyEvent::Started { start, at, .. } => {
                let clocks = &mut obligation.clocks;
                let clock = match start {
                    Start::Aware => &mut clocks.aware_at,
                    Start::Classified => &mut clocks.classified_at,
                    Start::Fixed => &mut clocks.fixed_at,
                };
                *clock = Some(*at);
            }
            DutyEvent::Reminded { stage, due, late, .. } => {
                let reminded = Reminded { of: *due, late: *late, at };
                obligation.reminded.insert(stage.clone(), reminded);
            }
            DutyEvent::Sent { stage, at, text, .. } => {
                obligation.clocks.sent.insert(stage.clone(), *at);
                let report = Report { at: *at, text: text.clone() };
                obligation.sent.insert(stage.clone(), report);
            }
            DutyEvent::Finished { .. } => obligation.finished_at = Some(at),
        }
    }
}

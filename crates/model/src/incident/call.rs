//! Alarms: who is asked, in which order, and until when an answer is waited for.
//!
//! A call is for a role or by an alarm chain of the handbook. Its ladder is worked out from the
//! version that the incident follows; who is asked, and that they were, is an event. So a node that
//! dies loses no alarm: another sees what is due.

use std::collections::BTreeSet;

use crate::handbook::Handbook;
use crate::value::{Key, Span, Timestamp};

mod ladder;

pub use ladder::{Rung, calls, ladder};

use super::Incident;
use super::act::{Reachable, Refused};
use super::desk::Desk;
use super::event::{Actor, AidEvent, Call, CallEvent, Callee, CrewEvent, Event};

/// How long an answer is waited for where the chain does not say it.
const WAIT: Span = Span::minutes(10);

/// Where a call stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calling {
    /// When it began, or began anew.
    pub since: Timestamp,
    /// The rung that comes next.
    pub next: u32,
    /// Everybody who was asked since then, the first first.
    pub asked: Vec<Asked>,
    /// Whoever said that they cannot.
    pub declined: BTreeSet<Callee>,
    /// Who is there, and since when.
    pub answered: Option<(Actor, Timestamp)>,
    /// When nobody was left to be asked.
    pub unanswered: Option<Timestamp>,
}

/// Somebody was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Who.
    pub who: Callee,
    /// Over which channels.
    pub channels: Vec<Key>,
    /// When.
    pub at: Timestamp,
    /// Until when an answer is waited for; until when they said no, where they did.
    pub until: Timestamp,
}

impl Calling {
    pub(super) fn begin(since: Timestamp) -> Self {
        Self {
            since,
            next: 0,
            asked: Vec::new(),
            declined: BTreeSet::new(),
            answered: None,
            unanswered: None,
        }
    }

    /// Whether somebody is still waited for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answered.is_none() && self.unanswered.is_none()
    }

    /// When the next is asked.
    fn due(&self) -> Timestamp {
        self.asked.last().map_or(self.since, |asked| asked.until)
    }

    /// Whether they were asked.
    #[must_use]
    pub fn has_asked(&self, who: &Callee) -> bool {
        self.asked.iter().any(|one| one.who == *who)
    }

    /// Whether they were asked, have not said no, and nobody else is there: late is better than never.
    #[must_use]
    pub fn waits_for(&self, who: &Callee) -> bool {
        self.answered.is_none() && self.has_asked(who) && !self.declined.contains(who)
    }

    /// Who is still to be asked, in this order, and over which channels: nobody who said that they
    /// cannot, nobody twice over the same channel, and nobody where they have no address.
    #[must_use]
    pub fn to_come<'l>(
        &self,
        ladder: &'l [Rung],
        reachable: Option<&Reachable>,
    ) -> Vec<(&'l Rung, Vec<Key>)> {
        let asked = self.asked.iter();
        let asked = asked.flat_map(|one| one.channels.iter().map(move |over| (&one.who, over)));
        let mut used: BTreeSet<(&Callee, &Key)> = asked.collect();
        let has = |who: &Callee, over: &Key| {
            reachable.is_none_or(|all| all.get(who).is_some_and(|ways| ways.contains(over)))
        };
        let later = ladder.iter().filter(|rung| rung.at >= self.next);
        let mut found = Vec::new();
        for rung in later.filter(|rung| !self.declined.contains(&rung.who)) {
            let ways = rung.channels.iter().filter(|over| has(&rung.who, over));
            let ways: Vec<Key> =
                ways.filter(|over| used.insert((&rung.who, over))).cloned().collect();
            if !ways.is_empty() {
                found.push((rung, ways));
            }
        }
        found
    }
}

/// When somebody is to be asked next. While all is well again nobody is woken.
pub(super) fn next(handbook: &Handbook, incident: &Incident) -> Option<Timestamp> {
    if incident.recovered_at.is_some() {
        return None;
    }
    let waiting = calls(handbook, incident).into_iter().filter_map(|call| {
        let calling = incident.calling(&call);
        calling.is_open().then(|| calling.due())
    });
    waiting.min()
}

/// The people who are told what is asked of staff: whoever holds a role of the plan, else those who
/// were asked to. Where the plan waits for nobody's answer, everybody of its roles.
#[must_use]
pub fn alerted(handbook: &Handbook, incident: &Incident) -> BTreeSet<Key> {
    let Some(plan) = handbook.plans.get(&incident.plan) else { return BTreeSet::new() };
    let mut people = BTreeSet::new();
    for role in plan.policy.alert.iter().filter_map(|key| handbook.roles.get(key)) {
        if plan.policy.acknowledge_within.is_none() {
            people.extend(role.everybody().cloned());
            continue;
        }
        let held = incident.roles.get(&role.key).and_then(|held| held.holder.as_ref());
        if let Some((Actor::Person(person), _)) = held {
            people.insert(person.clone());
            continue;
        }
        let calling = incident.calling(&Call::Role(role.key.clone()));
        if calling.unanswered.is_some() {
            // Better all are woken than nobody knows.
            people.extend(role.everybody().cloned());
            continue;
        }
        people.extend(calling.asked.iter().map(|asked| asked.who.key().clone()));
    }
    people
}

/// Asks whoever is to be asked now, for each call whose time has come.
pub(super) fn ask(desk: &Desk<'_>, reachable: Option<&Reachable>) -> Result<Vec<Event>, Refused> {
    let plan = desk.plan()?;
    let mut events = Vec::new();
    for call in calls(desk.handbook, desk.incident) {
        let calling = desk.incident.calling(&call);
        if !calling.is_open() || calling.due() > desk.now {
            continue;
        }
        let ladder = ladder(desk.handbook, plan, &call, desk.now);
        let next = calling.to_come(&ladder, reachable).into_iter().next();
        let Some((Rung { at, who, wait, .. }, channels)) = next else {
            events.push(Event::Call(CallEvent::Unanswered { call }));
            continue;
        };
        if let Callee::Partner(partner) = who {
            let said = super::aid::said(desk, partner)?;
            events.push(Event::Aid(AidEvent::Called {
                partner: partner.clone(),
                task: None,
                channels: channels.clone(),
                said,
            }));
        }
        let (rung, who, until) = (*at, who.clone(), desk.now.after(*wait));
        events.push(Event::Call(CallEvent::Asked { call, rung, who, channels, until }));
    }
    Ok(events)
}

pub(super) fn answer(
    desk: &Desk<'_>,
    call: &Call,
    who: Option<&Key>,
) -> Result<Vec<Event>, Refused> {
    let who = desk.other(who)?;
    // Late is better than never: an answer counts also after all had been asked.
    if desk.incident.calling(call).answered.is_some() {
        return Ok(vec![]);
    }
    if !calls(desk.handbook, desk.incident).contains(call) {
        return Err(Refused::NotAsked);
    }
    Ok(vec![Event::Call(CallEvent::Answered { call: call.clone(), who })])
}

pub(super) fn decline(
    desk: &Desk<'_>,
    call: &Call,
    who: Option<&Key>,
) -> Result<Vec<Event>, Refused> {
    let who = desk.other(who)?;
    let asked = callee(&desk.by.or(who.as_ref())).ok_or(Refused::NotAsked)?;
    let calling = desk.incident.calling(call);
    if calling.answered.is_some() || !calling.has_asked(&asked) {
        return Err(Refused::NotAsked);
    }
    if calling.declined.contains(&asked) {
        return Ok(vec![]);
    }
    Ok(vec![Event::Call(CallEvent::Declined { call: call.clone(), who })])
}

pub(super) fn again(desk: &Desk<'_>, call: &Call) -> Result<Vec<Event>, Refused> {
    if !calls(desk.handbook, desk.incident).contains(call) {
        return Err(Refused::NotAsked);
    }
    let calling = desk.incident.calling(call);
    if calling.answered.is_some() {
        return Err(Refused::RoleTaken);
    }
    if calling.asked.is_empty() && calling.is_open() {
        return Ok(vec![]);
    }
    Ok(vec![Event::Call(CallEvent::Again { call: call.clone() })])
}

fn callee(by: &Actor) -> Option<Callee> {
    match by {
        Actor::Person(key) => Some(Callee::Person(key.clone())),
        Actor::Partner(key) => Some(Callee::Partner(key.clone())),
        _ => None,
    }
}

impl Incident {
    /// Where a call stands: as it begins, where nothing has happened.
    #[must_use]
    pub fn calling(&self, call: &Call) -> Calling {
        self.calls.get(call).cloned().unwrap_or_else(|| Calling::begin(self.opened_at))
    }

    pub(super) fn note_call(&mut self, event: &CallEvent, by: &Actor, at: Timestamp) {
        let (CallEvent::Asked { call, .. }
        | CallEvent::Answered { call, .. }
        | CallEvent::Declined { call, .. }
        | CallEvent::Unanswered { call }
        | CallEvent::Again { call }) = event;
        let mut calling = self.calling(call);
        match event {
            CallEvent::Asked { rung, who, channels, until, .. } => {
                let (who, channels, until) = (who.clone(), channels.clone(), *until);
                calling.asked.push(Asked { who, channels, at, until });
                calling.next = rung + 1;
            }
            CallEvent::Answered { who, .. } => {
                calling.answered = Some((by.or(who.as_ref()), at));
            }
            CallEvent::Declined { who, .. } => {
                let who = callee(&by.or(who.as_ref()));
                // Nobody waits for an answer that has been given.
                if let Some(asked) =
                    calling.asked.last_mut().filter(|one| Some(&one.who) == who.as_ref())
                {
                    asked.until = asked.until.min(at);
                }
                calling.declined.extend(who);
            }
            CallEvent::Unanswered { .. } => calling.unanswered = Some(at),
            CallEvent::Again { .. } => calling = Calling::begin(at),
        }
        self.calls.insert(call.clone(), calling);
    }

    /// Whoever was asked by an alarm chain and acts has been woken by it.
    pub(super) fn note_presence(&mut self, event: &Event, by: &Actor, at: Timestamp) {
        let by = match event {
            Event::Call(CallEvent::Declined { .. }) => return,
            Event::Call(CallEvent::Answered { who, .. })
            | Event::Crew(CrewEvent::Taken { who, .. } | CrewEvent::OfferDeclined { who, .. }) => {
                by.or(who.as_ref())
            }
            _ => by.clone(),
        };
        let Some(who) = callee(&by) else { return };
        for (call, calling) in &mut self.calls {
            let is_chain = matches!(call, Call::Chain(_));
            if is_chain && calling.is_open() && calling.has_asked(&who) {
                calling.answered = Some((by.clone(), at));
            }
        }
    }
}

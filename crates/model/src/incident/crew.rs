//! Crisis roles in an incident: taken, handed over, laid down.

use crate::value::{Key, Timestamp};

use super::Incident;
use super::act::Refused;
use super::call::Calling;
use super::desk::{Desk, unknown};
use super::event::{Actor, Call, Callee, CrewEvent, Event};

/// Where a role stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Who holds it, and since when.
    pub holder: Option<(Actor, Timestamp)>,
    /// Who was asked to take it over, and when.
    pub offered: Option<(Key, Timestamp)>,
}

pub(super) fn take(desk: &Desk<'_>, role: &Key, who: Option<&Key>) -> Result<Vec<Event>, Refused> {
    let held = held(desk, role)?;
    let who = desk.other(who)?;
    let taker = desk.by.or(who.as_ref());
    match &held.holder {
        Some((holder, _)) if *holder == taker => return Ok(vec![]),
        Some(_) if !is_offered(&held, &taker) => return Err(Refused::RoleTaken),
        _ => {}
    }
    Ok(vec![Event::Crew(CrewEvent::Taken { role: role.clone(), who })])
}

/// What was offered is taken over.
pub(super) fn accept(desk: &Desk<'_>, role: &Key) -> Result<Vec<Event>, Refused> {
    let who = asked(desk, role)?;
    Ok(vec![Event::Crew(CrewEvent::Taken { role: role.clone(), who })])
}

pub(super) fn offer(desk: &Desk<'_>, role: &Key, to: &Key) -> Result<Vec<Event>, Refused> {
    let held = held(desk, role)?;
    if !desk.handbook.people.contains_key(to) {
        return Err(unknown("person", to));
    }
    let has_it = matches!(&held.holder, Some((Actor::Person(holder), _)) if holder == to);
    if has_it || held.offered.as_ref().is_some_and(|(asked, _)| asked == to) {
        return Ok(vec![]);
    }
    Ok(vec![Event::Crew(CrewEvent::Offered { role: role.clone(), to: to.clone() })])
}

pub(super) fn decline(desk: &Desk<'_>, role: &Key) -> Result<Vec<Event>, Refused> {
    let who = asked(desk, role)?;
    Ok(vec![Event::Crew(CrewEvent::OfferDeclined { role: role.clone(), who })])
}

/// Who was asked to take the role over, where somebody else answers for them.
fn asked(desk: &Desk<'_>, role: &Key) -> Result<Option<Key>, Refused> {
    let held = held(desk, role)?;
    let (to, _) = held.offered.as_ref().ok_or(Refused::NotAsked)?;
    if desk.by.is(to) {
        return Ok(None);
    }
    if desk.by.speaks_for_others() { Ok(Some(to.clone())) } else { Err(Refused::NotAsked) }
}

/// Whoever sleeps cannot lay their role down: anybody may do it for them, and the timeline says who.
pub(super) fn leave(desk: &Desk<'_>, role: &Key) -> Result<Vec<Event>, Refused> {
    if held(desk, role)?.holder.is_none() {
        return Ok(vec![]);
    }
    Ok(vec![Event::Crew(CrewEvent::Left { role: role.clone() })])
}

fn held(desk: &Desk<'_>, role: &Key) -> Result<Held, Refused> {
    if !desk.handbook.roles.contains_key(role) {
        return Err(unknown("role", role));
    }
    Ok(desk.incident.roles.get(role).cloned().unwrap_or_default())
}

fn is_offered(held: &Held, by: &Actor) -> bool {
    held.offered.as_ref().is_some_and(|(to, _)| by.is(to))
}

impl Incident {
    pub(super) fn note_crew(&mut self, event: &CrewEvent, by: &Actor, at: Timestamp) {
        match event {
            CrewEvent::Taken { role, who } => {
                let by = by.or(who.as_ref());
                let holder = Some((by.clone(), at));
                self.roles.insert(role.clone(), Held { holder, offered: None });
                let call = Call::Role(role.clone());
                let mut calling = self.calling(&call);
                calling.answered = Some((by, at));
                self.calls.insert(call, calling);
            }
            CrewEvent::Offered { role, to } => {
                self.roles.entry(role.clone()).or_default().offered = Some((to.clone(), at));
            }
            CrewEvent::OfferDeclined { role, .. } => {
                self.roles.entry(role.clone()).or_default().offered = None;
            }
            CrewEvent::Left { role } => {
                let left = self.roles.remove(role).and_then(|held| held.holder);
                // Everybody else is asked, from the beginning.
                let mut calling = Calling::begin(at);
                if let Some((Actor::Person(key), _)) = left {
                    calling.declined.insert(Callee::Person(key));
                }
                self.calls.insert(Call::Role(role.clone()), calling);
            }
        }
    }
}

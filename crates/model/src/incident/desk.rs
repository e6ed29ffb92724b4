use crate::handbook::Handbook;
use crate::handbook::plan::{Plan, Policy};
use crate::notice::Passages;
use crate::value::{Key, Timestamp};

use super::Incident;
use super::act::Refused;
use super::event::Actor;

/// Everything that a rule looks at: what is written, what has happened, who wants something, when.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) handbook: &'a Handbook,
    pub(super) incident: &'a Incident,
    pub(super) by: &'a Actor,
    pub(super) now: Timestamp,
}

impl<'a> Desk<'a> {
    /// The person of whom something is said, where it is not the one who says it.
    pub(super) fn other(&self, who: Option<&Key>) -> Result<Option<Key>, Refused> {
        if let Some(unfound) = who.filter(|who| !self.handbook.people.contains_key(*who)) {
            return Err(unknown("person", unfound));
        }
        Ok(who.filter(|who| !self.by.is(who)).cloned())
    }

    pub(super) fn plan(&self) -> Result<&'a Plan, Refused> {
        let plan = &self.incident.plan;
        self.handbook.plans.get(plan).ok_or_else(|| Refused::NoPlan(plan.clone()))
    }

    pub(super) fn policy(&self) -> Result<&'a Policy, Refused> {
        Ok(&self.plan()?.policy)
    }

    /// Nobody writes a passage for an audience that would never get it.
    pub(super) fn all_told(&self, passages: &Passages) -> Result<(), Refused> {
        let told = &self.policy()?.audiences;
        match passages.keys().find(|audience| !told.contains(audience)) {
            Some(audience) => Err(Refused::NotTold(audience.clone())),
            None => Ok(()),
        }
    }
}

/// What somebody must say, without the space around it.
pub(super) fn said(text: &str, what: &'static str) -> Result<String, Refused> {
    let text = text.trim();
    if text.is_empty() { Err(Refused::NothingSaid(what)) } else { Ok(text.to_owned()) }
}

/// What the handbook version does not have.
pub(super) fn unknown(noun: &'static str, key: &Key) -> Refused {
    Refused::Unknown { noun, key: key.clone() }
}

//! Outside partners who are called in, and what they answer.

use crate::handbook::Handbook;
use crate::handbook::people::{Partner, fill_callout};
use crate::language::{Language, Localized, list};
use crate::value::{Key, PublicId, Timestamp};

use super::Incident;
use super::act::{AidCommand, Refused};
use super::desk::{Desk, said as needed, unknown};
use super::event::{Actor, AidEvent, Event};
use super::task::tasks;

/// Where a partner stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aid {
    /// When they were last called in.
    pub called_at: Option<Timestamp>,
    /// Over which channels; none where somebody telephoned.
    pub channels: Vec<Key>,
    /// What they were told.
    pub told: Localized,
    /// The step for which they were called.
    pub task: Option<PublicId>,
    /// What they have answered, the first first.
    pub answers: Vec<Answer>,
    /// How often their link was ended: a link is good as long as this stays what it was when they
    /// were written to.
    pub round: u32,
    /// When their link was ended, until they are written to again.
    pub revoked_at: Option<Timestamp>,
}

/// What a partner said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// When.
    pub at: Timestamp,
    /// Who wrote it down: they themselves, or who talked to them.
    pub by: Actor,
    /// What they said.
    pub said: String,
    /// Their own number for it.
    pub ticket: String,
    /// When they will say more.
    pub back_at: Option<Timestamp>,
}

/// Words for calling a partner in, with what is known of the incident
/// filled in; `own` knows who calls, and where to call back.
#[must_use]
pub fn callout(
    handbook: &Handbook,
    incident: &Incident,
    partner: &Partner,
    text: &str,
    language: Language,
    own: impl Fn(&str) -> Option<String>,
) -> String {
    let name = |key: &Key| handbook.component(key).map(|one| one.name.get(language));
    let broken: Vec<&str> = incident.affected.iter().filter_map(name).collect();
    fill_callout(text, |hole| match hole {
        "community" => Some(handbook.community.clone()),
        "broken" => Some(list(&broken, language.words().and)),
        "since" => Some(handbook.zone.clock(incident.since, language)),
        "contract" => partner.contract.clone(),
        other => own(other),
    })
}

/// What a partner is written, in each language of the handbook: the handbook's words, else the
/// program's.
pub(super) fn said(desk: &Desk<'_>, key: &Key) -> Result<Localized, Refused> {
    let (handbook, incident) = (desk.handbook, desk.incident);
    let partner = handbook.partners.get(key).ok_or_else(|| unknown("partner", key))?;
    let text = |language: Language| {
        let words = &language.words().team;
        let own = |hole: &str| match hole {
            "caller" => Some(words.caller.to_owned()),
            "phone" => Some(words.by_the_link.to_owned()),
            _ => None,
        };
        let prepared = partner.callout.as_ref().map(|callout| callout.get(language));
        let text = prepared.unwrap_or(words.callout);
        (language, callout(handbook, incident, partner, text, language, own))
    };
    Ok(Localized(handbook.languages.iter().copied().map(text).collect()))
}

pub(super) fn decide(desk: &Desk<'_>, command: &AidCommand) -> Result<Vec<Event>, Refused> {
    let (AidCommand::Call { partner, .. }
    | AidCommand::Answer { partner, .. }
    | AidCommand::Revoke { partner }) = command;
    if !desk.handbook.partners.contains_key(partner) {
        return Err(unknown("partner", partner));
    }
    let partner = partner.clone();
    let aid = desk.incident.aid.get(&partner);
    let event = match command {
        AidCommand::Call { task: Some(task), .. }
            if !tasks(desk.handbook, desk.incident).iter().any(|one| one.id == *task) =>
        {
            return Err(Refused::NoSuchTask);
        }
        AidCommand::Revoke { .. } if aid.is_none_or(|aid| aid.called_at.is_none()) => {
            return Err(Refused::NotCalled(partner));
        }
        AidCommand::Revoke { .. } if aid.is_some_and(|aid| aid.revoked_at.is_some()) => {
            return Ok(vec![]);
        }
        AidCommand::Revoke { .. } => AidEvent::Revoked { partner },
        AidCommand::Call { task, by_phone, .. } => {
            let ways = &desk.policy()?.alert_channels;
            let channels = if *by_phone { vec![] } else { ways.clone() };
            let said = said(desk, &partner)?;
            AidEvent::Called { partner, task: task.clone(), channels, said }
        }
        AidCommand::Answer { said, ticket, back_at, .. } => AidEvent::Answered {
            partner,
            said: needed(said, "what the partner says")?,
            ticket: ticket.trim().to_owned(),
            back_at: *back_at,
        },
    };
    Ok(vec![Event::Aid(event)])
}

impl Incident {
    pub(super) fn note_aid(&mut self, event: &AidEvent, by: &Actor, at: Timestamp) {
        let (AidEvent::Called { partner, .. }
        | AidEvent::Answered { partner, .. }
        | AidEvent::Revoked { partner }) = event;
        let aid = self.aid.entry(partner.clone()).or_insert_with(|| Aid {
            called_at: None,
            channels: Vec::new(),
            told: Localized::default(),
            task: None,
            answers: Vec::new(),
            round: 0,
            revoked_at: None,
        });
        match event {
            AidEvent::Called { task, channels, said, .. } => {
                aid.called_at = Some(at);
                aid.channels.clone_from(channels);
                aid.told = said.clone();
                aid.task.clone_from(task);
                // Who telephoned sent no link.
                aid.revoked_at = aid.revoked_at.filter(|_| channels.is_empty());
            }
            AidEvent::Revoked { .. } => {
                aid.round += 1;
                aid.revoked_at = Some(at);
            }
            AidEvent::Answered { said, ticket, back_at, .. } => aid.answers.push(Answer {
                at,
                by: by.clone(),
                said: said.clone(),
                ticket: ticket.clone(),
                back_at: *back_at,
            }),
        }
    }
}

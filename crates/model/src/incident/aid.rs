//! Outside partners who are called in, and what they answer.

use crate::handbook::people::fill_callout;
use crate::language::{Language, Localized, list};
use crate::value::{Key, PublicId, Timestamp};

use super::Incident;
use super::act::{AidCommand, Refused};
use super::desk::{Desk, said as needed, unknown};
use super::event::{Actor, AidEvent, Event};

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

/// What a partner is told, in each language of the handbook: the handbook's words with what is known
/// filled in, else the program's.
pub(super) fn said(desk: &Desk<'_>, key: &Key) -> Result<Localized, Refused> {
    let (handbook, incident) = (desk.handbook, desk.incident);
    let partner = handbook.partners.get(key).ok_or_else(|| unknown("partner", key))?;
    let text = |language: Language| {
        let words = &language.words().team;
        let name = |key: &Key| handbook.component(key).map(|one| one.name.get(language));
        let broken: Vec<&str> = incident.affected.iter().filter_map(name).collect();
        let known = |hole: &str| match hole {
            "community" => Some(handbook.community.clone()),
            "caller" => Some(words.caller.to_owned()),
            "broken" => Some(list(&broken, language.words().and)),
            "since" => Some(handbook.zone.clock(incident.since, language)),
            "phone" => Some(words.by_the_link.to_owned()),
            "contract" => partner.contract.clone(),
            _ => None,
        };
        let prepared = partner.callout.as_ref().map(|callout| callout.get(language));
        (language, fill_callout(prepared.unwrap_or(words.callout), known))
    };
    Ok(Localized(handbook.languages.iter().copied().map(text).collect()))
}

pub(super) fn decide(desk: &Desk<'_>, command: &AidCommand) -> Result<Vec<Event>, Refused> {
    let (AidCommand::Call { partner, .. } | AidCommand::Answer { partner, .. }) = command;
    if !desk.handbook.partners.contains_key(partner) {
        return Err(unknown("partner", partner));
    }
    let partner = partner.clone();
    let event = match command {
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
        let (AidEvent::Called { partner, .. } | AidEvent::Answered { partner, .. }) = event;
        let aid = self.aid.entry(partner.clone()).or_insert_with(|| Aid {
            called_at: None,
            channels: Vec::new(),
            told: Localized::default(),
            task: None,
            answers: Vec::new(),
        });
        match event {
            AidEvent::Called { task, channels, said, .. } => {
                aid.called_at = Some(at);
                aid.channels.clone_from(channels);
                aid.told = said.clone();
                aid.task.clone_from(task);
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

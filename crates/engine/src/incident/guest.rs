//! What an outside partner sees and does who opens the link from a call for help: one incident,
//! what they were told, what everybody knows; and they can answer.

use model::handbook::system::ComponentState;
use model::incident::{Actor, Aid, AidCommand, Command, Phase};
use model::language::{Language, Localized, Zone};
use model::notice::{Kind, Texts};
use model::value::{Key, PublicId, Timestamp};

use super::Case;
use crate::link::Link;
use crate::{Engine, EngineError};

/// One incident as a partner may see it. Names of people and notes of the room are not in it.
#[derive(Debug, Clone)]
pub struct GuestView {
    /// The community's languages, the main one first.
    pub languages: Vec<Language>,
    /// Its zone.
    pub zone: Zone,
    /// What the incident is called.
    pub title: Localized,
    /// Whether it is a drill.
    pub drill: bool,
    /// Since when something is wrong.
    pub since: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// What they were told and have answered.
    pub aid: Aid,
    /// The parts concerned, and how they fare.
    pub parts: Vec<(Localized, ComponentState)>,
    /// What everybody was told, the newest first.
    pub notices: Vec<(Kind, Timestamp, Texts)>,
    /// Now.
    pub now: Timestamp,
}

impl Engine {
    /// What the link of a partner shows.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadLink`] also where they were not called in, [`EngineError::LinkEnded`].
    pub async fn guest_look(&self, token: &str) -> Result<GuestView, EngineError> {
        let (id, partner, round) = self.guest_link(token)?;
        let Case { incident, handbook } = self.case(&id).await?;
        let aid = incident.aid.get(&partner).cloned().ok_or(EngineError::BadLink)?;
        if round != aid.round {
            return Err(EngineError::LinkEnded);
        }
        let part = |key: &Key| {
            let name = handbook.component(key)?.name.clone();
            Some((name, incident.standing.get(key).copied().unwrap_or_default()))
        };
        let notices = incident.published().rev().filter_map(|notice| match &notice.phase {
            Phase::Published { at, texts, .. } => Some((notice.kind, *at, texts.clone())),
            _ => None,
        });
        let plan = handbook.plans.get(&incident.plan);
        Ok(GuestView {
            languages: handbook.languages.clone(),
            zone: handbook.zone.clone(),
            title: plan.map(|plan| plan.title.clone()).unwrap_or_default(),
            drill: incident.drill,
            since: incident.since,
            closed_at: incident.closed_at,
            parts: incident.affected.iter().filter_map(part).collect(),
            notices: notices.collect(),
            aid,
            now: self.now(),
        })
    }

    /// A partner answers.
    ///
    /// # Errors
    ///
    /// Those of [`Engine::guest_look`], [`EngineError::Refused`] once the incident is closed.
    pub async fn guest_answer(
        &self,
        token: &str,
        said: &str,
        ticket: &str,
        back_at: Option<Timestamp>,
    ) -> Result<(), EngineError> {
        self.guest_look(token).await?;
        let (id, partner, _) = self.guest_link(token)?;
        let by = Actor::Partner(partner.clone());
        let (said, ticket) = (said.to_owned(), ticket.to_owned());
        let command = Command::Aid(AidCommand::Answer { partner, said, ticket, back_at });
        self.act(&id, &command, &by).await?;
        Ok(())
    }

    fn guest_link(&self, token: &str) -> Result<(PublicId, Key, u32), EngineError> {
        match Link::read(token, &self.keys)? {
            Link::Guest { incident, partner, round } => Ok((incident, partner, round)),
            _ => Err(EngineError::BadLink),
        }
    }
}

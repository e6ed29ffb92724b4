//! What somebody is asked for who opens the link from an alert, and what they answer.

use model::incident::{Actor, Call, Callee, Command, TeamCommand, calls};
use model::language::Localized;
use model::value::Timestamp;

use crate::{Engine, EngineError};

/// Something that a person is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What for.
    pub call: Call,
    /// What the role or the alarm chain is called.
    pub title: Localized,
    /// Until when an answer is waited for; nothing where somebody hands a role over.
    pub until: Option<Timestamp>,
}

impl Engine {
    /// What the person behind this link is asked for now; nothing for machines.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadLink`].
    pub async fn wanted(&self, token: &str) -> Result<Vec<Wanted>, EngineError> {
        let (id, by) = self.desk_link(token)?;
        let Actor::Person(person) = by else { return Ok(vec![]) };
        let case = self.case(&id).await?;
        let (incident, handbook) = (&case.incident, &case.handbook);
        if !incident.is_open() {
            return Ok(vec![]);
        }
        let title = |call: &Call| call.title(handbook).cloned().unwrap_or_default();
        let me = Callee::Person(person.clone());
        let mut wanted = Vec::new();
        for call in calls(handbook, incident) {
            let calling = incident.calling(&call);
            let asked = calling.asked.iter().rev().find(|one| one.who == me);
            if let Some(asked) = asked.filter(|_| calling.waits_for(&me)) {
                let title = title(&call);
                wanted.push(Wanted { call, title, until: Some(asked.until) });
            }
        }
        for (role, held) in &incident.roles {
            if held.offered.as_ref().is_some_and(|(to, _)| *to == person) {
                let call = Call::Role(role.clone());
                let title = title(&call);
                wanted.push(Wanted { call, title, until: None });
            }
        }
        Ok(wanted)
    }

    /// The person behind this link says that they are there, or cannot.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadLink`], [`EngineError::Refused`] where somebody else was faster.
    pub async fn answer(&self, token: &str, call: &Call, yes: bool) -> Result<(), EngineError> {
        let wanted = self.wanted(token).await?;
        let (id, by) = self.desk_link(token)?;
        let found = wanted.into_iter().find(|one| one.call == *call);
        let found = found.ok_or(model::incident::Refused::NotAsked)?;
        let command = match (call, yes, found.until) {
            (Call::Role(role), true, _) => TeamCommand::Take { role: role.clone(), who: None },
            (Call::Role(role), false, None) => TeamCommand::DeclineOffer { role: role.clone() },
            (_, true, _) => {
                // Nobody waits any more, and still it is good to know that somebody is there.
                TeamCommand::Answer { call: call.clone(), who: None }
            }
            (_, false, _) => TeamCommand::Decline { call: call.clone(), who: None },
        };
        self.act(&id, &Command::Team(command), &by).await?;
        Ok(())
    }
}

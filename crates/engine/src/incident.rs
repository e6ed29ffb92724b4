//! The verbs of an incident: open, act, carry out what is due. Rules decide; `record` writes.

use std::sync::{Arc, PoisonError};

use model::draft::Slot;
use model::handbook::Handbook;
use model::incident::{
    Actor, Call, Callee, Command, Due, Incident, Reachable, Recorded, TeamCommand, calls, decide,
    next_due,
};
use model::recipient::RecipientKind;
use model::value::{Key, PublicId, Timestamp};

use crate::{Engine, EngineError};

mod alert;
mod declare;
mod desk;
mod guest;
mod listing;
mod record;
mod summon;
mod wanted;

pub use declare::Declaration;
pub use desk::DeskView;
pub use guest::GuestView;
pub use listing::{Listed, Which};
pub(crate) use record::{STAFF, told, ways};
pub use wanted::Wanted;

/// How often a command is decided anew when others change the incident at the same time.
const TRIES: usize = 8;

/// An incident with the handbook version that it is pinned to.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is known of it.
    pub incident: Incident,
    /// What it follows.
    pub handbook: Arc<Handbook>,
}

impl Engine {
    /// One incident.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoIncident`].
    pub async fn case(&self, id: &PublicId) -> Result<Case, EngineError> {
        let incident = self.store.incident(id).await?;
        self.with_handbook(incident.ok_or_else(|| EngineError::NoIncident(id.to_string()))?).await
    }

    async fn with_handbook(&self, incident: Incident) -> Result<Case, EngineError> {
        let handbook = self.handbook_version(incident.handbook).await?.handbook;
        Ok(Case { incident, handbook })
    }

    /// One incident with the events that it is the fold of, oldest first.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoIncident`].
    pub async fn story(&self, id: &PublicId) -> Result<(Case, Vec<Recorded>), EngineError> {
        let events = self.store.incident_events(id).await?;
        let incident = Incident::fold(id, &events);
        let incident = incident.ok_or_else(|| EngineError::NoIncident(id.to_string()))?;
        Ok((self.with_handbook(incident).await?, events))
    }

    /// The events of an incident, oldest first.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn events(&self, id: &PublicId) -> Result<Vec<Recorded>, EngineError> {
        Ok(self.store.incident_events(id).await?)
    }

    /// All open incidents.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn open_cases(&self) -> Result<Vec<Case>, EngineError> {
        let mut cases = Vec::new();
        for incident in self.store.open_incidents().await? {
            cases.push(self.with_handbook(incident).await?);
        }
        Ok(cases)
    }

    /// The newest incidents, open or closed.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn newest_cases(&self, limit: u32) -> Result<Vec<Case>, EngineError> {
        let mut cases = Vec::new();
        for listed in self.store.newest_incidents(None, limit).await? {
            cases.push(match listed.closed_at {
                Some(_) => self.closed_case(&listed.id).await?,
                None => self.case(&listed.id).await?,
            });
        }
        Ok(cases)
    }

    /// A closed incident: it never changes again, so it is read once.
    async fn closed_case(&self, id: &PublicId) -> Result<Case, EngineError> {
        let known = {
            let closed = self.shared.closed.lock().unwrap_or_else(PoisonError::into_inner);
            closed.get(id).cloned()
        };
        if let Some(case) = known {
            return Ok(case);
        }
        let case = self.case(id).await?;
        let mut closed = self.shared.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.insert(id.clone(), case.clone());
        Ok(case)
    }

    /// What was read of a closed incident is read anew: a report was sent, or something noted.
    fn forget_closed(&self, id: &PublicId) {
        self.shared.closed.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    /// Lets an incident follow a command: decides on what is stored, writes, and decides anew
    /// when somebody else was faster.
    ///
    /// # Errors
    ///
    /// [`EngineError::Refused`] with what to do instead, [`EngineError::Busy`].
    pub async fn act(
        &self,
        id: &PublicId,
        command: &Command,
        by: &Actor,
    ) -> Result<Vec<Recorded>, EngineError> {
        self.act_if(id, command, by, None).await
    }

    /// The same, but only if nothing happened since the event of the number `seen`.
    ///
    /// # Errors
    ///
    /// [`EngineError::MovedOn`], and those of [`Engine::act`].
    pub async fn act_if(
        &self,
        id: &PublicId,
        command: &Command,
        by: &Actor,
        seen: Option<u64>,
    ) -> Result<Vec<Recorded>, EngineError> {
        for _ in 0..TRIES {
            let mut case = self.case(id).await?;
            if let Some(seen) = seen.filter(|seen| *seen != case.incident.seq) {
                return Err(EngineError::MovedOn { seen, last: case.incident.seq });
            }
            if let Command::Adopt { handbook } = command {
                case.handbook = self.handbook_version(*handbook).await?.handbook;
            }
            let events = decide(&case.handbook, &case.incident, command, by, self.now())?;
            if events.is_empty() {
                return Ok(events);
            }
            match self.record(Some(&case.incident), id, &case.handbook, &events).await {
                Ok(()) => {
                    match (command, &case.incident.proposed) {
                        (Command::Adopt { .. }, _) => self.wake(id).await?,
                        // The draft that it was begins anew: nobody goes on writing what is out.
                        (Command::Approve { .. }, Some(waiting)) => {
                            self.clear_draft(id, Slot::from(&waiting.proposal)).await?;
                        }
                        _ => {}
                    }
                    return Ok(events);
                }
                Err(EngineError::Store(why)) if why.is_conflict() => {}
                Err(why) => return Err(why),
            }
        }
        Err(EngineError::Busy)
    }

    /// Carries out everything that has fallen due in open incidents; says when the next falls
    /// due. One public step of the recurring task, so that tests never sleep.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn due_step(&self) -> Result<Option<Timestamp>, EngineError> {
        let mut next = None;
        let mut cases = self.open_cases().await?;
        for incident in self.store.owing_incidents().await? {
            cases.push(self.with_handbook(incident).await?);
        }
        for case in cases {
            let mut incident = case.incident;
            while let Some((at, due)) = next_due(&case.handbook, &incident) {
                if at > self.now() {
                    next = Some(next.map_or(at, |earlier: Timestamp| earlier.min(at)));
                    break;
                }
                tracing::info!(incident = %incident.id, ?due, "due");
                let command = match due {
                    // Nobody waits for the answer of somebody who has no address there.
                    Due::Ask => Command::Team(TeamCommand::Ask {
                        reachable: Some(self.ways_to_people(&case.handbook).await?),
                    }),
                    due => Command::Due(due),
                };
                match self.act(&incident.id, &command, &Actor::Program).await {
                    // Somebody else did it, or it no longer applies: look again.
                    Ok(_) | Err(EngineError::Refused(_)) => {}
                    Err(why) => return Err(why),
                }
                incident = self.case(&incident.id).await?.incident;
            }
        }
        Ok(next)
    }

    /// Over which channels somebody can be reached, while an answer to a call is waited for.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub async fn reachable_while_called(
        &self,
        case: &Case,
    ) -> Result<Option<Reachable>, EngineError> {
        let waits = |call: &Call| case.incident.calling(call).is_open();
        if !case.incident.is_open() || !calls(&case.handbook, &case.incident).iter().any(waits) {
            return Ok(None);
        }
        self.ways_to_people(&case.handbook).await.map(Some)
    }

    /// Over which channels people and partners can be reached: they have an address there that has
    /// not come back.
    async fn ways_to_people(&self, handbook: &Handbook) -> Result<Reachable, EngineError> {
        let mut reachable = Reachable::new();
        for kind in [RecipientKind::Staff, RecipientKind::Partner] {
            for (key, id) in self.store.named_recipients(kind).await? {
                let ways = self.store.ways(id).await?;
                let has = |book: &Key| {
                    ways.iter().any(|way| way.channel == *book && way.gone_at.is_none())
                };
                let channels = handbook.channels.values().filter(|one| has(one.address_book()));
                let channels = channels.map(|one| one.key.clone()).collect();
                let who = match kind {
                    RecipientKind::Partner => Callee::Partner(key),
                    _ => Callee::Person(key),
                };
                reachable.insert(who, channels);
            }
        }
        Ok(reachable)
    }
}

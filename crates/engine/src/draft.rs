//! Drafts: saved as somebody types, put together where two type at once.

use model::draft::{Draft, Slot};
use model::incident::{Actor, Command, Recorded};
use model::notice::{Passages, Texts, laid_over};
use model::value::PublicId;
pub use store::draft::Saved;
use store::draft::save_steps;

use crate::incident::Case;
use crate::{Engine, EngineError};

/// How often saving is tried anew when others save at the same time.
const TRIES: usize = 16;

/// What saving led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The state that holds exactly what was sent: the base of what is typed next.
    pub mine: u64,
    /// The newest state: what was sent, together with what others wrote meanwhile.
    pub newest: Saved,
}

impl Engine {
    /// The newest state of a draft; where nothing was saved, the prepared text as state 0.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoIncident`].
    pub async fn draft(&self, incident: &PublicId, slot: Slot) -> Result<Saved, EngineError> {
        let case = self.case(incident).await?;
        self.draft_of(&case, slot).await
    }

    /// The same, of an incident that was read already.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn draft_of(&self, case: &Case, slot: Slot) -> Result<Saved, EngineError> {
        let newest = self.store.newest_drafts(&case.incident.id, slot, 1).await?;
        Ok(newest.into_iter().next().unwrap_or_else(|| prepared(case, slot)))
    }

    /// The newest states of a draft, the newest first: to look back.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn draft_states(
        &self,
        incident: &PublicId,
        slot: Slot,
        limit: u32,
    ) -> Result<Vec<Saved>, EngineError> {
        Ok(self.store.newest_drafts(incident, slot, limit).await?)
    }

    /// Saves what somebody typed on top of the state `base`. What others saved since stays in it.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoIncident`], [`EngineError::Busy`].
    pub async fn save_draft(
        &self,
        incident: &PublicId,
        slot: Slot,
        base: u64,
        typed: &Draft,
        author: &str,
    ) -> Result<Kept, EngineError> {
        let case = self.case(incident).await?;
        for _ in 0..TRIES {
            let newest = self.draft_of(&case, slot).await?;
            let from = self.state(&case, slot, base).await?;
            // Who sent no sheet of a language did not touch it.
            let mine = Draft::merge(&from, typed, &from);
            if newest.draft == mine {
                return Ok(Kept { mine: newest.number, newest });
            }
            let saved = |number, base, draft| Saved {
                number,
                base,
                author: author.to_owned(),
                at: self.now(),
                draft,
            };
            let own = saved(newest.number + 1, base, mine.clone());
            let mut steps = save_steps(incident, slot, &own);
            let kept = if newest.number == base {
                Kept { mine: own.number, newest: own }
            } else {
                let merged = Draft::merge(&from, &mine, &newest.draft);
                let both = saved(own.number + 1, own.number, merged);
                steps.extend(save_steps(incident, slot, &both));
                Kept { mine: own.number, newest: both }
            };
            match self.store.write(steps).await {
                Ok(_) => {
                    self.changed();
                    return Ok(kept);
                }
                Err(why) if why.is_conflict() => {}
                Err(why) => return Err(why.into()),
            }
        }
        Err(EngineError::Busy)
    }

    /// Begins a draft anew after it was published. What was published stands in the incident.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn clear_draft(&self, incident: &PublicId, slot: Slot) -> Result<(), EngineError> {
        let case = self.case(incident).await?;
        let fresh = prepared(&case, slot).draft;
        let newest = self.draft_of(&case, slot).await?;
        self.save_draft(incident, slot, newest.number, &fresh, "Notlicht").await?;
        Ok(())
    }

    /// Writes a waiting notice anew: what goes out, by itself or when it is released, is this. Only
    /// if nothing happened since the event of the number `seen`.
    ///
    /// # Errors
    ///
    /// [`EngineError::MovedOn`], [`EngineError::Refused`].
    pub async fn rewrite_if(
        &self,
        incident: &PublicId,
        number: u32,
        (texts, passages): (&Texts, &Passages),
        by: &Actor,
        seen: Option<u64>,
    ) -> Result<Vec<Recorded>, EngineError> {
        let command = Command::Rewrite { number, texts: texts.clone(), passages: passages.clone() };
        let recorded = self.act_if(incident, &command, by, seen).await?;
        let slot = Slot::Pending(number);
        let case = self.case(incident).await?;
        let newest = self.draft_of(&case, slot).await?;
        let languages: Vec<_> = newest.draft.0.keys().copied().collect();
        let draft = Draft::of(texts, &languages).with(passages);
        let same = newest.draft.texts().as_ref() == Ok(texts)
            && passages.iter().all(|(key, said)| newest.draft.passages().get(key) == Some(said));
        if !same {
            self.save_draft(incident, slot, newest.number, &draft, &by.to_string()).await?;
        }
        Ok(recorded)
    }

    async fn state(&self, case: &Case, slot: Slot, number: u64) -> Result<Draft, EngineError> {
        let saved = self.store.draft(&case.incident.id, slot, number).await?;
        Ok(saved.map_or_else(|| prepared(case, slot).draft, |saved| saved.draft))
    }
}

/// The plan's text for this, as state 0; of what waits, the text that waits.
fn prepared(case: &Case, slot: Slot) -> Saved {
    let (incident, handbook) = (&case.incident, &case.handbook);
    let waiting = match slot {
        Slot::Pending(number) => incident.notice(number).map(|notice| &notice.texts),
        Slot::Update | Slot::Correction(_) | Slot::AllClear => None,
    };
    let plan = handbook.plans.get(&incident.plan);
    let texts = waiting.or_else(|| plan.and_then(|plan| plan.texts.get(&slot.kind())));
    let passages = passages(case, slot);
    Saved {
        number: 0,
        base: 0,
        author: "Notlicht".into(),
        at: incident.opened_at,
        draft: texts
            .map(|texts| Draft::of(texts, &handbook.languages).with(&passages))
            .unwrap_or_default(),
    }
}

/// What the audiences of the plan would be told in addition if nobody wrote anything more.
fn passages(case: &Case, slot: Slot) -> Passages {
    let Some(plan) = case.handbook.plans.get(&case.incident.plan) else { return Passages::new() };
    let prepared = plan.passages.get(&slot.kind()).cloned().unwrap_or_default();
    let waiting = match slot {
        Slot::Pending(number) => case.incident.notice(number),
        Slot::Update | Slot::Correction(_) | Slot::AllClear => None,
    };
    let mut all = match waiting {
        Some(notice) => laid_over(&prepared, &notice.passages),
        None => prepared,
    };
    all.retain(|audience, _| plan.policy.audiences.contains(audience));
    all
}

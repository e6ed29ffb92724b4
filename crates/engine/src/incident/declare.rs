//! Opening an incident: by a verdict or because somebody says so.

use std::collections::BTreeSet;

use model::handbook::system::ComponentState;
use model::incident::{Actor, Cause, Incident, Opening, Recorded, open};
use model::value::{Key, PublicId, Timestamp};
use model::verdict::Standing;

use crate::{Engine, EngineError};

/// What somebody says who declares an incident.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// The plan.
    pub plan: Key,
    /// The components concerned; those of the plan where none is named.
    pub components: BTreeSet<Key>,
    /// How they fare.
    pub state: ComponentState,
    /// Since when something is wrong; now where nothing is said.
    pub since: Option<Timestamp>,
    /// Whether it is a drill.
    pub drill: bool,
}

impl Engine {
    /// Opens an incident because somebody says so.
    ///
    /// # Errors
    ///
    /// [`EngineError::Unknown`] for a plan or component that the handbook does not have; a
    /// conflict when an incident by this plan is open.
    pub async fn declare(
        &self,
        declaration: &Declaration,
        by: &Actor,
    ) -> Result<PublicId, EngineError> {
        let handbook = self.handbook().await?.handbook;
        let plan = handbook.plans.get(&declaration.plan).ok_or_else(|| EngineError::Unknown {
            kind: "plan",
            key: declaration.plan.to_string(),
            known: listed(handbook.plans.keys()),
        })?;
        let mut affected = declaration.components.clone();
        if affected.is_empty() {
            affected.clone_from(&plan.trigger.components);
        }
        if let Some(unknown) = affected.iter().find(|key| handbook.component(key).is_none()) {
            return Err(EngineError::Unknown {
                kind: "component",
                key: unknown.to_string(),
                known: listed(handbook.components.iter().map(|one| &one.key)),
            });
        }
        let mut standing = self.standing().await?;
        for key in &affected {
            // Somebody says that it is broken: the page must not contradict.
            let state = standing.entry(key.clone()).or_default();
            *state = (*state).max(declaration.state);
        }
        let cause = Cause::Declared;
        let since = declaration.since.unwrap_or_else(|| self.now());
        self.open(&declaration.plan, declaration.drill, cause, since, affected, standing, by).await
    }

    /// Opens an incident.
    ///
    /// # Errors
    ///
    /// A conflict of the store when one with the same plan is open: attach to it instead.
    #[expect(clippy::too_many_arguments, reason = "each is one fact of the opening event")]
    pub(crate) async fn open(
        &self,
        plan: &Key,
        drill: bool,
        cause: Cause,
        since: Timestamp,
        affected: BTreeSet<Key>,
        standing: Standing,
        by: &Actor,
    ) -> Result<PublicId, EngineError> {
        let version = self.handbook().await?;
        let opening = Opening {
            plan: plan.clone(),
            handbook: version.number,
            drill,
            cause,
            since,
            affected,
            standing,
        };
        let events = open(&version.handbook, &opening, by, self.now())?;
        let id = PublicId::from_chance((self.rim.chance)());
        self.record(None, &id, &version.handbook, &events).await?;
        self.publish_if_unheld(&id, &events).await?;
        Ok(id)
    }

    /// A plan without a hold time publishes at once.
    async fn publish_if_unheld(
        &self,
        id: &PublicId,
        events: &[Recorded],
    ) -> Result<(), EngineError> {
        let incident = Incident::fold(id, events);
        if incident.is_some_and(|one| one.pending().is_some()) {
            self.due_step().await?;
        }
        Ok(())
    }
}

fn listed<'a>(keys: impl Iterator<Item = &'a Key>) -> String {
    keys.map(Key::as_str).collect::<Vec<_>>().join(", ")
}

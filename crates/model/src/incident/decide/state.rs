//! How the components fare, by measurement and by what people say.

use std::collections::BTreeSet;

use crate::handbook::system::ComponentState;
use crate::incident::act::Refused;
use crate::incident::desk::{Desk, unknown};
use crate::incident::event::{Alert, Event};
use crate::incident::notice::next_number;
use crate::incident::publish::prepared;
use crate::notice::Kind;
use crate::value::Key;
use crate::verdict::Standing;

impl Desk<'_> {
    /// Somebody knows better than the monitors.
    pub(super) fn set_state(
        &self,
        component: &Key,
        state: Option<ComponentState>,
    ) -> Result<Vec<Event>, Refused> {
        if self.handbook.component(component).is_none() {
            return Err(unknown("component", component));
        }
        if self.incident.by_hand.get(component).copied() == state {
            return Ok(vec![]);
        }
        let mut events = Vec::new();
        let Some(state) = state else {
            return Ok(vec![Event::StateSet { component: component.clone(), state: None }]);
        };
        if state.is_broken() && !self.incident.affected.contains(component) {
            events.push(Event::Attached { components: BTreeSet::from([component.clone()]) });
        }
        events.push(Event::StateSet { component: component.clone(), state: Some(state) });
        let mut standing = self.incident.standing.clone();
        standing.insert(component.clone(), state);
        if standing != self.incident.standing {
            events.extend(self.changed(&standing)?);
        }
        Ok(events)
    }

    pub(super) fn observe(&self, measured: &Standing) -> Result<Vec<Event>, Refused> {
        let seen = |key: &&Key| measured.get(*key).is_some_and(|state| state.is_broken());
        let confirmed: BTreeSet<_> =
            self.incident.unconfirmed.iter().filter(seen).cloned().collect();
        let mut events = vec![];
        let mut standing = measured.clone();
        for key in self.incident.unconfirmed.difference(&confirmed) {
            let declared = self.incident.standing.get(key).copied().unwrap_or_default();
            let state = standing.entry(key.clone()).or_default();
            *state = declared.max(*state);
        }
        // What a person says counts until they leave it to the monitors again.
        standing.extend(self.incident.by_hand.iter().map(|(key, state)| (key.clone(), *state)));
        if !confirmed.is_empty() {
            events.push(Event::Confirmed { components: confirmed });
        }
        if standing != self.incident.standing {
            events.extend(self.changed(&standing)?);
        }
        Ok(events)
    }

    pub(super) fn changed(&self, standing: &Standing) -> Result<Vec<Event>, Refused> {
        let well =
            |key| standing.get(key).copied().unwrap_or_default() == ComponentState::Operational;
        let all_well = self.incident.affected.iter().all(well);
        let mut events = vec![Event::StandingChanged { standing: standing.clone() }];
        match (self.incident.recovered_at, all_well) {
            (None, true) => events.extend(self.recover()?),
            (Some(_), false) => events.extend(self.relapse(standing)?),
            _ => {}
        }
        Ok(events)
    }

    /// A notice that says "it is down" must not go out when it is up again.
    pub(super) fn recover(&self) -> Result<Vec<Event>, Refused> {
        let mut events = vec![Event::Recovered];
        if let Some(pending) = self.incident.pending() {
            let reason = "recovered before it went out".to_owned();
            events.push(Event::Withdrawn { number: pending.number, reason });
        }
        let after = self.policy()?.all_clear_after;
        let publish_at = after.map(|quiet| self.now.after(quiet));
        events.push(Event::Alerted { alert: Alert::Recovered { publish_at } });
        Ok(events)
    }

    pub(super) fn relapse(&self, standing: &Standing) -> Result<Vec<Event>, Refused> {
        let broken = |key| standing.get(key).copied().unwrap_or_default().is_broken();
        let mut events = vec![Event::Relapsed];
        let silent = self.incident.published().next().is_none();
        if silent && self.incident.affected.iter().any(broken) {
            let number = next_number(&self.incident.notices);
            let publish_at = self.now.after(self.policy()?.hold);
            let texts = prepared(self.handbook, &self.incident.plan, Kind::First)?;
            events.push(Event::Prepared { number, kind: Kind::First, texts, publish_at });
            events.push(Event::Alerted { alert: Alert::Held { number, publish_at } });
        }
        Ok(events)
    }
}

use std::collections::BTreeSet;

use crate::handbook::Handbook;
use crate::notice::Kind;
use crate::value::{Key, Timestamp};
use crate::verdict::Standing;

use super::publish::prepared;
use super::{Actor, Alert, Cause, Event, Recorded, Refused};

/// What is known when an incident is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The plan.
    pub plan: Key,
    /// The version of the handbook that it is pinned to.
    pub handbook: u32,
    /// Whether it is a drill.
    pub drill: bool,
    /// Why.
    pub cause: Cause,
    /// Since when something is wrong.
    pub since: Timestamp,
    /// The components concerned.
    pub affected: BTreeSet<Key>,
    /// How all fare.
    pub standing: Standing,
}

/// The events that open an incident: the first notice is prepared and staff are alerted at once.
///
/// # Errors
///
/// [`Refused::NoPlan`] or [`Refused::NoText`] when the handbook version lacks them.
pub fn open(
    handbook: &Handbook,
    opening: &Opening,
    by: &Actor,
    now: Timestamp,
) -> Result<Vec<Recorded>, Refused> {
    let plan =
        handbook.plans.get(&opening.plan).ok_or_else(|| Refused::NoPlan(opening.plan.clone()))?;
    let publish_at = now.after(plan.policy.hold);
    let texts = prepared(handbook, &opening.plan, Kind::First)?;
    let events = [
        Event::Opened {
            plan: opening.plan.clone(),
            handbook: opening.handbook,
            drill: opening.drill,
            cause: opening.cause.clone(),
            level: plan.level,
            since: opening.since.min(now),
            affected: opening.affected.clone(),
            standing: opening.standing.clone(),
        },
        Event::Prepared { number: 1, kind: Kind::First, texts, publish_at },
        Event::Alerted { alert: Alert::Held { number: 1, publish_at } },
    ];
    let record = |(seq, event)| Recorded { seq, at: now, by: by.clone(), event };
    Ok((1..).zip(events).map(record).collect())
}

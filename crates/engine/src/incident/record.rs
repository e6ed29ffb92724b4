//! The one write path of an incident: events at the expected sequence, list row, dispatches and
//! page revision, together or not at all.

use std::collections::BTreeMap;

use model::handbook::Handbook;
use model::handbook::plan::Policy;
use model::incident::{Event, Incident, Recorded, so_far};
use model::value::{Key, PublicId};
use store::dispatch::{Order, create_steps, take_over_steps};
use store::incident::{append_steps, open_steps};
use store::{Step, Write, page};

use super::alert;
use super::summon::summons;
use crate::body::{Body, NoticeBody};
use crate::mark::mark;
use crate::{Engine, EngineError};

/// The audience under which alerts to staff are stored.
pub(crate) const STAFF: &str = "staff-alert";

impl Engine {
    /// Writes new events of an incident, and all that follows from them.
    pub(super) async fn record(
        &self,
        before: Option<&Incident>,
        id: &PublicId,
        handbook: &Handbook,
        events: &[Recorded],
    ) -> Result<(), EngineError> {
        let after = match before {
            Some(before) => {
                let mut after = before.clone();
                events.iter().for_each(|event| after.apply(event));
                after
            }
            None => {
                Incident::fold(id, events).ok_or_else(|| EngineError::NoIncident(id.to_string()))?
            }
        };
        let mut write = Write::from(match before {
            Some(before) => append_steps(before.seq, &after, events),
            None => open_steps(&after, events),
        });
        for event in events {
            write = write.and(dispatches(handbook, &after, event));
        }
        write = write.and(called(handbook, &after, events));
        self.store.write(write.and(page::turn_steps())).await?;
        if events.iter().any(|event| matches!(event.event, Event::Published { .. })) {
            mark("publish.recorded");
        }
        for event in events {
            let kind = match &event.event {
                Event::Published { kind, .. } => Some(kind.word()),
                _ => None,
            };
            let what = event.event.word();
            tracing::info!(incident = %id, seq = event.seq, what, kind, "recorded");
        }
        if !after.is_open() {
            self.forget_closed(id);
        }
        self.changed();
        self.shared.page_changed.notify_one();
        self.shared.due_changed.notify_one();
        self.shared.delivery_due.notify_one();
        Ok(())
    }
}

/// The dispatches that an event asks for: one for each audience and channel.
fn dispatches(handbook: &Handbook, incident: &Incident, recorded: &Recorded) -> Vec<Step> {
    let Some(plan) = handbook.plans.get(&incident.plan) else { return vec![] };
    match &recorded.event {
        Event::Published { number, kind, texts, passages, next_update, corrects } => {
            let first = incident.published().map(|notice| notice.number).next();
            let notice = NoticeBody {
                kind: *kind,
                number: *number,
                thread: corrects.or(first).unwrap_or(*number),
                corrects: *corrects,
                texts: texts.clone(),
                passage: BTreeMap::new(),
                so_far: so_far(handbook, incident, *number, recorded.at),
                at: recorded.at,
                next_update: *next_update,
                affected: incident.affected.clone(),
                handbook: incident.handbook,
            };
            let mut ways: Vec<(Key, Key)> = told(handbook, &plan.policy).collect();
            if corrects.is_some() {
                with_those_who_step_in(handbook, &mut ways);
            }
            ways.into_iter()
                .flat_map(|(audience, channel)| {
                    let passage = passages.get(&audience).cloned().unwrap_or_default();
                    let body = Body::Notice(NoticeBody { passage, ..notice.clone() });
                    order_steps(incident, Some(*number), &body, audience, channel, recorded)
                })
                .collect()
        }
        Event::Alerted { alert } => {
            let body = Body::Alert(alert::body(handbook, incident, plan, *alert, recorded.at));
            let audience: Key = STAFF.parse().expect("a key");
            ways(handbook, &plan.policy)
                .into_iter()
                .flat_map(|channel| {
                    order_steps(incident, None, &body, audience.clone(), channel, recorded)
                })
                .collect()
        }
        _ => vec![],
    }
}

/// The dispatches that go to people and partners because of what happened in the room.
fn called(handbook: &Handbook, incident: &Incident, events: &[Recorded]) -> Vec<Step> {
    let (Some(plan), Some(last)) = (handbook.plans.get(&incident.plan), events.last()) else {
        return vec![];
    };
    let audience: Key = STAFF.parse().expect("a key");
    let mut steps = Vec::new();
    for (body, channels) in summons(handbook, incident, plan, events) {
        let body = Body::Alert(body);
        for channel in channels {
            steps.extend(order_steps(incident, None, &body, audience.clone(), channel, last));
        }
    }
    steps
}

/// Every audience of the plan with each of its channels.
pub(crate) fn told<'a>(
    handbook: &'a Handbook,
    policy: &'a Policy,
) -> impl Iterator<Item = (Key, Key)> + 'a {
    policy.audiences.iter().filter_map(|key| handbook.audiences.get(key)).flat_map(|audience| {
        audience.channels.iter().map(|channel| (audience.key.clone(), channel.clone()))
    })
}

/// The same with the channels that step in for others: the notice may have gone over them.
fn with_those_who_step_in(handbook: &Handbook, ways: &mut Vec<(Key, Key)>) {
    let mut at = 0;
    while let Some((audience, channel)) = ways.get(at).cloned() {
        let channel = handbook.channels.get(&channel);
        if let Some(step) = channel.and_then(|channel| channel.falls_back.as_ref()) {
            let way = (audience, step.to.clone());
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        at += 1;
    }
}

/// The channels over which staff are alerted: those of the plan and those of its machines.
pub(crate) fn ways(handbook: &Handbook, policy: &Policy) -> Vec<Key> {
    let mut ways = policy.alert_channels.clone();
    let points = policy.alert_endpoints.iter().filter_map(|key| handbook.endpoints.get(key));
    ways.extend(points.map(|point| point.channel.clone()));
    ways.sort();
    ways.dedup();
    ways
}

fn order_steps(
    incident: &Incident,
    notice: Option<u32>,
    body: &Body,
    audience: Key,
    channel: Key,
    recorded: &Recorded,
) -> Vec<Step> {
    let order = Order {
        incident: Some(incident.id.clone()),
        notice,
        kind: body.sort().to_owned(),
        channel,
        audience,
        body: body.clone(),
        drill: incident.drill,
        created_at: recorded.at,
    };
    let mut steps = create_steps(&order);
    // Every alert asks for something else; of notices only the newest may still go out.
    if notice.is_some() {
        steps.extend(take_over_steps(&order));
    }
    steps
}

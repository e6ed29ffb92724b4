//! What people and partners are written because of what happened in the room: they are asked
//! whether they are there, offered a role, given a step, reminded of a report.

use std::collections::{BTreeMap, BTreeSet};

use model::handbook::Handbook;
use model::handbook::plan::Plan;
use model::incident::{
    Actor, AidEvent, Alert, Call, CallEvent, Callee, CrewEvent, DutyEvent, Event, Incident,
    Recorded, TaskEvent, alerted,
};
use model::language::{Language, Localized, Words};
use model::value::{Key, Timestamp};

use super::alert;
use crate::body::{AlertBody, AlertWords};

/// A message with the channels over which it goes.
pub(super) type Summons = (AlertBody, Vec<Key>);

/// What somebody is called for, and until when an answer is waited for.
type Until<'a> = (&'a Call, Timestamp);

/// The messages that these events, recorded together, ask for. Whoever is called for several things
/// at once is written once.
pub(super) fn summons(
    handbook: &Handbook,
    incident: &Incident,
    plan: &Plan,
    events: &[Recorded],
) -> Vec<Summons> {
    let room = Room { handbook, incident, plan };
    let mut asked: BTreeMap<(&Key, &[Key]), Vec<Until<'_>>> = BTreeMap::new();
    let mut summons = Vec::new();
    for recorded in events {
        match &recorded.event {
            Event::Call(CallEvent::Asked {
                call,
                who: Callee::Person(who),
                channels,
                until,
                ..
            }) => {
                asked.entry((who, channels)).or_default().push((call, *until));
            }
            event => summons.extend(room.one(event, &recorded.by)),
        }
    }
    for ((who, channels), calls) in asked {
        summons.push((room.asked(who, &calls), channels.to_vec()));
    }
    summons
}

struct Room<'a> {
    handbook: &'a Handbook,
    incident: &'a Incident,
    plan: &'a Plan,
}

impl Room<'_> {
    fn one(&self, event: &Event, by: &Actor) -> Option<Summons> {
        let ways = || self.plan.policy.alert_channels.clone();
        let body = match event {
            Event::Crew(CrewEvent::Offered { role, to }) => self.offered(role, to),
            Event::Task(TaskEvent::Assigned { what, to: Some(to), .. })
                if *by != Actor::Person(to.clone()) =>
            {
                self.assigned(what, to)
            }
            Event::Proposed { .. } => self.proposed(by),
            Event::Duty(DutyEvent::Reminded { duty, stage, due, late }) => {
                self.reminded(duty, stage, *due, *late)?
            }
            Event::Aid(AidEvent::Called { partner, channels, said, .. })
                if !channels.is_empty() =>
            {
                return Some((self.called(partner, said), channels.clone()));
            }
            _ => return None,
        };
        let mut channels = ways();
        channels.extend(self.points(&body));
        channels.sort();
        channels.dedup();
        Some((body, channels))
    }

    /// The channels of the machines that are told.
    fn points(&self, body: &AlertBody) -> Vec<Key> {
        let points = body.endpoints.iter().filter_map(|key| self.handbook.endpoints.get(key));
        points.map(|point| point.channel.clone()).collect()
    }

    fn body(
        &self,
        kind: &str,
        people: BTreeSet<Key>,
        words: impl Fn(Language, &'static Words) -> AlertWords,
    ) -> AlertBody {
        AlertBody {
            kind: kind.to_owned(),
            words: Language::all()
                .map(|language| (language, words(language, language.words())))
                .collect(),
            preview: None,
            at: self.incident.last_at,
            people,
            endpoints: BTreeSet::new(),
            partners: BTreeSet::new(),
            round: 0,
            handbook: self.incident.handbook,
        }
    }

    fn title(&self, language: Language) -> &str {
        self.plan.title.get(language)
    }

    fn asked(&self, who: &Key, calls: &[Until<'_>]) -> AlertBody {
        // What waits is shown with it: who is woken can act at once.
        let held = self.incident.pending();
        let held = held.and_then(|notice| Some((notice.number, notice.publish_at()?)));
        let words = |language: Language, words: &Words| {
            let clock = |at| self.handbook.zone.promise(at, language);
            let what = |call: &Call| call.said(self.handbook, language);
            let asked = calls
                .iter()
                .map(|(call, until)| (words.team.call.asked_for)(&what(call), &clock(*until)));
            let held = held.map(|(_, at)| (words.alert.held_else)(&clock(at)));
            AlertWords {
                subject: (words.team.call.asked)(self.title(language)),
                paragraphs: asked.chain(held).collect(),
                act: Some(words.team.call.look.to_owned()),
            }
        };
        let preview = held.and_then(|(number, publish_at)| {
            let alert = Alert::Held { number, publish_at };
            alert::preview(self.handbook, self.incident, self.plan, alert)
        });
        AlertBody { preview, ..self.body("asked", BTreeSet::from([who.clone()]), words) }
    }

    fn offered(&self, role: &Key, to: &Key) -> AlertBody {
        self.body("offered", BTreeSet::from([to.clone()]), |language, words| AlertWords {
            subject: (words.team.call.offered)(
                self.handbook.role_title(role, language),
                self.title(language),
            ),
            paragraphs: vec![words.team.call.offered_else.to_owned()],
            act: Some(words.team.call.look.to_owned()),
        })
    }

    fn assigned(&self, what: &Localized, to: &Key) -> AlertBody {
        self.body("assigned", BTreeSet::from([to.clone()]), |language, words| AlertWords {
            subject: (words.team.call.assigned)(self.title(language)),
            paragraphs: vec![what.get(language).to_owned()],
            act: Some(words.team.call.look.to_owned()),
        })
    }

    fn proposed(&self, by: &Actor) -> AlertBody {
        let mut people = alerted(self.handbook, self.incident);
        if let Actor::Person(writer) = by {
            people.remove(writer);
        }
        let body = self.body("proposed", people, |language, words| AlertWords {
            subject: (words.team.call.proposed)(self.title(language)),
            paragraphs: vec![words.team.call.proposed_else.to_owned()],
            act: None,
        });
        AlertBody { endpoints: self.plan.policy.alert_endpoints.iter().cloned().collect(), ..body }
    }

    fn reminded(&self, duty: &Key, stage: &Key, due: Timestamp, late: bool) -> Option<AlertBody> {
        let duty = self.handbook.duties.get(duty)?;
        let stage = duty.stages.iter().find(|one| one.key == *stage)?;
        let owner = duty.owner.as_ref().and_then(|role| self.handbook.roles.get(role));
        let people = match owner {
            Some(role) => role.everybody().cloned().collect(),
            None => alerted(self.handbook, self.incident),
        };
        Some(self.body("duty", people, |language, words| {
            let call = &words.team.call;
            let subject = if late { call.duty_late } else { call.duty };
            let clock = self.handbook.zone.full(due, language);
            AlertWords {
                subject: subject(duty.title.get(language), stage.title.get(language), &clock),
                paragraphs: vec![call.duty_else.to_owned()],
                act: None,
            }
        }))
    }

    fn called(&self, partner: &Key, said: &Localized) -> AlertBody {
        let body = self.body("partner", BTreeSet::new(), |language, words| AlertWords {
            subject: (words.team.call.partner)(&self.handbook.community),
            paragraphs: vec![
                said.get(language).to_owned(),
                words.team.call.partner_else.to_owned(),
            ],
            act: Some(words.team.call.partner_look.to_owned()),
        });
        let round = self.incident.aid.get(partner).map_or(0, |aid| aid.round);
        AlertBody { partners: BTreeSet::from([partner.clone()]), round, ..body }
    }
}

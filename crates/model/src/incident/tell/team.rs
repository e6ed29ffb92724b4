//! What the people in the room did, as one plain sentence each.

use super::Names;
use crate::handbook::Handbook;
use crate::incident::event::{
    AidEvent, Call, CallEvent, CrewEvent, DutyEvent, Event, Start, TaskEvent,
};
use crate::language::Language;
use crate::value::{Key, Timestamp};
use crate::words::Item;

/// Everything that a sentence is made of.
struct Teller<'a> {
    handbook: &'a Handbook,
    language: Language,
    names: Names<'a>,
}

/// The sentence; empty for what is told elsewhere.
pub(super) fn tell(
    handbook: &Handbook,
    event: &Event,
    language: Language,
    names: Names<'_>,
) -> String {
    let teller = Teller { handbook, language, names };
    let told = &language.words().team.told;
    match event {
        Event::Call(event) => teller.call(event),
        Event::Crew(event) => teller.crew(event),
        Event::Task(event) => teller.task(event),
        Event::Aid(event) => teller.aid(event),
        Event::Duty(event) => teller.duty(event),
        Event::Proposed { proposal } => (told.proposed)(proposal.kind().label(language)),
        Event::Approved { .. } => told.approved.to_owned(),
        Event::SentBack { reason, .. } => (told.sent_back)(reason),
        Event::Situation { text } => (told.situation)(text),
        Event::Noted { text } => (told.noted)(text),
        Event::LeftOut { items, reason } => (told.left_out)(&Item::names(items, language), reason),
        Event::LevelChanged { level, reason } => (told.level)(level.label(language), reason),
        Event::StateSet { component, state: Some(state) } => {
            (told.state_set)(handbook.component_name(component, language), state.label(language))
        }
        Event::StateSet { component, state: None } => {
            (told.state_measured)(handbook.component_name(component, language))
        }
        // Told elsewhere.
        Event::Opened { .. }
        | Event::Attached { .. }
        | Event::Confirmed { .. }
        | Event::StandingChanged { .. }
        | Event::Prepared { .. }
        | Event::Alerted { .. }
        | Event::Rewritten { .. }
        | Event::Held { .. }
        | Event::Withdrawn { .. }
        | Event::Published { .. }
        | Event::Recovered
        | Event::Relapsed
        | Event::EndExpected { .. }
        | Event::Adopted { .. }
        | Event::Closed => String::new(),
    }
}

impl Teller<'_> {
    fn name(&self, key: &Key) -> String {
        (self.names)(key).unwrap_or_else(|| key.to_string())
    }

    fn clock(&self, at: Timestamp) -> String {
        self.handbook.zone.promise(at, self.language)
    }

    fn date(&self, at: Timestamp) -> String {
        self.handbook.zone.full(at, self.language)
    }

    fn role<'k>(&'k self, key: &'k Key) -> &'k str {
        self.handbook.role_title(key, self.language)
    }

    fn what(&self, call: &Call) -> String {
        call.said(self.handbook, self.language)
    }

    fn call(&self, event: &CallEvent) -> String {
        let told = &self.language.words().team.told;
        match event {
            CallEvent::Asked { call, who, until, .. } => {
                (told.asked)(&self.name(who.key()), &self.what(call), &self.clock(*until))
            }
            CallEvent::Answered { call, who: Some(who) } => {
                (told.answered_by)(&self.name(who), &self.what(call))
            }
            CallEvent::Answered { call, who: None } => (told.answered)(&self.what(call)),
            CallEvent::Declined { call, who: Some(who) } => {
                (told.declined_by)(&self.name(who), &self.what(call))
            }
            CallEvent::Declined { call, who: None } => (told.declined)(&self.what(call)),
            CallEvent::Unanswered { call } => (told.unanswered)(&self.what(call)),
            CallEvent::Again { call } => (told.again)(&self.what(call)),
        }
    }

    fn crew(&self, event: &CrewEvent) -> String {
        let told = &self.language.words().team.told;
        match event {
            CrewEvent::Taken { role, who: Some(who) } => {
                (told.taken_by)(&self.name(who), self.role(role))
            }
            CrewEvent::Taken { role, who: None } => (told.taken)(self.role(role)),
            CrewEvent::Offered { role, to } => (told.offered)(self.role(role), &self.name(to)),
            CrewEvent::OfferDeclined { role, who: Some(who) } => {
                (told.offer_declined_by)(&self.name(who), self.role(role))
            }
            CrewEvent::OfferDeclined { role, who: None } => (told.offer_declined)(self.role(role)),
            CrewEvent::Left { role } => (told.left)(self.role(role)),
        }
    }

    fn task(&self, event: &TaskEvent) -> String {
        let told = &self.language.words().team.told;
        match event {
            TaskEvent::Assigned { what, to: Some(to), .. } => {
                (told.assigned)(what.get(self.language), &self.name(to))
            }
            TaskEvent::Assigned { what, to: None, .. } => (told.taken_on)(what.get(self.language)),
            TaskEvent::Done { what, note, .. } if note.is_empty() => {
                (told.done)(what.get(self.language))
            }
            TaskEvent::Done { what, note, .. } => (told.done_with)(what.get(self.language), note),
            TaskEvent::Skipped { what, reason, .. } => {
                (told.skipped)(what.get(self.language), reason)
            }
            TaskEvent::Reopened { what, .. } => (told.reopened)(what.get(self.language)),
        }
    }

    fn aid(&self, event: &AidEvent) -> String {
        let told = &self.language.words().team.told;
        match event {
            AidEvent::Called { partner, channels, .. } if channels.is_empty() => {
                (told.telephoned)(&self.name(partner))
            }
            AidEvent::Called { partner, .. } => (told.called)(&self.name(partner)),
            AidEvent::Revoked { partner } => (told.link_ended)(&self.name(partner)),
            AidEvent::Answered { partner, said, ticket, back_at } => {
                let mut text = (told.said)(&self.name(partner), said);
                let ticket = (!ticket.is_empty()).then(|| (told.ticket)(ticket));
                let back_at = back_at.map(|at| (told.back_at)(&self.clock(at)));
                for more in ticket.into_iter().chain(back_at) {
                    text.push(' ');
                    text.push_str(&more);
                }
                text
            }
        }
    }

    fn duty(&self, event: &DutyEvent) -> String {
        let words = &self.language.words().team;
        let told = &words.told;
        let (DutyEvent::Decided { duty: key, .. }
        | DutyEvent::Started { duty: key, .. }
        | DutyEvent::Reminded { duty: key, .. }
        | DutyEvent::Sent { duty: key, .. }
        | DutyEvent::Finished { duty: key, .. }) = event;
        let found = self.handbook.duties.get(key);
        let duty = found.map_or(key.as_str(), |duty| duty.title.get(self.language));
        let stage = |key: &Key| {
            let stage = found.and_then(|duty| duty.stages.iter().find(|one| one.key == *key));
            stage.map_or(key.as_str().to_owned(), |one| one.title.get(self.language).to_owned())
        };
        match event {
            DutyEvent::Decided { applies: true, .. } => (told.applies)(duty),
            DutyEvent::Decided { reason, .. } => (told.applies_not)(duty, reason),
            DutyEvent::Started { start, at, .. } => {
                let at_place = Start::ALL.iter().position(|one| one == start).unwrap_or(0);
                (told.started)(duty, words.starts[at_place], &self.date(*at))
            }
            DutyEvent::Reminded { stage: key, due, late: false, .. } => {
                (told.reminded)(duty, &stage(key), &self.date(*due))
            }
            DutyEvent::Reminded { stage: key, due, .. } => {
                (told.late)(duty, &stage(key), &self.date(*due))
            }
            DutyEvent::Sent { stage: key, at, .. } => {
                (told.sent)(duty, &stage(key), &self.date(*at))
            }
            DutyEvent::Finished { .. } => (told.finished)(duty),
        }
    }
}

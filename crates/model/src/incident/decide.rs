use std::collections::BTreeSet;

use crate::handbook::Handbook;
use crate::handbook::plan::Policy;
use crate::handbook::system::ComponentState;
use crate::language::Language;
use crate::notice::{Kind, Text, Texts};
use crate::value::{Key, Timestamp};
use crate::verdict::Standing;

use super::publish::{fill, prepared, promise_for};
use super::{
    Actor, Alert, Command, Due, Event, Incident, Phase, Recorded, Refused, Writing, next_due,
    next_number,
};

/// Which events a command leads to, stamped and numbered; none where nothing changes.
///
/// # Errors
///
/// [`Refused`] says why not, and what to do instead.
pub fn decide(
    handbook: &Handbook,
    incident: &Incident,
    command: &Command,
    by: &Actor,
    now: Timestamp,
) -> Result<Vec<Recorded>, Refused> {
    let now = incident.moment(now);
    if !incident.is_open() {
        return Err(Refused::Closed);
    }
    let desk = Desk { handbook, incident, now };
    let events = match command {
        Command::Observe { standing } => desk.observe(standing)?,
        Command::Attach { components } => {
            let new: BTreeSet<_> = components.difference(&incident.affected).cloned().collect();
            if new.is_empty() { vec![] } else { vec![Event::Attached { components: new }] }
        }
        Command::Write(writing) => desk.write(writing)?,
        Command::Rewrite { number, texts } => desk.rewrite(*number, texts)?,
        Command::Hold { number } => match desk.pending(*number)? {
            Phase::OnHold { .. } => return Err(Refused::AlreadyHeld(*number)),
            _ => vec![Event::Held { number: *number }],
        },
        Command::Release { number } => {
            desk.pending(*number)?;
            vec![desk.publish_pending(*number)?]
        }
        Command::Withdraw { number, reason } => {
            desk.pending(*number)?;
            vec![Event::Withdrawn { number: *number, reason: reason.clone() }]
        }
        Command::Resolve { texts } => desk.resolve(texts.as_ref())?,
        Command::ExpectEnd { at } if *at == incident.expected_end => vec![],
        Command::ExpectEnd { at } => vec![Event::EndExpected { at: *at }],
        Command::Adopt { handbook: version } if *version == incident.handbook => vec![],
        Command::Adopt { handbook: version } => {
            desk.policy()?;
            vec![Event::Adopted { handbook: *version }]
        }
        Command::Due(due) => desk.due(*due)?,
    };
    let record = |(seq, event)| Recorded { seq, at: now, by: by.clone(), event };
    Ok((incident.seq + 1..).zip(events).map(record).collect())
}

struct Desk<'a> {
    handbook: &'a Handbook,
    incident: &'a Incident,
    now: Timestamp,
}

impl Desk<'_> {
    fn policy(&self) -> Result<&Policy, Refused> {
        let plan = &self.incident.plan;
        let found = self.handbook.plans.get(plan).ok_or_else(|| Refused::NoPlan(plan.clone()))?;
        Ok(&found.policy)
    }

    fn pending(&self, number: u32) -> Result<&Phase, Refused> {
        let notice = self.incident.notice(number).ok_or(Refused::NoSuchNotice(number))?;
        match &notice.phase {
            Phase::Published { .. } => Err(Refused::AlreadyPublished(number)),
            Phase::Withdrawn => Err(Refused::AlreadyWithdrawn(number)),
            pending => Ok(pending),
        }
    }

    fn rewrite(&self, number: u32, texts: &Texts) -> Result<Vec<Event>, Refused> {
        self.pending(number)?;
        let before = self.incident.notice(number).map(|notice| &notice.texts);
        if before == Some(texts) {
            return Ok(vec![]);
        }
        Ok(vec![Event::Rewritten { number, texts: texts.clone() }])
    }

    fn publish(&self, number: u32, kind: Kind, texts: &Texts) -> Event {
        let next_update = promise_for(self.handbook, self.incident, kind, self.now);
        self.publish_with(number, kind, texts, next_update, None)
    }

    fn publish_with(
        &self,
        number: u32,
        kind: Kind,
        texts: &Texts,
        next_update: Option<Timestamp>,
        corrects: Option<u32>,
    ) -> Event {
        let texts = fill(self.handbook, self.incident, texts, next_update, self.now);
        Event::Published { number, kind, texts, next_update, corrects }
    }

    fn publish_pending(&self, number: u32) -> Result<Event, Refused> {
        let notice = self.incident.notice(number).ok_or(Refused::NoSuchNotice(number))?;
        Ok(self.publish(number, notice.kind, &notice.texts))
    }

    fn observe(&self, measured: &Standing) -> Result<Vec<Event>, Refused> {
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
        if !confirmed.is_empty() {
            events.push(Event::Confirmed { components: confirmed });
        }
        if standing != self.incident.standing {
            events.extend(self.changed(&standing)?);
        }
        Ok(events)
    }

    fn changed(&self, standing: &Standing) -> Result<Vec<Event>, Refused> {
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
    fn recover(&self) -> Result<Vec<Event>, Refused> {
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

    fn relapse(&self, standing: &Standing) -> Result<Vec<Event>, Refused> {
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

    fn write(&self, writing: &Writing) -> Result<Vec<Event>, Refused> {
        if matches!(writing.kind, Kind::First | Kind::AllClear) {
            return Err(Refused::WrongKind);
        }
        if writing.kind == Kind::Correction {
            let corrected = writing.corrects.ok_or(Refused::CorrectsNothing)?;
            let notice = self.incident.notice(corrected).ok_or(Refused::NoSuchNotice(corrected))?;
            if !notice.is_published() {
                return Err(Refused::CorrectsNothing);
            }
        }
        let texts = match &writing.texts {
            Some(texts) if !texts.is_empty() => texts.clone(),
            _ => prepared(self.handbook, &self.incident.plan, writing.kind)?,
        };
        let next = match writing.next_update {
            Some(at) if at <= self.now => return Err(Refused::PromiseInThePast(at)),
            Some(at) => Some(at),
            None => promise_for(self.handbook, self.incident, writing.kind, self.now),
        };
        let corrects = writing.corrects.filter(|_| writing.kind == Kind::Correction);
        let (mut events, number) = self.clear_desk("an update was written instead");
        events.push(self.publish_with(number, writing.kind, &texts, next, corrects));
        Ok(events)
    }

    /// Takes the waiting notice off the desk; says which number comes next.
    fn clear_desk(&self, reason: &str) -> (Vec<Event>, u32) {
        let pending = self
            .incident
            .pending()
            .map(|pending| Event::Withdrawn { number: pending.number, reason: reason.to_owned() });
        (pending.into_iter().collect(), next_number(&self.incident.notices))
    }

    fn resolve(&self, texts: Option<&Texts>) -> Result<Vec<Event>, Refused> {
        let (mut events, number) = self.clear_desk("the incident was resolved");
        let was_told = self.incident.published().next().is_some();
        // Who was told nothing needs no all-clear, unless somebody wrote one.
        if was_told || texts.is_some() {
            let texts = match texts {
                Some(texts) => texts.clone(),
                None => prepared(self.handbook, &self.incident.plan, Kind::AllClear)?,
            };
            events.push(self.publish(number, Kind::AllClear, &texts));
        }
        events.push(Event::Closed);
        Ok(events)
    }

    /// The plan's holding update. Once all is well again it would be untrue: then the program's
    /// own words say so.
    fn holding(&self) -> Result<Texts, Refused> {
        let texts = prepared(self.handbook, &self.incident.plan, Kind::Holding)?;
        if self.incident.recovered_at.is_none() {
            return Ok(texts);
        }
        let watching = |language: &Language| {
            let words = &language.words().watching;
            let body = vec![words.body.to_owned(), words.next.to_owned()];
            Text { headline: words.headline.to_owned(), body, ..Text::default() }
        };
        Ok(texts.keys().map(|language| (*language, watching(language))).collect())
    }

    fn due(&self, due: Due) -> Result<Vec<Event>, Refused> {
        match next_due(self.handbook, self.incident) {
            Some((at, expected)) if expected == due && at <= self.now => {}
            _ => return Err(Refused::NotDue),
        }
        match due {
            Due::Publish { number } => Ok(vec![self.publish_pending(number)?]),
            Due::RemindHeld { number } => {
                Ok(vec![Event::Alerted { alert: Alert::StillHeld { number } }])
            }
            Due::Remind { promise } => {
                Ok(vec![Event::Alerted { alert: Alert::UpdateDue { promise } }])
            }
            Due::Keep { promise } if self.policy()?.holding => {
                let texts = self.holding();
                let number = next_number(&self.incident.notices);
                match texts {
                    Ok(texts) => Ok(vec![self.publish(number, Kind::Holding, &texts)]),
                    Err(_) => Ok(vec![Event::Alerted { alert: Alert::Missed { promise } }]),
                }
            }
            Due::Keep { promise } => Ok(vec![Event::Alerted { alert: Alert::Missed { promise } }]),
            Due::AllClear => self.resolve(None),
        }
    }
}

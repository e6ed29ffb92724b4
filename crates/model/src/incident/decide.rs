use std::collections::BTreeSet;

use crate::handbook::Handbook;
use crate::handbook::system::ComponentState;
use crate::language::Language;
use crate::notice::{Kind, Text, Texts};
use crate::value::{Key, Timestamp};
use crate::verdict::Standing;

use super::act::{Command, Due, Refused, TeamCommand};
use super::desk::{Desk, said, unknown};
use super::due::next_due;
use super::event::{Actor, Alert, DutyEvent, Event, Recorded};
use super::proposal::{Proposal, Writing};
use super::publish::{fill, prepared, promise_for};
use super::{Incident, Phase, aid, call, crew, duty, next_number, task};

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
    let desk = Desk { handbook, incident, by, now };
    // Reports may be owed for weeks after it is over, and notes be taken.
    let outlives = matches!(
        command,
        Command::Duty(_) | Command::Note { .. } | Command::Due(Due::RemindDuty { .. })
    );
    if !incident.is_open() && !outlives {
        return Err(Refused::Closed);
    }
    let events = match command {
        Command::Team(command) => team(&desk, command)?,
        Command::Task(command) => task::decide(&desk, command)?,
        Command::Aid(command) => aid::decide(&desk, command)?,
        Command::Duty(command) => duty::decide(&desk, command)?,
        Command::Situation { text } => {
            let text = said(text, "how things are")?;
            let known = incident.situation.as_ref().is_some_and(|(_, known)| *known == text);
            if known { vec![] } else { vec![Event::Situation { text }] }
        }
        Command::Note { text } => vec![Event::Noted { text: said(text, "what is to be noted")? }],
        Command::ChangeLevel { level, .. } if *level == incident.level => vec![],
        Command::ChangeLevel { level, reason } => {
            let reason = said(reason, "why the level changes")?;
            vec![Event::LevelChanged { level: *level, reason }]
        }
        Command::Adopt { handbook: version } if *version == incident.handbook => vec![],
        Command::Adopt { handbook: version } => {
            desk.policy()?;
            vec![Event::Adopted { handbook: *version }]
        }
        notices => desk.notices(notices)?,
    };
    let record = |(seq, event)| Recorded { seq, at: now, by: by.clone(), event };
    Ok((incident.seq + 1..).zip(events).map(record).collect())
}

fn team(desk: &Desk<'_>, command: &TeamCommand) -> Result<Vec<Event>, Refused> {
    match command {
        TeamCommand::Ask { reachable } => call::ask(desk, reachable.as_ref()),
        TeamCommand::Answer { call } => call::answer(desk, call),
        TeamCommand::Decline { call } => call::decline(desk, call),
        TeamCommand::AskAgain { call } => call::again(desk, call),
        TeamCommand::Take { role } => crew::take(desk, role),
        TeamCommand::Offer { role, to } => crew::offer(desk, role, to),
        TeamCommand::DeclineOffer { role } => crew::decline(desk, role),
        TeamCommand::Leave { role } => crew::leave(desk, role),
    }
}

impl Desk<'_> {
    fn notices(&self, command: &Command) -> Result<Vec<Event>, Refused> {
        let incident = self.incident;
        match command {
            Command::Observe { standing } => self.observe(standing),
            Command::SetState { component, state } => self.set_state(component, *state),
            Command::Attach { components } => {
                let new: BTreeSet<_> = components.difference(&incident.affected).cloned().collect();
                Ok(if new.is_empty() { vec![] } else { vec![Event::Attached { components: new }] })
            }
            Command::Write(writing) => {
                self.alone(writing.texts.as_ref())?;
                self.write(writing)
            }
            Command::Rewrite { number, texts } => self.rewrite(*number, texts),
            Command::Hold { number } => match self.pending(*number)? {
                Phase::OnHold { .. } => Err(Refused::AlreadyHeld(*number)),
                _ => Ok(vec![Event::Held { number: *number }]),
            },
            Command::Release { number } => self.release(*number),
            Command::Withdraw { number, reason } => {
                self.pending(*number)?;
                Ok(vec![Event::Withdrawn { number: *number, reason: reason.clone() }])
            }
            Command::Resolve { texts } => {
                self.alone(texts.as_ref())?;
                self.resolve(texts.as_ref())
            }
            Command::ExpectEnd { at } if *at == incident.expected_end => Ok(vec![]),
            Command::ExpectEnd { at } => Ok(vec![Event::EndExpected { at: *at }]),
            Command::Due(due) => self.due(due),
            Command::Propose(proposal) => self.propose(proposal),
            Command::Approve { proposed } => self.approve(*proposed),
            Command::SendBack { proposed, reason } => {
                self.proposal(*proposed)?;
                let reason = said(reason, "what is to be changed")?;
                Ok(vec![Event::SentBack { proposed: *proposed, reason }])
            }
            Command::Team(_)
            | Command::Task(_)
            | Command::Aid(_)
            | Command::Duty(_)
            | Command::Situation { .. }
            | Command::Note { .. }
            | Command::ChangeLevel { .. }
            | Command::Adopt { .. } => unreachable!("decided apart from notices"),
        }
    }

    fn pending(&self, number: u32) -> Result<&Phase, Refused> {
        let notice = self.incident.notice(number).ok_or(Refused::NoSuchNotice(number))?;
        match &notice.phase {
            Phase::Published { .. } => Err(Refused::AlreadyPublished(number)),
            Phase::Withdrawn => Err(Refused::AlreadyWithdrawn(number)),
            pending => Ok(pending),
        }
    }

    fn release(&self, number: u32) -> Result<Vec<Event>, Refused> {
        self.pending(number)?;
        let notice = self.incident.notice(number).ok_or(Refused::NoSuchNotice(number))?;
        if self.policy()?.approval && notice.writer.as_ref() == Some(self.by) {
            return Err(Refused::OwnProposal);
        }
        Ok(vec![self.publish(number, notice.kind, &notice.texts)])
    }

    /// A second person lets out what somebody proposed: the same as if it were written now.
    fn approve(&self, number: u64) -> Result<Vec<Event>, Refused> {
        let proposed = self.proposal_of_another(number)?;
        let mut events = vec![Event::Approved { proposed: number }];
        match &proposed.proposal {
            Proposal::Write(writing) => {
                // A promise that has passed meanwhile gives way to the plan's rhythm.
                let next_update = writing.next_update.filter(|at| *at > self.now);
                events.extend(self.write(&Writing { next_update, ..writing.clone() })?);
            }
            Proposal::Release { number, texts } => {
                let kind = {
                    self.pending(*number)?;
                    self.incident.notice(*number).map_or(Kind::First, |notice| notice.kind)
                };
                events.push(self.publish(*number, kind, texts));
            }
            Proposal::Resolve { texts } => events.extend(self.resolve(Some(texts))?),
        }
        Ok(events)
    }

    /// Somebody knows better than the monitors.
    fn set_state(
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

    /// Where the plan wants a second person and none came, the prepared text goes out in time.
    fn publish_in_time(&self, number: u32) -> Result<Event, Refused> {
        let notice = self.incident.notice(number).ok_or(Refused::NoSuchNotice(number))?;
        let unread = self.policy()?.approval && notice.writer.is_some();
        let texts = if unread { &notice.prepared } else { &notice.texts };
        Ok(self.publish(number, notice.kind, texts))
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

    fn due(&self, due: &Due) -> Result<Vec<Event>, Refused> {
        match next_due(self.handbook, self.incident) {
            Some((at, expected)) if expected == *due && at <= self.now => {}
            _ => return Err(Refused::NotDue),
        }
        let alerted = |alert| Ok(vec![Event::Alerted { alert }]);
        match due {
            Due::Publish { number } => Ok(vec![self.publish_in_time(*number)?]),
            Due::RemindHeld { number } => alerted(Alert::StillHeld { number: *number }),
            Due::Remind { promise } => alerted(Alert::UpdateDue { promise: *promise }),
            Due::Keep { promise } if self.policy()?.holding => {
                let number = next_number(&self.incident.notices);
                match self.holding() {
                    Ok(texts) => Ok(vec![self.publish(number, Kind::Holding, &texts)]),
                    Err(_) => alerted(Alert::Missed { promise: *promise }),
                }
            }
            Due::Keep { promise } => alerted(Alert::Missed { promise: *promise }),
            Due::AllClear => self.resolve(None),
            Due::Ask => call::ask(self, None),
            Due::RemindDuty { duty, stage, due, late } => {
                let (duty, stage, due, late) = (duty.clone(), stage.clone(), *due, *late);
                Ok(vec![Event::Duty(DutyEvent::Reminded { duty, stage, due, late })])
            }
        }
    }
}

use std::collections::BTreeSet;

use crate::handbook::Handbook;
use crate::notice::Passages;
use crate::value::Timestamp;

mod notice;
mod state;

use super::act::{Command, Due, Refused, TeamCommand};
use super::desk::{Desk, said};
use super::due::next_due;
use super::event::{Actor, Alert, Call, DutyEvent, Event, Recorded};
use super::notice::{Phase, next_number};
use super::{Incident, aid, call, crew, duty, task};

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
    let events = events(&desk, command)?;
    let record = |(seq, event)| Recorded { seq, at: now, by: by.clone(), event };
    Ok((incident.seq + 1..).zip(events).map(record).collect())
}

fn events(desk: &Desk<'_>, command: &Command) -> Result<Vec<Event>, Refused> {
    let incident = desk.incident;
    // Reports may be owed for weeks after it is over, and notes be taken.
    let outlives = matches!(
        command,
        Command::Duty(_) | Command::Note { .. } | Command::Due(Due::RemindDuty { .. })
    );
    if !incident.is_open() && !outlives {
        return Err(Refused::Closed);
    }
    Ok(match command {
        Command::Team(command) => team(desk, command)?,
        Command::Task(command) => task::decide(desk, command)?,
        Command::Aid(command) => aid::decide(desk, command)?,
        Command::Duty(command) => duty::decide(desk, command)?,
        Command::Knowingly { items, reason, then } => {
            let mut events = events(desk, then)?;
            if !events.is_empty() {
                let (items, reason) = (items.clone(), reason.clone());
                events.insert(0, Event::LeftOut { items, reason });
            }
            events
        }
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
    })
}

fn team(desk: &Desk<'_>, command: &TeamCommand) -> Result<Vec<Event>, Refused> {
    match command {
        TeamCommand::Ask { reachable } => call::ask(desk, reachable.as_ref()),
        TeamCommand::Answer { call: Call::Role(role), who } => crew::take(desk, role, who.as_ref()),
        TeamCommand::Answer { call, who } => call::answer(desk, call, who.as_ref()),
        TeamCommand::Decline { call, who } => call::decline(desk, call, who.as_ref()),
        TeamCommand::AskAgain { call } => call::again(desk, call),
        TeamCommand::Take { role, who } => crew::take(desk, role, who.as_ref()),
        TeamCommand::Offer { role, to } => crew::offer(desk, role, to),
        TeamCommand::Accept { role } => crew::accept(desk, role),
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
                self.alone(writing.texts.as_ref(), &writing.passages)?;
                self.write(writing)
            }
            Command::Rewrite { number, texts, passages } => self.rewrite(*number, texts, passages),
            Command::Hold { number } => match self.pending(*number)? {
                Phase::OnHold { .. } => Err(Refused::AlreadyHeld(*number)),
                _ => Ok(vec![Event::Held { number: *number }]),
            },
            Command::Release { number } => self.release(*number),
            Command::Withdraw { number, reason } => {
                self.pending(*number)?;
                Ok(vec![Event::Withdrawn { number: *number, reason: reason.clone() }])
            }
            Command::Resolve { texts, passages } => {
                self.alone(texts.as_ref(), passages)?;
                self.resolve(texts.as_ref(), passages)
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
            | Command::Knowingly { .. }
            | Command::ChangeLevel { .. }
            | Command::Adopt { .. } => unreachable!("decided apart from notices"),
        }
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
                    Ok(texts) => Ok(vec![self.keep(number, &texts)]),
                    Err(_) => alerted(Alert::Missed { promise: *promise }),
                }
            }
            Due::Keep { promise } => alerted(Alert::Missed { promise: *promise }),
            Due::AllClear => self.resolve(None, &Passages::new()),
            Due::Ask => call::ask(self, None),
            Due::RemindDuty { duty, stage, due, late } => {
                let (duty, stage, due, late) = (duty.clone(), stage.clone(), *due, *late);
                Ok(vec![Event::Duty(DutyEvent::Reminded { duty, stage, due, late })])
            }
        }
    }
}

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Cause, Event, Recorded};
use super::notice::{Notice, Phase, next_number};
use super::second::Proposed;
use super::{Incident, Promise};
use crate::handbook::system::ComponentState;
use crate::notice::{Kind, Passages};
use crate::value::{PublicId, Timestamp};

impl Incident {
    pub(super) fn begin(id: &PublicId, first: &Recorded) -> Option<Self> {
        let Event::Opened { plan, handbook, drill, cause, level, since, affected, standing } =
            &first.event
        else {
            return None;
        };
        let mut incident = Self {
            id: id.clone(),
            seq: first.seq,
            last_at: first.at,
            plan: plan.clone(),
            handbook: *handbook,
            drill: *drill,
            cause: cause.clone(),
            level: *level,
            since: *since,
            opened_at: first.at,
            affected: affected.clone(),
            standing: standing.clone(),
            unconfirmed: match cause {
                Cause::Declared => affected.clone(),
                Cause::Verdict(_) => BTreeSet::new(),
            },
            worst: ComponentState::default(),
            notices: Vec::new(),
            promise: None,
            recovered_at: None,
            expected_end: None,
            closed_at: None,
            calls: BTreeMap::new(),
            roles: BTreeMap::new(),
            tasks: BTreeMap::new(),
            aid: BTreeMap::new(),
            duties: BTreeMap::new(),
            proposed: None,
            situation: None,
            by_hand: BTreeMap::new(),
        };
        incident.note_worst();
        Some(incident)
    }

    /// Takes in one event.
    pub fn apply(&mut self, recorded: &Recorded) {
        let at = recorded.at;
        match &recorded.event {
            Event::Opened { .. } => {}
            Event::Attached { components } => {
                self.affected.extend(components.iter().cloned());
                self.note_worst();
            }
            Event::Confirmed { components } => {
                self.unconfirmed.retain(|key| !components.contains(key));
            }
            Event::StandingChanged { standing } => {
                self.standing = standing.clone();
                self.note_worst();
            }
            Event::Prepared { number, kind, texts, publish_at } => self.notices.push(Notice {
                number: *number,
                kind: *kind,
                prepared: texts.clone(),
                texts: texts.clone(),
                passages: Passages::new(),
                writer: None,
                phase: Phase::Waiting { publish_at: *publish_at },
            }),
            Event::Alerted { alert } => self.note_alert(*alert, at),
            Event::Rewritten { number, texts, passages } => {
                if let Some(notice) = self.notices.iter_mut().find(|one| one.number == *number) {
                    notice.texts.clone_from(texts);
                    notice.passages.clone_from(passages);
                    notice.writer = Some(recorded.by.clone());
                }
            }
            Event::Held { number } => self.set(*number, Phase::OnHold { since: at }),
            Event::Withdrawn { number, .. } => self.set(*number, Phase::Withdrawn),
            Event::Published { .. } => self.note_published(&recorded.event, at),
            Event::Recovered => self.recovered_at = Some(at),
            Event::Relapsed => self.recovered_at = None,
            Event::EndExpected { at } => self.expected_end = *at,
            Event::Adopted { handbook } => self.handbook = *handbook,
            Event::Closed => {
                self.closed_at = Some(at);
                self.promise = None;
                self.proposed = None;
            }
            Event::Proposed { proposal } => {
                let (seq, by, proposal) = (recorded.seq, recorded.by.clone(), proposal.clone());
                self.proposed = Some(Proposed { seq, by, at, proposal });
            }
            Event::Approved { .. } | Event::SentBack { .. } => self.proposed = None,
            Event::Situation { text } => self.situation = Some((at, text.clone())),
            Event::Noted { .. } | Event::LeftOut { .. } => {}
            Event::LevelChanged { level, .. } => self.level = *level,
            Event::StateSet { component, state: Some(state) } => {
                self.by_hand.insert(component.clone(), *state);
            }
            Event::StateSet { component, state: None } => {
                self.by_hand.remove(component);
            }
            Event::Call(event) => self.note_call(event, &recorded.by, at),
            Event::Crew(event) => self.note_crew(event, &recorded.by, at),
            Event::Task(event) => self.note_task(event, &recorded.by, at),
            Event::Aid(event) => self.note_aid(event, &recorded.by, at),
            Event::Duty(event) => self.note_duty(event, at),
        }
        self.note_presence(&recorded.event, &recorded.by, at);
        self.seq = recorded.seq;
        self.last_at = self.last_at.max(at);
        debug_assert_eq!(self.fault(), None, "after {recorded:?}");
    }

    fn note_worst(&mut self) {
        let states = self.affected.iter().filter_map(|key| self.standing.get(key));
        self.worst = states.copied().max().unwrap_or_default().max(self.worst);
    }

    fn set(&mut self, number: u32, phase: Phase) {
        let at = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
        if let Some(notice) = self.notices.get_mut(at) {
            notice.phase = phase;
        }
    }

    fn note_alert(&mut self, alert: super::Alert, at: Timestamp) {
        use super::Alert;
        match (alert, &mut self.promise) {
            (Alert::StillHeld { number }, _) => self.set(number, Phase::OnHold { since: at }),
            (Alert::UpdateDue { promise }, Some(mine)) if mine.at == promise => {
                mine.reminded = true;
            }
            (Alert::Missed { promise }, Some(mine)) if mine.at == promise => mine.missed = true,
            _ => {}
        }
    }

    fn note_published(&mut self, event: &Event, at: Timestamp) {
        let Event::Published { number, kind, texts, passages, next_update, corrects } = event
        else {
            return;
        };
        let phase = Phase::Published {
            at,
            texts: texts.clone(),
            passages: passages.clone(),
            next_update: *next_update,
            corrects: *corrects,
        };
        if *number == next_number(&self.notices) {
            let (number, kind, texts) = (*number, *kind, texts.clone());
            let (prepared, passages) = (texts.clone(), passages.clone());
            let writer = None;
            self.notices.push(Notice { number, kind, prepared, texts, passages, writer, phase });
        } else {
            self.set(*number, phase);
        }
        self.promise = next_update.map(|at| Promise { at, reminded: false, missed: false });
    }

    /// What contradicts itself here, if anything: the invariants of an incident.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        let numbered = self.notices.iter().zip(1_u32..).all(|(notice, at)| notice.number == at);
        let pending = self.notices.iter().filter(|notice| notice.is_pending()).count();
        let open_pending = !self.is_open() && pending > 0;
        let after_clear = self
            .published()
            .skip_while(|notice| notice.kind != Kind::AllClear)
            .skip(1)
            .any(|notice| notice.kind != Kind::Correction);
        if !numbered {
            Some("notices are not numbered in order")
        } else if pending > 1 {
            Some("two notices wait at once")
        } else if open_pending {
            Some("a notice waits although the incident is closed")
        } else if after_clear {
            Some("something was published after the all-clear")
        } else if self.opened_at > self.last_at {
            Some("the story goes back in time")
        } else if self.promise.is_some() && self.published().next().is_none() {
            Some("an update is promised although nothing was published")
        } else {
            None
        }
    }
}

//! Notices: written, held, let out, withdrawn.

use crate::incident::act::Refused;
use crate::incident::desk::Desk;
use crate::incident::event::Event;
use crate::incident::notice::{Phase, next_number};
use crate::incident::proposal::{Proposal, Writing};
use crate::incident::publish::{fill, fill_passages, prepared, promise_for};
use crate::language::Language;
use crate::notice::{Kind, Passages, Text, Texts};
use crate::value::Timestamp;

impl Desk<'_> {
    pub(super) fn pending(&self, number: u32) -> Result<&Phase, Refused> {
        let notice = self.incident.notice(number).ok_or(Refused::NoSuchNotice(number))?;
        match &notice.phase {
            Phase::Published { .. } => Err(Refused::AlreadyPublished(number)),
            Phase::Withdrawn => Err(Refused::AlreadyWithdrawn(number)),
            pending => Ok(pending),
        }
    }

    pub(super) fn release(&self, number: u32) -> Result<Vec<Event>, Refused> {
        self.pending(number)?;
        let notice = self.incident.notice(number).ok_or(Refused::NoSuchNotice(number))?;
        if self.policy()?.approval && notice.writer.as_ref() == Some(self.by) {
            return Err(Refused::OwnProposal);
        }
        Ok(vec![self.publish(number, notice.kind, &notice.texts, &notice.passages)])
    }

    /// A second person lets out what somebody proposed: the same as if it were written now.
    pub(super) fn approve(&self, number: u64) -> Result<Vec<Event>, Refused> {
        let proposed = self.proposal_of_another(number)?;
        let mut events = vec![Event::Approved { proposed: number }];
        match &proposed.proposal {
            Proposal::Write(writing) => {
                // A promise that has passed meanwhile gives way to the plan's rhythm.
                let next_update = writing.next_update.filter(|at| *at > self.now);
                events.extend(self.write(&Writing { next_update, ..writing.clone() })?);
            }
            Proposal::Release { number, texts, passages } => {
                let kind = {
                    self.pending(*number)?;
                    self.incident.notice(*number).map_or(Kind::First, |notice| notice.kind)
                };
                self.all_told(passages)?;
                events.push(self.publish(*number, kind, texts, passages));
            }
            Proposal::Resolve { texts, passages } => {
                events.extend(self.resolve(Some(texts), passages)?);
            }
        }
        Ok(events)
    }

    pub(super) fn rewrite(
        &self,
        number: u32,
        texts: &Texts,
        passages: &Passages,
    ) -> Result<Vec<Event>, Refused> {
        self.pending(number)?;
        self.all_told(passages)?;
        let before = self.incident.notice(number);
        if before.is_some_and(|one| one.texts == *texts && one.passages == *passages) {
            return Ok(vec![]);
        }
        Ok(vec![Event::Rewritten { number, texts: texts.clone(), passages: passages.clone() }])
    }

    pub(super) fn publish(
        &self,
        number: u32,
        kind: Kind,
        texts: &Texts,
        passages: &Passages,
    ) -> Event {
        let next_update = promise_for(self.handbook, self.incident, kind, self.now);
        self.publish_with(number, kind, (texts, passages), next_update, None)
    }

    pub(super) fn publish_with(
        &self,
        number: u32,
        kind: Kind,
        (texts, passages): (&Texts, &Passages),
        next_update: Option<Timestamp>,
        corrects: Option<u32>,
    ) -> Event {
        let (handbook, incident, now) = (self.handbook, self.incident, self.now);
        let texts = fill(handbook, incident, texts, next_update, now);
        let passages = fill_passages(handbook, incident, kind, passages, next_update, now);
        Event::Published { number, kind, texts, passages, next_update, corrects }
    }

    /// Where the plan wants a second person and none came, the prepared text goes out in time.
    pub(super) fn publish_in_time(&self, number: u32) -> Result<Event, Refused> {
        let notice = self.incident.notice(number).ok_or(Refused::NoSuchNotice(number))?;
        let (texts, passages) = notice.in_time(self.policy()?);
        Ok(self.publish(number, notice.kind, texts, &passages))
    }

    pub(super) fn write(&self, writing: &Writing) -> Result<Vec<Event>, Refused> {
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
        self.all_told(&writing.passages)?;
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
        events.push(self.publish_with(
            number,
            writing.kind,
            (&texts, &writing.passages),
            next,
            corrects,
        ));
        Ok(events)
    }

    /// Takes the waiting notice off the desk; says which number comes next.
    pub(super) fn clear_desk(&self, reason: &str) -> (Vec<Event>, u32) {
        let pending = self
            .incident
            .pending()
            .map(|pending| Event::Withdrawn { number: pending.number, reason: reason.to_owned() });
        (pending.into_iter().collect(), next_number(&self.incident.notices))
    }

    pub(super) fn resolve(
        &self,
        texts: Option<&Texts>,
        passages: &Passages,
    ) -> Result<Vec<Event>, Refused> {
        self.all_told(passages)?;
        let (mut events, number) = self.clear_desk("the incident was resolved");
        let was_told = self.incident.published().next().is_some();
        // Who was told nothing needs no all-clear, unless somebody wrote one.
        if was_told || texts.is_some() {
            let texts = match texts {
                Some(texts) => texts.clone(),
                None => prepared(self.handbook, &self.incident.plan, Kind::AllClear)?,
            };
            events.push(self.publish(number, Kind::AllClear, &texts, passages));
        }
        events.push(Event::Closed);
        Ok(events)
    }

    /// Keeps a promise where nobody wrote. What the plan has prepared for single audiences was
    /// written for an outage that goes on: once all is well again it is left out.
    pub(super) fn keep(&self, number: u32, texts: &Texts) -> Event {
        let mut event = self.publish(number, Kind::Holding, texts, &Passages::new());
        if self.incident.recovered_at.is_some()
            && let Event::Published { passages, .. } = &mut event
        {
            passages.clear();
        }
        event
    }

    /// The plan's holding update. Once all is well again it would be untrue: then the program's
    /// own words say so.
    pub(super) fn holding(&self) -> Result<Texts, Refused> {
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
}

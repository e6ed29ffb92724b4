use std::collections::BTreeSet;

use super::{Ids, Outcome, Shard};
use crate::value::{Span, Timestamp};

mod fall_back;
mod rest;

use rest::Sample;

/// How fast and how long a walk goes on.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// At most so many recipients in flight: also how many a crash may repeat.
    pub window: usize,
    /// The wait before a second try; it doubles with each further one.
    pub first_wait: Span,
    /// No wait between tries is longer.
    pub longest_wait: Span,
    /// From then on each try is the last: whoever it does not reach is given up and counted as
    /// refused. Nobody is given up by the clock alone: it may have jumped.
    pub give_up_at: Timestamp,
    /// When another channel is asked to tell whoever has not been told; none where none steps in.
    pub fall_back_at: Option<Timestamp>,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Store the shard (the intent is in it), then send to these offsets.
    Send(Vec<u16>),
    /// Nothing can be done before this time.
    Wait(Timestamp),
    /// Answers to what is in flight are needed first.
    Busy,
    /// Ask another channel to tell those whom this one has not: [`Walk::fall_back`].
    FallBack,
    /// Everybody is settled. Store the shard once more.
    Done,
}

/// One pass over a shard: knows who is in flight, who is to be tried again and when.
#[derive(Debug)]
pub struct Walk {
    shard: Shard,
    pace: Pace,
    /// Offsets handed out and not answered.
    flying: BTreeSet<u16>,
    /// Interrupted by a crash: sent again first.
    broken_off: BTreeSet<u16>,
    /// Deferred ones by the time they are due.
    again: BTreeSet<(Timestamp, u16)>,
    /// Where fresh recipients begin.
    cursor: u32,
    /// The channel rests until then.
    paused_until: Timestamp,
    pauses: u32,
    /// For these another channel was asked, and does not know how to reach them.
    asked: Ids,
    /// This channel was heard of lately: until then, whoever it has not tried yet stays with it.
    lives_until: Timestamp,
    /// What is being handed out, and how much of it was put off.
    sample: Sample,
    /// Accepted since the last save.
    news: Ids,
}

impl Walk {
    /// Begins, or goes on after a crash: whoever was in the stored intent and is not settled may
    /// have got the message, and is sent it again.
    #[must_use]
    pub fn resume(shard: Shard, pace: Pace) -> Self {
        let open = shard.open();
        let broken_off = shard.intent.iter().filter(|offset| open.contains(*offset)).collect();
        let waits = shard
            .later
            .iter()
            .filter(|(offset, _)| open.contains(*offset) && !shard.intent.contains(*offset));
        Self {
            again: waits.map(|(offset, wait)| (wait.due, offset)).collect(),
            cursor: shard.settled,
            shard,
            pace,
            flying: BTreeSet::new(),
            broken_off,
            paused_until: Timestamp(i64::MIN),
            pauses: 0,
            asked: Ids::default(),
            lives_until: Timestamp(i64::MIN),
            sample: Sample::default(),
            news: Ids::default(),
        }
    }

    /// Who was found accepted since this was last asked: to be stored together with the record.
    pub fn take_news(&mut self) -> Ids {
        std::mem::take(&mut self.news)
    }

    /// The record to store.
    #[must_use]
    pub fn shard(&self) -> &Shard {
        &self.shard
    }

    /// How many were handed out and not answered.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.flying.len()
    }

    /// Until when the channel rests, if it does.
    #[must_use]
    pub fn paused_until(&self, now: Timestamp) -> Option<Timestamp> {
        (self.paused_until > now).then_some(self.paused_until)
    }

    /// Decides what to do now.
    pub fn next(&mut self, now: Timestamp) -> Next {
        self.next_few(now, usize::MAX)
    }

    /// The same, handing out at most so many at once. With none, it only says what else is to be
    /// done.
    pub fn next_few(&mut self, now: Timestamp, most: usize) -> Next {
        if self.must_fall_back(now) {
            return Next::FallBack;
        }
        let settled = self.flying.is_empty() && self.shard.open().is_empty();
        if settled {
            self.shard.advance();
            return Next::Done;
        }
        if let Some(until) = self.paused_until(now) {
            return self.wait(until, now);
        }
        let room = self.pace.window.saturating_sub(self.flying.len()).min(most);
        let chosen = self.choose(room, now);
        if !chosen.is_empty() {
            self.sample = Sample::default();
            for offset in &chosen {
                self.flying.insert(*offset);
                self.shard.intent.insert(*offset);
            }
            return Next::Send(chosen);
        }
        match self.again.first() {
            Some((due, _)) if *due > now => self.wait(*due, now),
            _ => Next::Busy,
        }
    }

    /// Nothing before this time, unless something else falls due earlier.
    fn wait(&self, until: Timestamp, now: Timestamp) -> Next {
        if !self.flying.is_empty() {
            return Next::Busy;
        }
        let fall_back = self.falls_back_next(now).unwrap_or(until);
        Next::Wait(until.min(fall_back))
    }

    fn choose(&mut self, room: usize, now: Timestamp) -> Vec<u16> {
        let mut chosen = Vec::with_capacity(room.min(1024));
        while chosen.len() < room {
            if let Some(offset) = self.broken_off.pop_first() {
                chosen.push(offset);
            } else if let Some((due, offset)) = self.again.first().copied()
                && due <= now
            {
                self.again.pop_first();
                chosen.push(offset);
            } else if let Some(offset) = self.fresh() {
                chosen.push(offset);
            } else {
                break;
            }
        }
        chosen
    }

    /// The next recipient that was never tried in this pass.
    fn fresh(&mut self) -> Option<u16> {
        while let Some(offset) = self.shard.planned.next_from(self.cursor) {
            self.cursor = u32::from(offset) + 1;
            // What was in flight, and who waits, was queued by `resume`.
            let known = self.shard.intent.contains(offset)
                || self.shard.later.get(offset).is_some()
                || self.shard.is_settled(offset);
            if !known {
                return Some(offset);
            }
        }
        None
    }

    /// Takes in what became of one recipient. An answer for somebody who is not in flight
    /// changes nothing.
    pub fn take(&mut self, offset: u16, outcome: &Outcome, now: Timestamp) {
        if !self.flying.remove(&offset) {
            return;
        }
        self.sample.answered += 1;
        let last = now >= self.pace.give_up_at;
        match outcome {
            Outcome::Accepted { .. } => {
                self.shard.accepted.insert(offset);
                self.news.insert(offset);
                self.settle(offset);
            }
            Outcome::Refused { .. } => {
                self.shard.refused.insert(offset);
                self.settle(offset);
            }
            Outcome::Gone { .. } => {
                self.shard.gone.insert(offset);
                self.settle(offset);
            }
            Outcome::Unknown { .. } if last || self.shard.doubted.contains(offset) => {
                self.shard.unsure.insert(offset);
                self.settle(offset);
            }
            Outcome::Unknown { .. } => {
                self.shard.doubted.insert(offset);
                self.defer(offset, Span::ZERO, now);
            }
            Outcome::Later { .. } if last => self.give_up(offset),
            Outcome::Later { after, .. } => {
                self.sample.deferred += 1;
                self.defer(offset, *after, now);
                self.doubt_the_channel(now);
            }
            Outcome::ChannelDown { .. } if last => self.give_up_all(),
            Outcome::ChannelDown { after, .. } => {
                self.pause(*after, now);
                // Nobody's try: the recipient is due as soon as the channel is back.
                self.shard.intent.remove(offset);
                // Who was broken off may still lie ahead, and is found there.
                let found = u32::from(offset) >= self.cursor;
                if !found || self.shard.later.get(offset).is_some() {
                    self.again.insert((now, offset));
                }
            }
        }
    }

    fn settle(&mut self, offset: u16) {
        self.shard.intent.remove(offset);
        self.shard.doubted.remove(offset);
        self.shard.later.remove(offset);
        self.pauses = 0;
        self.shard.advance();
    }

    /// Who may have got it is not counted among those who did not.
    fn give_up(&mut self, offset: u16) {
        if self.shard.doubted.contains(offset) {
            self.shard.unsure.insert(offset);
        } else {
            self.shard.refused.insert(offset);
        }
        self.settle(offset);
    }

    /// The channel does not work at the last try: nobody else needs to try it.
    fn give_up_all(&mut self) {
        for offset in self.shard.open().iter() {
            if !self.flying.contains(&offset) {
                self.give_up(offset);
            }
        }
        self.again.clear();
        self.broken_off.clear();
    }
}

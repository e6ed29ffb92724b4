//! Another channel steps in.

use super::Walk;
use crate::dispatch::Ids;
use crate::value::Timestamp;

impl Walk {
    /// The channel was heard of: whoever it has not tried yet stays with it until then. A list of
    /// a million takes longer than one message may, and that is no fault.
    pub fn lives_until(&mut self, until: Timestamp) {
        self.lives_until = self.lives_until.max(until);
    }

    /// Another channel is asked once its time has come, or as soon as nothing more will happen
    /// on this one, and somebody has not been told. Those in flight then are asked for when all
    /// of them are answered.
    pub(super) fn must_fall_back(&self, now: Timestamp) -> bool {
        let Some(at) = self.pace.fall_back_at else { return false };
        let first = self.asked.is_empty() && self.shard.passed.is_empty();
        if !self.flying.is_empty() && !first {
            return false;
        }
        let at_the_end = self.flying.is_empty() && self.shard.open().is_empty();
        (at_the_end || now >= at) && !self.untold(now).is_empty()
    }

    /// When another channel must be asked, if that lies ahead.
    pub(super) fn falls_back_next(&self, now: Timestamp) -> Option<Timestamp> {
        let at = self.pace.fall_back_at?;
        let unasked = self.shard.open().minus(&self.asked);
        let times = [at, at.max(self.lives_until)];
        times.into_iter().find(|at| *at > now && !unasked.is_empty())
    }

    /// Whom this channel has not told and does not try at this moment, as far as the other one
    /// was not asked for them.
    fn untold(&self, now: Timestamp) -> Ids {
        let mut untold = self.shard.open();
        if now < self.lives_until {
            let tried = |offset: &u16| {
                self.shard.later.get(*offset).is_some() || self.shard.doubted.contains(*offset)
            };
            untold = untold.iter().filter(tried).collect();
        }
        for offset in &self.flying {
            untold.remove(*offset);
        }
        untold.with(&self.shard.failed()).minus(&self.shard.passed).minus(&self.asked)
    }

    /// Passes on whoever has not been told and can be reached on the other channel: exactly
    /// those are given back, and this channel does not try them again.
    pub fn fall_back(&mut self, reachable: &Ids, now: Timestamp) -> Ids {
        let untold = self.untold(now);
        let passed = untold.and(reachable);
        self.asked = self.asked.with(&untold.minus(&passed));
        for offset in passed.iter() {
            self.broken_off.remove(&offset);
            self.shard.intent.remove(offset);
            self.shard.doubted.remove(offset);
            self.shard.later.remove(offset);
        }
        self.again.retain(|(_, waiting)| !passed.contains(*waiting));
        self.shard.passed = self.shard.passed.with(&passed);
        self.shard.advance();
        passed
    }
}

//! Another channel steps in.

use super::Walk;
use crate::dispatch::Ids;
use crate::value::Timestamp;

impl Walk {
    /// Another channel is asked once its time has come, or as soon as nothing more will happen
    /// on this one, and somebody has not been told.
    pub(super) fn must_fall_back(&self, now: Timestamp) -> bool {
        let Some(at) = self.pace.fall_back_at else { return false };
        if self.fell_back || !self.flying.is_empty() {
            return false;
        }
        let open = self.shard.open();
        if open.is_empty() {
            !self.shard.failed().minus(&self.shard.passed).is_empty()
        } else {
            now >= at
        }
    }

    /// Passes on whoever has not been told and can be reached on the other channel: exactly
    /// those are given back, and this channel does not try them again.
    pub fn fall_back(&mut self, reachable: &Ids) -> Ids {
        self.fell_back = true;
        let untold = self.shard.open().with(&self.shard.failed()).minus(&self.shard.passed);
        let passed = untold.and(reachable);
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

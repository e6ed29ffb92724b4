//! Waits: of one recipient, and of a whole channel.

use super::{Pace, Walk};
use crate::dispatch::{Wait, Waits};
use crate::value::{Span, Timestamp};

/// What became of the window that is under way.
#[derive(Debug, Default)]
pub(super) struct Sample {
    pub(super) answered: usize,
    pub(super) deferred: usize,
}

/// So many of a window must be put off before that says anything about the channel.
const FEW: usize = 10;

impl Walk {
    /// The channel is known to rest until then: others have found out.
    pub fn rest_until(&mut self, until: Timestamp) {
        self.paused_until = self.paused_until.max(until);
    }

    /// Takes back somebody who was handed out and has not been sent anything: nobody's try, and
    /// the first to be handed out again.
    pub fn recall(&mut self, offset: u16) {
        self.postpone(offset, Timestamp(i64::MIN));
    }

    /// The same for somebody who must not be sent to before this time.
    pub fn postpone(&mut self, offset: u16, due: Timestamp) {
        if self.flying.remove(&offset) {
            self.shard.intent.remove(offset);
            self.again.insert((due, offset));
        }
    }

    /// The channel rests, longer each time until somebody is told again.
    pub(super) fn pause(&mut self, after: Span, now: Timestamp) {
        if self.paused_until <= now {
            let wait = backoff(self.pace, self.pauses).max(after);
            self.pauses += 1;
            self.paused_until = now.after(wait);
        }
    }

    /// More than a fifth of a window put off is not those people's fault: the channel is
    /// overloaded, and rests.
    pub(super) fn doubt_the_channel(&mut self, now: Timestamp) {
        let Sample { answered, deferred } = self.sample;
        let whole = answered + self.flying.len();
        if deferred >= FEW && deferred * 5 > whole {
            self.pause(Span::ZERO, now);
        }
    }

    pub(super) fn defer(&mut self, offset: u16, after: Span, now: Timestamp) {
        let tries = self.shard.later.get(offset).map_or(0, |wait| wait.tries);
        let wait = after.max(backoff(self.pace, u32::from(tries))).min(Waits::LONGEST);
        let due = now.after(wait);
        self.shard.later.set(offset, Wait { due, tries: tries.saturating_add(1) });
        self.shard.intent.remove(offset);
        self.again.insert((due, offset));
    }
}

fn backoff(pace: Pace, failures: u32) -> Span {
    pace.first_wait.times(1_u64.checked_shl(failures.min(20)).unwrap_or(1)).min(pace.longest_wait)
}

//! Bounces (Rückläufer): the other side took a message, and reports afterwards that it could not
//! be delivered.

use serde::{Deserialize, Serialize};

use super::Shard;

/// What a bounce says for good. A delay says nothing yet, and is no bounce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bounce {
    /// The address no longer exists.
    Gone,
    /// This message was not delivered; the address itself may be good.
    Refused,
}

impl Bounce {
    /// The word that is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Refused => "refused",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Gone, Self::Refused].into_iter().find(|one| one.word() == word)
    }
}

impl Shard {
    /// Takes in a bounce: whoever was counted as told is so no longer, and whoever was still to be
    /// sent the message is not sent it again. Says whether that changed anything.
    ///
    /// A receipt that it arrived outweighs a bounce. Only for whoever holds the shard.
    pub fn bounce(&mut self, offset: u16, bounce: Bounce) -> bool {
        let known = match bounce {
            Bounce::Gone => self.gone.contains(offset),
            Bounce::Refused => self.gone.contains(offset) || self.refused.contains(offset),
        };
        if known || !self.planned.contains(offset) || self.delivered.contains(offset) {
            return false;
        }
        for set in [
            &mut self.accepted,
            &mut self.refused,
            &mut self.unsure,
            &mut self.intent,
            &mut self.doubted,
        ] {
            set.remove(offset);
        }
        self.later.remove(offset);
        match bounce {
            Bounce::Gone => self.gone.insert(offset),
            Bounce::Refused => self.refused.insert(offset),
        };
        self.advance();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::{Ids, Wait};
    use crate::value::Timestamp;

    fn shard() -> Shard {
        let mut shard = Shard::planned(0, (0..8).collect());
        shard.accepted = (0..4).collect();
        shard.unsure = Ids::from_iter([4]);
        shard.intent = Ids::from_iter([5]);
        shard.doubted = Ids::from_iter([5]);
        shard.later.set(6, Wait { due: Timestamp(9), tries: 1 });
        shard
    }

    #[test]
    fn whoever_bounced_is_counted_once_and_not_as_told() {
        let mut shard = shard();
        for offset in 0..7 {
            let bounce = if offset % 2 == 0 { Bounce::Gone } else { Bounce::Refused };
            assert!(shard.bounce(offset, bounce), "{offset}");
            assert!(!shard.bounce(offset, bounce), "{offset}: a second one changes nothing");
            assert!(shard.is_settled(offset));
        }
        let tally = shard.tally();
        assert_eq!((tally.accepted, tally.gone, tally.refused, tally.unsure), (0, 4, 3, 0));
        assert_eq!((tally.open, shard.settled), (1, 7));
        assert!(shard.intent.is_empty() && shard.doubted.is_empty() && shard.later.is_empty());
    }

    #[test]
    fn an_address_that_is_gone_stays_gone_and_a_receipt_outweighs_a_bounce() {
        let mut shard = shard();
        assert!(shard.bounce(0, Bounce::Refused) && shard.bounce(0, Bounce::Gone));
        assert!(!shard.bounce(0, Bounce::Refused));
        shard.delivered.insert(1);
        assert!(!shard.bounce(1, Bounce::Gone) && shard.accepted.contains(1));
        assert!(!shard.bounce(9, Bounce::Gone), "nobody planned it");
    }
}

//! Where each person stands with a notice over all channels, each counted once.

use std::collections::BTreeMap;
use std::fmt;

use crate::dispatch::{Ids, Shard};

/// A shard of a dispatch, as one looks at it from outside.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// What became of its people.
    pub shard: &'a Shard,
    /// A newer notice took over whoever was not told.
    pub taken_over: bool,
}

/// How one person stands with a notice, over all channels by which they are to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Some channel took it.
    Accepted,
    /// Some channel still tries.
    Open,
    /// It may have arrived.
    Unsure,
    /// A newer notice goes to them instead.
    TakenOver,
    /// Refused, or given up.
    Refused,
    /// The address no longer exists.
    Gone,
}

/// How many people stand where, each counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Are to be told: all of the following together.
    pub planned: u64,
    /// Some channel took it.
    pub accepted: u64,
    /// Some channel still tries.
    pub open: u64,
    /// It may have arrived.
    pub unsure: u64,
    /// A newer notice goes to them instead.
    pub taken_over: u64,
    /// Refused, or given up.
    pub refused: u64,
    /// The address no longer exists.
    pub gone: u64,
}

/// The people of one span of ids, by how they stand: every planned one is in exactly one set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stand {
    sets: [Ids; 6],
}

impl Standing {
    /// All, the best first: whoever stands differently on two channels stands as on the better.
    pub const ALL: [Self; 6] =
        [Self::Accepted, Self::Open, Self::Unsure, Self::TakenOver, Self::Refused, Self::Gone];

    /// The word for programs and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Open => "open",
            Self::Unsure => "unsure",
            Self::TakenOver => "taken_over",
            Self::Refused => "refused",
            Self::Gone => "gone",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Stand {
    /// Who stands like this.
    #[must_use]
    pub fn of(&self, standing: Standing) -> &Ids {
        &self.sets[standing as usize]
    }

    /// Counts.
    #[must_use]
    pub fn sum(&self) -> Sum {
        let count = |standing| self.of(standing).len();
        Sum {
            planned: self.sets.iter().map(Ids::len).sum(),
            accepted: count(Standing::Accepted),
            open: count(Standing::Open),
            unsure: count(Standing::Unsure),
            taken_over: count(Standing::TakenOver),
            refused: count(Standing::Refused),
            gone: count(Standing::Gone),
        }
    }
}

impl std::ops::AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.planned += other.planned;
        self.accepted += other.accepted;
        self.open += other.open;
        self.unsure += other.unsure;
        self.taken_over += other.taken_over;
        self.refused += other.refused;
        self.gone += other.gone;
    }
}

/// How everybody stands whom any of these shards is to tell, by the first id of their span. The
/// shards may be of several channels and spans, in any order.
#[must_use]
pub fn stands<'a>(seen: impl IntoIterator<Item = Seen<'a>>) -> BTreeMap<i64, Stand> {
    let mut spans: BTreeMap<i64, [Ids; 6]> = BTreeMap::new();
    for Seen { shard, taken_over } in seen {
        let sets = spans.entry(shard.base).or_default();
        let open = shard.open();
        let (open, late) = if taken_over { (Ids::default(), open) } else { (open, Ids::default()) };
        // Whoever was passed on stands as the other channel says; it is in its shard too. A mail
        // that came back was accepted first.
        let back = shard.refused.with(&shard.gone);
        let own = [
            &shard.accepted.minus(&back),
            &open,
            &shard.unsure,
            &late,
            &shard.refused,
            &shard.gone,
        ];
        for (set, own) in sets.iter_mut().zip(own) {
            *set = set.with(&own.and(&shard.planned));
        }
    }
    let stand = |mut sets: [Ids; 6]| {
        let mut better = Ids::default();
        for set in &mut sets {
            *set = set.minus(&better);
            better = better.with(set);
        }
        Stand { sets }
    };
    spans.into_iter().map(|(base, sets)| (base, stand(sets))).collect()
}

/// The sum of these.
#[must_use]
pub fn sum<'a>(stands: impl IntoIterator<Item = &'a Stand>) -> Sum {
    let mut sum = Sum::default();
    for stand in stands {
        sum += stand.sum();
    }
    sum
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::dispatch::SHARD;

    fn ids(offsets: impl IntoIterator<Item = u16>) -> Ids {
        offsets.into_iter().collect()
    }

    #[test]
    fn whoever_was_passed_on_and_told_by_the_other_channel_counts_as_told_once() {
        let mail = Shard {
            planned: ids(0..10),
            accepted: ids(0..4),
            refused: ids([4]),
            gone: ids([5]),
            passed: ids(6..9),
            ..Shard::default()
        };
        let other =
            Shard { planned: ids(6..9), accepted: ids([6]), unsure: ids([7]), ..Shard::default() };
        let seen = |shard| Seen { shard, taken_over: false };
        let stands = stands([seen(&mail), seen(&other)]);
        let wanted = Sum {
            planned: 10,
            accepted: 5,
            // One waits for the mail, one for the other channel.
            open: 2,
            unsure: 1,
            taken_over: 0,
            refused: 1,
            gone: 1,
        };
        assert_eq!(sum(stands.values()), wanted);
    }

    #[test]
    fn whom_a_newer_notice_took_over_is_not_still_waited_for() {
        let mail = Shard { planned: ids(0..3), accepted: ids([0]), ..Shard::default() };
        let stands = stands([Seen { shard: &mail, taken_over: true }]);
        let sum = sum(stands.values());
        assert_eq!((sum.accepted, sum.open, sum.taken_over), (1, 0, 2));
    }

    #[test]
    fn a_mail_that_came_back_was_not_received() {
        let mail =
            Shard { planned: ids(0..2), accepted: ids(0..2), gone: ids([1]), ..Shard::default() };
        let stands = stands([Seen { shard: &mail, taken_over: false }]);
        assert_eq!((sum(stands.values()).accepted, sum(stands.values()).gone), (1, 1));
    }

    fn shard() -> impl Strategy<Value = (Shard, bool)> {
        let some = || prop::collection::vec(0..40_u16, 0..30);
        let sets = (some(), some(), some(), some(), some(), some());
        (0..3_i64, sets, any::<bool>()).prop_map(|(span, sets, taken_over)| {
            let planned = ids(sets.0);
            let within = |set: Vec<u16>| ids(set).and(&planned);
            let shard = Shard {
                base: span * SHARD,
                accepted: within(sets.1),
                refused: within(sets.2),
                gone: within(sets.3),
                unsure: within(sets.4),
                passed: within(sets.5),
                planned: planned.clone(),
                ..Shard::default()
            };
            (shard, taken_over)
        })
    }

    proptest! {
        #[test]
        fn nobody_is_counted_twice_and_nobody_is_left_out(
            shards in prop::collection::vec(shard(), 0..8),
        ) {
            // Whoever is passed on is planned elsewhere: so the engine keeps it, in one write.
            let others: Vec<(Shard, bool)> = shards
                .iter()
                .map(|(shard, _)| (Shard::planned(shard.base, shard.passed.clone()), false))
                .collect();
            let all: Vec<&(Shard, bool)> = shards.iter().chain(&others).collect();
            let seen = all.iter().map(|(shard, over)| Seen { shard, taken_over: *over });
            let stands = stands(seen);
            let people: BTreeSet<(i64, u16)> = all
                .iter()
                .flat_map(|(shard, _)| shard.planned.iter().map(|offset| (shard.base, offset)))
                .collect();
            let sum = sum(stands.values());
            prop_assert_eq!(sum.planned, people.len() as u64);
            let parts = sum.accepted + sum.open + sum.unsure + sum.taken_over + sum.refused + sum.gone;
            prop_assert_eq!(parts, sum.planned);
            for (base, offset) in people {
                let places = Standing::ALL
                    .into_iter()
                    .filter(|standing| stands[&base].of(*standing).contains(offset));
                prop_assert_eq!(places.count(), 1);
            }
        }

        #[test]
        fn one_more_channel_makes_nobody_less_told(
            shards in prop::collection::vec(shard(), 1..8),
        ) {
            let seen = |many: &[(Shard, bool)]| {
                let seen = many.iter().map(|(shard, over)| Seen { shard, taken_over: *over });
                let stands = stands(seen);
                sum(stands.values()).accepted
            };
            prop_assert!(seen(&shards[1..]) <= seen(&shards));
        }
    }
}

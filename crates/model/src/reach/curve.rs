//! The curve of reach: how many had it after how long.

use std::collections::BTreeMap;

use crate::dispatch::{Ids, Shard};
use crate::value::{Span, Timestamp};

/// The shares of the planned, in percent, for which one asks after how long they had it.
pub const MOMENTS: [u64; 3] = [50, 90, 99];

/// Who of a shard was newly found accepted at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// The first id of the shard.
    pub base: i64,
    /// When it was noted.
    pub at: Timestamp,
    /// Who.
    pub accepted: Ids,
}

/// One point of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// How long after the notice was published.
    pub after: Span,
    /// How many had it by then.
    pub reached: u64,
}

/// How many had a notice after how long, each counted once, when they first had it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Curve {
    /// How many are to have it.
    pub planned: u64,
    /// Later and higher from one to the next.
    pub points: Vec<Point>,
}

impl Curve {
    /// After how long this share of the planned had it, in percent; none while they do not.
    #[must_use]
    pub fn after(&self, percent: u64) -> Option<Span> {
        let wanted = u128::from(self.planned) * u128::from(percent);
        let there = |point: &&Point| u128::from(point.reached) * 100 >= wanted;
        self.points.iter().find(there).filter(|_| self.planned > 0).map(|point| point.after)
    }

    /// At most so many points (at least two), of which the first and the last are kept: enough
    /// for a picture.
    #[must_use]
    pub fn drawn(&self, most: usize) -> Vec<Point> {
        let (count, most) = (self.points.len(), most.max(2));
        if count <= most {
            return self.points.clone();
        }
        (0..most).map(|n| self.points[n * (count - 1) / (most - 1)]).collect()
    }
}

/// The curve of what was published at this moment and went to these shards, as these waves of them
/// came in. Whoever turned out later not to have it (the mail came back) is not counted.
#[must_use]
pub fn curve<'a>(
    published: Timestamp,
    shards: impl IntoIterator<Item = &'a Shard>,
    waves: impl IntoIterator<Item = &'a Wave>,
) -> Curve {
    let (mut planned, mut accepted) = (BTreeMap::new(), BTreeMap::<i64, Ids>::new());
    for shard in shards {
        let all: &mut Ids = planned.entry(shard.base).or_default();
        *all = all.with(&shard.planned);
        let all = accepted.entry(shard.base).or_default();
        *all = all.with(&shard.accepted);
    }
    let mut waves: Vec<&Wave> = waves.into_iter().collect();
    waves.sort_by_key(|wave| wave.at);
    let mut curve = Curve { planned: planned.values().map(Ids::len).sum(), points: Vec::new() };
    let mut reached = 0;
    for wave in waves {
        // Whoever is counted is taken out, so that nobody is counted twice.
        let Some(left) = accepted.get_mut(&wave.base) else { continue };
        let before = left.len();
        *left = left.minus(&wave.accepted);
        reached += before - left.len();
        let after = wave.at.since(published);
        if before == left.len() {
            continue;
        }
        match curve.points.last_mut() {
            Some(last) if last.after == after => last.reached = reached,
            _ => curve.points.push(Point { after, reached }),
        }
    }
    curve
}

/// The same waves in fewer rows: those of a shard that are nearer to each other than a hundredth
/// of their age become one, of the last's moment, so that nobody is said to have had it earlier
/// than they did.
#[must_use]
pub fn thin(published: Timestamp, waves: &[Wave]) -> Vec<Wave> {
    let mut thin: BTreeMap<i64, Vec<Wave>> = BTreeMap::new();
    let mut begun: BTreeMap<i64, Timestamp> = BTreeMap::new();
    let mut all: Vec<&Wave> = waves.iter().collect();
    all.sort_by_key(|wave| wave.at);
    for wave in all {
        let kept = thin.entry(wave.base).or_default();
        let first = begun.entry(wave.base).or_insert(wave.at);
        let near = wave.at.since(published).micros() / 100;
        match kept.last_mut() {
            Some(last) if wave.at.since(*first).micros() <= near => {
                last.accepted = last.accepted.with(&wave.accepted);
                last.at = wave.at;
            }
            _ => {
                *first = wave.at;
                kept.push(wave.clone());
            }
        }
    }
    thin.into_values().flatten().collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use proptest::prelude::*;

    use super::*;
    use crate::dispatch::SHARD;

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1_000_000)
    }

    fn wave(base: i64, seconds: i64, accepted: impl IntoIterator<Item = u16>) -> Wave {
        Wave { base, at: at(seconds), accepted: accepted.into_iter().collect() }
    }

    fn told(base: i64, planned: u16, accepted: u16) -> Shard {
        let (planned, accepted) = ((0..planned).collect(), (0..accepted).collect());
        Shard { base, planned, accepted, ..Shard::default() }
    }

    #[test]
    fn one_learns_after_how_long_half_of_the_people_had_it() {
        let shard = told(0, 100, 95);
        let waves = [wave(0, 12, 0..50), wave(0, 20, 50..90), wave(0, 80, 90..95)];
        let curve = curve(at(10), [&shard], &waves);
        let after = MOMENTS.map(|percent| curve.after(percent));
        assert_eq!(after, [Some(Span::seconds(2)), Some(Span::seconds(10)), None]);
        assert_eq!(curve.points.last().unwrap().reached, 95);
    }

    #[test]
    fn where_nobody_was_to_be_told_no_share_was_reached() {
        assert_eq!(curve(at(0), [], []).after(50), None);
    }

    #[test]
    fn whose_mail_came_back_is_not_on_the_curve() {
        let shard = told(0, 2, 1);
        let curve = curve(at(0), [&shard], &[wave(0, 1, 0..2)]);
        assert_eq!(curve.points, [Point { after: Span::seconds(1), reached: 1 }]);
    }

    fn waves() -> impl Strategy<Value = Vec<Wave>> {
        let one = (0..3_i64, 0..5000_i64, prop::collection::btree_set(0..60_u16, 0..20));
        let one = one.prop_map(|(span, seconds, ids)| wave(span * SHARD, seconds, ids));
        prop::collection::vec(one, 0..40)
    }

    proptest! {
        #[test]
        fn a_curve_only_rises_and_ends_with_everybody_whom_a_wave_names_counted_once(
            waves in waves(),
            accepted in 0..50_u16,
        ) {
            // Two channels told the same people.
            let shards: Vec<Shard> = [0, 1, 2, 0, 1, 2]
                .into_iter()
                .map(|span| told(span * SHARD, 60, accepted))
                .collect();
            let curve = curve(at(100), &shards, &waves);
            prop_assert_eq!(curve.planned, 180);
            for pair in curve.points.windows(2) {
                prop_assert!(pair[0].after < pair[1].after && pair[0].reached < pair[1].reached);
            }
            let named: std::collections::BTreeSet<(i64, u16)> = waves
                .iter()
                .flat_map(|wave| wave.accepted.iter().map(|offset| (wave.base, offset)))
                .filter(|(_, offset)| *offset < accepted)
                .collect();
            let last = curve.points.last().map_or(0, |point| point.reached);
            prop_assert_eq!(last, named.len() as u64);
            let drawn = curve.drawn(5);
            prop_assert!(drawn.len() <= 5);
            prop_assert_eq!((drawn.first(), drawn.last()), (curve.points.first(), curve.points.last()));
        }

        #[test]
        fn thinned_waves_lose_nobody_and_move_nobody_to_an_earlier_moment(waves in waves()) {
            let thin = thin(at(0), &waves);
            prop_assert!(thin.len() <= waves.len());
            let first = |waves: &[Wave]| {
                let mut first = BTreeMap::<(i64, u16), Timestamp>::new();
                for wave in waves {
                    for offset in wave.accepted.iter() {
                        let seen = first.entry((wave.base, offset)).or_insert(wave.at);
                        *seen = wave.at.min(*seen);
                    }
                }
                first
            };
            let (before, after) = (first(&waves), first(&thin));
            prop_assert_eq!(before.len(), after.len());
            for (who, seen) in before {
                let moved = after[&who];
                prop_assert!(moved >= seen, "{who:?}");
                let late = moved.since(seen).micros();
                prop_assert!(late * 100 <= moved.0, "later by more than a hundredth");
            }
        }
    }
}

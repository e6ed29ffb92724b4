//! Reach (Reichweite) as set algebra: who was planned, who has it, who has not.

use std::collections::BTreeMap;

use crate::dispatch::{Ids, Shard, Tally};

/// Sums over the shards of one dispatch.
#[must_use]
pub fn tally<'a>(shards: impl IntoIterator<Item = &'a Shard>) -> Tally {
    let mut sum = Tally::default();
    for shard in shards {
        sum += shard.tally();
    }
    sum
}

/// Those of one shard span who were planned on some channel and have it from none: what a
/// fallback gets exactly.
#[must_use]
pub fn not_reached<'a>(same_span: impl IntoIterator<Item = &'a Shard>) -> Ids {
    let (mut planned, mut accepted) = (Ids::default(), Ids::default());
    for shard in same_span {
        planned = planned.with(&shard.planned);
        accepted = accepted.with(&shard.accepted);
    }
    planned.minus(&accepted)
}

/// How many were planned on any of these channels, and how many of them have it from at least one.
/// The shards may be of several spans, in any order.
#[must_use]
pub fn overall<'a>(shards: impl IntoIterator<Item = &'a Shard>) -> (u64, u64) {
    let mut spans: BTreeMap<i64, Vec<&Shard>> = BTreeMap::new();
    for shard in shards {
        spans.entry(shard.base).or_default().push(shard);
    }
    spans.values().fold((0, 0), |(planned, reached), same_span| {
        let all = same_span.iter().fold(Ids::default(), |all, shard| all.with(&shard.planned));
        let left = not_reached(same_span.iter().copied()).len();
        (planned + all.len(), reached + all.len() - left)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_reached_on_one_channel_is_not_told_again_on_another() {
        let mail =
            Shard { planned: (0..10).collect(), accepted: (0..4).collect(), ..Shard::default() };
        let chat = Shard {
            planned: (3..6).collect(),
            accepted: [5].into_iter().collect(),
            ..Shard::default()
        };
        let left: Vec<_> = not_reached([&mail, &chat]).iter().collect();
        assert_eq!(left, [4, 6, 7, 8, 9]);
        let elsewhere = Shard { base: crate::dispatch::SHARD, ..mail.clone() };
        assert_eq!(overall([&mail, &elsewhere, &chat]), (20, 9));
    }
}

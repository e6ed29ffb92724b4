//! Reach (Reichweite) as set algebra: who was planned, who has it, who has not.

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
    }
}

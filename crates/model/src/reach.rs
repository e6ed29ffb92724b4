//! Reach (Reichweite) as set algebra: who was planned, who has it, who has not, and since when.

use crate::dispatch::{Shard, Tally};

mod curve;
mod standing;

pub use curve::{Curve, MOMENTS, Point, Wave, curve, thin};
pub use standing::{Seen, Stand, Standing, Sum, stands, sum};

/// Sums over the shards of one dispatch.
#[must_use]
pub fn tally<'a>(shards: impl IntoIterator<Item = &'a Shard>) -> Tally {
    let mut sum = Tally::default();
    for shard in shards {
        sum += shard.tally();
    }
    sum
}

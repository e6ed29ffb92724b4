//! Delivery as a pure machine: outcomes go in, "send these, wait, done" comes out.
//!
//! A dispatch is one notice version for one audience over one channel. It is cut into shards of
//! [`SHARD`] recipient ids, and the durable record of a shard is a handful of bitmaps. The intent
//! to send is durable before the call and the result after it, so that a crash repeats at most
//! the window that was in flight, and loses nobody.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use crate::value::{Key, Span};

mod bounce;
mod damage;
mod shard;
mod wait;
mod walk;

pub use bounce::Bounce;
pub use damage::BadShard;
pub use shard::{Ids, Shard, Tally};
pub use wait::{Wait, Waits};
pub use walk::{Next, Pace, Walk};

/// How many recipient ids one shard spans.
pub const SHARD: i64 = 65_536;

/// What became of one attempt. An adapter only classifies; whether and when to try again is the
/// machine's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The other side took it; the receipt is what it answered.
    Accepted {
        /// The other side's words.
        receipt: String,
    },
    /// Not now: try again, no earlier than after this time.
    Later {
        /// How long to wait at least.
        after: Span,
        /// The other side's words.
        reason: String,
    },
    /// Never for this message; the address itself may be good.
    Refused {
        /// The other side's words.
        reason: String,
    },
    /// The address no longer exists.
    Gone {
        /// The other side's words.
        reason: String,
    },
    /// It may have arrived or not: the line was cut after the message was handed over.
    Unknown {
        /// What was seen.
        reason: String,
    },
    /// The channel itself does not work: nobody's fault among the recipients.
    ChannelDown {
        /// How long to wait at least.
        after: Span,
        /// What was seen.
        reason: String,
    },
}

/// Marks a dispatch that goes out into the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Real {}

/// Marks a dispatch of a drill: it ends in a sink, whatever happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sink {}

/// One notice version for one audience over one channel. Adapters to the world take a
/// `Dispatch<Real>` and nothing else, so a drill cannot reach anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch<Mode> {
    /// Its row.
    pub id: i64,
    /// The channel's key in the handbook.
    pub channel: Key,
    /// The audience's key in the handbook.
    pub audience: Key,
    mode: PhantomData<Mode>,
}

/// A dispatch read back from memory, sorted by whether it may leave the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sorted {
    /// Goes out.
    Real(Dispatch<Real>),
    /// Stays in.
    Sink(Dispatch<Sink>),
}

impl Sorted {
    /// Sorts a dispatch by the drill mark that its incident was opened with.
    #[must_use]
    pub fn new(id: i64, channel: Key, audience: Key, drill: bool) -> Self {
        if drill {
            Self::Sink(Dispatch { id, channel, audience, mode: PhantomData })
        } else {
            Self::Real(Dispatch { id, channel, audience, mode: PhantomData })
        }
    }
}

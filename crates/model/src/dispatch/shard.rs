use roaring::RoaringBitmap;

use super::{BadShard, SHARD, Waits};

/// A set of recipients inside one shard: offsets 0 to 65,535 from the shard's first id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ids(RoaringBitmap);

impl Ids {
    /// Adds an offset; says whether it was new.
    pub fn insert(&mut self, offset: u16) -> bool {
        self.0.insert(u32::from(offset))
    }

    /// Takes an offset out; says whether it was there.
    pub fn remove(&mut self, offset: u16) -> bool {
        self.0.remove(u32::from(offset))
    }

    /// Whether the offset is in.
    #[must_use]
    pub fn contains(&self, offset: u16) -> bool {
        self.0.contains(u32::from(offset))
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The offsets in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        self.0.iter().filter_map(|offset| u16::try_from(offset).ok())
    }

    /// The first offset at or after `from`.
    #[must_use]
    pub fn next_from(&self, from: u32) -> Option<u16> {
        self.0.range(from..).next().and_then(|offset| u16::try_from(offset).ok())
    }

    /// Those in this set and not in the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// Those in either set.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self(&self.0 | &other.0)
    }

    /// Those in both sets.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(&self.0 & &other.0)
    }

    /// The bytes to store: the portable roaring format, in runs where that is shorter.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut set = self.0.clone();
        set.optimize();
        let mut bytes = Vec::with_capacity(set.serialized_size());
        set.serialize_into(&mut bytes).expect("writing into memory does not fail");
        bytes
    }

    /// Reads stored bytes; no bytes are the empty set.
    ///
    /// # Errors
    ///
    /// [`BadShard`] when the bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadShard> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let set = RoaringBitmap::deserialize_from(bytes)
            .map_err(|why| BadShard::new(&why.to_string()))?;
        if set.max().is_some_and(|max| i64::from(max) >= SHARD) {
            return Err(BadShard::new("an offset beyond the shard"));
        }
        Ok(Self(set))
    }
}

impl FromIterator<u16> for Ids {
    fn from_iter<I: IntoIterator<Item = u16>>(offsets: I) -> Self {
        Self(offsets.into_iter().map(u32::from).collect())
    }
}

/// The durable record of up to 65,536 recipients of one dispatch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shard {
    /// The id that offset 0 stands for; a multiple of [`SHARD`].
    pub base: i64,
    /// The audience as frozen at the start.
    pub planned: Ids,
    /// Taken by the other side.
    pub accepted: Ids,
    /// Never for this message, or given up after its deadline.
    pub refused: Ids,
    /// The address no longer exists.
    pub gone: Ids,
    /// Handed over twice, answered never: it may have arrived.
    pub unsure: Ids,
    /// Known to have arrived (a delivery receipt).
    pub delivered: Ids,
    /// About to be sent, or sent and not yet settled, when this was stored.
    pub intent: Ids,
    /// Handed over once without an answer: one repeat is due.
    pub doubted: Ids,
    /// Who is tried again when.
    pub later: Waits,
    /// Another channel was asked to tell them instead.
    pub passed: Ids,
    /// Every planned offset below this one is settled.
    pub settled: u32,
}

/// How many stand where, for one shard or summed over many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Frozen at the start.
    pub planned: u64,
    /// Taken.
    pub accepted: u64,
    /// Refused or given up.
    pub refused: u64,
    /// Addresses that no longer exist.
    pub gone: u64,
    /// May have arrived.
    pub unsure: u64,
    /// Not settled yet.
    pub open: u64,
    /// Another channel was asked to tell them instead, whatever else is known of them.
    pub passed: u64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.planned += other.planned;
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.gone += other.gone;
        self.unsure += other.unsure;
        self.open += other.open;
        self.passed += other.passed;
    }
}

impl Shard {
    /// A fresh shard for this frozen audience.
    #[must_use]
    pub fn planned(base: i64, planned: Ids) -> Self {
        Self { base, planned, ..Self::default() }
    }

    /// Whether nothing more will happen to this recipient.
    #[must_use]
    pub fn is_settled(&self, offset: u16) -> bool {
        self.accepted.contains(offset)
            || self.refused.contains(offset)
            || self.gone.contains(offset)
            || self.unsure.contains(offset)
            || self.passed.contains(offset)
    }

    /// Those that are not settled yet.
    #[must_use]
    pub fn open(&self) -> Ids {
        self.planned.minus(&self.accepted.with(&self.failed()).with(&self.passed))
    }

    /// Those who have it, and those who may have it.
    #[must_use]
    pub fn perhaps_sent(&self) -> Ids {
        self.accepted.with(&self.unsure).with(&self.intent).with(&self.doubted)
    }

    /// Those of whom this channel does not know that they have it, and will not try again.
    #[must_use]
    pub fn failed(&self) -> Ids {
        self.refused.with(&self.gone).with(&self.unsure)
    }

    /// Counts.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally {
            planned: self.planned.len(),
            accepted: self.accepted.len(),
            refused: self.refused.len(),
            gone: self.gone.len(),
            unsure: self.unsure.len(),
            open: self.open().len(),
            passed: self.passed.len(),
        }
    }

    /// Moves the end of the settled prefix as far as it goes.
    pub(super) fn advance(&mut self) {
        while let Some(next) = self.planned.next_from(self.settled) {
            if !self.is_settled(next) {
                self.settled = u32::from(next);
                return;
            }
            self.settled = u32::from(next) + 1;
        }
        self.settled = u32::try_from(SHARD).expect("65,536 fits");
    }
}

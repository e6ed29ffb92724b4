use std::collections::BTreeMap;

use super::BadShard;
use crate::value::{Span, Timestamp};

/// When somebody is tried again, and after how many failed tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// No try before this time: the other side may have asked for it.
    pub due: Timestamp,
    /// Failed tries so far.
    pub tries: u8,
}

/// Who of a shard is tried again when. Stored with the shard, so that a restart keeps what a
/// receiver asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waits(BTreeMap<u16, Wait>);

impl Waits {
    /// No receiver is left alone for longer, whatever it asked for.
    pub const LONGEST: Span = Span::minutes(120);
}

/// Bytes that one entry takes: offset, tries, due.
const ENTRY: usize = 11;

impl Waits {
    /// What is known of this offset.
    #[must_use]
    pub fn get(&self, offset: u16) -> Option<Wait> {
        self.0.get(&offset).copied()
    }

    /// Notes a wait, in place of an earlier one.
    pub fn set(&mut self, offset: u16, wait: Wait) {
        self.0.insert(offset, wait);
    }

    /// Forgets the offset.
    pub fn remove(&mut self, offset: u16) {
        self.0.remove(&offset);
    }

    /// A wait that lies further ahead than any may was written before the clock was turned back:
    /// it ends now.
    pub fn heed_the_clock(&mut self, now: Timestamp) {
        for wait in self.0.values_mut().filter(|wait| wait.due > now.after(Self::LONGEST)) {
            wait.due = now;
        }
    }

    /// Whether nobody waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All waits in the order of the offsets.
    pub fn iter(&self) -> impl Iterator<Item = (u16, Wait)> + '_ {
        self.0.iter().map(|(offset, wait)| (*offset, *wait))
    }

    /// The bytes to store.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.0.len() * ENTRY);
        for (offset, wait) in &self.0 {
            bytes.extend_from_slice(&offset.to_le_bytes());
            bytes.push(wait.tries);
            bytes.extend_from_slice(&wait.due.0.to_le_bytes());
        }
        bytes
    }

    /// Reads stored bytes.
    ///
    /// # Errors
    ///
    /// [`BadShard`] when the bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadShard> {
        let (entries, rest) = bytes.as_chunks::<ENTRY>();
        if !rest.is_empty() {
            return Err(BadShard::new("waits that are cut off"));
        }
        let entry = |[low, high, tries, due @ ..]: &[u8; ENTRY]| {
            let wait = Wait { due: Timestamp(i64::from_le_bytes(*due)), tries: *tries };
            (u16::from_le_bytes([*low, *high]), wait)
        };
        Ok(Self(entries.iter().map(entry).collect()))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn what_a_receiver_asked_for_is_read_as_it_was_stored() {
        let mut waits = Waits::default();
        waits.set(7, Wait { due: Timestamp(-5), tries: 3 });
        waits.set(65_535, Wait { due: Timestamp(i64::MAX), tries: 255 });
        assert_eq!(Waits::from_bytes(&waits.to_bytes()).unwrap(), waits);
        assert!(Waits::from_bytes(b"rubbish").is_err());
    }
}

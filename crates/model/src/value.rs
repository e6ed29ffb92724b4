//! Values that every other module speaks in: points in time, spans of time, ids.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

mod day;
mod phone;
mod span;

pub use day::{BadDay, Day, Wall};
pub use phone::{BadPhone, Phone};
pub use span::{BadSpan, Span};

/// A point in time: microseconds since 1970-01-01T00:00Z, as both databases store it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The point in time `span` later; stays at the end of time instead of wrapping.
    #[must_use]
    pub fn after(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.micros()))
    }

    /// The point in time `span` earlier.
    #[must_use]
    pub fn before(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.micros()))
    }

    /// How long after `earlier` this is; zero where it is not later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Span {
        Span::from_micros(self.0.saturating_sub(earlier.0).max(0))
    }

    /// Whole seconds since 1970.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The same moment for calendar arithmetic. Moments outside the years -9999 to 9999 are
    /// moved to the nearest one inside.
    #[must_use]
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }

    /// ISO 8601 in UTC with milliseconds, as status-page clients expect it.
    #[must_use]
    pub fn iso_millis(self) -> String {
        self.to_jiff().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(at: jiff::Timestamp) -> Self {
        Self(at.as_microsecond())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_jiff().strftime("%Y-%m-%dT%H:%M:%SZ"))
    }
}

/// A text that is no point in time.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no point in time: write for example 2026-11-24T14:30:00Z or with +01:00")]
pub struct BadMoment(String);

impl FromStr for Timestamp {
    type Err = BadMoment;

    /// RFC 3339, with any offset.
    fn from_str(text: &str) -> Result<Self, BadMoment> {
        let read: Result<jiff::Timestamp, _> = text.parse();
        read.map(Self::from).map_err(|_| BadMoment(text.to_owned()))
    }
}

/// A public id: 12 characters of lower-case base 36, as status-page clients expect it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PublicId(String);

/// A text that is no [`PublicId`].
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no id: an id has 12 characters, each a to z or 0 to 9")]
pub struct BadId(String);

impl PublicId {
    /// An id from 64 bits of chance, which the caller draws.
    #[must_use]
    pub fn from_chance(bits: u64) -> Self {
        Self::derive(&["chance", &bits.to_string()])
    }

    /// The id that always belongs to these parts: equal parts, equal id.
    #[must_use]
    pub fn derive(parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let mut rest = digest.iter().take(8).fold(0_u64, |n, byte| (n << 8) | u64::from(*byte));
        let mut text = String::with_capacity(12);
        for _ in 0..12 {
            let digit = u8::try_from(rest % 36).expect("a remainder of 36 fits");
            text.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
            rest /= 36;
        }
        Self(text)
    }

    /// The id's characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PublicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PublicId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let fits = text.len() == 12
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if fits { Ok(Self(text.to_owned())) } else { Err(BadId(text.to_owned())) }
    }
}

impl<'de> Deserialize<'de> for PublicId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The name of a thing in the handbook: `login`, `shop-page`. Lower-case letters, digits and
/// hyphens, at most 40, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Key(String);

/// A text that is no [`Key`].
#[derive(Debug, thiserror::Error)]
#[error(
    "“{0}” is no key: use lower-case letters, digits and hyphens, begin with a letter, at most 40"
)]
pub struct BadKey(String);

impl Key {
    /// The key's characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let fits = text.len() <= 40
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(BadKey(text.to_owned())) }
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_twelve_characters_of_base_36_and_reads_back() {
        for bits in [0, 1, u64::MAX] {
            let id = PublicId::from_chance(bits);
            assert_eq!(id.as_str().parse::<PublicId>().ok(), Some(id));
        }
    }

    #[test]
    fn a_moment_with_any_offset_is_read_and_without_one_it_is_not() {
        let noon: Timestamp = "2026-11-24T13:00:00.5+01:00".parse().expect("a moment");
        assert_eq!(noon.iso_millis(), "2026-11-24T12:00:00.500Z");
        assert!("2026-11-24T13:00:00".parse::<Timestamp>().is_err());
        assert!("tomorrow".parse::<Timestamp>().is_err());
    }

    #[test]
    fn parts_that_only_look_alike_when_joined_give_other_ids() {
        assert_ne!(PublicId::derive(&["ab", "c"]), PublicId::derive(&["a", "bc"]));
    }
}

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A length of time in microseconds, never negative. Written as people write it: `90s`, `5m`,
/// `2h`, `1h30m`, `7d`, `2w`. Days and weeks are so many times 24 hours.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(u64);

/// A text that is no [`Span`].
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no length of time: write for example 30s, 5m, 2h, 1h30m or 7d")]
pub struct BadSpan(String);

const SECOND: u64 = 1_000_000;

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds.
    #[must_use]
    pub const fn millis(count: u64) -> Self {
        Self(count.saturating_mul(1_000))
    }

    /// So many seconds.
    #[must_use]
    pub const fn seconds(count: u64) -> Self {
        Self(count.saturating_mul(SECOND))
    }

    /// So many minutes.
    #[must_use]
    pub const fn minutes(count: u64) -> Self {
        Self::seconds(count.saturating_mul(60))
    }

    /// So many times 24 hours.
    #[must_use]
    pub const fn days(count: u64) -> Self {
        Self::seconds(count.saturating_mul(86_400))
    }

    /// A span of microseconds; a negative count is no time.
    #[must_use]
    pub fn from_micros(count: i64) -> Self {
        Self(u64::try_from(count).unwrap_or(0))
    }

    /// Microseconds, for arithmetic on time; at most `i64::MAX`.
    #[must_use]
    pub fn micros(self) -> i64 {
        i64::try_from(self.0).unwrap_or(i64::MAX)
    }

    /// Whole milliseconds, rounded down.
    #[must_use]
    pub const fn as_millis(self) -> u64 {
        self.0 / 1_000
    }

    /// Whole seconds, rounded down.
    #[must_use]
    pub const fn as_seconds(self) -> u64 {
        self.0 / SECOND
    }

    /// Whole minutes, rounded down.
    #[must_use]
    pub const fn as_minutes(self) -> u64 {
        self.as_seconds() / 60
    }

    /// Whole times 24 hours, rounded down.
    #[must_use]
    pub const fn as_days(self) -> u64 {
        self.as_seconds() / 86_400
    }

    /// So many times as long.
    #[must_use]
    pub const fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(count))
    }

    /// The same for the standard library.
    #[must_use]
    pub const fn to_std(self) -> std::time::Duration {
        std::time::Duration::from_micros(self.0)
    }
}

impl FromStr for Span {
    type Err = BadSpan;

    fn from_str(text: &str) -> Result<Self, BadSpan> {
        let bad = || BadSpan(text.to_owned());
        let mut total = 0_u64;
        let mut rest = text.trim();
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(bad)?;
            let count: u64 = rest[..digits].parse().map_err(|_| bad())?;
            let after = &rest[digits..];
            let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
            let unit = match &after[..letters] {
                "ms" => 1_000,
                "s" => SECOND,
                "m" | "min" => 60 * SECOND,
                "h" => 3_600 * SECOND,
                "d" => 86_400 * SECOND,
                "w" => 7 * 86_400 * SECOND,
                _ => return Err(bad()),
            };
            total = count.checked_mul(unit).and_then(|n| n.checked_add(total)).ok_or_else(bad)?;
            rest = after[letters..].trim_start();
        }
        if text.trim().is_empty() || i64::try_from(total).is_err() {
            return Err(bad());
        }
        Ok(Self(total))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        let mut any = false;
        let units =
            [("d", 86_400 * SECOND), ("h", 3_600 * SECOND), ("m", 60 * SECOND), ("s", SECOND)];
        for (unit, size) in units {
            if rest >= size {
                write!(f, "{}{unit}", rest / size)?;
                rest %= size;
                any = true;
            }
        }
        if rest > 0 || !any { write!(f, "{}ms", rest / 1_000) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_reads_as_people_write_it() {
        for (text, seconds) in
            [("90s", 90), ("5m", 300), ("1h30m", 5400), ("7d", 604_800), ("1w", 604_800)]
        {
            assert_eq!(text.parse::<Span>().ok(), Some(Span::seconds(seconds)), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_of_time_is_refused() {
        for text in ["", "5", "m", "5 apples", "-5m", "99999999999999999999s", "9999999999d"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}

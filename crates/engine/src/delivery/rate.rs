//! Limits: so many a second over a channel, and so many a second to one receiving domain.

use std::collections::BTreeMap;

use model::value::{Span, Timestamp};

/// So many domains are remembered; beyond that the fullest buckets are forgotten.
const DOMAINS: usize = 10_000;

/// How many may go now, at so many a second. What was not used is kept for one second.
#[derive(Debug)]
pub(super) struct Bucket {
    per_second: u32,
    /// Tokens, in millionths.
    filled: i64,
    at: Timestamp,
}

impl Bucket {
    pub(super) fn new(per_second: u32, now: Timestamp) -> Self {
        Self { per_second, filled: i64::from(per_second) * 1_000_000, at: now }
    }

    /// Takes so many, or as many as there are.
    pub(super) fn take(&mut self, wanted: usize, now: Timestamp) -> usize {
        let rate = i64::from(self.per_second);
        // A clock that was turned back gives nothing and takes nothing.
        let passed = now.since(self.at).micros().clamp(0, 1_000_000);
        self.at = now;
        self.filled = (self.filled + passed * rate).min(rate * 1_000_000);
        let taken = usize::try_from(self.filled / 1_000_000).unwrap_or(0).min(wanted);
        self.filled -= i64::try_from(taken).unwrap_or(0) * 1_000_000;
        taken
    }

    /// Gives back what was taken and not used.
    pub(super) fn give_back(&mut self, unused: usize) {
        self.filled += i64::try_from(unused).unwrap_or(0) * 1_000_000;
    }

    /// How long until there is another one.
    pub(super) fn interval(&self) -> Span {
        Span::from_micros(1_000_000 / i64::from(self.per_second.max(1)))
    }
}

/// The buckets of receiving domains.
#[derive(Debug, Default)]
pub(super) struct Domains(BTreeMap<String, Bucket>);

impl Domains {
    /// Whether one more may go to the domain of this address now.
    pub(super) fn may(&mut self, address: &str, per_second: u32, now: Timestamp) -> bool {
        let domain = domain(address);
        if self.0.len() >= DOMAINS && !self.0.contains_key(&domain) {
            self.0.retain(|_, bucket| bucket.at.after(Span::seconds(1)) > now);
        }
        let bucket = self.0.entry(domain).or_insert_with(|| Bucket::new(per_second, now));
        bucket.take(1, now) == 1
    }
}

/// What stands behind the last `@`; without one, everything.
pub(super) fn domain(address: &str) -> String {
    address.rsplit('@').next().unwrap_or(address).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_go_in_any_second_than_allowed_and_a_pause_saves_up_one_second() {
        let start = Timestamp(0);
        let mut bucket = Bucket::new(10, start);
        assert_eq!(bucket.take(100, start), 10);
        assert_eq!(bucket.take(100, start), 0);
        assert_eq!(bucket.take(100, start.after(Span::millis(250))), 2);
        assert_eq!(bucket.take(100, start.after(Span::millis(300))), 1);
        assert_eq!(bucket.take(100, start.after(Span::minutes(9))), 10);
        assert_eq!(bucket.take(100, start), 0, "a clock that is turned back");
        assert_eq!(bucket.take(100, start.after(Span::millis(100))), 1);
    }

    #[test]
    fn one_domain_does_not_hold_up_another() {
        let (mut domains, now) = (Domains::default(), Timestamp(0));
        assert!(domains.may("a@one.example", 1, now));
        assert!(!domains.may("b@ONE.example", 1, now));
        assert!(domains.may("a@two.example", 1, now));
        assert!(domains.may("b@one.example", 1, now.after(Span::seconds(1))));
    }
}

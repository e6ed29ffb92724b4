//! How often one visitor may ask. In memory and bounded: whoever comes from many addresses pushes
//! others' marks out, which lets these in sooner, and can neither fill the memory nor shut anybody
//! out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use model::value::{Span, Timestamp};

/// Gives the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// So many at once, and then one more each time this span has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many at once, at least 1.
    pub burst: u32,
    /// After which time there is one more.
    pub each: Span,
}

/// How many visitors are remembered at most, twice.
const GENERATION: usize = 32_768;

/// Counts what visitors do.
#[derive(Debug)]
pub struct Limiter {
    marks: Mutex<Marks>,
    generation: usize,
}

/// When the bucket of each will be full again. What was not touched while `young` filled up once
/// and once more is forgotten, so nothing has to be looked through.
#[derive(Debug, Default)]
struct Marks {
    young: HashMap<Mark, Timestamp>,
    old: HashMap<Mark, Timestamp>,
}

type Mark = (&'static str, IpAddr);

impl Default for Limiter {
    fn default() -> Self {
        Self::with_room(GENERATION)
    }
}

impl Limiter {
    /// Remembers at most twice so many.
    #[must_use]
    pub fn with_room(generation: usize) -> Self {
        Self { marks: Mutex::default(), generation }
    }

    /// Lets a visitor do a thing of this name once more.
    ///
    /// # Errors
    ///
    /// After which time the visitor may try again; a refusal does not prolong it.
    pub fn take(
        &self,
        what: &'static str,
        who: IpAddr,
        rate: Rate,
        now: Timestamp,
    ) -> Result<(), Span> {
        let mark = (what, network(who));
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        let known = marks.young.get(&mark).or_else(|| marks.old.get(&mark)).copied();
        // A clock that jumped back must not shut anybody out for longer than an empty bucket.
        let latest = now.after(rate.each.times(u64::from(rate.burst)));
        let full_at = known.unwrap_or(now).clamp(now, latest);
        let owed = full_at.after(rate.each).since(now);
        let most = rate.each.times(u64::from(rate.burst.max(1)));
        if owed > most {
            return Err(Span::from_micros(owed.micros() - most.micros()));
        }
        if marks.young.len() >= self.generation {
            marks.old = std::mem::take(&mut marks.young);
        }
        marks.old.remove(&mark);
        marks.young.insert(mark, full_at.after(rate.each));
        Ok(())
    }

    /// How many visitors are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        let marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        marks.young.len() + marks.old.len()
    }

    /// Whether nobody is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Who counts as one: an IPv4 address, or the /64 that one household or machine has of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    const RATE: Rate = Rate { burst: 3, each: Span::seconds(10) };
    const NOW: Timestamp = Timestamp(1_795_521_600_000_000);

    fn visitor(n: u32) -> IpAddr {
        Ipv4Addr::from_bits(n).into()
    }

    #[test]
    fn a_visitor_may_so_often_at_once_and_then_once_in_each_span() {
        let limiter = Limiter::default();
        let ask = |seconds| limiter.take("x", visitor(1), RATE, NOW.after(Span::seconds(seconds)));
        assert_eq!([ask(0), ask(0), ask(0)], [Ok(()); 3]);
        assert_eq!(ask(0), Err(Span::seconds(10)));
        assert_eq!(ask(4), Err(Span::seconds(6)), "a refusal does not prolong the wait");
        assert_eq!((ask(10), ask(10)), (Ok(()), Err(Span::seconds(10))));
        assert_eq!([ask(99), ask(99), ask(99)], [Ok(()); 3]);
        assert_eq!(limiter.take("y", visitor(1), RATE, NOW), Ok(()), "another thing");
        assert_eq!(limiter.take("x", visitor(2), RATE, NOW), Ok(()), "another visitor");
    }

    #[test]
    fn a_clock_that_jumps_back_shuts_nobody_out_for_longer_than_an_empty_bucket() {
        let limiter = Limiter::default();
        for _ in 0..3 {
            assert_eq!(limiter.take("x", visitor(1), RATE, NOW), Ok(()));
        }
        let before = NOW.before(Span::minutes(100_000));
        assert_eq!(limiter.take("x", visitor(1), RATE, before), Err(Span::seconds(10)));
    }

    #[test]
    fn the_addresses_of_one_household_count_as_one() {
        let limiter = Limiter::default();
        for host in 0..3 {
            let address = Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, host);
            assert_eq!(limiter.take("x", address.into(), RATE, NOW), Ok(()));
        }
        let other = |net| Ipv6Addr::new(0x2001, 0xdb8, 0, net, 9, 9, 9, 9).into();
        assert!(limiter.take("x", other(1), RATE, NOW).is_err());
        assert!(limiter.take("x", other(2), RATE, NOW).is_ok());
        let mapped = Ipv4Addr::from_bits(1).to_ipv6_mapped();
        assert_eq!(network(mapped.into()), visitor(1));
    }

    #[test]
    fn a_million_addresses_neither_fill_the_memory_nor_shut_anybody_out() {
        let limiter = Limiter::with_room(1000);
        for n in 0..1_000_000 {
            assert_eq!(limiter.take("x", visitor(n), RATE, NOW), Ok(()));
            assert!(limiter.len() <= 2000);
        }
    }

    proptest! {
        #[test]
        fn nobody_gets_more_than_the_burst_and_one_in_each_span(
            steps in prop::collection::vec(0..20_u64, 1..200),
        ) {
            let limiter = Limiter::default();
            let (mut now, mut let_in) = (NOW, 0);
            for step in steps {
                now = now.after(Span::seconds(step));
                let_in += u64::from(limiter.take("x", visitor(1), RATE, now).is_ok());
                let most = u64::from(RATE.burst) + now.since(NOW).as_seconds() / 10;
                prop_assert!(let_in <= most);
            }
        }
    }
}

//! A clock time as people type it.

use anyhow::bail;
use model::language::Zone;
use model::value::{Span, Timestamp};

/// "14:30" is the next time that the clock shows it; "none" takes it back.
pub(super) fn read(text: &str, zone: &Zone, now: Timestamp) -> anyhow::Result<Option<Timestamp>> {
    if text == "none" {
        return Ok(None);
    }
    match zone.next(text, now) {
        Some(at) => Ok(Some(at)),
        None => bail!("“{text}” is no time of day: write it like 14:30, or “none”"),
    }
}

/// "13:30" is the last time that the clock showed it; "2h" is so long ago.
pub(super) fn past(text: &str, zone: &Zone, now: Timestamp) -> anyhow::Result<Timestamp> {
    if let Some(at) = zone.next(text, now.before(Span::days(1))) {
        return Ok(at);
    }
    match (text.parse::<Span>(), text.parse()) {
        (Ok(span), _) => Ok(now.before(span)),
        (_, Ok(at)) => Ok(at),
        _ => bail!(
            "“{text}” is no moment: write a time of day like 13:30, how long ago like 2h, or all of \
             it like 2026-11-24T13:30:00+01:00"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_that_has_been_is_the_last_one() -> anyhow::Result<()> {
        let now = Timestamp(1_795_524_420_000_000);
        let zone = Zone::utc();
        assert_eq!(past("12:47", &zone, now)?, now);
        assert_eq!(past("12:48", &zone, now)?, now.before(Span::minutes(24 * 60 - 1)));
        assert_eq!(past("2h", &zone, now)?, now.before(Span::minutes(120)));
        assert_eq!(past(&now.to_string(), &zone, now)?, now);
        assert!(past("gestern", &zone, now).is_err());
        Ok(())
    }

    #[test]
    fn a_time_of_day_is_the_next_one() -> anyhow::Result<()> {
        let now = Timestamp(1_795_524_420_000_000);
        let zone = Zone::utc();
        assert_eq!(zone.digits(now, false), "12:47");
        assert_eq!(read("12:48", &zone, now)?, Some(now.after(Span::minutes(1))));
        assert_eq!(read("12:47", &zone, now)?, Some(now.after(Span::minutes(24 * 60))));
        assert_eq!(read("none", &zone, now)?, None);
        assert!(read("25:00", &zone, now).is_err());
        Ok(())
    }
}

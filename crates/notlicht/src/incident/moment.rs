//! A clock time as people type it.

use anyhow::bail;
use model::language::Zone;
use model::value::Timestamp;

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

#[cfg(test)]
mod tests {
    use model::value::Span;

    use super::*;

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

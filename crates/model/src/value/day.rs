use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};

use super::Span;

/// A day of the calendar, without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// A text that is no [`Day`].
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no day: write for example 2026-10-02")]
pub struct BadDay(String);

impl Day {
    /// This day, if the calendar has it.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let (year, month, day) = (year.try_into(), month.try_into(), day.try_into());
        Date::new(year.ok()?, month.ok()?, day.ok()?).ok().map(Self)
    }

    /// How many days after the other this is; negative where it is before.
    #[must_use]
    pub fn days_after(self, other: Self) -> i64 {
        i64::from((self.0 - other.0).get_days())
    }

    /// The day so many days later; stays at the end of the calendar.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(i64::from(days).min(7_304_484))))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = BadDay;

    fn from_str(text: &str) -> Result<Self, BadDay> {
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let read = text.parse().ok().filter(|_| plain);
        read.map(Self).ok_or_else(|| BadDay(text.to_owned()))
    }
}

/// A moment as a clock on the wall shows it, without its zone: the handbook writes moments so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wall(pub(crate) DateTime);

impl Wall {
    /// This time of this day, if the clock shows it.
    #[must_use]
    pub fn new(day: Day, hour: u8, minute: u8, second: u8) -> Option<Self> {
        let (hour, minute, second) = (hour.try_into(), minute.try_into(), second.try_into());
        let time = jiff::civil::Time::new(hour.ok()?, minute.ok()?, second.ok()?, 0).ok()?;
        Some(Self(DateTime::from_parts(day.0, time)))
    }

    /// The day.
    #[must_use]
    pub fn day(self) -> Day {
        Day(self.0.date())
    }

    /// How long after `earlier` this is, as if clocks never changed; zero where it is not later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Span {
        let seconds = self.0.duration_since(earlier.0).as_secs();
        Span::seconds(u64::try_from(seconds).unwrap_or(0))
    }

    /// So much later, as if clocks never changed; stays at the end of the calendar.
    #[must_use]
    pub fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.to_std()))
    }
}

impl fmt::Display for Wall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        assert_eq!(day("2028-03-01").days_after(day("2028-02-28")), 2);
        assert_eq!(day("2026-10-02").days_after(day("2026-10-03")), -1);
        assert_eq!(day("2026-12-31").plus_days(1).to_string(), "2027-01-01");
        assert_eq!(day("2026-12-31").plus_days(u32::MAX).to_string(), "9999-12-31");
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_day() {
        assert!(Day::new(2026, 2, 29).is_none() && Day::new(2028, 2, 29).is_some());
        for text in ["", "2026-13-01", "2026-02-30", "02.10.2026", "2026-10-02T00:00", "tomorrow"] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}

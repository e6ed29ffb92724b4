use jiff::ZonedDateTime;
use jiff::tz::TimeZone;

use super::Language;
use crate::value::{Day, Span, Timestamp, Wall};

/// A time zone, for moments as people read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this name in the IANA database (`Europe/Berlin`).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The zone's name in the IANA database.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Coordinated universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    fn at(&self, at: Timestamp) -> ZonedDateTime {
        at.to_jiff().to_zoned_datetime(self.0.clone())
    }

    /// "13:47", and "13:47:09" where the moment is no full minute and `exact` is asked for.
    #[must_use]
    pub fn digits(&self, at: Timestamp, exact: bool) -> String {
        let zoned = self.at(at);
        if exact && zoned.second() != 0 {
            zoned.strftime("%H:%M:%S").to_string()
        } else {
            zoned.strftime("%H:%M").to_string()
        }
    }

    /// "13:47 Uhr (MEZ)": seconds are left out.
    #[must_use]
    pub fn clock(&self, at: Timestamp, language: Language) -> String {
        self.clock_of(at, language, false)
    }

    /// The same for a promise, which must not be read as earlier than it is meant: seconds are
    /// shown where there are some.
    #[must_use]
    pub fn promise(&self, at: Timestamp, language: Language) -> String {
        self.clock_of(at, language, true)
    }

    fn clock_of(&self, at: Timestamp, language: Language, exact: bool) -> String {
        (language.words().clock)(&self.digits(at, exact), &self.abbreviation(at, language))
    }

    /// What the zone is called at this moment: "MEZ", and "MESZ" in summer.
    #[must_use]
    pub fn abbreviation(&self, at: Timestamp, language: Language) -> String {
        (language.words().zone)(&self.at(at).strftime("%Z").to_string())
    }

    /// "24. November 2026".
    #[must_use]
    pub fn date(&self, at: Timestamp, language: Language) -> String {
        let zoned = self.at(at);
        (language.words().date)(zoned.day(), zoned.month(), zoned.year())
    }

    /// "heute, 13:47 Uhr (MEZ)" where `now` is on the same day, else with the date.
    #[must_use]
    pub fn moment(&self, at: Timestamp, now: Timestamp, language: Language) -> String {
        let words = language.words();
        let clock = self.clock(at, language);
        if self.at(at).date() == self.at(now).date() {
            (words.today_at)(&clock)
        } else {
            (words.date_at)(&self.date(at, language), &clock)
        }
    }

    /// "13:47 Uhr (MEZ)" where `now` is on the same day, else with the date: for what is read later.
    #[must_use]
    pub fn dated(&self, at: Timestamp, now: Timestamp, language: Language) -> String {
        if self.at(at).date() == self.at(now).date() {
            self.clock(at, language)
        } else {
            (language.words().date_at)(&self.date(at, language), &self.clock(at, language))
        }
    }

    /// "Dienstag, 24. November 2026, 14:11 Uhr (MEZ)".
    #[must_use]
    pub fn full(&self, at: Timestamp, language: Language) -> String {
        let words = language.words();
        let day = self.at(at).weekday().to_monday_zero_offset();
        let day = words.weekday[usize::try_from(day).unwrap_or(0)];
        format!("{day}, {}", (words.date_at)(&self.date(at, language), &self.clock(at, language)))
    }

    /// The day on which this moment lies here.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Day {
        Day::from(self.at(at).date())
    }

    /// What a clock on the wall shows here at this moment.
    #[must_use]
    pub fn wall(&self, at: Timestamp) -> Wall {
        Wall(self.at(at).datetime())
    }

    /// The moment at which a clock on the wall shows this here. Shown twice, it is the first; shown
    /// never because clocks go forward, it is as much later as they do.
    #[must_use]
    pub fn moment_of(&self, shown: Wall) -> Timestamp {
        let at = self.0.to_ambiguous_timestamp(shown.0).compatible();
        Timestamp::from(at.unwrap_or(jiff::Timestamp::MIN))
    }

    /// "2026-11-24 13:47", for lists.
    #[must_use]
    pub fn short(&self, at: Timestamp) -> String {
        self.at(at).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// So many calendar months later: the same day at the same time, or the last day of the month.
    #[must_use]
    pub fn months_after(&self, at: Timestamp, months: u32) -> Timestamp {
        let months = jiff::Span::new().months(i64::from(months).min(12_000));
        self.moment_of(Wall(self.at(at).datetime().saturating_add(months)))
    }

    /// "24. November 2026", of a day.
    #[must_use]
    pub fn day_said(day: Day, language: Language) -> String {
        (language.words().date)(day.day(), day.month(), day.year())
    }

    /// ISO 8601 with the zone's offset, for `datetime` attributes.
    #[must_use]
    pub fn iso(&self, at: Timestamp) -> String {
        self.at(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// Minute of the hour, for the dial.
    #[must_use]
    pub fn minute(&self, at: Timestamp) -> u32 {
        u32::try_from(self.at(at).minute()).unwrap_or(0)
    }

    /// The next moment after `now` at which the clock shows "14:30", whatever daylight saving does;
    /// nothing where no clock ever shows it.
    #[must_use]
    pub fn next(&self, shown: &str, now: Timestamp) -> Option<Timestamp> {
        let wanted = shown.trim().trim_end_matches(" Uhr");
        let wanted = if wanted.len() == 4 { format!("0{wanted}") } else { wanted.to_owned() };
        let first = Self::round_up_to_minute(now);
        let minutes = (0..48 * 60).map(|minute| first.after(Span::minutes(minute)));
        minutes.into_iter().find(|at| *at > now && self.digits(*at, false) == wanted)
    }

    /// The next full minute at or after this moment.
    #[must_use]
    pub fn round_up_to_minute(at: Timestamp) -> Timestamp {
        const MINUTE: i64 = 60_000_000;
        Timestamp(
            at.0.div_euclid(MINUTE)
                .saturating_add(i64::from(at.0.rem_euclid(MINUTE) > 0))
                .saturating_mul(MINUTE),
        )
    }
}

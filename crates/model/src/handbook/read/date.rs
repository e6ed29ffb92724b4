//! Days and moments, written as TOML writes them.

use toml::de::DeValue;
use toml::value::Datetime;

use super::item::Item;
use crate::value::{Day, Wall};

impl Item<'_> {
    /// A day: `2026-10-02`.
    pub(in crate::handbook) fn day(&self) -> Option<Day> {
        const EXAMPLE: &str = " = 2026-10-02, without quotes";
        let read = match self.value {
            DeValue::Datetime(Datetime { date: Some(date), time: None, offset: None }) => {
                Day::new(date.year, date.month, date.day)
            }
            _ => None,
        };
        if read.is_none() {
            self.wrong(["ein Tag", "a day"], EXAMPLE);
        }
        read
    }

    /// A day and a time as a clock in the handbook's zone shows it: `2026-10-02T09:00:00`.
    pub(in crate::handbook) fn wall(&self) -> Option<Wall> {
        const EXAMPLE: &str = " = 2026-10-02T09:00:00, without quotes and without a zone";
        let read = match self.value {
            DeValue::Datetime(Datetime { date: Some(date), time: Some(time), offset: None }) => {
                let day = Day::new(date.year, date.month, date.day);
                day.and_then(|day| Wall::new(day, time.hour, time.minute, time.second.unwrap_or(0)))
            }
            _ => None,
        };
        if read.is_none() {
            self.wrong(["Tag und Uhrzeit", "a day and a time"], EXAMPLE);
        }
        read
    }
}

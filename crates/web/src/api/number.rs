//! Whole numbers as JSON has them.

use std::borrow::Cow;
use std::fmt;

use schemars::generate::SchemaGenerator;
use schemars::{JsonSchema, Schema, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// Beyond this not every program can write each whole number (RFC 7493).
const LARGEST: u64 = (1 << 53) - 1;

/// A whole number, never negative. JSON does not tell `7` from `7.0`, nor do some programs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number(pub(super) u64);

impl Number {
    /// The number of a notice. What is larger is none that there is.
    pub(super) fn of_notice(self) -> u32 {
        u32::try_from(self.0).unwrap_or(u32::MAX)
    }
}

struct Reading;

impl Visitor<'_> for Reading {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from 0 to {LARGEST}")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
        if number > LARGEST {
            return Err(E::invalid_value(Unexpected::Unsigned(number), &self));
        }
        Ok(Number(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
        // Written without a fraction, it reads as what it is.
        let whole = format!("{number}").parse().ok().filter(|whole| *whole <= LARGEST);
        whole.map(Number).ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_u64(Reading)
    }
}

impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 0, "maximum": LARGEST })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_one_however_it_is_written_and_nothing_else_is() {
        let read = |text: &str| serde_json::from_str::<Number>(text).ok().map(|number| number.0);
        for (text, number) in [("7", 7), ("7.0", 7), ("7e2", 700), ("0", 0)] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        assert_eq!(read("9007199254740991"), Some(LARGEST));
        for text in ["7.5", "-1", "9007199254740992", "1e300", "\"7\"", "null", "true"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

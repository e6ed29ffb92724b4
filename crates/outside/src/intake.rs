//! What other programs report, read from their bytes. Nothing here decides what it means.

pub mod alertmanager;
pub mod hook;
pub mod reply;

use std::fmt;

use model::value::Timestamp;
use serde_json::Value;

/// Why a body could not be read: where, what, and what to do. It goes back to whoever sent it, so
/// it repeats nothing of the body but names of places.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}; {help}")]
pub struct Unreadable {
    /// A JSON pointer, or a line and a column.
    pub place: String,
    /// What is wrong there.
    pub what: String,
    /// What to do.
    pub help: &'static str,
}

impl Unreadable {
    fn new(place: impl fmt::Display, what: impl Into<String>, help: &'static str) -> Self {
        Self { place: place.to_string(), what: what.into(), help }
    }
}

/// The most characters that are kept of one text.
const LONGEST: usize = 300;

/// A text from outside, as it can be stored, logged and shown: one line, not too long.
fn tidy(text: &str) -> String {
    let plain = text.chars().map(|one| if one.is_control() { ' ' } else { one });
    let plain: String = plain.collect();
    let trimmed = plain.trim();
    match trimmed.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &trimmed[..end]),
        None => trimmed.to_owned(),
    }
}

fn json(body: &[u8]) -> Result<Value, Unreadable> {
    serde_json::from_slice(body).map_err(|why| {
        let place = format!("line {} column {}", why.line(), why.column());
        let what = if why.is_eof() { "the text ends too early" } else { "this is no JSON" };
        Unreadable::new(place, what, "send JSON, as UTF-8")
    })
}

/// RFC 3339, or seconds or milliseconds since 1970. What else stands there is no moment.
fn moment(value: &Value) -> Option<Timestamp> {
    // 1973 in milliseconds, the year 5138 in seconds.
    const LARGEST: f64 = 100_000_000_000.0;
    let at = match value {
        Value::String(text) => text.trim().parse::<jiff::Timestamp>().ok()?.into(),
        Value::Number(number) => {
            let number = number.as_f64()?;
            let seconds = if number >= LARGEST { number / 1000.0 } else { number };
            let since_1970 = jiff::SignedDuration::try_from_secs_f64(seconds).ok()?;
            Timestamp(i64::try_from(since_1970.as_micros()).ok()?)
        }
        _ => return None,
    };
    Some(at).filter(|at| at.0 > 0)
}

//! Any other program's JSON, read as a monitor's mapping says.

use model::handbook::system::Mapping;
use model::intake::{Labels, Report};
use serde_json::Value;

use super::{Unreadable, json, moment, tidy};

/// What a body says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The reports, in their order.
    pub reports: Vec<Report>,
    /// So many items are none of this monitor's.
    pub others: usize,
    /// States that the mapping does not know.
    pub unknown: Vec<String>,
}

/// Reads a body as the mapping says.
///
/// # Errors
///
/// Where it is no JSON, and where it has not what the mapping looks for.
pub fn read(mapping: &Mapping, body: &[u8]) -> Result<Said, Unreadable> {
    let whole = json(body)?;
    let mut said = Said::default();
    let Some(place) = &mapping.items else {
        take(mapping, "", &whole, &mut said)?;
        return Ok(said);
    };
    let Some(Value::Array(items)) = whole.pointer(place) else {
        return Err(Unreadable::new(place, "there is no list here", "look at hook.items"));
    };
    for (at, item) in items.iter().enumerate() {
        take(mapping, &format!("{place}/{at}"), item, &mut said)?;
    }
    Ok(said)
}

fn take(mapping: &Mapping, at: &str, item: &Value, said: &mut Said) -> Result<(), Unreadable> {
    let fits = |(place, wanted): (&String, &String)| text(item, place).as_ref() == Some(wanted);
    if !mapping.only.iter().all(fits) {
        said.others += 1;
        return Ok(());
    }
    let needed = |place: &String, help| {
        let missing = || Unreadable::new(format!("{at}{place}"), "nothing stands here", help);
        text(item, place).ok_or_else(missing)
    };
    let state = needed(&mapping.state, "look at hook.state; hook.where leaves out other items")?;
    let is_down = mapping.down.contains(&state);
    if !is_down && !mapping.up.contains(&state) {
        said.unknown.push(state);
        return Ok(());
    }
    let subject = match &mapping.subject {
        Some(place) => needed(place, "look at hook.subject")?,
        None => String::new(),
    };
    let time = mapping.time.as_ref().and_then(|place| moment(item.pointer(place)?));
    let detail = mapping.detail.as_ref().and_then(|place| text(item, place));
    let detail = detail.filter(|text| !text.is_empty()).unwrap_or_else(|| subject.clone());
    let (begun_at, ended_at) = if is_down { (time, None) } else { (None, time) };
    let labels = Labels::new();
    said.reports.push(Report { subject, labels, is_down, begun_at, ended_at, detail });
    Ok(())
}

/// A text, number or truth value as a handbook writes it.
fn text(item: &Value, place: &str) -> Option<String> {
    match item.pointer(place)? {
        Value::String(text) => Some(tidy(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

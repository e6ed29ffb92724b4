//! From what people type to what stands in the file, and whether it looks as it should.

use model::handbook::edit::Value;
use model::handbook::shape::Kind;
use model::language::Misfits;
use model::value::{Key, Span};
use toml::value::Datetime;

use crate::page::hash;

/// A short mark of what a field held when its form was shown: so it can be told what somebody
/// changed.
pub(super) fn mark(values: &[String]) -> String {
    let mut mark = hash(values.join("\u{1f}").as_bytes());
    mark.truncate(10);
    mark
}

/// What was sent for a field of this kind as texts, without what is empty.
pub(super) fn typed<'a>(kind: Kind, sent: impl Iterator<Item = &'a str>) -> Vec<String> {
    let clean = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let parts: Vec<String> = match kind {
        Kind::Texts | Kind::OneOrMoreTexts | Kind::OneOrMoreWhole(..) | Kind::Pairs => {
            sent.flat_map(str::lines).map(clean).collect()
        }
        // Browsers leave out seconds that are none.
        Kind::Moment => sent.map(clean).map(|text| without_seconds(&text)).collect(),
        Kind::Flag => sent.filter(|one| *one == "true").map(str::to_owned).collect(),
        _ => sent.map(clean).collect(),
    };
    let mut found: Vec<String> = Vec::new();
    for part in parts {
        let twice = is_many(kind) && found.contains(&part);
        if !part.is_empty() && !twice {
            found.push(part);
        }
    }
    found
}

/// Whether each part stands once and there may be many.
fn is_many(kind: Kind) -> bool {
    matches!(kind, Kind::Links { .. } | Kind::Members { .. } | Kind::Languages)
}

/// The value as it stands in the file; none where nothing was typed. What does not look as it
/// should is kept as it was typed: the check says what is wrong with it.
pub(super) fn written(kind: Kind, typed: &[String]) -> Option<Value> {
    if kind == Kind::Flag {
        return Some(Value::Flag(!typed.is_empty()));
    }
    let first = typed.first()?;
    let text = |text: &String| Value::Text(text.clone());
    let whole =
        |text: &String| text.parse().map_or_else(|_| Value::Text(text.clone()), Value::Number);
    Some(match kind {
        Kind::Whole(..) => whole(first),
        Kind::OneOrMoreWhole(..) => Value::List(typed.iter().map(whole).collect()),
        Kind::Texts
        | Kind::OneOrMoreTexts
        | Kind::Links { .. }
        | Kind::Members { .. }
        | Kind::Languages => Value::List(typed.iter().map(text).collect()),
        Kind::Date | Kind::Moment if first.parse::<Datetime>().is_ok() => {
            Value::Date(first.clone())
        }
        Kind::Pairs => Value::Table(typed.iter().map(|line| pair(line)).collect()),
        _ => text(first),
    })
}

fn without_seconds(moment: &str) -> String {
    let whole = moment.len() == "2026-11-30T09:00:00".len();
    moment.strip_suffix(":00").filter(|_| whole).unwrap_or(moment).to_owned()
}

/// `name = value`, as it is typed on a line of its own.
fn pair(line: &str) -> (String, Value) {
    let (name, value) = line.split_once('=').unwrap_or((line, ""));
    (name.trim().to_owned(), Value::Text(value.trim().to_owned()))
}

/// What is wrong with what was typed, where that can be told without the rest of the handbook.
pub(super) fn misfit(kind: Kind, need: bool, typed: &[String], words: &Misfits) -> Option<String> {
    let Some(first) = typed.first() else { return need.then(|| words.missing.to_owned()) };
    let is_whole = |text: &str, low: u32, high: u32| {
        text.parse::<u32>().is_ok_and(|number| (low..=high).contains(&number))
    };
    match kind {
        Kind::Span if first.parse::<Span>().is_err() => Some((words.span)(first)),
        Kind::Whole(low, high) if !is_whole(first, low, high) => Some((words.whole)(low, high)),
        Kind::OneOrMoreWhole(low, high) if !typed.iter().all(|one| is_whole(one, low, high)) => {
            Some((words.whole)(low, high))
        }
        Kind::Date | Kind::Moment if first.parse::<Datetime>().is_err() => {
            Some(words.date.to_owned())
        }
        Kind::Key(_) if first.parse::<Key>().is_err() => Some(words.key.to_owned()),
        Kind::Email if !first.contains('@') => Some(words.email.to_owned()),
        Kind::Pairs if typed.iter().any(|line| !line.contains('=')) => Some(words.pairs.to_owned()),
        _ => None,
    }
}

/// A key made of what people call something: `Shop ausgefallen` → `shop-ausgefallen`.
pub(super) fn key_of(name: &str) -> Option<Key> {
    let mut key = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'ä' => key.push_str("ae"),
            'ö' => key.push_str("oe"),
            'ü' => key.push_str("ue"),
            'ß' => key.push_str("ss"),
            letter if letter.is_ascii_alphanumeric() => key.push(letter),
            _ if !key.is_empty() && !key.ends_with('-') => key.push('-'),
            _ => {}
        }
    }
    let key = key.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let cut: String = key.chars().take(40).collect();
    cut.trim_matches('-').parse().ok()
}

/// What a field holds, as texts.
pub(super) fn held(kind: Kind, value: Option<&toml::Value>) -> Vec<String> {
    match (kind, value) {
        (Kind::Pairs, Some(toml::Value::Table(table))) => {
            let line = |(name, value): (&String, &toml::Value)| {
                format!("{name} = {}", strings(value).into_iter().next().unwrap_or_default())
            };
            table.iter().map(line).collect()
        }
        (_, value) => value.map(strings).unwrap_or_default(),
    }
}

/// A key below a path.
pub(super) fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Keys of lists whose order counts; all others are boxes to tick.
const IN_ORDER: [&str; 3] = ["deputies", "people", "restart"];

/// Whether a field is shown as boxes to tick, whose order is the page's.
pub(super) fn is_boxes(kind: Kind, name: &str) -> bool {
    match kind {
        Kind::Links { .. } => !IN_ORDER.contains(&name.rsplit('.').next().unwrap_or(name)),
        Kind::Members { words, .. } => !words.is_empty(),
        _ => false,
    }
}

/// How each language of a text in several is written.
pub(super) const fn in_one_language(kind: Kind) -> Kind {
    if matches!(kind, Kind::LocalizedTexts) { Kind::Texts } else { Kind::Text }
}

pub(super) fn is_localized(kind: Kind) -> bool {
    matches!(kind, Kind::Localized | Kind::LocalizedLong | Kind::LocalizedTexts)
}

/// Whether what is typed is short, so that two fields can stand side by side.
pub(super) fn is_short(kind: Kind) -> bool {
    match kind {
        Kind::Key(_)
        | Kind::OwnKey
        | Kind::Catalogue
        | Kind::Link(_)
        | Kind::Member(_)
        | Kind::Language
        | Kind::Zone
        | Kind::Span
        | Kind::Date
        | Kind::Moment
        | Kind::Delay
        | Kind::Clock(_)
        | Kind::Whole(..)
        | Kind::Choice(_)
        | Kind::Word(_)
        | Kind::Email
        | Kind::Phone
        | Kind::SecretName
        | Kind::Adapter => true,
        Kind::Text
        | Kind::Localized
        | Kind::LocalizedLong
        | Kind::LocalizedTexts
        | Kind::Texts
        | Kind::OneOrMoreTexts
        | Kind::Pairs
        | Kind::Links { .. }
        | Kind::Members { .. }
        | Kind::Languages
        | Kind::OneOrMoreWhole(..)
        | Kind::Flag
        | Kind::Address
        | Kind::Pointer
        | Kind::Mailbox
        | Kind::Table(_)
        | Kind::List(_)
        | Kind::Named(..)
        | Kind::OneOf(_) => false,
    }
}

/// Whether the value is typed, and not chosen.
pub(super) fn is_typed(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Catalogue
            | Kind::Link(_)
            | Kind::Links { .. }
            | Kind::Member(_)
            | Kind::Members { .. }
            | Kind::Language
            | Kind::Languages
            | Kind::Date
            | Kind::Moment
            | Kind::Flag
            | Kind::Choice(_)
            | Kind::Word(_)
            | Kind::Adapter
    )
}

/// A value as texts that people type; nothing of tables.
pub(super) fn strings(value: &toml::Value) -> Vec<String> {
    match value {
        toml::Value::String(text) => vec![text.clone()],
        toml::Value::Integer(number) => vec![number.to_string()],
        toml::Value::Float(number) => vec![number.to_string()],
        toml::Value::Boolean(flag) => vec![flag.to_string()],
        toml::Value::Datetime(moment) => vec![moment.to_string()],
        toml::Value::Array(list) => list.iter().flat_map(strings).collect(),
        toml::Value::Table(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_key_that_people_recognise() {
        let key = |name| key_of(name).map(|key| key.to_string());
        assert_eq!(key("Shop ausgefallen").as_deref(), Some("shop-ausgefallen"));
        assert_eq!(key(" Über uns: Größe! ").as_deref(), Some("ueber-uns-groesse"));
        assert_eq!(key("24 h").as_deref(), Some("h"));
        assert_eq!(key("…"), None);
        assert_eq!(key(&"x".repeat(90)).map(|key| key.len()), Some(40));
    }

    #[test]
    fn what_is_typed_is_kept_also_where_it_does_not_fit() {
        let typed = typed(Kind::Whole(1, 9), ["many"].into_iter());
        assert_eq!(written(Kind::Whole(1, 9), &typed), Some(Value::Text("many".into())));
    }
}

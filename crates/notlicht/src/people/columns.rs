//! Which column is what, and what may stand in it.

use std::collections::BTreeSet;

use anyhow::bail;
use csv::ByteRecord;
use model::language::Language;
use model::value::Key;

/// How other tools call the columns: in lower case, nothing but letters, and e-mail is mail.
const ADDRESS: &[&str] = &["address", "mail", "mailaddress", "adresse", "mailadresse"];
const LANGUAGE: &[&str] = &["language", "lang", "locale", "languagecode", "sprache"];
const COMPONENTS: &[&str] = &["components", "component", "komponenten", "komponente"];
const STATUS: &[&str] = &["status", "mailmarketingstatus", "subscriptionstatus"];
const PHONE: &[&str] = &[
    "phone",
    "phonenumber",
    "telephone",
    "mobile",
    "mobilephone",
    "mobilenumber",
    "telefon",
    "telefonnummer",
    "handy",
    "handynummer",
    "mobil",
    "mobilnummer",
];
/// What stands in a column of status where somebody wants mail.
const WILLING: &[&str] = &["", "enabled", "active", "subscribed", "confirmed", "aktiv"];

/// Where the columns are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) address: usize,
    pub(super) language: Option<usize>,
    pub(super) components: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) phone: Option<usize>,
}

impl Columns {
    /// Finds them by the first line; says whether that is a heading.
    pub(super) fn find(first: &ByteRecord) -> anyhow::Result<(Self, bool)> {
        if first.iter().any(|field| field.contains(&b'@')) {
            let (language, components) = (Some(1), Some(2));
            let columns = Self { address: 0, language, components, status: None, phone: None };
            return Ok((columns, false));
        }
        let names: Vec<String> = first.iter().map(name).collect();
        let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        let Some(address) = find(ADDRESS) else {
            bail!(
                "the first line has neither an address nor a heading with a column “address” or \
                 “email”: it reads “{}”",
                String::from_utf8_lossy(&first.iter().collect::<Vec<_>>().join(&b","[..]))
            );
        };
        let columns = Self {
            address,
            language: find(LANGUAGE),
            components: find(COMPONENTS),
            status: find(STATUS),
            phone: find(PHONE),
        };
        Ok((columns, true))
    }
}

fn name(field: &[u8]) -> String {
    let text = String::from_utf8_lossy(field).to_lowercase();
    let name: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    match name.strip_prefix('e') {
        Some(rest) if rest.starts_with("mail") => rest.to_owned(),
        _ => name,
    }
}

/// What separates the fields: of comma, semicolon and tab whatever stands most often in the first
/// line that is not empty.
pub(super) fn delimiter(text: &[u8]) -> u8 {
    let first = text.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let first = first.unwrap_or_default();
    let often = |delimiter: u8| first.iter().filter(|byte| **byte == delimiter).count();
    let mut best = b',';
    for other in [b';', b'\t'] {
        if often(other) > often(best) {
            best = other;
        }
    }
    best
}

/// Whether a status says that somebody wants mail.
pub(super) fn is_willing(status: &str) -> bool {
    WILLING.iter().any(|word| status.eq_ignore_ascii_case(word))
}

/// `de`, and also `DE`, `de-AT` and `de_CH.UTF-8`.
pub(super) fn language(tag: &str) -> Result<Language, String> {
    if let Ok(language) = tag.parse() {
        return Ok(language);
    }
    let main = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match main.parse() {
        Ok(language) if main.len() == 2 => Ok(language),
        _ => tag.parse::<Language>().map_err(|why| why.to_string()),
    }
}

/// The components that somebody chose, separated by spaces or what is no delimiter here.
pub(super) fn components(
    text: &str,
    known: &BTreeSet<Key>,
) -> Result<Option<BTreeSet<Key>>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let words = text.split([' ', '|', ',', ';', '+']).filter(|word| !word.is_empty());
    let chosen = words.map(|word| match word.parse::<Key>() {
        Ok(key) if known.contains(&key) => Ok(key),
        _ => {
            let all = known.iter().map(Key::as_str).collect::<Vec<_>>().join(", ");
            Err(format!("the handbook has no component “{word}”; it has {all}"))
        }
    });
    chosen.collect::<Result<_, _>>().map(Some)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn headings_of_other_tools_are_understood() {
        for (heading, address, status) in [
            ("uuid,email,name,attributes,status", 1, Some(4)),
            ("Email Address,First Name,Last Name", 0, None),
            ("\"E-Mail-Adresse\";Sprache", 0, None),
            ("name\tE-Mail", 1, None),
        ] {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .delimiter(delimiter(heading.as_bytes()))
                .from_reader(heading.as_bytes());
            let record = reader.byte_records().next().unwrap().unwrap();
            let (columns, is_heading) = Columns::find(&record).unwrap();
            assert!(is_heading, "{heading}");
            assert_eq!((columns.address, columns.status), (address, status), "{heading}");
        }
    }

    #[test]
    fn a_language_may_have_a_country_behind_it_but_must_be_known() {
        assert_eq!(language("de_AT").unwrap(), Language::DE);
        assert_eq!(language("EN-gb").unwrap(), Language::EN);
        assert!(language("klingon").is_err() && language("dex").is_err());
    }
}

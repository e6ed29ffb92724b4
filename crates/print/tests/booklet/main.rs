//! What is on paper, in both renderings.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod card;
mod content;
mod hostile;
#[cfg(feature = "pdf")]
mod pdf;
#[path = "../../../model/tests/handbook/sample.rs"]
mod sample;

use model::handbook::check::check;
use model::handbook::parse::parse_contacts;
use model::handbook::people::ContactCard;
use model::handbook::{Edition, Files, Handbook};
use model::language::Language;
use model::value::Timestamp;
use print::booklet::{Booklet, Source};

/// 24 November 2026, 13:47 in Berlin.
const THEN: Timestamp = Timestamp(1_795_524_420_000_000);

/// Six days later.
const NOW: Timestamp = Timestamp(1_796_047_200_000_000);

/// A handbook with the contacts beside it.
struct Book {
    handbook: Handbook,
    cards: Vec<ContactCard>,
}

impl Book {
    fn example() -> Self {
        Self::of(&sample::example(), &sample::contacts())
    }

    fn of(files: &Files, contacts: &str) -> Self {
        let checked = check(files, &sample::KINDS);
        let handbook = checked.handbook.unwrap_or_else(|| panic!("{:#?}", checked.faults));
        let cards = parse_contacts(contacts, &handbook).unwrap().cards;
        Self { handbook, cards }
    }

    fn print(&self, language: Language) -> Booklet {
        self.version(Some(&self.cards), language)
    }

    fn version(&self, cards: Option<&[ContactCard]>, language: Language) -> Booklet {
        let edition = Edition::Version {
            number: 7,
            at: THEN,
            author: "amira".to_owned(),
            reason: "Neue Nummer beim Hoster".to_owned(),
            approved_by: Some("erika".to_owned()),
        };
        let handbook = &self.handbook;
        Booklet::new(&Source { handbook, cards, edition: &edition, now: NOW, language })
    }
}

/// Everything that a booklet says, in one string: what a rendering must show.
fn told(booklet: &Booklet) -> Vec<String> {
    fn strings(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => out.push(text.clone()),
            serde_json::Value::Array(list) => list.iter().for_each(|one| strings(one, out)),
            serde_json::Value::Object(map) => {
                let said = map.iter().filter(|(key, _)| !SILENT.contains(&key.as_str()));
                said.for_each(|(_, one)| strings(one, out));
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    strings(&serde_json::to_value(booklet).unwrap(), &mut out);
    out
}

/// Values that steer a rendering, or stand on the foot of each page alone.
const SILENT: [&str; 7] = ["day", "kind", "language", "anchor", "size", "page", "of_pages"];

/// Whitespace and hyphenation as they come, one space for all.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! A passage (Zusatz): what one audience is told below a notice, in addition to it. The notice
//! itself is the same for everybody, word for word.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::value::Key;

/// The paragraphs that one audience is told in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Passage(pub Vec<String>);

/// The passages of one notice, by audience and language.
pub type Passages = BTreeMap<Key, BTreeMap<Language, Passage>>;

impl Passage {
    /// Reads paragraphs with empty lines between them. There is nothing in them that could be
    /// wrong: a passage has no headings.
    #[must_use]
    pub fn parse(written: &str) -> Self {
        let lines: Vec<&str> = written.lines().map(str::trim).collect();
        let parts = lines.split(|line| line.is_empty()).filter(|part| !part.is_empty());
        Self(parts.map(|part| part.join(" ")).collect())
    }

    /// The form that [`Passage::parse`] reads back.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        self.0.join("\n\n")
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What is prepared, with what somebody wrote in the place of it. Who wrote an empty passage took
/// it out; whoever did not touch one left it as it is prepared.
#[must_use]
pub fn laid_over(prepared: &Passages, written: &Passages) -> Passages {
    let mut all = prepared.clone();
    for (audience, said) in written {
        let of_audience = all.entry(audience.clone()).or_default();
        of_audience.extend(said.iter().map(|(language, passage)| (*language, passage.clone())));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_reads_back_as_the_paragraphs_it_was() {
        let passage = Passage::parse("\n Bitte warten\nSie.\r\n\n\n# Zweiter\n");
        assert_eq!(passage.0, ["Bitte warten Sie.", "# Zweiter"]);
        assert_eq!(Passage::parse(&passage.to_markdown()), passage);
        assert!(Passage::parse(" \n\n").is_empty());
        assert_eq!(Passage::parse("{since} {sinc}").unknown_holes(), ["sinc"]);
    }

    #[test]
    fn an_emptied_passage_stays_empty_and_an_untouched_one_as_it_was_prepared() {
        let key = |name: &str| name.parse::<Key>().expect("a key");
        let one = |text: &str| BTreeMap::from([(Language::DE, Passage::parse(text))]);
        let prepared = Passages::from([(key("team"), one("A")), (key("partners"), one("B"))]);
        let written = Passages::from([(key("team"), one("")), (key("press"), one("C"))]);
        let all = laid_over(&prepared, &written);
        let said: Vec<_> = all.values().map(|of| of[&Language::DE].to_markdown()).collect();
        assert_eq!(said, ["B", "C", ""]);
    }
}

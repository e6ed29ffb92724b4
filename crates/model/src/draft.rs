//! Drafts: what somebody is writing before it goes out. Two people may write at once; what both
//! typed is put together, and nothing of it is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::incident::Proposal;
use crate::language::Language;
use crate::notice::{BadText, Kind, Passage, Passages, Text, Texts};
use crate::value::Key;

mod merge;

use merge::merge;

/// What a draft is for; each has one draft in an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The notice of this number, which waits.
    Pending(u32),
    /// The next update.
    Update,
    /// The correction of the notice of this number.
    Correction(u32),
    /// The all-clear.
    AllClear,
}

/// A text that names no [`Slot`].
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no draft: write pending-N, update, correction-N or all-clear")]
pub struct BadSlot(String);

impl Slot {
    /// What the notice will be.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Pending(_) => Kind::First,
            Self::Update => Kind::Update,
            Self::Correction(_) => Kind::Correction,
            Self::AllClear => Kind::AllClear,
        }
    }
}

impl From<&Proposal> for Slot {
    /// The draft that became this proposal.
    fn from(proposal: &Proposal) -> Self {
        match proposal {
            Proposal::Release { number, .. } => Self::Pending(*number),
            Proposal::Resolve { .. } => Self::AllClear,
            Proposal::Write(writing) => match (writing.kind, writing.corrects) {
                (Kind::Correction, Some(number)) => Self::Correction(number),
                _ => Self::Update,
            },
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pending(number) => write!(f, "pending-{number}"),
            Self::Update => f.write_str("update"),
            Self::Correction(number) => write!(f, "correction-{number}"),
            Self::AllClear => f.write_str("all-clear"),
        }
    }
}

impl FromStr for Slot {
    type Err = BadSlot;

    fn from_str(text: &str) -> Result<Self, BadSlot> {
        let bad = || BadSlot(text.to_owned());
        let number = |digits: &str| digits.parse().map_err(|_| bad());
        match text {
            "update" => Ok(Self::Update),
            "all-clear" => Ok(Self::AllClear),
            _ => match text.rsplit_once('-') {
                Some(("pending", digits)) => Ok(Self::Pending(number(digits)?)),
                Some(("correction", digits)) => Ok(Self::Correction(number(digits)?)),
                _ => Err(bad()),
            },
        }
    }
}

/// What was typed in one language, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// One line.
    pub headline: String,
    /// All the rest, in the Markdown form of a notice.
    pub body: String,
    /// What single audiences are told in addition, where somebody wrote it or it is prepared.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub passages: BTreeMap<Key, String>,
}

/// What was typed in every language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Draft(pub BTreeMap<Language, Sheet>);

/// What keeps a draft from being a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFault {
    /// In which language.
    pub language: Language,
    /// The line of the body, counted from 1; 0 for the headline.
    pub line: usize,
    /// What is wrong.
    pub fault: BadText,
}

impl Sheet {
    /// A text as somebody edits it.
    #[must_use]
    pub fn of(text: &Text, language: Language) -> Self {
        let markdown = text.to_markdown(language);
        let (first, rest) = markdown.split_once('\n').unwrap_or((&markdown, ""));
        Self {
            headline: first.trim_start_matches("# ").to_owned(),
            body: rest.trim_matches('\n').to_owned(),
            passages: BTreeMap::new(),
        }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.headline.trim().is_empty() && self.body.trim().is_empty()
    }

    /// The text of a notice.
    ///
    /// # Errors
    ///
    /// What is wrong and in which line of the body, all at once.
    pub fn text(&self, language: Language) -> Result<Text, Vec<DraftFault>> {
        let headline = self.headline.split_whitespace().collect::<Vec<_>>().join(" ");
        let written = format!("# {headline}\n\n{}", self.body);
        Text::parse(&written, language).map_err(|faults| {
            let placed = |fault: BadText| {
                // The headline and the empty line below it stand above the body.
                DraftFault { language, line: fault.line().saturating_sub(2), fault }
            };
            faults.into_iter().map(placed).collect()
        })
    }

    fn words(&self) -> Vec<&str> {
        self.headline.split_whitespace().collect()
    }

    fn lines(&self) -> Vec<&str> {
        self.body.lines().collect()
    }

    /// What both made of `base`, put together.
    #[must_use]
    pub fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self {
            headline: match (base, mine, theirs) {
                _ if mine.headline == theirs.headline => mine.headline.clone(),
                _ if mine.headline == base.headline => theirs.headline.clone(),
                _ if theirs.headline == base.headline => mine.headline.clone(),
                _ => {
                    let (base, mine, theirs) = (base.words(), mine.words(), theirs.words());
                    merge(&base, &mine, &theirs).join(" ")
                }
            },
            body: match (base, mine, theirs) {
                _ if mine.body == theirs.body => mine.body.clone(),
                _ if mine.body == base.body => theirs.body.clone(),
                _ if theirs.body == base.body => mine.body.clone(),
                _ => {
                    let (base, mine, theirs) = (base.lines(), mine.lines(), theirs.lines());
                    merge(&base, &mine, &theirs).join("\n")
                }
            },
            passages: merge_passages([base, mine, theirs].map(|one| &one.passages)),
        }
    }
}

/// The same of what single audiences are told. Who sent none did not touch them.
fn merge_passages([base, mine, theirs]: [&BTreeMap<Key, String>; 3]) -> BTreeMap<Key, String> {
    let keys: BTreeSet<&Key> = [base, mine, theirs].into_iter().flat_map(BTreeMap::keys).collect();
    let merged = keys.into_iter().map(|key| {
        let before = base.get(key).map_or("", String::as_str);
        let mine = mine.get(key).map_or(before, String::as_str);
        let theirs = theirs.get(key).map_or(before, String::as_str);
        let said = if mine == theirs || theirs == before {
            mine.to_owned()
        } else if mine == before {
            theirs.to_owned()
        } else {
            let [before, mine, theirs] =
                [before, mine, theirs].map(|one| one.lines().collect::<Vec<_>>());
            merge(&before, &mine, &theirs).join("\n")
        };
        (key.clone(), said)
    });
    merged.collect()
}

impl Draft {
    /// Texts as somebody edits them, one sheet for each of these languages.
    #[must_use]
    pub fn of(texts: &Texts, languages: &[Language]) -> Self {
        let sheet = |language: &Language| {
            let text = texts.get(language);
            (*language, text.map(|text| Sheet::of(text, *language)).unwrap_or_default())
        };
        Self(languages.iter().map(sheet).collect())
    }

    /// The same with what single audiences are told in addition.
    #[must_use]
    pub fn with(mut self, passages: &Passages) -> Self {
        for (language, sheet) in &mut self.0 {
            for (audience, said) in passages {
                let text = said.get(language).map(Passage::to_markdown).unwrap_or_default();
                sheet.passages.insert(audience.clone(), text);
            }
        }
        self
    }

    /// What single audiences are told in addition; empty where somebody took it out.
    #[must_use]
    pub fn passages(&self) -> Passages {
        let mut all = Passages::new();
        for (language, sheet) in &self.0 {
            for (audience, text) in &sheet.passages {
                let said = all.entry(audience.clone()).or_default();
                said.insert(*language, Passage::parse(text));
            }
        }
        all
    }

    /// The texts of a notice.
    ///
    /// # Errors
    ///
    /// Every fault in every language. A language in which nothing was typed is a fault too.
    pub fn texts(&self) -> Result<Texts, Vec<DraftFault>> {
        let (mut texts, mut faults) = (Texts::new(), Vec::new());
        for (language, sheet) in &self.0 {
            match sheet.text(*language) {
                Ok(text) => drop(texts.insert(*language, text)),
                Err(more) => faults.extend(more),
            }
        }
        if faults.is_empty() { Ok(texts) } else { Err(faults) }
    }

    /// What both made of `base`, put together: a line that one of them added or changed is there,
    /// and a line that one took out and the other left alone is gone.
    #[must_use]
    pub fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        let none = Sheet::default();
        let sheet =
            |of: &Self, language| of.0.get(language).cloned().unwrap_or_else(|| none.clone());
        let languages = mine.0.keys().chain(theirs.0.keys());
        let merged = languages.map(|language| {
            let (base, theirs) = (sheet(base, language), sheet(theirs, language));
            // Who sent no sheet of this language did not touch it.
            let mine = mine.0.get(language).cloned().unwrap_or_else(|| base.clone());
            (*language, Sheet::merge(&base, &mine, &theirs))
        });
        Self(merged.collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(text: &str) -> Sheet {
        Sheet { body: text.into(), ..Sheet::default() }
    }

    #[test]
    fn what_two_people_write_at_once_is_all_there() {
        let base = body("Seit 13:47 geht der Shop nicht.\nWir arbeiten daran.");
        let mine = body("Seit 13:47 geht der Shop nicht.\nWir starten neu.");
        let theirs = body("Guten Tag.\nSeit 13:47 geht der Shop nicht.\nWir arbeiten daran.");
        let merged = Sheet::merge(&base, &mine, &theirs);
        assert_eq!(merged.body, "Guten Tag.\nSeit 13:47 geht der Shop nicht.\nWir starten neu.");
        let other = body("Seit 13:47 geht der Shop nicht.\nWir suchen noch.");
        let both = Sheet::merge(&base, &mine, &other).body;
        assert!(both.contains("Wir suchen noch.\nWir starten neu."), "{both}");
    }

    #[test]
    fn a_sheet_reads_back_as_the_text_it_was_made_from_and_names_the_line_of_a_fault() {
        let text = Text {
            headline: "Der Shop geht nicht".into(),
            body: vec!["Seit {since}.".into(), "Mehr um {next_update}.".into()],
            works: Some("Das Forum.".into()),
            ..Text::default()
        };
        let sheet = Sheet::of(&text, Language::DE);
        assert_eq!(sheet.text(Language::DE), Ok(text));
        let bad = Sheet {
            headline: "Kopf".into(),
            body: "Gut.\n## Quatsch\nJa.".into(),
            ..Sheet::default()
        };
        let faults = bad.text(Language::DE).expect_err("an unknown heading");
        assert_eq!(faults.first().map(|fault| fault.line), Some(2));
    }

    fn lines() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-e]{1,2}", 0..8)
    }

    proptest! {
        #[test]
        fn nothing_that_somebody_typed_is_lost_when_two_write_at_once(
            base in lines(), mine in lines(), theirs in lines(),
        ) {
            let sheet = |lines: &[String]| body(&lines.join("\n"));
            let (base, mine, theirs) = (sheet(&base), sheet(&mine), sheet(&theirs));
            let merged = Sheet::merge(&base, &mine, &theirs);
            let has = |of: &Sheet, line: &str| of.body.lines().any(|one| one == line);
            for line in mine.body.lines().chain(theirs.body.lines()) {
                if !has(&base, line) {
                    prop_assert!(has(&merged, line), "{line} is missing in {merged:?}");
                }
            }
            for line in merged.body.lines() {
                prop_assert!(has(&mine, line) || has(&theirs, line), "{line} came from nowhere");
            }
            prop_assert_eq!(&Sheet::merge(&base, &base, &theirs), &theirs);
            prop_assert_eq!(&Sheet::merge(&base, &mine, &base), &mine);
            prop_assert_eq!(&Sheet::merge(&base, &mine, &mine), &mine);
        }

        #[test]
        fn a_slot_reads_back(number in any::<u32>()) {
            for slot in [Slot::Pending(number), Slot::Update, Slot::Correction(number), Slot::AllClear] {
                prop_assert_eq!(slot.to_string().parse::<Slot>().ok(), Some(slot));
            }
        }
    }
}

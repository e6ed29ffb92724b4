//! The words of a notice, judged as a careful editor would: whether it says what people need, in
//! plain words. It advises and never blocks.
//!
//! A text is taken apart into sentences; each item of the rubric looks for a sentence that
//! satisfies it, by the patterns of its language (`words/de`, `words/en`) and by what speaks
//! against them. How well that agrees with an editor is measured in `tests/words.rs`.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::notice::Kind;

mod figure;
mod flat;
mod item;
mod jargon;
mod lexicon;
mod moment;
mod plain;
mod reading;
mod sentence;
mod snippet;
mod syllable;
mod thing;

pub use figure::Figures;
pub use jargon::{Jargon, OwnWord};
pub use syllable::syllables;

use jargon::Glossary;
use lexicon::Lexicon;
use reading::Reading;

/// What a text is written for, which decides what it must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// The first word.
    First,
    /// News.
    Update,
    /// Nothing new, and we say so.
    Holding,
    /// It is over.
    AllClear,
    /// Work that is planned.
    Planned,
}

impl Occasion {
    /// All occasions.
    pub const ALL: [Self; 5] =
        [Self::First, Self::Update, Self::Holding, Self::AllClear, Self::Planned];

    /// The word for it on the command line and in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Update => "update",
            Self::Holding => "holding",
            Self::AllClear => "all_clear",
            Self::Planned => "planned",
        }
    }
}

impl From<Kind> for Occasion {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::First => Self::First,
            Kind::Update | Kind::Correction => Self::Update,
            Kind::Holding => Self::Holding,
            Kind::AllClear => Self::AllClear,
        }
    }
}

/// What an editor looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// The first sentence or the headline names the trouble in words that visitors use.
    WhatHappened,
    /// A thing, function, place or group that is concerned is named.
    Affected,
    /// What still works is said outright.
    StillWorks,
    /// A time of day or a date: since when, or as of when.
    Since,
    /// The zone of that time.
    Zone,
    /// What we are doing: we as the active subject.
    Doing,
    /// When the next word comes: a time or a span.
    NextUpdate,
    /// An action, a way round, or “you need do nothing”.
    YouCan,
    /// Data or safety: concerned, not concerned, or not known yet.
    Data,
    /// Understanding or apology in own words.
    Empathy,
    /// Nobody is blamed.
    NoBlame,
    /// Nothing is promised that may not be kept.
    NoPromise,
    /// Easy to read, without jargon.
    Plain,
}

impl Item {
    /// All items, in the order of the rubric.
    pub const ALL: [Self; 13] = [
        Self::WhatHappened,
        Self::Affected,
        Self::StillWorks,
        Self::Since,
        Self::Zone,
        Self::Doing,
        Self::NextUpdate,
        Self::YouCan,
        Self::Data,
        Self::Empathy,
        Self::NoBlame,
        Self::NoPromise,
        Self::Plain,
    ];

    /// The word for it in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::WhatHappened => "what_happened",
            Self::Affected => "affected",
            Self::StillWorks => "still_works",
            Self::Since => "since",
            Self::Zone => "zone",
            Self::Doing => "doing",
            Self::NextUpdate => "next_update",
            Self::YouCan => "you_can",
            Self::Data => "data",
            Self::Empathy => "empathy",
            Self::NoBlame => "no_blame",
            Self::NoPromise => "no_promise",
            Self::Plain => "plain",
        }
    }

    /// Whether a text that lacks it leaves people in the dark, so that its writer is asked why.
    #[must_use]
    pub const fn is_vital(self) -> bool {
        matches!(
            self,
            Self::WhatHappened
                | Self::Affected
                | Self::StillWorks
                | Self::Since
                | Self::Zone
                | Self::NextUpdate
        )
    }

    /// What it asks of a text, as a sentence for people.
    #[must_use]
    pub fn asks(self, language: Language) -> &'static str {
        self.among(&language.words().rubric.items)
    }

    /// What it is called in a list of what is missing.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        self.among(&language.words().rubric.names)
    }

    /// What these are called, one after the other.
    #[must_use]
    pub fn names<'a>(items: impl IntoIterator<Item = &'a Self>, language: Language) -> String {
        let names: Vec<&str> = items.into_iter().map(|item| item.name(language)).collect();
        names.join(", ")
    }

    /// What is said of it, of what is said of each in the order of the rubric.
    fn among(self, said: &[&'static str; 13]) -> &'static str {
        let at = Self::ALL.iter().position(|item| *item == self).unwrap_or_default();
        said.get(at).copied().unwrap_or_default()
    }

    /// Whether it is asked on this occasion: an all-clear need not say what still works, what we
    /// do and when we speak again; nor planned work when we speak again.
    #[must_use]
    pub const fn applies(self, occasion: Occasion) -> bool {
        !matches!(
            (occasion, self),
            (Occasion::AllClear, Self::StillWorks | Self::Doing | Self::NextUpdate)
                | (Occasion::Planned, Self::NextUpdate)
        )
    }
}

/// How one item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which item.
    pub item: Item,
    /// Whether it holds; none where it is not asked on this occasion.
    pub holds: Option<bool>,
    /// The sentence that decided: the one that says it, or the one that should not be there.
    pub because: Option<String>,
    /// Where it does not hold: a sentence to begin with, with holes (`{since}`) and gaps (`…`).
    pub snippet: Option<&'static str>,
}

/// A text, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// One finding for each item, in the order of the rubric.
    pub findings: Vec<Finding>,
    /// Words that visitors need not know, in the order of the text.
    pub jargon: Vec<Jargon>,
    /// How it reads.
    pub figures: Figures,
}

impl Judgement {
    /// Whether this item holds; none where it is not asked.
    #[must_use]
    pub fn holds(&self, item: Item) -> Option<bool> {
        self.findings.iter().find(|finding| finding.item == item).and_then(|finding| finding.holds)
    }

    /// What is missing although people need it.
    pub fn left_out(&self) -> impl Iterator<Item = Item> {
        self.missing().map(|finding| finding.item).filter(|item| item.is_vital())
    }

    /// What does not hold, the most important first.
    pub fn missing(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.holds == Some(false))
    }
}

/// Judges a text as it was typed: plain or with the headings of a notice.
#[must_use]
pub fn judge(text: &str, language: Language, occasion: Occasion) -> Judgement {
    judge_with(text, language, occasion, &[])
}

/// The same where a community has words of its own that it wants said in others.
#[must_use]
pub fn judge_with(
    text: &str,
    language: Language,
    occasion: Occasion,
    own: &[OwnWord],
) -> Judgement {
    let reading = Reading::of(text, Lexicon::of(language), occasion);
    let figures = Figures::of(&reading.sentences, language);
    let jargon = reading.jargon(&Glossary::own(own, language));
    let finding = |item: Item| {
        if !item.applies(occasion) {
            return Finding { item, holds: None, because: None, snippet: None };
        }
        let (holds, because) = item::look(item, &reading, &figures, &jargon);
        let snippet = if holds { None } else { snippet::of(item, language, occasion) };
        Finding { item, holds: Some(holds), because, snippet }
    };
    let findings = Item::ALL.into_iter().map(finding).collect();
    Judgement { findings, jargon, figures }
}

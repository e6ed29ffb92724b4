//! What would fail in an outage although the handbook can be read: gaps, proofs that are too old,
//! ways that go down together with what they report about.
//!
//! Faults ([`check`](super::check)) refuse a handbook or hint at slips of the pen. Findings judge
//! what it says, on a given day, and say what to do about it in the reader's language.

use super::Handbook;
use super::people::ContactCard;
use crate::language::{Language, Localized};
use crate::value::{Day, Span};

mod channel;
mod contact;
mod duty;
mod fate;
mod front;
mod page;
mod partner;
mod people;
mod plan;
mod sort;
mod system;

pub use page::page;
pub use sort::{Grade, SORTS, Sort};

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub sort: &'static Sort,
    /// The file where it can be mended.
    pub file: String,
    /// The place inside it: `role.lead.person`.
    pub path: String,
    /// What it is about, in the order of the holes of its words.
    pub about: Vec<About>,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The same in every language.
    Plain(String),
    /// Something that the handbook names in its languages.
    Named(Localized),
}

impl About {
    fn new(plain: &impl std::fmt::Display) -> Self {
        Self::Plain(plain.to_string())
    }

    fn get(&self, language: Language) -> &str {
        match self {
            Self::Plain(plain) => plain,
            Self::Named(named) => named.get(language),
        }
    }
}

impl From<&Localized> for About {
    fn from(named: &Localized) -> Self {
        Self::Named(named.clone())
    }
}

impl Finding {
    fn new(
        sort: &'static Sort,
        (file, path): (&str, &str),
        about: impl IntoIterator<Item = About>,
    ) -> Self {
        let about = about.into_iter().collect();
        Self { sort, file: file.to_owned(), path: path.to_owned(), about }
    }

    /// What would fail, one sentence.
    #[must_use]
    pub fn what(&self, language: Language) -> String {
        self.filled(self.sort.what, language)
    }

    /// What to do about it, one sentence.
    #[must_use]
    pub fn help(&self, language: Language) -> String {
        self.filled(self.sort.help, language)
    }

    fn filled(&self, words: [&'static str; 2], language: Language) -> String {
        let mut said = sort::of(words, language).to_owned();
        for (at, about) in self.about.iter().enumerate() {
            said = said.replace(&format!("{{{at}}}"), about.get(language));
        }
        said
    }
}

/// Everything that is found on this day, the gravest first, else in the order of the rules. Without
/// contact cards, nothing is said of them.
#[must_use]
pub fn findings(handbook: &Handbook, cards: Option<&[ContactCard]>, today: Day) -> Vec<Finding> {
    let scene = Scene { handbook, today };
    let mut found = Vec::new();
    front::find(&scene, &mut found);
    people::find(&scene, &mut found);
    partner::find(&scene, &mut found);
    system::find(&scene, &mut found);
    fate::find(&scene, &mut found);
    channel::find(&scene, &mut found);
    plan::find(&scene, &mut found);
    duty::find(&scene, &mut found);
    if let Some(cards) = cards {
        contact::find(&scene, cards, &mut found);
    }
    found.sort_by_key(|one| one.sort.grade);
    found
}

/// What the rules look at.
struct Scene<'a> {
    handbook: &'a Handbook,
    today: Day,
}

impl Scene<'_> {
    /// For how many days a proof has been too old; none while it counts. What was never proven is
    /// too old by no number of days.
    fn stale(&self, proven: Option<Day>, rhythm: Span) -> Option<Stale> {
        let Some(proven) = proven else { return Some(Stale::Never) };
        let age = self.today.days_after(proven);
        (age > i64::try_from(rhythm.as_days()).unwrap_or(i64::MAX)).then_some(Stale::Days(age))
    }
}

/// A proof that does not count.
#[derive(Clone, Copy)]
enum Stale {
    /// There is none.
    Never,
    /// It is so many days old.
    Days(i64),
}

/// Reports a proof that does not count: as never given, or as too old.
fn proof(
    found: &mut Vec<Finding>,
    stale: Option<Stale>,
    [never, old]: [&'static Sort; 2],
    place: (&str, &str),
    what: About,
) {
    match stale {
        None => {}
        Some(Stale::Never) => found.push(Finding::new(never, place, [what])),
        Some(Stale::Days(age)) => found.push(Finding::new(old, place, [what, About::new(&age)])),
    }
}

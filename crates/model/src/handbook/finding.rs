//! What would fail in an outage although the handbook can be read: gaps, proofs that are too old,
//! ways that go down together with what they report about.
//!
//! Faults ([`check`](super::check)) refuse a handbook or hint at slips of the pen. Findings judge
//! what it says, on a given day, and say what to do about it in the reader's language.

use super::Handbook;
use super::check::Checked;
use super::fault::Fault;
use super::parse::UNREADABLE;
use super::people::ContactCard;
use super::shape::Said;
use crate::language::{Language, Localized};
use crate::value::{Day, Span, Timestamp};

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
mod text;

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

    /// Whether it says something: what could not be read is named by nothing.
    fn is_known(&self) -> bool {
        match self {
            Self::Plain(plain) => plain != UNREADABLE,
            Self::Named(named) => !named.0.is_empty(),
        }
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

    fn filled(&self, words: Said, language: Language) -> String {
        let mut said = words.get(language).to_owned();
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
    text::find(&scene, &mut found);
    if let Some(cards) = cards {
        contact::find(&scene, cards, &mut found);
    }
    found.sort_by_key(|one| one.sort.grade);
    found
}

/// What is found of a handbook while it is written: also of one that the check still refuses, as far
/// as it could be read. Of a thing in which something cannot be read, nothing is found yet.
#[must_use]
pub fn findings_so_far(
    checked: &Checked,
    cards: Option<&[ContactCard]>,
    now: Timestamp,
) -> Vec<Finding> {
    let Some(handbook) = checked.handbook.as_ref().or(checked.so_far.as_ref()) else {
        return Vec::new();
    };
    let mut found = findings(handbook, cards, handbook.zone.day(now));
    let errors = checked.faults.iter().filter(|fault| fault.is_error());
    let unread: Vec<(&str, &str)> =
        errors.map(|fault| (fault.file.as_str(), path_of(checked, fault))).collect();
    found.retain(|one| {
        let around = thing(&one.path);
        let hit = |at: &str| !at.is_empty() && (is_in(at, around) || is_in(around, at));
        let is_read = !unread.iter().any(|(file, at)| *file == one.file && hit(at));
        is_read && one.about.iter().all(About::is_known)
    });
    found
}

fn path_of<'a>(checked: &'a Checked, fault: &'a Fault) -> &'a str {
    match fault.path.as_str() {
        "" => checked.places.path_at(&fault.file, &fault.span),
        path => path,
    }
}

/// The path of the thing that a field belongs to: `role.lead` of `role.lead.task`.
fn thing(path: &str) -> &str {
    match path.match_indices('.').nth(1) {
        Some((end, _)) => &path[..end],
        None => path,
    }
}

/// Whether a path is this one or inside it.
fn is_in(path: &str, outer: &str) -> bool {
    let rest = path.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What the rules look at.
struct Scene<'a> {
    handbook: &'a Handbook,
    today: Day,
}

impl Scene<'_> {
    /// How a proof that does not count any more stands; none while it counts.
    fn stale(&self, proven: Option<Day>, rhythm: Span) -> Option<Stale> {
        let Some(age) = Age::of(proven, rhythm, self.today) else { return Some(Stale::Never) };
        age.is_over().then_some(Stale::Days(age.days))
    }
}

/// How old a proof is, and how old it may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// So many days ago it was given.
    pub days: i64,
    /// So many days it counts.
    pub allowed: i64,
}

impl Age {
    /// The age of a proof on a day; none where there is no proof.
    #[must_use]
    pub fn of(proven: Option<Day>, rhythm: Span, today: Day) -> Option<Self> {
        let allowed = i64::try_from(rhythm.as_days()).unwrap_or(i64::MAX);
        proven.map(|proven| Self { days: today.days_after(proven), allowed })
    }

    /// For how many days it still counts; negative where it does not.
    #[must_use]
    pub const fn left(self) -> i64 {
        self.allowed - self.days
    }

    /// Whether it is too old.
    #[must_use]
    pub const fn is_over(self) -> bool {
        self.left() < 0
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

//! Gaps: findings with the place where each can be mended, the gravest first.

use model::handbook::finding as rule;
use model::handbook::parse::CONTACTS;
use model::language::Language;

use super::book::{Book, Placed};
use super::finding::{Finding, HINTED, REFUSED, graded};
use super::spot::Spot;
use super::{part, sheet};

/// A finding with the place where it can be mended.
#[derive(Debug, Clone)]
pub(super) struct Gap {
    pub(super) finding: Finding,
    /// What it is about.
    pub(super) place: String,
    /// The form in which it can be mended.
    pub(super) href: Option<String>,
    /// Whether the version in force does not have it.
    pub(super) fresh: bool,
    file: String,
}

impl Gap {
    fn of(book: &Book, one: &Placed) -> Self {
        Self::at(book, &one.fault.file, &one.path, book.said(one))
    }

    fn judged(book: &Book, found: &rule::Finding) -> Self {
        Self::at(book, &found.file, &found.path, Finding::judged(found, book.language))
    }

    fn at(book: &Book, file: &str, path: &str, finding: Finding) -> Self {
        let (place, href) = place(book, file, path);
        Self { finding, place, href, fresh: false, file: file.to_owned() }
    }

    /// Whether both say the same of the same file.
    fn is(&self, other: &Self) -> bool {
        self.file == other.file && self.finding.what == other.finding.what
    }
}

/// What the thing at a place is called, and the form in which it is written.
fn place(book: &Book, file: &str, path: &str) -> (String, Option<String>) {
    if file == CONTACTS {
        return (file.to_owned(), Some(format!("{}/contacts", super::HERE)));
    }
    if let Some(part) = part::listed(file, path) {
        return (part.title.get(book.language).to_owned(), Some(part.href()));
    }
    let around = Spot::around(file, path);
    let title = around.as_ref().and_then(|(spot, _)| book.title(&spot.file, &spot.path));
    let form = around.map(|(spot, inside)| match inside.as_str() {
        "" => spot.href(),
        inside => format!("{}#f.{inside}", spot.href()),
    });
    let title = title.or_else(|| sheet::title(book, file));
    (title.unwrap_or_else(|| file.to_owned()), form.or_else(|| sheet::href(file)))
}

/// All findings of one grade.
pub(super) struct Grade {
    pub(super) shape: &'static str,
    pub(super) label: &'static str,
    pub(super) findings: Vec<Gap>,
}

/// What the check and the rules found.
pub(super) fn gaps(book: &Book) -> Vec<Gap> {
    let faults = book.faults.iter().map(|one| Gap::of(book, one));
    faults.chain(book.judged.iter().map(|one| Gap::judged(book, one))).collect()
}

/// Marks what is found now and was not before; gives what was found before and is not now.
pub(super) fn compare(now: &mut [Gap], before: Vec<Gap>) -> Vec<Gap> {
    for gap in &mut *now {
        gap.fresh = !before.iter().any(|one| one.is(gap));
    }
    before.into_iter().filter(|one| !now.iter().any(|gap| gap.is(one))).collect()
}

/// The findings by grade; grades without any are left out.
pub(super) fn grades(all: Vec<Gap>, language: Language) -> Vec<Grade> {
    let words = language.words().handbook;
    let grade = |shape, label| {
        let findings = all.iter().filter(|gap| gap.finding.shape == shape).cloned().collect();
        Grade { shape, label, findings }
    };
    let grades = [
        grade(REFUSED, words.must),
        grade(HINTED, words.should),
        grade(graded(rule::Grade::Could), words.could),
    ];
    grades.into_iter().filter(|grade| !grade.findings.is_empty()).collect()
}

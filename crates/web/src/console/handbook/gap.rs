//! Gaps: findings with the place where each can be mended, the gravest first.

use model::handbook::finding as rule;
use model::handbook::parse::CONTACTS;
use model::language::Language;

use super::book::{Book, Placed};
use super::finding::{Finding, HINTED, REFUSED, graded};
use super::sheet;
use super::spot::Spot;

/// A finding with the place where it can be mended.
#[derive(Debug, Clone)]
pub(super) struct Gap {
    pub(super) finding: Finding,
    /// What it is about.
    pub(super) place: String,
    /// The form in which it can be mended.
    pub(super) href: Option<String>,
}

impl Gap {
    pub(super) fn of(book: &Book, one: &Placed) -> Self {
        Self::at(book, &one.fault.file, &one.path, book.said(one))
    }

    fn judged(book: &Book, found: &rule::Finding, language: Language) -> Self {
        Self::at(book, &found.file, &found.path, Finding::judged(found, language))
    }

    fn at(book: &Book, file: &str, path: &str, finding: Finding) -> Self {
        if file == CONTACTS {
            let place = file.to_owned();
            return Self { finding, place, href: Some(format!("{}/contacts", super::HERE)) };
        }
        let around = Spot::around(file, path);
        let title = around.as_ref().and_then(|(spot, _)| book.title(&spot.file, &spot.path));
        let form = around.map(|(spot, inside)| match inside.as_str() {
            "" => spot.href(),
            inside => format!("{}#f.{inside}", spot.href()),
        });
        let href = form.or_else(|| sheet::href(file));
        Self { finding, place: title.unwrap_or_else(|| file.to_owned()), href }
    }
}

/// All findings of one grade.
pub(super) struct Grade {
    pub(super) shape: &'static str,
    pub(super) label: &'static str,
    pub(super) findings: Vec<Gap>,
}

/// What the check and the rules found, by grade; grades without any are left out.
pub(super) fn grades(book: &Book, judged: &[rule::Finding], language: Language) -> Vec<Grade> {
    let words = language.words().handbook;
    let faults = book.faults.iter().map(|one| Gap::of(book, one));
    let judged = judged.iter().map(|one| Gap::judged(book, one, language));
    let all: Vec<Gap> = faults.chain(judged).collect();
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

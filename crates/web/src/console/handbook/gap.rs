//! Gaps: findings with the place where each can be mended, the gravest first.

use model::handbook::Severity;
use model::language::Handbook as Words;

use super::book::{Book, Placed};
use super::finding::{Finding, shape};
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
        let file = one.fault.file.as_str();
        let around = Spot::around(file, &one.path);
        let title = around.as_ref().and_then(|(spot, _)| book.title(&spot.file, &spot.path));
        let form = around.map(|(spot, inside)| match inside.as_str() {
            "" => spot.href(),
            inside => format!("{}#f.{inside}", spot.href()),
        });
        let href = form.or_else(|| sheet::href(file));
        Self { finding: book.said(one), place: title.unwrap_or_else(|| file.to_owned()), href }
    }
}

/// All findings of one grade.
pub(super) struct Grade {
    pub(super) shape: &'static str,
    pub(super) label: &'static str,
    pub(super) findings: Vec<Gap>,
}

/// The findings by grade; grades without any are left out.
pub(super) fn grades(book: &Book, words: &Words) -> Vec<Grade> {
    let grade = |severity, label| {
        let found = book.faults.iter().filter(|one| one.fault.severity == severity);
        let findings = found.map(|one| Gap::of(book, one)).collect();
        Grade { shape: shape(severity), label, findings }
    };
    let all = [grade(Severity::Error, words.must), grade(Severity::Hint, words.should)];
    all.into_iter().filter(|grade| !grade.findings.is_empty()).collect()
}

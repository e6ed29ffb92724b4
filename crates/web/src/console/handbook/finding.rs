//! Findings of the check, as people read them.

use model::handbook::finding::{self as rule, Grade};
use model::handbook::{Fault, Severity};
use model::language::Language;

/// One finding.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    /// The shape by which its grade is told apart without colours.
    pub(super) shape: &'static str,
    pub(super) what: String,
    pub(super) help: String,
    /// Whether the handbook is refused for it.
    refused: bool,
}

impl Finding {
    /// What the check found.
    pub(super) fn of(fault: &Fault, language: Language) -> Self {
        Self {
            shape: shape(fault.severity),
            what: sentence(fault.what.get(language)),
            help: sentence(fault.help.get(language)),
            refused: fault.is_error(),
        }
    }

    /// What a rule found that judges what the handbook says.
    pub(super) fn judged(found: &rule::Finding, language: Language) -> Self {
        Self {
            shape: graded(found.sort.grade),
            what: found.what(language),
            help: found.help(language),
            refused: false,
        }
    }

    /// The same with its line, for a text.
    pub(super) fn at_line(fault: &Fault, language: Language) -> Self {
        let said = Self::of(fault, language);
        let line = (language.words().handbook.from_line)(fault.line);
        Self { what: format!("{}: {}", sentence(&line).trim_end_matches('.'), said.what), ..said }
    }

    /// Whether the handbook is refused for it.
    pub(super) fn is_grave(&self) -> bool {
        self.refused
    }

    /// What the form itself found, in the reader's language.
    pub(super) fn said(what: String) -> Self {
        Self { shape: REFUSED, what, help: String::new(), refused: true }
    }
}

/// The shape of what must go.
pub(super) const REFUSED: &str = shape(Severity::Error);

/// The shape of what somebody should look at.
pub(super) const HINTED: &str = shape(Severity::Hint);

/// The shape of a grade.
pub(super) const fn shape(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Hint => "degraded",
    }
}

/// The shape of what a rule found: what would not carry is told like what is refused.
pub(super) const fn graded(grade: Grade) -> &'static str {
    match grade {
        Grade::Must => REFUSED,
        Grade::Should => HINTED,
        Grade::Could => "maintenance",
    }
}

/// A clause as a sentence of its own.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let end = if clause.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("{}{}{end}", first.unwrap_or_default(), letters.as_str())
}

//! What is wrong in the files of a handbook, and where.

use std::fmt;
use std::ops::Range;

use crate::language::Language;

/// How grave a [`Fault`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The handbook is refused.
    Error,
    /// It works, but somebody should look at it.
    Hint,
}

/// A clause in each language that the program speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clause([String; 2]);

impl Clause {
    /// In German and in English.
    #[must_use]
    pub const fn new(german: String, english: String) -> Self {
        Self([german, english])
    }

    /// The clause in this language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let [german, english] = &self.0;
        if language == Language::DE { german } else { english }
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get(Language::EN))
    }
}

/// A clause in German and in English, both filled with the same.
macro_rules! said {
    ($german:literal, $english:literal $(, $about:expr)* $(,)?) => {
        $crate::handbook::Clause::new(
            std::fmt::format(format_args!($german $(, $about)*)),
            std::fmt::format(format_args!($english $(, $about)*)),
        )
    };
}
pub(super) use said;

/// Something wrong in a file, with its place and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The path inside the handbook's folder. The file may be one that is missing.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
    /// The bytes in the file.
    pub span: Range<usize>,
    /// The path in the file, where what is wrong has one of its own: `role.lead.person`.
    pub path: String,
    /// What is wrong.
    pub what: Clause,
    /// What to do.
    pub help: Clause,
    /// Whether it refuses the handbook.
    pub severity: Severity,
}

impl Fault {
    /// A fault at these bytes of a file with this text. A span outside the text is moved into it.
    #[must_use]
    pub fn new(file: &str, text: &str, span: &Range<usize>, severity: Severity) -> Self {
        let start = floor(text, span.start);
        let end = floor(text, span.end).max(start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            span: start..end,
            path: String::new(),
            what: Clause::default(),
            help: Clause::default(),
            severity,
        }
    }

    /// The same with its words.
    #[must_use]
    pub fn saying(mut self, what: Clause, help: Clause) -> Self {
        self.what = what;
        self.help = help;
        self
    }

    /// The same with its path in the file.
    #[must_use]
    pub(super) fn at(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// Whether it refuses the handbook.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.is_error() { "error" } else { "hint" };
        let Self { file, line, column, what, help, .. } = self;
        write!(f, "{file}:{line}:{column}: {word}: {what}\n    {help}")
    }
}

/// Puts faults in the order in which a reader goes through the files, each once.
pub(super) fn in_order(faults: &mut Vec<Fault>) {
    faults.sort_by(|a, b| {
        let place = |fault: &Fault| (fault.span.start, fault.severity);
        a.file
            .cmp(&b.file)
            .then(place(a).cmp(&place(b)))
            .then_with(|| a.what.get(Language::EN).cmp(b.what.get(Language::EN)))
    });
    faults.dedup();
}

/// The nearest place at or before `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

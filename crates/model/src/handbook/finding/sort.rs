//! The sorts of findings, with their words: the reference page is made from them.

use crate::handbook::shape::Said;

mod book;
mod person;
mod thing;
mod way;
mod word;

pub(super) use book::*;
pub(super) use person::*;
pub(super) use thing::*;
pub(super) use way::*;
pub(super) use word::*;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The plan would not carry: mend it now.
    Must,
    /// It would go badly: mend it soon.
    Should,
    /// It could be better.
    Could,
}

impl Grade {
    /// The word by which programs know it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Could => "could",
        }
    }
}

/// A sort of finding. Texts stand in German and English; `{0}`, `{1}` … are what it is about.
#[derive(Debug, PartialEq, Eq)]
pub struct Sort {
    /// Its name, which stays.
    pub code: &'static str,
    /// How grave it is.
    pub grade: Grade,
    /// What would fail.
    pub what: Said,
    /// What to do.
    pub help: Said,
    /// Why that matters in an outage.
    pub why: Said,
}

/// Declares sorts, and a list of them.
macro_rules! sorts {
    ($all:ident: $($name:ident $code:literal $grade:ident
        $what:tt $help:tt $why:tt;)*) => {
        $(pub(in crate::handbook::finding) static $name: Sort = Sort {
            code: $code,
            grade: Grade::$grade,
            what: Said($what),
            help: Said($help),
            why: Said($why),
        };)*
        pub(super) static $all: &[&Sort] = &[$(&$name),*];
    };
}
use sorts;

/// Every sort that there is, by what it is about.
pub static SORTS: [&[&Sort]; 5] = [BOOK, PERSON, THING, WAY, WORD];

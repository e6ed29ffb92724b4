//! The words of a notice.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use model::language::Language;
use model::words::Occasion;

/// Options of `words`.
#[derive(Debug, Args)]
pub struct Words {
    /// The text: a file, or - for standard input
    #[arg(required_unless_present = "syllables")]
    pub file: Option<PathBuf>,
    /// The language that it is written in: de, en
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Language,
    /// What it is written for
    #[arg(long, value_enum, default_value = "first")]
    pub kind: Kind,
    /// A folder with a handbook, whose own jargon counts too
    #[arg(long, value_name = "FOLDER")]
    pub handbook: Option<PathBuf>,
    /// As JSON: each item of the rubric by itself as true, false or null (not asked)
    #[arg(long)]
    pub json: bool,
    /// Read words from standard input, one a line, and print each with its syllables
    #[arg(long, conflicts_with_all = ["file", "json", "handbook"])]
    pub syllables: bool,
}

/// What a text is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Kind {
    /// The first word
    First,
    /// News
    Update,
    /// Nothing new, and it says so
    Holding,
    /// It is over
    #[value(alias = "all-clear")]
    AllClear,
    /// Work that is planned
    Planned,
}

impl From<Kind> for Occasion {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::First => Self::First,
            Kind::Update => Self::Update,
            Kind::Holding => Self::Holding,
            Kind::AllClear => Self::AllClear,
            Kind::Planned => Self::Planned,
        }
    }
}

//! Options of `notlicht print`.

use std::path::PathBuf;

use clap::Args;
use model::language::Language;

/// Options of `print`.
#[derive(Debug, Args)]
pub struct Print {
    /// A handbook's folder, with its contacts.toml [default: the newest version of the database]
    pub folder: Option<PathBuf>,
    /// The file to write: what it ends in, .html or .pdf, says how
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// The language of the pages: de or en [default: the handbook's main language]
    #[arg(long, short)]
    pub language: Option<Language>,
    /// An older version of the database instead of the newest
    #[arg(long, value_name = "NUMBER", conflicts_with = "folder")]
    pub version: Option<u32>,
    /// Leave out names and numbers of people: lines to write on stand in their place
    #[arg(long)]
    pub without_contacts: bool,
}

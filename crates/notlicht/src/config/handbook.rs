//! Options of `notlicht apply` and `notlicht export`.

use std::path::PathBuf;

use clap::Args;

/// Options of `apply`.
#[derive(Debug, Args)]
pub struct Apply {
    /// The handbook's folder
    pub folder: PathBuf,
    /// Names and contact data, kept apart from the version [default: FOLDER/contacts.toml if there]
    #[arg(long, value_name = "FILE")]
    pub contacts: Option<PathBuf>,
    /// Why: stands beside the version for good
    #[arg(long, short, value_name = "TEXT", default_value = "applied from a folder")]
    pub reason: String,
}

/// Options of `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Where to write; the folder must be empty or an earlier export
    pub folder: PathBuf,
    /// An older version instead of the newest
    #[arg(long, value_name = "NUMBER")]
    pub version: Option<u32>,
    /// Write names and contact data too
    #[arg(long)]
    pub contacts: bool,
}

//! Options of `notlicht apply`, `notlicht export` and `notlicht handbook`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use model::value::PublicId;

/// Options of `apply`.
#[derive(Debug, Args)]
pub struct Apply {
    /// The handbook's folder, or an archive of it: handbook.zip
    #[arg(value_name = "FOLDER|ZIP")]
    pub from: PathBuf,
    /// Names and contact data, kept apart from the version [default: contacts.toml in it if there]
    #[arg(long, value_name = "FILE")]
    pub contacts: Option<PathBuf>,
    /// Why: stands beside the version for good [default: that it came from files]
    #[arg(long, short, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// Options of `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Where to write: a folder, which must be empty or an earlier export, or a new handbook.zip
    #[arg(value_name = "FOLDER|ZIP")]
    pub to: PathBuf,
    /// What to write.
    #[command(flatten)]
    pub what: Exported,
}

/// What to export.
#[derive(Debug, Args)]
pub struct Exported {
    /// An older version instead of the newest
    #[arg(long, value_name = "NUMBER")]
    pub version: Option<u32>,
    /// Write names and contact data too
    #[arg(long)]
    pub contacts: bool,
}

/// Options of `handbook`.
#[derive(Debug, Args)]
pub struct Handbook {
    /// What to do.
    #[command(subcommand)]
    pub command: HandbookCommand,
}

/// What to do with the handbook.
#[derive(Debug, Subcommand)]
pub enum HandbookCommand {
    /// List all versions, the newest first: who made each, when and why
    History {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Show what is different between two versions
    Diff {
        /// The older one
        #[arg(value_name = "NUMBER")]
        old: u32,
        /// The newer one [default: the newest]
        #[arg(value_name = "NUMBER")]
        new: Option<u32>,
        /// Line by line, as the files say it
        #[arg(long)]
        lines: bool,
    },
    /// Make a new version that says what an older one said
    Rollback {
        /// Which one
        #[arg(value_name = "NUMBER")]
        version: u32,
        /// Why: stands beside the version for good
        #[arg(long, short, value_name = "TEXT")]
        reason: String,
    },
    /// List what people write in the console, and what waits for a second person
    Drafts {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Show what a draft changes
    Draft {
        /// Its id
        draft: PublicId,
    },
    /// Let a draft into force that waits; at this host nobody else is asked, and that is noted
    Approve {
        /// Its id
        draft: PublicId,
    },
    /// Send a draft that waits back to whoever wrote it
    SendBack {
        /// Its id
        draft: PublicId,
        /// What is missing or wrong
        #[arg(long, short, value_name = "TEXT")]
        reason: String,
    },
    /// Write a version into a folder or one archive
    Export {
        /// Where to write: a folder, which must be empty or an earlier export, or a new handbook.zip
        #[arg(long, short, value_name = "FOLDER|ZIP")]
        output: PathBuf,
        /// What to write.
        #[command(flatten)]
        what: Exported,
    },
    /// Make a new version from a folder or an archive
    Apply(Apply),
}

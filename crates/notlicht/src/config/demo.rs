//! The demo's part of the command line.

use std::path::PathBuf;

use clap::Args;

/// Options of `demo`.
#[derive(Debug, Clone, Args)]
pub struct Demo {
    /// Run unattended, print what was measured, and fail if anybody was not told
    #[arg(long)]
    pub once: bool,
    /// How many people are told
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(10..=100_000))]
    pub people: u32,
    /// Folder for all that is written; must be empty [default: a fresh temporary one]
    #[arg(long)]
    pub folder: Option<PathBuf>,
    /// Keep the temporary folder
    #[arg(long)]
    pub keep: bool,
    /// Do not kill the program in the middle of the mails
    #[arg(long)]
    pub no_kill: bool,
}

//! Whom notices have reached.

use std::path::PathBuf;

use clap::Args;
use model::value::PublicId;

/// Options of `reach`.
#[derive(Debug, Args)]
pub struct Reach {
    /// Its id; can be left out: the only open incident, or else the newest
    pub incident: Option<PublicId>,
    /// One notice by its number [default: all, or with --not-reached the newest]
    #[arg(long, short, value_name = "NUMBER")]
    pub notice: Option<u32>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// List who does not have it, with their addresses; each look is noted in the audit
    #[arg(long)]
    pub not_reached: bool,
    /// Write that list into a CSV file, readable for you alone
    #[arg(long, value_name = "FILE", requires = "not_reached", conflicts_with = "json")]
    pub csv: Option<PathBuf>,
}

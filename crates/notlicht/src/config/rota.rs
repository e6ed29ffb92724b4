//! Options of `notlicht rota`.

use std::path::PathBuf;

use clap::Args;
use model::value::Key;

/// Options of `rota`.
#[derive(Debug, Args)]
pub struct Rota {
    /// The rota's key [default: each]
    pub key: Option<Key>,
    /// A handbook's folder, with its contacts.toml [default: the newest version of the database]
    #[arg(long, value_name = "FOLDER")]
    pub from: Option<PathBuf>,
    /// How far to look ahead
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=520))]
    pub weeks: u16,
    /// Write it for a calendar: iCalendar, on standard output
    #[arg(long)]
    pub ical: bool,
}

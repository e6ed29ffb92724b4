//! Options of `notlicht backup` and `notlicht restore`.

use std::path::PathBuf;

use clap::Args;

/// Options of `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write, which must not be there yet; “-” is standard output
    #[arg(required_unless_present = "make_key")]
    pub file: Option<PathBuf>,
    /// The key file that the backup is encrypted with
    #[arg(long, value_name = "KEYFILE", env = "NOTLICHT_BACKUP_KEY", hide_env = true)]
    #[arg(required_unless_present = "make_key")]
    pub key: Option<PathBuf>,
    /// Make a key file instead, once; keep a copy of it elsewhere
    #[arg(long, value_name = "KEYFILE", conflicts_with = "file")]
    pub make_key: Option<PathBuf>,
}

/// Options of `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    pub file: PathBuf,
    /// The key file that it was encrypted with
    #[arg(long, value_name = "KEYFILE", env = "NOTLICHT_BACKUP_KEY", hide_env = true)]
    pub key: PathBuf,
    /// Put it in the place of what is there: that is gone then. Stop “notlicht serve” first
    #[arg(long)]
    pub replace: bool,
    /// Only look whether the backup is whole, and say what is in it
    #[arg(long, conflicts_with = "replace")]
    pub check: bool,
}

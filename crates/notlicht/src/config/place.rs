//! What is the same for every command: where the installation lives.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use outside::guard::Network;

/// The heading over what is the same for every command.
pub(super) const PLACE: &str =
    "This installation (also as environment variables: NOTLICHT_DATA, …)";

/// Where this installation lives.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = PLACE)]
pub struct Place {
    /// Folder for the database, the page and the keys
    #[arg(long, global = true, value_name = "FOLDER")]
    #[arg(env = "NOTLICHT_DATA", hide_env = true, default_value = "notlicht-data")]
    pub data: PathBuf,
    /// sqlite:PATH or postgres://user@host/name [default: sqlite:DATA/notlicht.db]
    #[arg(long, global = true, value_name = "ADDRESS", env = "NOTLICHT_DATABASE", hide_env = true)]
    pub database: Option<String>,
    /// Folder with one file for each secret that the handbook names; or set NOTLICHT_SECRET_NAME
    #[arg(long, global = true, value_name = "FOLDER", env = "NOTLICHT_SECRETS", hide_env = true)]
    pub secrets: Option<PathBuf>,
    /// Further certificates to trust, PEM
    #[arg(long, global = true, value_name = "FILE", env = "NOTLICHT_TRUST", hide_env = true)]
    pub trust: Option<PathBuf>,
    /// Let monitors and channels reach private addresses and this host (never cloud metadata)
    #[arg(long, global = true, env = "NOTLICHT_ALLOW_PRIVATE", hide_env = true)]
    pub allow_private: bool,
    /// Let them reach this private network alone, such as 10.1.0.0/16; may be given several times
    #[arg(long, global = true, value_name = "NETWORK", value_delimiter = ',')]
    #[arg(env = "NOTLICHT_ALLOW_NETWORK", hide_env = true)]
    pub allow_network: Vec<Network>,
    /// Let strangers subscribe webhooks in this private network, such as that of your company; may
    /// be given several times
    #[arg(long, global = true, value_name = "NETWORK", value_delimiter = ',')]
    #[arg(env = "NOTLICHT_ALLOW_SUBSCRIBER_NETWORK", hide_env = true)]
    pub allow_subscriber_network: Vec<Network>,
    /// How the log is written; as an environment variable NOTLICHT_LOG_FORMAT
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value = "text")]
    #[arg(env = "NOTLICHT_LOG_FORMAT", hide_env = true)]
    pub log: LogFormat,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

//! Which incident is meant, and what is told.

use clap::Args;
use model::value::PublicId;

/// Which incident.
#[derive(Debug, Args)]
pub struct One {
    /// Its id; can be left out where only one is open
    pub id: Option<PublicId>,
}

/// What somebody wrote, by language.
#[derive(Debug, Clone, Default, Args)]
pub struct Said {
    /// German text, or @FILE; the first sentence is the headline
    #[arg(long, value_name = "TEXT")]
    pub de: Option<String>,
    /// English text, or @FILE; the first sentence is the headline
    #[arg(long, value_name = "TEXT")]
    pub en: Option<String>,
}

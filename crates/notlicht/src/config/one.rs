//! Which incident is meant.

use clap::Args;
use model::value::PublicId;

/// Which incident.
#[derive(Debug, Args)]
pub struct One {
    /// Its id; can be left out where only one is open
    pub id: Option<PublicId>,
}

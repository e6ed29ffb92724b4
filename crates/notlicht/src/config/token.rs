//! Options of `notlicht token`.

use clap::{Args, Subcommand};
use model::permission::Permission;
use model::value::{Key, PublicId};

/// Options of `token`.
#[derive(Debug, Args)]
pub struct Token {
    /// What to do.
    #[command(subcommand)]
    pub command: TokenCommand,
}

/// What to do with tokens of the API.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token: it is shown once, on standard output
    Add {
        /// What timelines call it: lower-case letters, digits and hyphens
        name: Key,
        /// viewer, writer or approver
        #[arg(long, default_value = "viewer", value_name = "PERMISSION")]
        may: Permission,
    },
    /// List the tokens: id, name, what they may, when they were last used
    List,
    /// End a token: from then on it opens nothing
    End {
        /// Its id, as the list shows it
        id: PublicId,
    },
}

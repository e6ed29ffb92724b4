//! Options of `notlicht channel`.

use clap::{Args, Subcommand};
use model::value::Key;

/// Options of `channel`.
#[derive(Debug, Args)]
pub struct Channel {
    /// What to do; without it, the channels are listed
    #[command(subcommand)]
    pub command: Option<ChannelCommand>,
}

/// What to do with a channel.
#[derive(Debug, Subcommand)]
pub enum ChannelCommand {
    /// List the channels: whether each works, as each node sees it, and what was decided
    List {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Send nothing over a channel until it is resumed; whoever steps in for it does
    Pause(Switch),
    /// Use a channel again while it works, as if nothing had been decided
    Resume(Switch),
    /// Try a channel every few seconds although it fails, and do not let it rest
    Force(Switch),
}

/// A decision about a channel.
#[derive(Debug, Args)]
pub struct Switch {
    /// The channel's key in the handbook
    pub channel: Key,
    /// Why: for those who look at it later
    #[arg(long, default_value = "")]
    pub reason: String,
}

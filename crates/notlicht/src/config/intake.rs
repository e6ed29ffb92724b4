use clap::{Args, Subcommand};
use model::value::Key;

/// Options of `intake`.
#[derive(Debug, Args)]
pub struct Intake {
    /// What to do.
    #[command(subcommand)]
    pub command: IntakeCommand,
}

/// Who reports, or what to do with what was reported.
#[derive(Debug, Subcommand)]
pub enum IntakeCommand {
    /// The one address for all alerts of Prometheus Alertmanagers, and what to put into their files
    Alertmanager,
    /// The address of one monitor for any program that sends JSON
    Hook {
        /// The monitor's key
        monitor: Key,
    },
    /// The address to which a gateway brings what people answer on a channel: STOP ends it for them
    Replies {
        /// The channel's key
        channel: Key,
    },
    /// Say that what was reported to a monitor is over, because whoever reported it will not
    End {
        /// The monitor's key
        monitor: Key,
    },
}

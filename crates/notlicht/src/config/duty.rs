//! Duties to report of an incident, at the command line.

use clap::{Subcommand, ValueEnum};
use model::value::{Key, PublicId};

/// Options of `incident duty`.
#[derive(Debug, Subcommand)]
pub enum DutyCommand {
    /// A duty to report applies: its clocks run from now on
    Applies {
        /// The duty's key
        duty: Key,
        /// The incident's id, also of one that is over
        id: Option<PublicId>,
        /// Since when you know of it: 13:30, or 2h [default: now]
        #[arg(long, value_name = "WHEN")]
        since: Option<String>,
        /// Why
        #[arg(long, short, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// A duty does not apply
    Not {
        /// The duty's key
        duty: Key,
        /// The incident's id, also of one that is over
        id: Option<PublicId>,
        /// Why: stands in the timeline
        #[arg(long, short, value_name = "TEXT")]
        reason: String,
    },
    /// A clock of a duty runs
    Start {
        /// The duty's key
        duty: Key,
        /// Which clock
        #[arg(value_enum)]
        clock: Clock,
        /// From when: 13:30, or 2h
        at: String,
        /// The incident's id, also of one that is over
        id: Option<PublicId>,
    },
    /// A report was sent: keep what it said, and when
    Sent {
        /// The duty's key
        duty: Key,
        /// The report's key in the duty
        report: Key,
        /// What it said, or @FILE
        text: String,
        /// The incident's id, also of one that is over
        id: Option<PublicId>,
        /// When it was sent: 13:30, or 2h [default: now]
        #[arg(long, value_name = "WHEN")]
        at: Option<String>,
    },
    /// Nothing more is to be sent
    Finish {
        /// The duty's key
        duty: Key,
        /// The incident's id, also of one that is over
        id: Option<PublicId>,
        /// Why: stands in the timeline
        #[arg(long, short, value_name = "TEXT")]
        reason: String,
    },
}

/// What starts a clock of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Clock {
    /// Somebody here came to know of it
    Aware,
    /// It was classified as grave enough
    Classified,
    /// The fix is there
    Fixed,
}

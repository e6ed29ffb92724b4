use clap::{Args, Subcommand};
use model::value::Phone;

/// Options of `contacts`.
#[derive(Debug, Args)]
pub struct Contacts {
    /// What to do.
    #[command(subcommand)]
    pub command: ContactsCommand,
}

/// What to do with the telephone numbers of those who are registered.
#[derive(Debug, Subcommand)]
pub enum ContactsCommand {
    /// Show every way to somebody who is registered
    Show {
        /// Their mail address or number
        address: String,
    },
    /// Give somebody a number, in the place of an earlier one
    Add {
        /// The mail address with which they are registered
        address: String,
        /// The number with its country: +49 151 12345678
        number: Phone,
        /// Where can be seen that they want text messages: stands beside it for good
        #[arg(long, value_name = "TEXT")]
        consent: String,
    },
    /// Take a number away; mail goes on
    Remove {
        /// The number
        number: Phone,
    },
    /// Let a number or mail address in again whose owner said STOP or left, and changed their mind
    Allow {
        /// The number or mail address
        address: String,
        /// Where can be seen that they want messages again: stands beside it for good
        #[arg(long, value_name = "TEXT")]
        consent: String,
    },
}

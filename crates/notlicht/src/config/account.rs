//! Options of `account`.

use clap::{Args, Subcommand};
use model::language::Language;
use model::permission::Permission;
use model::value::Key;

/// Options of `account`.
#[derive(Debug, Args)]
pub struct Account {
    /// What to do.
    #[command(subcommand)]
    pub command: AccountCommand,
}

/// What to do with accounts of the console.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Add an account; the password is asked for, or read from standard input
    Add {
        /// Lower-case letters, digits and hyphens; for a person of the handbook its key
        name: Key,
        /// viewer, writer, approver or administrator
        #[arg(long, default_value = "administrator", value_name = "PERMISSION")]
        may: Permission,
        /// Language of the console: de or en
        #[arg(long, default_value = "de", value_name = "LANGUAGE")]
        language: Language,
    },
    /// List the accounts and what they may
    List,
    /// Set a new password; all sessions of the account end
    Password {
        /// The account
        name: Key,
    },
    /// Give another permission
    Permit {
        /// The account
        name: Key,
        /// viewer, writer, approver or administrator
        may: Permission,
    },
    /// End an account and all its sessions
    End {
        /// The account
        name: Key,
    },
}

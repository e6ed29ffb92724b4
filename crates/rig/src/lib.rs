//! The rig is never shipped: it runs the real program as processes of their own, kills them at
//! random moments, and counts at the sink who was told; it asks as strangers do, and measures.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod database;
mod enumerate;
mod hook;
mod house;
mod kill;
mod mark;
mod node;
mod proxy;

pub use database::Kind;
pub use mark::MARKS;

/// Breaks things on purpose and prints one line of figures; fails when a promise is broken.
#[derive(Debug, Parser)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Kill the program at random moments of a fan-out, and count who was told
    Kill(kill::Args),
    /// Ask as a stranger whether an address is known, and measure what the time of the answer tells
    Enumerate(enumerate::Args),
    /// The program itself, as the rig starts it
    #[command(hide = true, disable_help_flag = true)]
    Node {
        /// Its command line
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        line: Vec<String>,
    },
}

/// Carries out one command line.
///
/// # Errors
///
/// When a promise is broken, with what was seen.
pub async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Kill(args) => kill::run(&args).await,
        Command::Enumerate(args) => enumerate::run(&args).await,
        Command::Node { line } => {
            mark::arm();
            let line = std::iter::once("notlicht".to_owned()).chain(line);
            notlicht::run(notlicht::config::Cli::parse_from(line)).await
        }
    }
}

//! The rig is never shipped: it runs the real program as processes of their own, kills them at
//! random moments, and counts at the sink who was told; it asks as strangers do, and measures.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod alarm;
mod clock;
mod database;
mod enumerate;
mod fanout;
mod full;
mod ground;
mod hand;
mod hook;
mod house;
mod kill;
mod mark;
mod node;
mod provider;
mod proxy;
mod relay;
mod split;
mod words;

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
    /// Kill the program while an alarm chain of ten people runs, and count who was asked when
    Alarm(alarm::Args),
    /// Let the mail relay fail in every way that relays fail, and count who was told
    Relay(relay::Args),
    /// Let the provider of a channel to machines fail, refuse or dawdle
    Provider(provider::Args),
    /// Kill or cut off one of three nodes that share a dispatch
    Split(split::Args),
    /// Fill the disk in the middle of a fan-out
    Full(full::Args),
    /// Let the clock jump a day ahead and back in the middle of a fan-out
    Clock(clock::Args),
    /// Tell very many over SMTP, beside postfix's own source of mails: rate, memory, commits
    Fanout(fanout::Args),
    /// Ask as a stranger whether an address is known, and measure what the time of the answer tells
    Enumerate(enumerate::Args),
    /// Judge the words of a notice over and over: how long one takes
    Words(words::Args),
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
        Command::Alarm(args) => alarm::run(&args).await,
        Command::Relay(args) => relay::run(&args).await,
        Command::Provider(args) => provider::run(&args).await,
        Command::Split(args) => split::run(&args).await,
        Command::Full(args) => full::run(&args).await,
        Command::Clock(args) => clock::run(&args).await,
        Command::Fanout(args) => fanout::run(&args).await,
        Command::Enumerate(args) => enumerate::run(&args).await,
        Command::Words(args) => words::run(&args),
        Command::Node { line } => {
            mark::arm();
            hand::follow();
            let line = std::iter::once("notlicht".to_owned()).chain(line);
            notlicht::run(notlicht::config::Cli::parse_from(line)).await
        }
    }
}

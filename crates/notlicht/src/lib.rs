//! The program: commands, configuration, wiring, start and stop. No rule lives here.

use std::process::ExitCode;

pub mod config;
pub mod demo;
pub mod desk;
pub mod people;
pub mod say;

mod account;
mod backup;
mod channel;
mod contacts;
mod doctor;
mod emergency;
mod folder;
mod handbook;
mod incident;
mod intake;
mod place;
mod print;
mod progress;
mod reach;
mod recipient;
mod rim;
mod rota;
mod serve;
mod texts;
mod token;
mod words;

use config::{Cli, Command};

/// Carries out one command line.
///
/// # Errors
///
/// Whatever stood in the way; the text says what to do.
pub async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let place = cli.place;
    match cli.command {
        Command::Demo(args) => demo::run(args).await,
        Command::Serve(args) => serve::run(&place, &args).await,
        Command::Check(args) => handbook::check(&args),
        Command::Apply(args) => handbook::apply(&place, &args).await,
        Command::Export(args) => handbook::export(&place, &args.to, &args.what).await,
        Command::Diff(args) => handbook::diff(&place, &args).await,
        Command::Print(args) => print::run(&place, &args).await,
        Command::Handbook(args) => handbook::run(&place, args.command).await,
        Command::Rota(args) => rota::run(&place, &args).await,
        Command::Import(args) => recipient::import(&place, &args).await,
        Command::Contacts(args) => contacts::run(&place, args).await,
        Command::Erase(args) => recipient::erase(&place, &args).await,
        Command::Beat(args) => recipient::beat(&place, &args).await,
        Command::Intake(args) => intake::run(&place, args).await,
        Command::Incident(command) => incident::run(&place, command).await,
        Command::Reach(args) => reach::run(&place, &args).await,
        Command::Account(args) => account::run(&place, args).await,
        Command::Channel(args) => channel::run(&place, args).await,
        Command::Token(args) => token::run(&place, args).await,
        Command::Words(args) => words::run(&args),
        Command::Emergency(args) => emergency::run(&place, &args),
        Command::Backup(args) => backup::run(&place, &args).await,
        Command::Restore(args) => backup::restore::run(&place, &args).await,
        Command::Doctor => doctor::run(&place).await,
    }
}

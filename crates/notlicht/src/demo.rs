//! The demo: one outage from a dead server to an inbox, with nothing else installed.

use std::process::ExitCode;

use anstream::println;
use stage::Stage;
use story::Story;

use crate::config::Demo;
use crate::say::{LIGHT, QUIET};

pub mod shop;
pub mod sink;

mod census;
pub mod example;
mod hook;
mod mailbox;
mod neighbours;
mod program;
mod skin;
mod stage;
mod story;
mod table;
mod tell;
mod watch;

/// Plays the demo.
///
/// # Errors
///
/// When something did not come that must come; the last lines of the log are told then.
pub async fn run(args: Demo) -> anyhow::Result<ExitCode> {
    let mut stage = Stage::build(&args).await?;
    introduce(&stage, &args);
    let playing = async { Story::begin(&mut stage).await?.play(&args).await };
    let measured = tokio::select! {
        measured = playing => measured?,
        stop = told_to_stop() => {
            stop?;
            anyhow::bail!("stopped before the end; nothing is proven");
        }
    };
    println!("\n{}", measured.table());
    if !args.once {
        println!("\n{LIGHT}Look around:{LIGHT:#} everything stays up until you press Ctrl-C.");
        addresses(&stage);
        told_to_stop().await?;
    }
    Ok(if measured.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Ctrl-C, or the end that `kill` asks for: the child must not be left behind.
async fn told_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut end = signal(SignalKind::terminate())?;
    tokio::select! {
        stop = tokio::signal::ctrl_c() => stop,
        _ = end.recv() => Ok(()),
    }
}

fn introduce(stage: &Stage, args: &Demo) {
    println!("{LIGHT}Notlicht{LIGHT:#}: one outage, from a dead server to an inbox.");
    println!("Everything runs on this machine; no mail leaves it.\n");
    addresses(stage);
    let kept =
        if args.keep || args.folder.is_some() { "stays" } else { "is taken away at the end" };
    println!("  folder     {} {QUIET}{kept}{QUIET:#}", stage.folder.path.display());
}

fn addresses(stage: &Stage) {
    let places = &stage.places;
    println!("  page       http://{}/", places.page);
    println!("  mails      http://{}/", stage.mailbox.address);
    println!(
        "  console    http://{}/console/ {QUIET}sign in as {} with {}{QUIET:#}",
        places.page,
        story::ACCOUNT,
        stage.password
    );
    println!("  webhooks   http://{}/hooks", places.pages);
    println!("  shop       http://{}/", places.shop);
}

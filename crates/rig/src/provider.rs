//! `rig provider`: the provider of a channel to machines fails entirely, asks to be left alone, or
//! is slow, for a while. No machine may be lost, and who asks to be left alone is.

use std::process::ExitCode;
use std::time::Duration;

use tokio::time::Instant;

use crate::database::Kind;
use crate::ground::Ground;
use crate::hook::{Mood, Provider};
use crate::house::{LIMIT, MACHINES, Ways};

/// Options of `rig provider`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many machines are told
    #[arg(long, default_value_t = 50)]
    machines: u64,
    /// For how many seconds each fault lasts
    #[arg(long, default_value_t = 10)]
    sick: u64,
    /// For how many seconds the provider asks to be left alone
    #[arg(long, default_value_t = 5)]
    retry_after: u64,
    /// Which database
    #[arg(long, value_enum, default_value = "sqlite")]
    database: Kind,
}

pub(crate) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let Some(ground) = Ground::fresh(args.database).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    let mail = crate::relay::Relay::start(None, None).await?;
    let provider = Provider::start().await?;
    let node = ground.node()?;
    let ways =
        Ways { hooks: provider.address(), machines: args.machines, ..Ways::over(mail.address()) };
    ground.set_up(&node, &ways, 1).await?;
    let mut child = node.start().await?;
    node.ask(&["incident", "declare", "--plan", "shop-down"]).await?;
    let moods = [
        ("well", Mood::Well),
        ("failing", Mood::Failing),
        ("busy", Mood::Busy(args.retry_after)),
        ("slow", Mood::Slow(Duration::from_secs(2))),
    ];
    let mut kept = true;
    for (notices, (name, mood)) in (1..).zip(moods) {
        provider.set(mood);
        node.ask(&["incident", if notices == 1 { "release" } else { "update" }]).await?;
        let begun = Instant::now();
        if mood != Mood::Well {
            tokio::time::sleep(Duration::from_secs(args.sick)).await;
            provider.set(Mood::Well);
        }
        let figures = counted(&provider, args.machines, notices, begun).await;
        let Figures { lost, repeated, hurried } = figures;
        println!(
            "provider mood={name} database={:?} machines={} repeated={repeated} \
             asked-too-early={hurried} took={:.1}s lost={lost}",
            args.database,
            args.machines,
            begun.elapsed().as_secs_f32()
        );
        kept &= lost == 0 && hurried == 0;
    }
    child.kill().await?;
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What was counted at the provider.
struct Figures {
    /// Notices that a machine has not got.
    lost: u64,
    repeated: u64,
    /// How often a machine was asked again before it wanted to be.
    hurried: u64,
}

/// Waits until every machine has every notice, but not for ever.
async fn counted(provider: &Provider, machines: u64, notices: u64, begun: Instant) -> Figures {
    loop {
        let all = provider.seen();
        let mut figures = Figures { lost: 0, repeated: 0, hurried: 0 };
        for machine in 0..machines {
            let seen = all.get(&format!("{MACHINES}{machine}")).cloned().unwrap_or_default();
            let (messages, arrivals) = (seen.taken.len() as u64, seen.taken.values().sum::<u64>());
            figures.lost += notices.saturating_sub(messages);
            figures.repeated += arrivals - messages;
            figures.hurried += seen.hurried;
        }
        if figures.lost == 0 || begun.elapsed() > LIMIT {
            return figures;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

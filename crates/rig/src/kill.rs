//! `rig kill`: the program is killed with SIGKILL at random moments of a fan-out and started
//! again. Everybody must have each notice, and a kill may repeat at most what was in flight.

use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use notlicht::demo::sink::{Options, Sink};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::database::Kind;
use crate::ground::Ground;
use crate::house::{self, LIMIT, Ways, all_told, people, told};
use crate::node::Node;

mod marks;

/// At most so many messages may be repeated by one kill: one window.
pub(crate) const WINDOW: u64 = engine::delivery::WINDOW as u64;

/// Options of `rig kill`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many fan-outs are broken off
    #[arg(long, default_value_t = 20)]
    runs: u32,
    /// How many people are told each time
    #[arg(long, default_value_t = 10_000)]
    people: u64,
    /// Which database
    #[arg(long, value_enum, default_value = "sqlite")]
    database: Kind,
    /// Kill at the marks in the code, one after the other, instead of at counts of mails
    #[arg(long)]
    marks: bool,
    /// Equal seeds kill at equal counts of mails
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What was counted over all runs.
#[derive(Default)]
struct Figures {
    kills: u64,
    sent: u64,
    lost: u64,
    repeated: u64,
    most_repeated: u64,
    other_ids: u64,
}

pub(crate) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if args.marks {
        return marks::run(args).await;
    }
    let Some(ground) = Ground::fresh(args.database).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    let sink = Sink::start("127.0.0.1:0".parse()?, Options::default()).await?;
    let node = ground.node()?;
    ground.set_up(&node, &Ways::over(sink.address()), args.people).await?;
    let mut dice = StdRng::seed_from_u64(args.seed);
    let mut figures = Figures::default();
    let mut child = node.start().await?;
    node.ask(&["incident", "declare", "--plan", "shop-down"]).await?;
    for run in 0..args.runs {
        let kills = dice.random_range(1..=2);
        let mut moments: Vec<u64> = (0..kills).map(|_| dice.random_range(0..args.people)).collect();
        moments.sort_unstable();
        sink.reset();
        let word = if run == 0 { "release" } else { "update" };
        node.ask(&["incident", word]).await?;
        for moment in moments {
            sink.wait_until(LIMIT, |ledger| ledger.messages() as u64 >= moment)
                .await
                .with_context(|| format!("run {run}: lost before the kill at {moment}"))?;
            child.kill().await?;
            figures.kills += 1;
            child = node.start().await?;
        }
        let all = all_told(&sink, args.people, LIMIT).await;
        count(&sink, args.people, kills, &mut figures);
        all.with_context(|| format!("run {run}: {} people were not told", figures.lost))?;
        agree(&node, &sink, args.people).await.with_context(|| format!("run {run}"))?;
    }
    child.kill().await?;
    report(args, &figures)
}

fn count(sink: &Sink, expected: u64, kills: u64, figures: &mut Figures) {
    let (told, messages, arrivals) = sink.look(|ledger| {
        let arrivals: u64 = people(ledger).map(|one| u64::from(one.arrivals)).sum();
        (told(ledger), people(ledger).count() as u64, arrivals)
    });
    let repeated = arrivals - messages;
    figures.sent += arrivals;
    figures.lost += expected.saturating_sub(told);
    figures.repeated += repeated;
    figures.most_repeated = figures.most_repeated.max(repeated.div_ceil(kills.max(1)));
    figures.other_ids += messages.saturating_sub(told);
}

/// Waits until the program's own ledger says what the sink has counted.
async fn agree(node: &Node, sink: &Sink, people: u64) -> anyhow::Result<()> {
    let (said, told) = (house::settled(node, LIMIT).await?, sink.look(told));
    ensure!(
        (said.accepted, told) == (people, people),
        "the ledger says {said:?}, the sink has {told}, of {people}"
    );
    Ok(())
}

fn report(args: &Args, figures: &Figures) -> anyhow::Result<ExitCode> {
    let Figures { kills, sent, lost, repeated, most_repeated, other_ids } = figures;
    println!(
        "kill database={:?} runs={} people={} kills={kills} sent={sent} repeated={repeated} \
         most-repeated-per-kill={most_repeated} (window {WINDOW}) other-message-ids={other_ids} lost={lost}",
        args.database, args.runs, args.people
    );
    let kept = *lost == 0 && *other_ids == 0 && *most_repeated <= WINDOW;
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

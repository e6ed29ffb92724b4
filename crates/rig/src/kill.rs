//! `rig kill`: the program is killed with SIGKILL at random moments of a fan-out and started
//! again. Everybody must have each notice, and a kill may repeat at most what was in flight.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use notlicht::demo::example::{self, Places};
use notlicht::demo::sink::{Ledger, Options, Sink};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::database::{Database, Kind};
use crate::node::Node;

/// At most so many messages may be repeated by one kill: one window.
const WINDOW: u64 = engine::delivery::WINDOW as u64;
/// How long one fan-out may take, kills and restarts included.
const LIMIT: Duration = Duration::from_secs(180);
/// What the people's addresses end with; staff have others.
pub(crate) const PEOPLE: &str = "@rig.example";

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
    let folder = tempfile::tempdir()?;
    let Some(database) = Database::fresh(args.database, folder.path()) else {
        return Ok(ExitCode::SUCCESS);
    };
    let sink = Sink::start("127.0.0.1:0".parse()?, Options::default()).await?;
    let listen = free_port().await?;
    let node = Node::new(&folder.path().join("data"), &database.address, &listen.to_string())?;
    set_up(&node, folder.path(), listen, &sink, args.people).await?;
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
        // Counting people is slow; it is worth while only when enough mails are there.
        let enough = |ledger: &Ledger| ledger.messages() as u64 >= args.people;
        let all = sink.wait_until(LIMIT, |it| enough(it) && told(it) >= args.people).await;
        count(&sink, args.people, kills, &mut figures);
        all.with_context(|| format!("run {run}: {} people were not told", figures.lost))?;
        settled(&node, &sink, args.people).await.with_context(|| format!("run {run}"))?;
    }
    child.kill().await?;
    report(args, &figures)
}

/// The mails to people, each message once.
fn people(ledger: &Ledger) -> impl Iterator<Item = &notlicht::demo::sink::Received> {
    ledger.iter().filter(|received| received.recipient.ends_with(PEOPLE))
}

fn told(ledger: &Ledger) -> u64 {
    people(ledger).map(|one| one.recipient.as_str()).collect::<HashSet<_>>().len() as u64
}

pub(crate) async fn set_up(
    node: &Node,
    folder: &std::path::Path,
    listen: SocketAddr,
    sink: &Sink,
    people: u64,
) -> anyhow::Result<()> {
    let mail = sink.address();
    // Nobody answers there: the rig takes the monitors out, but for one that stays quiet.
    let places = Places { page: listen, mail, shop: mail, pages: mail, database: mail };
    let mut files = example::adapted(&places)?;
    for (name, text) in &mut files {
        if *name == "system.toml" {
            let monitors = text.find("[monitor.").context("the example has monitors")?;
            text.truncate(monitors);
            text.push_str(
                "[monitor.quiet]\ncomponent = \"shop\"\nevery = \"1d\"\nheartbeat.grace = \"1d\"\n",
            );
        } else if name.starts_with("plans/") {
            *text = slow(text);
        }
    }
    let handbook = folder.join("handbook");
    example::write(&files, &handbook)?;
    let list = folder.join("people.csv");
    let lines: String = (0..people).map(|at| format!("person-{at}{PEOPLE},de\n")).collect();
    std::fs::write(&list, lines)?;
    node.ask(&["apply", &handbook.display().to_string()]).await?;
    node.ask(&["import", &list.display().to_string()]).await?;
    Ok(())
}

/// The plan with spans so long that nothing goes out by itself meanwhile.
fn slow(plan: &str) -> String {
    let spans = [("hold", "30m"), ("rhythm", "6h"), ("remind", "5m")];
    let line = |line: &str| match spans.iter().find(|(key, _)| line.starts_with(&format!("{key} ")))
    {
        Some((key, span)) => format!("{key} = \"{span}\"\n"),
        None => format!("{line}\n"),
    };
    plan.lines().map(line).collect()
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
async fn settled(node: &Node, sink: &Sink, people: u64) -> anyhow::Result<()> {
    let mut said = serde_json::Value::Null;
    for _ in 0..200 {
        said = serde_json::from_str(&node.ask(&["incident", "show", "--json"]).await?)?;
        let newest = said["reach"].as_array().and_then(|rows| {
            rows.iter().rev().find(|row| row["audience"] == "everybody" && row["channel"] == "mail")
        });
        if newest.is_some_and(|row| row["done"] == true) {
            let accepted = newest.and_then(|row| row["accepted"].as_u64()).unwrap_or(0);
            ensure!(
                accepted == people && sink.look(told) == people,
                "the ledger says {accepted} accepted, the sink has {}",
                sink.look(told)
            );
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("the dispatch is never done: {said:#}")
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

/// A port that was free a moment ago.
pub(crate) async fn free_port() -> anyhow::Result<SocketAddr> {
    Ok(tokio::net::TcpListener::bind("127.0.0.1:0").await?.local_addr()?)
}

//! `rig fanout`: a notice to very many, ledger and all, into postfix's `smtp-sink`, beside
//! postfix's own `smtp-source` into the same sink.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use tokio::process::{Child, Command};
use tokio::time::Instant;

use crate::database::Kind;
use crate::ground::Ground;
use crate::house::{Ways, free_port, settled};
use crate::mark;

/// How long the whole fan-out may take.
const LIMIT: Duration = Duration::from_secs(1800);
/// Connections of both sides.
const CONNECTIONS: u64 = 10;
/// The program may not need more memory at any time, in KiB.
const MEMORY: u64 = 256 * 1024;
/// So many times the peer's rate is the least.
const BAR: f64 = 1.5;

/// Options of `rig fanout`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many people are told
    #[arg(long, default_value_t = 1_000_000)]
    people: u64,
    /// How many mails the peer sends before, and again after
    #[arg(long, default_value_t = 200_000)]
    peer: u64,
    /// Fail only when somebody is lost: rate, memory and commits depend on the machine
    #[arg(long)]
    figures_only: bool,
    /// Which database
    #[arg(long, value_enum, default_value = "sqlite")]
    database: Kind,
}

pub(crate) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let Some(ground) = Ground::fresh(args.database).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    let relay = free_port().await?;
    let _sink = sink(relay).await?;
    let commits = ground.folder().join("commits");
    let node = ground.node()?.with(mark::COUNT, &commits.display().to_string());
    ground.set_up(&node, &Ways::over(relay), args.people).await?;
    let mut child = node.start().await?;
    node.ask(&["incident", "declare", "--plan", "shop-down"]).await?;

    let before = peer(relay, args.peer).await?;
    let saved_before = count(&commits);
    node.ask(&["incident", "release"]).await?;
    let begun = Instant::now();
    let said = settled(&node, LIMIT).await?;
    let taken = begun.elapsed();
    let memory = peak(&child)?;
    let after = peer(relay, args.peer).await?;
    child.kill().await?;

    let saved = count(&commits) - saved_before;
    let failures = said.refused + said.unsure;
    let window = engine::delivery::PORTION as u64;
    let shards = args.people.div_ceil(65_536) + 1;
    let allowed = 2 * args.people / window + failures + shards;
    let (ours, theirs) = (rate(args.people, taken), rate(2 * args.peer, before + after));
    let ratio = ours / theirs;
    println!(
        "fanout database={:?} people={} seconds={:.1} mails/s={ours:.0} smtp-source/s={theirs:.0} \
         (before {:.0}, after {:.0}) ratio={ratio:.2} peak-memory-mib={} accepted={} lost={} \
         saves={saved} allowed={allowed} (2*people/window={} failures={failures} shards={shards})",
        args.database,
        args.people,
        taken.as_secs_f64(),
        rate(args.peer, before),
        rate(args.peer, after),
        memory / 1024,
        said.accepted,
        args.people.saturating_sub(said.accepted),
        2 * args.people / window,
    );
    let fast = memory <= MEMORY && (1..=allowed).contains(&saved) && ratio >= BAR;
    let kept = said.accepted == args.people && (fast || args.figures_only);
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
fn rate(mails: u64, taken: Duration) -> f64 {
    mails as f64 / taken.as_secs_f64().max(0.001)
}

/// Postfix's sink, which takes mails and forgets them.
#[expect(clippy::disallowed_methods, reason = "the sink is another program, on loopback")]
async fn sink(address: SocketAddr) -> anyhow::Result<Child> {
    let mut sink = Command::new("/usr/sbin/smtp-sink")
        .args(["-u", "nobody", &address.to_string(), "1000"])
        .kill_on_drop(true)
        .spawn()
        .context("smtp-sink does not start; install postfix")?;
    while tokio::net::TcpStream::connect(address).await.is_err() {
        ensure!(sink.try_wait()?.is_none(), "smtp-sink has ended; it needs root");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(sink)
}

/// Lets postfix's own source send so many mails of 4 KB; gives how long it took.
#[expect(clippy::disallowed_methods, reason = "the peer is another program, on loopback")]
async fn peer(sink: SocketAddr, mails: u64) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let status = Command::new("/usr/sbin/smtp-source")
        .args(["-s", &CONNECTIONS.to_string(), "-l", "4096", "-m", &mails.to_string()])
        .args(["-f", "lage@lindenhof.example", "-t", "person@rig.example"])
        .arg(format!("inet:{sink}"))
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .status()
        .await
        .context("smtp-source does not start; install postfix")?;
    ensure!(status.success(), "smtp-source failed: {status}");
    Ok(begun.elapsed())
}

/// The most memory that a process has held, in KiB.
fn peak(child: &Child) -> anyhow::Result<u64> {
    let id = child.id().context("the program has ended")?;
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let words = line.and_then(|line| line.split_whitespace().next());
    words.and_then(|number| number.parse().ok()).context("this system does not tell its memory")
}

/// How many saves the program has counted.
fn count(file: &Path) -> u64 {
    std::fs::read_to_string(file).ok().and_then(|text| text.parse().ok()).unwrap_or(0)
}

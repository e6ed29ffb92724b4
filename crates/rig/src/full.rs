//! `rig full`: the disk is full in the middle of a fan-out. What was accepted stays, what cannot be
//! written is refused, and when there is room again it goes on by itself.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use notlicht::demo::sink::{Options, Sink};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::Instant;

use crate::hook::Provider;
use crate::house::{LIMIT, Ways, free_port, set_up, settled, shown, told};
use crate::node::Node;

/// The size of the disk.
const SIZE: &str = "size=48m";

/// Options of `rig full`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How often the disk is full
    #[arg(long, default_value_t = 5)]
    runs: u32,
    /// How many people are told each time
    #[arg(long, default_value_t = 5_000)]
    people: u64,
    /// For how many seconds it is full
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Equal seeds fill it at equal counts of mails
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let Some(disk) = Disk::mount(&folder.path().join("disk"))? else {
        eprintln!("NOT RUN: a small disk cannot be mounted here; only root can");
        return Ok(ExitCode::SUCCESS);
    };
    let sink = Sink::start("127.0.0.1:0".parse()?, Options::default()).await?;
    let hooks = Provider::start().await?;
    let listen = free_port().await?;
    let data = disk.folder.join("data");
    let database = format!("sqlite:{}", disk.folder.join("notlicht.db").display());
    let node = Node::new(&data, &database, &listen.to_string())?;
    let ways = Ways { hooks: hooks.address(), ..Ways::over(sink.address()) };
    set_up(&node, folder.path(), listen, &ways, args.people).await?;
    let mut child = node.start().await?;
    node.ask(&["incident", "declare", "--plan", "shop-down"]).await?;
    let mut dice = StdRng::seed_from_u64(args.seed);
    let (mut accepted, mut refused, mut lost, mut slowest) = (0, 0, 0, Duration::ZERO);
    for run in 0..args.runs {
        sink.reset();
        node.ask(&["incident", if run == 0 { "release" } else { "update" }]).await?;
        accepted += 1;
        let moment = dice.random_range(0..args.people / 2);
        sink.wait_until(LIMIT, |ledger| ledger.messages() as u64 >= moment).await?;
        let ballast = disk.fill()?;
        let full = Instant::now();
        while full.elapsed() < Duration::from_secs(args.seconds) {
            // Whoever is told that an update is out must find it there.
            match node.ask(&["incident", "update"]).await {
                Ok(_) => accepted += 1,
                Err(_) => refused += 1,
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        std::fs::remove_file(ballast)?;
        let room = Instant::now();
        let said = settled(&node, LIMIT).await.with_context(|| format!("run {run}"))?;
        slowest = slowest.max(room.elapsed());
        ensure!(said.accepted == args.people, "run {run}: the ledger says {said:?}");
        lost += args.people - sink.look(told).min(args.people);
        ensure!(child.try_wait()?.is_none(), "run {run}: the program has ended");
    }
    let shown = shown(&node).await?;
    let published = shown["notices"].as_array().map_or(0, Vec::len);
    child.kill().await?;
    println!(
        "full runs={} people={} accepted-writes={accepted} refused-writes={refused} \
         published={published} all-told-within={:.1}s lost={lost}",
        args.runs,
        args.people,
        slowest.as_secs_f32()
    );
    let kept = lost == 0 && published == accepted && refused > 0;
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A small disk in memory; it is gone with the rig.
struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Mounts it there; nothing where that is not allowed.
    #[expect(clippy::disallowed_methods, reason = "only a program can mount")]
    fn mount(folder: &Path) -> anyhow::Result<Option<Self>> {
        std::fs::create_dir(folder)?;
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(folder).output();
        let mounted = mount.is_ok_and(|output| output.status.success());
        Ok(mounted.then(|| Self { folder: folder.to_owned() }))
    }

    /// Writes until there is no room; gives the file that is in the way.
    fn fill(&self) -> anyhow::Result<PathBuf> {
        let ballast = self.folder.join("ballast");
        let mut file = std::fs::File::create(&ballast)?;
        for size in [1 << 20, 4096, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
        Ok(ballast)
    }
}

impl Drop for Disk {
    #[expect(clippy::disallowed_methods, reason = "only a program can unmount")]
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.folder).output();
    }
}

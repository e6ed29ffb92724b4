//! `rig kill --marks`: the program dies at every mark in its code in turn. What it had done stays
//! done, and what it had not is done by whoever comes next.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use notlicht::demo::sink::{Options, Sink};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::process::Child;

use super::{Args, Figures, WINDOW, agree, count};
use crate::ground::Ground;
use crate::hook::Provider;
use crate::house::{LIMIT, Ways, all_told, list};
use crate::mark::{MARKS, has_died_there};
use crate::node::Node;
use crate::proxy::{Line, Manner, Proxy};

/// When the second relay steps in: soon, so that a run with a dead relay does not take long, but
/// not in a run without.
const STEPS_IN: &str = "10s";
/// So many more people are on the list whose import is broken off.
const NEWCOMERS: u64 = 50;
/// In `--runs 500`, each mark kills at least so often.
const OFTEN: u64 = 10;

pub(super) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let Some(ground) = Ground::fresh(args.database).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    let sink = Sink::start("127.0.0.1:0".parse()?, Options::default()).await?;
    let front = Proxy::start(sink.address(), Manner::default()).await?;
    let hooks = Provider::start().await?;
    let node = ground.node()?;
    let ways = Ways {
        hooks: hooks.address(),
        second: Some((sink.address(), STEPS_IN.into())),
        ..Ways::over(front.address())
    };
    ground.set_up(&node, &ways, args.people).await?;
    node.ask(&["incident", "declare", "--plan", "shop-down"]).await?;
    let mut child = node.start().await?;
    node.ask(&["incident", "release"]).await?;
    all_told(&sink, args.people, LIMIT).await?;
    agree(&node, &sink, args.people).await?;
    child.kill().await?;
    let mut trial = Trial {
        node,
        folder: ground.folder(),
        front,
        sink,
        people: args.people,
        dice: StdRng::seed_from_u64(args.seed),
    };
    let mut figures = Figures::default();
    let mut died: BTreeMap<&str, u64> = MARKS.iter().map(|mark| (*mark, 0)).collect();
    for (run, mark) in (0..args.runs).zip(MARKS.iter().cycle()) {
        let hit = trial.run(mark, &mut figures).await;
        if hit.with_context(|| format!("run {run}, killed at {mark}"))? {
            *died.entry(mark).or_default() += 1;
        }
    }
    report(args, &figures, &died)
}

/// What is tried, again and again.
struct Trial<'a> {
    node: Node,
    folder: &'a Path,
    front: Proxy,
    sink: Sink,
    people: u64,
    dice: StdRng,
}

impl Trial<'_> {
    /// One fan-out with a death at this mark; says whether the program came there.
    async fn run(&mut self, mark: &str, figures: &mut Figures) -> anyhow::Result<bool> {
        self.sink.reset();
        let hit = self.hit(mark);
        let (there, mut child) = match mark {
            "publish.recorded" => {
                let there = self.node.dying_at(mark, hit).dies(&["incident", "update"]).await?;
                (there, self.node.start().await?)
            }
            "import.before_commit" | "import.committed" => {
                let more = self.people..self.people + NEWCOMERS;
                let list = list(self.folder, more)?;
                let there = self.node.dying_at(mark, hit).dies(&["import", &list]).await?;
                let child = self.node.start().await?;
                let said = self.node.ask(&["import", &list]).await?;
                let new = if mark == "import.committed" { 0 } else { NEWCOMERS };
                ensure!(said.contains(&format!(" {new} new")), "all or nobody: {said}");
                self.people += NEWCOMERS;
                self.node.ask(&["incident", "update"]).await?;
                (there, child)
            }
            _ => self.serve_and_die(mark, hit).await?,
        };
        figures.kills += u64::from(there);
        let all = all_told(&self.sink, self.people, LIMIT).await;
        count(&self.sink, self.people, 1, figures);
        all.with_context(|| format!("{} people were not told", figures.lost))?;
        agree(&self.node, &self.sink, self.people).await?;
        child.kill().await?;
        Ok(there)
    }

    /// The serving program dies, and is started again.
    async fn serve_and_die(&self, mark: &str, hit: u64) -> anyhow::Result<(bool, Child)> {
        if mark == "fallback.planned" {
            self.front.set(Line::Cut);
        }
        let mut child = self.node.dying_at(mark, hit).start().await?;
        self.node.ask(&["incident", "update"]).await?;
        let there = tokio::select! {
            status = child.wait() => has_died_there(status?),
            () = self.untouched() => false,
        };
        self.front.set(Line::Open);
        child.kill().await?;
        Ok((there, self.node.start().await?))
    }

    /// Ends when all is over and nobody has died.
    async fn untouched(&self) {
        if all_told(&self.sink, self.people, LIMIT).await.is_ok() {
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
    }

    /// How often the mark is passed before: a fan-out to these people comes at least so far.
    fn hit(&mut self, mark: &str) -> u64 {
        let most = match mark {
            // Once for each person.
            "send.begun" | "send.accepted" => self.people,
            // Before and after the windows; everybody's dispatch and the team's.
            "settle.before_commit" | "settle.committed" => 3,
            "plan.sharded" | "walk.leased" => 3,
            "finish.noted" | "fallback.planned" => 2,
            _ => 1,
        };
        self.dice.random_range(1..=most)
    }
}

fn report(args: &Args, figures: &Figures, died: &BTreeMap<&str, u64>) -> anyhow::Result<ExitCode> {
    let Figures { kills, sent, lost, repeated, most_repeated, other_ids } = figures;
    let marks: Vec<String> = died.iter().map(|(mark, count)| format!("{mark}={count}")).collect();
    println!(
        "kill database={:?} runs={} people={} kills={kills} {} sent={sent} repeated={repeated} \
         most-repeated-per-kill={most_repeated} (window {WINDOW}) other-message-ids={other_ids} lost={lost}",
        args.database,
        args.runs,
        args.people,
        marks.join(" ")
    );
    let rounds = u64::from(args.runs) / MARKS.len() as u64;
    let fewest = died.values().min().copied().unwrap_or(0);
    let kept = *lost == 0 && *other_ids == 0 && *most_repeated <= WINDOW;
    let kept = kept && fewest >= rounds.min(OFTEN);
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

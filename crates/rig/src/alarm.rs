//! `rig alarm`: an alarm chain of ten people runs while the program is killed with SIGKILL around the
//! moment at which the next is to be asked. Everybody must be asked in turn, at their minute, and
//! once, although two of the channels are deaf.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use notlicht::demo::sink::{Options, Sink};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::Value;
use tokio::time::Instant;

use crate::database::Kind;
use crate::ground::Ground;
use crate::hand;
use crate::house::{LIMIT, Ways, shown};
use crate::node::Node;

/// Who is on the chain: each may think about it for a minute.
const PEOPLE: usize = 10;
/// In seconds.
const MINUTE: i64 = 60;

/// Options of `rig alarm`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many chains run to their end
    #[arg(long, default_value_t = 3)]
    runs: u32,
    /// Which database
    #[arg(long, value_enum, default_value = "sqlite")]
    database: Kind,
    /// Equal seeds kill at equal moments
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What was counted over all runs.
#[derive(Default)]
struct Figures {
    kills: u64,
    asked: usize,
    lost: usize,
    late: usize,
    twice: usize,
    repeated: u64,
}

pub(crate) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let Some(ground) = Ground::fresh(args.database).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    let sink = Sink::start("127.0.0.1:0".parse()?, Options::default()).await?;
    let clock = ground.folder().join("clock");
    let node = ground.node()?.with_clock(&clock);
    ground.set_up(&node, &Ways::over(sink.address()), 1).await?;
    crowd(&node, ground.folder()).await?;
    let mut dice = StdRng::seed_from_u64(args.seed);
    let mut figures = Figures::default();
    let mut child = node.start().await?;
    let mut ahead = 0;
    for run in 0..args.runs {
        sink.reset();
        hand::set(&clock, ahead)?;
        node.ask(&["incident", "declare", "--plan", "shop-down"]).await?;
        let mut took = Vec::new();
        for minute in 0..PEOPLE {
            let begun = Instant::now();
            hand::set(&clock, ahead)?;
            if dice.random_bool(0.6) {
                tokio::time::sleep(Duration::from_millis(dice.random_range(0..200))).await;
                child.kill().await?;
                figures.kills += 1;
                child = node.start().await?;
            }
            until_asked(&node, minute + 1).await.with_context(|| format!("run {run}"))?;
            took.push(begun.elapsed());
            ahead += MINUTE;
        }
        let last = format!("p{}@", PEOPLE - 1);
        sink.wait_until(LIMIT, |ledger| ledger.iter().any(|it| it.recipient.starts_with(&last)))
            .await
            .context("the last on the chain got no message")?;
        count(&asked(&shown(&node).await?), &took, &sink, &mut figures);
        node.ask(&["incident", "resolve"]).await?;
    }
    child.kill().await?;
    report(args, &figures)
}

/// A chain of ten people, of whom some are asked over deaf channels as well.
async fn crowd(node: &Node, folder: &Path) -> anyhow::Result<()> {
    let folder = folder.join("handbook");
    let mut people = String::new();
    let mut contacts = String::new();
    let mut rungs = String::new();
    for at in 0..PEOPLE {
        let ways = [r#"["mail"]"#, r#"["deaf-a", "mail"]"#, r#"["mail", "deaf-b"]"#][at % 3];
        write!(people, "\n[person.p{at}]\nlanguage = \"en\"\n")?;
        write!(contacts, "\n[p{at}]\nname = \"P {at}\"\nemail = \"p{at}@lindenhof.example\"\n")?;
        write!(
            rungs,
            "\n[[chain.all.rung]]\nwho = \"person:p{at}\"\nchannels = {ways}\n\
             acknowledge_within = \"1m\"\n"
        )?;
    }
    let chain = "\n[chain.all]\ntitle.de = \"Alle\"\ntitle.en = \"All\"\n";
    add(&folder.join("people.toml"), &format!("{people}{chain}{rungs}"))?;
    add(&folder.join("contacts.toml"), &contacts)?;
    for deaf in ["deaf-a", "deaf-b"] {
        let channel = format!(
            "\n[channel.{deaf}]\nkind = \"email\"\nhost = \"127.0.0.1\"\nport = 1\n\
             security = \"plain\"\nfrom = \"lage@lindenhof.example\"\naddresses = \"mail\"\n"
        );
        add(&folder.join("channels.toml"), &channel)?;
    }
    let plan = folder.join("plans/shop-down.toml");
    let text = std::fs::read_to_string(&plan)?;
    let text = text.replace("level = \"incident\"\n", "level = \"incident\"\nalarm = \"all\"\n");
    std::fs::write(&plan, text)?;
    node.ask(&["apply", &folder.display().to_string()]).await?;
    Ok(())
}

fn add(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut all = std::fs::read_to_string(path)?;
    all.push_str(text);
    Ok(std::fs::write(path, all)?)
}

/// What was asked: who, and when in microseconds.
fn asked(shown: &Value) -> Vec<(String, i64)> {
    let events = shown["events"].as_array().map(Vec::as_slice).unwrap_or_default();
    let asked = events.iter().filter(|one| one["event"]["alarm"] == "asked");
    asked
        .filter_map(|one| {
            let who = one["event"]["who"]["person"].as_str()?;
            Some((who.to_owned(), one["at"].as_i64()?))
        })
        .collect()
}

async fn until_asked(node: &Node, count: usize) -> anyhow::Result<()> {
    let begun = Instant::now();
    while asked(&shown(node).await?).len() < count {
        ensure!(begun.elapsed() < LIMIT, "number {count} of the chain was never asked");
    }
    Ok(())
}

/// `took` says how long each minute took on the clock on the wall, with whatever was killed in it.
fn count(asked: &[(String, i64)], took: &[Duration], sink: &Sink, figures: &mut Figures) {
    figures.asked += asked.len();
    for at in 0..PEOPLE {
        let name = format!("p{at}");
        figures.lost += usize::from(asked.get(at).is_none_or(|(who, _)| *who != name));
        if let (Some(one), Some(before)) = (asked.get(at), at.checked_sub(1)) {
            let pause = one.1 - asked[before].1;
            let slack = took[before] + took[at];
            let latest = i64::try_from(slack.as_micros()).unwrap_or(i64::MAX) + MINUTE * 1_000_000;
            figures.late += usize::from(!(MINUTE * 1_000_000..=latest).contains(&pause));
        }
        let to = format!("{name}@");
        let (ids, arrivals) = sink.look(|ledger| {
            let mine = ledger.iter().filter(|one| {
                one.recipient.starts_with(&to) && one.notice.subject.starts_with("Please answer")
            });
            let mine: Vec<_> = mine.collect();
            let ids: BTreeSet<_> = mine.iter().map(|one| one.message_id.clone()).collect();
            (ids.len(), mine.iter().map(|one| u64::from(one.arrivals)).sum::<u64>())
        });
        figures.lost += usize::from(ids == 0);
        figures.twice += ids.saturating_sub(1);
        figures.repeated += arrivals.saturating_sub(ids as u64);
    }
}

fn report(args: &Args, figures: &Figures) -> anyhow::Result<ExitCode> {
    let Figures { kills, asked, lost, late, twice, repeated } = figures;
    println!(
        "alarm database={:?} runs={} people={PEOPLE} deaf-channels=2 kills={kills} asked={asked} \
         not-at-their-minute={late} asked-twice={twice} repeated-in-flight={repeated} lost={lost}",
        args.database, args.runs
    );
    let kept = *lost == 0 && *late == 0 && *twice == 0 && repeated <= kills;
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

//! `rig clock`: the clock jumps a day ahead in the middle of a fan-out, and back in the middle of
//! another. Everybody is told, and what fell due meanwhile is told as one.

use std::process::ExitCode;
use std::time::Duration;

use tokio::time::Instant;

use crate::database::Kind;
use crate::ground::Ground;
use crate::hand;
use crate::hook::Provider;
use crate::house::{LIMIT, Said, Ways, settled, shown};
use crate::node::Node;
use crate::relay::{Relay, Script, counted};

/// A day.
const DAY: i64 = 24 * 3_600;

/// Options of `rig clock`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many people are told each time
    #[arg(long, default_value_t = 5_000)]
    people: u64,
    /// Which database
    #[arg(long, value_enum, default_value = "sqlite")]
    database: Kind,
}

pub(crate) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let Some(ground) = Ground::fresh(args.database).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    let relay = Relay::start(Some(Script::Greylist), None).await?;
    relay.heal();
    let hooks = Provider::start().await?;
    let clock = ground.folder().join("clock");
    let node = ground.node()?.with_clock(&clock);
    let ways = Ways { hooks: hooks.address(), ..Ways::over(relay.address()) };
    ground.set_up(&node, &ways, args.people).await?;
    let mut child = node.start().await?;
    node.ask(&["incident", "declare", "--plan", "shop-down"]).await?;
    node.ask(&["incident", "release"]).await?;
    settled(&node, LIMIT).await?;
    let mut kept = true;
    for (name, ahead, put_off) in [("ahead", DAY, false), ("back", 0, true)] {
        relay.forget();
        if put_off {
            // Then everybody waits for a second try, and the waits are stored.
            relay.fall_ill();
        }
        node.ask(&["incident", "update"]).await?;
        let before = published(&node).await?;
        let moment = args.people / 3;
        relay.until_named(moment, LIMIT).await?;
        hand::set(&clock, ahead)?;
        let begun = Instant::now();
        let said = last_word(&node).await?;
        let merged = published(&node).await? - before;
        let figures = counted(args.people, &[relay.ledger()]);
        println!(
            "clock jump={name} database={:?} people={} updates-by-itself={merged} told={} \
             accepted-newest={} took={:.1}s lost={}",
            args.database,
            args.people,
            figures.told,
            said.accepted,
            begun.elapsed().as_secs_f32(),
            figures.lost
        );
        kept &= figures.lost == 0 && merged <= 1 && said.accepted == args.people;
        relay.heal();
    }
    child.kill().await?;
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Waits until all is said, and for what may still fall due.
async fn last_word(node: &Node) -> anyhow::Result<Said> {
    settled(node, LIMIT).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    settled(node, LIMIT).await
}

/// How many notices were published.
async fn published(node: &Node) -> anyhow::Result<usize> {
    let shown = shown(node).await?;
    let notices = shown["notices"].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(notices.iter().filter(|notice| notice["phase"] == "published").count())
}

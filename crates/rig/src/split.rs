//! `rig split`: three nodes share a dispatch, and one of them is killed, or cut off from the
//! database, or hears nothing from it, while it sends. The others go on where it was; what it still
//! tries to settle counts for nothing.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use notlicht::demo::sink::{Options, Sink};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::process::Child;

use crate::database::{Database, Kind};
use crate::hand;
use crate::hook::Provider;
use crate::house::{LIMIT, Ways, all_told, free_port, people, set_up, settled, told};
use crate::node::Node;
use crate::proxy::{Line, Manner, Proxy};

/// How many nodes share the work.
const NODES: usize = 3;
/// In a hurry, the clocks of those who are left go before by so many seconds: more than a lease.
const AHEAD: i64 = 150;

/// Each node writes under a name of its own, so that the database itself sees who settles: only
/// the holder of a shard may.
const WATCH: &str = "
CREATE TABLE rig_breach (what TEXT NOT NULL);
CREATE FUNCTION rig_watch() RETURNS trigger AS $$ BEGIN
    IF NEW.accepted IS DISTINCT FROM OLD.accepted AND session_user <> NEW.holder THEN
        INSERT INTO rig_breach VALUES (session_user || ' settled for ' || NEW.holder);
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER rig_watch BEFORE UPDATE ON shard FOR EACH ROW EXECUTE FUNCTION rig_watch();
";

/// Who holds the shard with the most people.
const HOLDER: &str = "SELECT holder FROM shard WHERE due_at IS NOT NULL AND until IS NOT NULL
    ORDER BY octet_length(planned) DESC LIMIT 1";

/// Options of `rig split`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many fan-outs are disturbed
    #[arg(long, default_value_t = 6)]
    runs: u32,
    /// How many people are told each time
    #[arg(long, default_value_t = 10_000)]
    people: u64,
    /// Do not wait until a lease runs out: let the clocks of the others go before
    #[arg(long)]
    hurry: bool,
    /// How many milliseconds each piece takes at least between a node and the database
    #[arg(long, default_value_t = 0)]
    latency: u64,
    /// Equal seeds disturb at equal counts of mails
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What happens to a node.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Killed,
    /// Its line to the database is silent, and speaks again when others have taken over.
    Frozen,
    /// Its line to the database breaks.
    Cut,
}

const FATES: [Fate; 3] = [Fate::Killed, Fate::Frozen, Fate::Cut];

pub(crate) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let Some(database) = Database::fresh(Kind::Postgres, folder.path()) else {
        return Ok(ExitCode::SUCCESS);
    };
    let sink = Sink::start("127.0.0.1:0".parse()?, Options::default()).await?;
    let hooks = Provider::start().await?;
    let mut dice = StdRng::seed_from_u64(args.seed);
    let desk = Node::new(&folder.path().join("data"), &database.address, "127.0.0.1:0")?;
    let ways = Ways { hooks: hooks.address(), ..Ways::over(sink.address()) };
    set_up(&desk, folder.path(), free_port().await?, &ways, args.people).await?;
    desk.ask(&["incident", "declare", "--plan", "shop-down"]).await?;
    database.sql(WATCH)?;
    let mut nodes = Vec::new();
    for number in 1..=NODES {
        let latency = Duration::from_millis(args.latency);
        let manner = Manner { latency, seed: args.seed, ..Manner::default() };
        nodes.push(Member::new(number, &database, folder.path(), manner).await?);
    }
    let mut figures = Figures::default();
    for (run, fate) in (0..args.runs).zip(FATES.into_iter().cycle()) {
        sink.reset();
        let moment = dice.random_range(args.people / 20..args.people / 2);
        desk.ask(&["incident", if run == 0 { "release" } else { "update" }]).await?;
        sink.wait_until(LIMIT, |ledger| ledger.messages() as u64 >= moment).await?;
        let holder = database.sql(HOLDER)?;
        let hit = nodes.iter().position(|node| node.name == holder);
        figures.hit += u64::from(hit.is_some());
        let hit = hit.unwrap_or(0);
        nodes[hit].suffer(fate).await?;
        if args.hurry {
            let mut others = nodes.iter().enumerate().filter(|(at, _)| *at != hit);
            others.try_for_each(|(_, node)| node.set_clock(AHEAD))?;
        }
        let all = all_told(&sink, args.people, LIMIT * 2).await;
        figures.lost += args.people.saturating_sub(sink.look(told));
        nodes[hit].recover().await?;
        all.with_context(|| format!("run {run}, {fate:?}: {} people were not told", figures.lost))?;
        let said = settled(&desk, LIMIT).await?;
        ensure!(said.accepted == args.people, "run {run}, {fate:?}: the ledger says {said:?}");
        for node in &nodes {
            node.set_clock(0)?;
        }
        figures.count(&sink);
    }
    figures.breaches = database.sql("SELECT count(*) FROM rig_breach")?.parse()?;
    for node in &mut nodes {
        node.child.kill().await?;
    }
    report(args, &figures)
}

/// One of the nodes.
struct Member {
    name: String,
    node: Node,
    line: Proxy,
    clock: std::path::PathBuf,
    child: Child,
}

impl Member {
    async fn new(
        number: usize,
        database: &Database,
        folder: &Path,
        manner: Manner,
    ) -> anyhow::Result<Self> {
        let name = format!("node{number}");
        database.sql(&format!("CREATE ROLE {name} SUPERUSER LOGIN"))?;
        let line = Proxy::start(database.server()?, manner).await?;
        let address = format!("postgres://{name}@{}/{}", line.address(), database.name()?);
        // All nodes of an installation share the keys.
        let data = folder.join(&name);
        std::fs::create_dir_all(&data)?;
        std::fs::copy(folder.join("data/keys.json"), data.join("keys.json"))?;
        let clock = folder.join(format!("{name}.clock"));
        let node = Node::new(&data, &address, &free_port().await?.to_string())?
            .with("NOTLICHT_NODE", &name)
            .with_clock(&clock);
        let child = node.start().await?;
        Ok(Self { name, node, line, clock, child })
    }

    async fn suffer(&mut self, fate: Fate) -> anyhow::Result<()> {
        match fate {
            Fate::Killed => self.child.kill().await?,
            Fate::Frozen => self.line.set(Line::Frozen),
            Fate::Cut => self.line.set(Line::Cut),
        }
        Ok(())
    }

    async fn recover(&mut self) -> anyhow::Result<()> {
        self.line.set(Line::Open);
        if self.child.try_wait()?.is_some() {
            self.child = self.node.start().await?;
        } else {
            // What it still has to say to the database arrives there now.
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
        Ok(())
    }

    fn set_clock(&self, ahead: i64) -> anyhow::Result<()> {
        hand::set(&self.clock, ahead)
    }
}

/// What was counted over all runs.
#[derive(Default)]
struct Figures {
    /// How often it was the node that was sending.
    hit: u64,
    sent: u64,
    lost: u64,
    repeated: u64,
    most_repeated: u64,
    other_ids: u64,
    /// How often somebody settled who did not hold the shard.
    breaches: u64,
}

impl Figures {
    fn count(&mut self, sink: &Sink) {
        let (told, messages, arrivals) = sink.look(|ledger| {
            let arrivals: u64 = people(ledger).map(|one| u64::from(one.arrivals)).sum();
            (told(ledger), people(ledger).count() as u64, arrivals)
        });
        self.sent += arrivals;
        self.repeated += arrivals - messages;
        self.most_repeated = self.most_repeated.max(arrivals - messages);
        self.other_ids += messages - told;
    }
}

fn report(args: &Args, figures: &Figures) -> anyhow::Result<ExitCode> {
    let Figures { hit, sent, lost, repeated, most_repeated, other_ids, breaches } = figures;
    println!(
        "split nodes={NODES} runs={} people={} hit-while-sending={hit} sent={sent} \
         repeated={repeated} most-repeated-per-run={most_repeated} other-message-ids={other_ids} \
         settled-without-a-lease={breaches} lost={lost}",
        args.runs, args.people
    );
    let kept = *lost == 0 && *other_ids == 0 && *breaches == 0;
    let kept = kept && *most_repeated <= crate::kill::WINDOW;
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

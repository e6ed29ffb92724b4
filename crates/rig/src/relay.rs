//! `rig relay`: the mail relay fails in every way that relays fail, and gets well again, or never
//! does and another steps in. Nobody may be lost by it.

use std::collections::HashSet;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::ValueEnum as _;
use tokio::time::Instant;

use crate::database::Kind;
use crate::ground::Ground;
use crate::hook::Provider;
use crate::house::{LIMIT, PEOPLE, Said, Ways, settled};

mod server;
mod session;
mod state;
mod tls;

pub(crate) use server::Relay;
pub(crate) use state::{Ledger, Script};
use tls::Identities;

/// How long it goes without a relay for which another steps in.
const WITHOUT: Duration = Duration::from_secs(90);
/// Another relay must step in within this time.
const STEPS_IN_WITHIN: Duration = Duration::from_secs(60);

/// Options of `rig relay`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What is wrong with the relay, or all of it in turn
    #[arg(long, default_value = "all", value_parser = scripts)]
    script: Scripts,
    /// How many people are told each time
    #[arg(long, default_value_t = 500)]
    people: u64,
    /// For how many seconds the relay is sick
    #[arg(long, default_value_t = 10)]
    sick: u64,
    /// It is sick until all who can be are told by a second relay that steps in
    #[arg(long)]
    fallback: bool,
    /// After how long the second relay steps in at the latest, as in the handbook
    #[arg(long, default_value = "30s")]
    after: String,
    /// Which database
    #[arg(long, value_enum, default_value = "sqlite")]
    database: Kind,
}

/// Scripts to be played in turn.
#[derive(Debug, Clone)]
struct Scripts(Vec<Script>);

fn scripts(text: &str) -> Result<Scripts, String> {
    if text == "all" {
        return Ok(Scripts(Script::value_variants().to_vec()));
    }
    text.split(',').map(|name| Script::from_str(name, true)).collect::<Result<_, _>>().map(Scripts)
}

pub(crate) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let mut kept = true;
    for script in &args.script.0 {
        let Some(ground) = Ground::fresh(args.database).await? else {
            return Ok(ExitCode::SUCCESS);
        };
        let played = play(args, *script, &ground).await;
        let figures = played.with_context(|| format!("script {script:?}"))?;
        kept &= figures.report(args, *script);
    }
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What one script came to.
pub(crate) struct Figures {
    said: Said,
    pub(crate) told: u64,
    refused: u64,
    pub(crate) lost: u64,
    repeated: u64,
    other_ids: u64,
    took: Duration,
    stepped_in: Option<Duration>,
}

async fn play(args: &Args, script: Script, ground: &Ground) -> anyhow::Result<Figures> {
    let trusted = ground.folder().join("trusted.pem");
    let encrypted = script == Script::WrongCertificate;
    let identities = if encrypted { Some(Identities::make(&trusted)?) } else { None };
    let relay = Relay::start(Some(script), identities).await?;
    let second = Relay::start(None, None).await?;
    let hooks = Provider::start().await?;
    let mut node = ground.node()?;
    if encrypted {
        node = node.with("NOTLICHT_TRUST", &trusted.display().to_string());
    }
    let ways = Ways {
        security: if encrypted { "starttls" } else { "plain" },
        hooks: hooks.address(),
        second: args.fallback.then(|| (second.address(), args.after.clone())),
        ..Ways::over(relay.address())
    };
    ground.set_up(&node, &ways, args.people).await?;
    let mut child = node.start().await?;
    node.ask(&["incident", "declare", "--plan", "shop-down"]).await?;
    node.ask(&["incident", "release"]).await?;
    let begun = Instant::now();
    let early = if args.fallback {
        // Who is in the middle of a slow conversation stays there: nobody may be told by both. So
        // the relay gets well in the end.
        settled(&node, WITHOUT).await.ok()
    } else {
        tokio::time::sleep(Duration::from_secs(args.sick)).await;
        None
    };
    relay.heal();
    let said = match early {
        Some(said) => said,
        None => settled(&node, LIMIT).await?,
    };
    let took = begun.elapsed();
    child.kill().await?;
    let stepped_in = second.ledger().first.map(|first| first.duration_since(begun));
    let ledgers = [relay.ledger(), second.ledger()];
    let counted = counted(args.people, &ledgers);
    // Broken off twice, after all was handed over: it may have arrived or not, and the program
    // says that it does not know. That is not lost, but not told either.
    let lost = counted.lost.saturating_sub(said.unsure);
    Ok(Figures { said, took, stepped_in, lost, ..counted })
}

/// Counts people over both relays.
pub(crate) fn counted(people: u64, ledgers: &[Ledger]) -> Figures {
    let mut figures = Figures {
        said: Said::default(),
        told: 0,
        refused: 0,
        lost: 0,
        repeated: 0,
        other_ids: 0,
        took: Duration::ZERO,
        stepped_in: None,
    };
    for person in (0..people).map(|at| format!("person-{at}{PEOPLE}")) {
        let taken = ledgers.iter().filter_map(|ledger| ledger.taken.get(&person));
        let ids: HashSet<&String> = taken.clone().flat_map(|ids| ids.keys()).collect();
        let times: u64 = taken.flat_map(|ids| ids.values()).sum();
        figures.repeated += times.saturating_sub(1);
        figures.other_ids += (ids.len() as u64).saturating_sub(1);
        figures.other_ids += u64::from(ids.iter().any(|id| id.is_empty()));
        if times > 0 {
            figures.told += 1;
        } else if ledgers.iter().any(|ledger| ledger.refused.contains(&person)) {
            figures.refused += 1;
        } else {
            figures.lost += 1;
        }
    }
    figures
}

impl Figures {
    /// Prints one line; says whether the promises were kept.
    fn report(&self, args: &Args, script: Script) -> bool {
        let Self { said, told, refused, lost, repeated, other_ids, took, stepped_in } = self;
        let name = script.to_possible_value().map(|value| value.get_name().to_owned());
        let second = match stepped_in {
            Some(after) => format!(" stepped-in-after={:.1}s", after.as_secs_f32()),
            None => String::new(),
        };
        println!(
            "relay script={} database={:?} people={} told={told} refused={refused} \
             repeated={repeated} other-message-ids={other_ids} unsure={} took={:.1}s{second} lost={lost}",
            name.unwrap_or_default(),
            args.database,
            args.people,
            said.unsure,
            took.as_secs_f32()
        );
        // The program must know of everybody what the relays know; who is unsure may have got it.
        let known = said.accepted + said.refused + said.unsure;
        // Whom the first relay left unsure or refused, the second tries, and counts too.
        let all = if args.fallback { known >= args.people } else { known == args.people };
        let all = all && said.open == 0;
        let agrees = all && said.accepted <= *told && (args.fallback || said.refused <= *refused);
        if !agrees {
            println!("relay the program says otherwise: {said:?}");
        }
        let in_time = !args.fallback || stepped_in.is_none_or(|after| after <= STEPS_IN_WITHIN);
        *lost == 0 && *other_ids == 0 && agrees && in_time
    }
}

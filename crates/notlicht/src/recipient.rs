//! The commands of recipients: import, and the address of a heartbeat.

use std::process::ExitCode;

use anstream::{eprintln, println};
use anyhow::{Context as _, bail};
use engine::Engine;
use engine::link::Link;
use model::value::Phone;

use crate::config::{Beat, Erase, Import, Place};
use crate::rim::operator;
use crate::say::{self, GOOD, LIGHT};
use crate::{people, progress};

/// How many bad lines are told at the terminal: where they are skipped, and where they stop all.
const TOLD: usize = 20;
const TOLD_STOPPING: usize = 100;

/// `notlicht import FILE`: all lines or none, in one transaction.
pub(crate) async fn import(place: &Place, args: &Import) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(&args.file)
        .with_context(|| format!("{} cannot be read", args.file.display()))?;
    let engine = place.engine(None).await?;
    let handbook = engine.handbook().await?.handbook;
    let rules = people::Rules {
        channel: engine.subscribers_channel().await?,
        language: handbook.language(),
        components: handbook.components.iter().map(|one| one.key.clone()).collect(),
        consent_at: engine.now(),
        phones: args.phone_consent.is_some(),
    };
    if rules.phones {
        engine.phones().await?;
    }
    let mut list = people::read(&bytes, &rules)
        .with_context(|| format!("{}: nobody was registered", args.file.display()))?;
    let bad = list.faults.len();
    let told = if args.skip_bad { TOLD } else { TOLD_STOPPING };
    tell(&list.faults, told);
    if bad > 0 && !args.skip_bad {
        let hint = "repair them, or leave them out with --skip-bad";
        bail!("{}: nobody was registered; {hint}", say::count(bad, "bad line"));
    }
    if bad > 0 {
        let path = args.file.with_extension("bad.csv");
        people::write_faults(&path, &bytes, &list.faults)?;
        eprintln!("All bad lines stand in {}.", path.display());
    }
    drop(bytes);
    let twice = list.newcomers.settle();
    let bar = progress::Bar::new(list.newcomers.len());
    let done = bar.clone();
    let consent = &args.consent;
    let imported = engine
        .import(list.newcomers, &operator(), consent, args.dry_run, move |stage| bar.show(stage))
        .await;
    done.clear();
    let (imported, out) = imported?;
    let mut parts = vec![
        format!("{GOOD}{} new{GOOD:#}", say::grouped(imported.new)),
        format!("{} known already", say::grouped(imported.known)),
    ];
    if out > 0 {
        parts.push(format!("{LIGHT}{} had left{LIGHT:#}", say::grouped(out)));
    }
    if twice > 0 {
        parts.push(format!("{} twice in the file", say::grouped(twice)));
    }
    if bad > 0 {
        parts.push(format!("{LIGHT}{} bad{LIGHT:#}", say::grouped(bad as u64)));
    }
    let lines = if list.lines == 1 { "line" } else { "lines" };
    println!("{} {lines}: {}.", say::grouped(list.lines), parts.join(", "));
    if list.has_more {
        println!(
            "{LIGHT}note{LIGHT:#}: the telephone numbers were left out: say with --phone-consent \
             where can be seen that they want text messages."
        );
    }
    if args.dry_run {
        println!("This was a trial (--dry-run): nobody was registered.");
    } else if let Some(consent) = &args.phone_consent {
        numbers(&engine, list.numbers, consent).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Tells the first of the bad lines, and how many more there are.
fn tell(faults: &[people::Fault], most: usize) {
    for fault in faults.iter().take(most) {
        eprintln!("{fault}");
    }
    if faults.len() > most {
        eprintln!("… and {} more", say::grouped((faults.len() - most) as u64));
    }
}

async fn numbers(
    engine: &Engine,
    numbers: Vec<(String, Phone)>,
    consent: &str,
) -> anyhow::Result<()> {
    let all = numbers.len();
    let done = engine.add_numbers(numbers, consent, &operator()).await.context(
        "not all telephone numbers were registered; import the same file again: it changes \
         nothing for those who have theirs",
    )?;
    let mut parts = vec![format!("{GOOD}{} new{GOOD:#}", say::grouped(done.new as u64))];
    if done.left > 0 {
        parts.push(format!("{} known or taken already", say::grouped(done.left as u64)));
    }
    if done.fenced > 0 {
        parts.push(format!("{LIGHT}{} said STOP{LIGHT:#}", say::grouped(done.fenced as u64)));
    }
    println!("{}: {}.", say::count(all, "telephone number"), parts.join(", "));
    Ok(())
}

/// `notlicht erase ADDRESS` or `notlicht erase --person KEY`
pub(crate) async fn erase(place: &Place, args: &Erase) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    if let Some(person) = &args.person {
        engine.erase_person(person, &operator()).await?;
        println!(
            "{GOOD}Erased{GOOD:#}: name and contact data of {person}. An import does not bring \
             them back. Name somebody else for the roles in the handbook."
        );
    }
    if let Some(address) = &args.address {
        let ended = engine.erase(address, &operator()).await?;
        match ended {
            0 => println!("No subscription has this address."),
            _ => println!(
                "{GOOD}Erased{GOOD:#}: {} of this address. Nothing is sent there any more.",
                say::count(ended, "subscription")
            ),
        }
        let wanted = address.trim().to_lowercase();
        let people = engine.store.people().await?;
        let is = |one: &Option<String>| one.as_ref().is_some_and(|a| a.to_lowercase() == wanted);
        for card in people.iter().filter(|card| is(&card.email)) {
            println!(
                "It is also how {key} of the handbook is alerted: “notlicht erase --person {key}”.",
                key = card.key
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// `notlicht beat MONITOR`
pub(crate) async fn beat(place: &Place, args: &Beat) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let handbook = engine.handbook().await?.handbook;
    let is_heartbeat = handbook.monitors.get(&args.monitor).is_some_and(|monitor| {
        matches!(monitor.probe, model::handbook::system::Probe::Heartbeat { .. })
    });
    if !is_heartbeat {
        bail!("the handbook has no heartbeat monitor “{}”", args.monitor);
    }
    let token = Link::Beat { monitor: args.monitor.clone() }.token(&engine.keys);
    println!("Report with: curl -fsS -X POST {}/beat/{}/{token}", handbook.page, args.monitor);
    Ok(ExitCode::SUCCESS)
}

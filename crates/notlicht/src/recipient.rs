//! The commands of recipients: import, and the address of a heartbeat.

use std::process::ExitCode;

use anstream::{eprintln, println};
use anyhow::{Context as _, bail};
use engine::link::Link;
use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind};
use model::value::Timestamp;

use crate::config::{Beat, Erase, Import, Place};
use crate::rim::operator;
use crate::say::{self, GOOD};

/// `notlicht import FILE`: all lines or none.
pub(crate) async fn import(place: &Place, args: &Import) -> anyhow::Result<ExitCode> {
    let text = std::fs::read_to_string(&args.file)
        .with_context(|| format!("{} cannot be read", args.file.display()))?;
    let engine = place.engine(None).await?;
    let handbook = engine.handbook().await?.handbook;
    let channel = engine.subscribers_channel().await?;
    let now = engine.now();
    let mut people = Vec::new();
    let mut faults = Vec::new();
    // Spreadsheets put a mark in front that nobody sees.
    let text = text.trim_start_matches('\u{feff}');
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match person(line, handbook.language(), channel.as_str(), now) {
            Ok(person) => people.push(person),
            Err(_) if at == 0 && !line.contains('@') => {}
            Err(why) => faults.push(format!("line {}: {why}", at + 1)),
        }
    }
    if !faults.is_empty() {
        for fault in faults.iter().take(20) {
            eprintln!("{fault}");
        }
        bail!("{}: nobody was registered", say::count(faults.len(), "bad line"));
    }
    let new = engine.subscribe(&people, &operator(), &args.consent).await?;
    let known = people.len() - new;
    println!("{GOOD}{} registered{GOOD:#}, {known} known already.", say::count(new, "recipient"));
    Ok(ExitCode::SUCCESS)
}

fn person(
    line: &str,
    main: Language,
    channel: &str,
    now: Timestamp,
) -> anyhow::Result<NewRecipient> {
    let mut fields = line.split([',', ';']).map(|field| field.trim().trim_matches('"'));
    let address = fields.next().unwrap_or("");
    let address = outside::channel::email::smtp::Mailbox::parse(address)?.as_str().to_lowercase();
    let language = match fields.next() {
        None | Some("") => main,
        Some(tag) => tag.parse()?,
    };
    Ok(NewRecipient {
        kind: RecipientKind::Subscriber,
        key: None,
        channel: channel.to_owned(),
        address,
        language,
        consent_at: Some(now),
        components: None,
    })
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

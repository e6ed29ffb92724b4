//! `notlicht intake`: where other programs report to.

use std::process::ExitCode;

use anstream::println;
use anyhow::bail;
use engine::Engine;
use engine::link::Link;
use model::handbook::Handbook;
use model::handbook::channel::Reaches;
use model::handbook::system::Probe;
use model::intake::Source;
use model::value::Key;
use outside::channel::adapter;

use crate::config::{Intake, IntakeCommand, Place};
use crate::say::{self, GOOD, LIGHT};

pub(crate) async fn run(place: &Place, args: Intake) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let handbook = engine.handbook().await?.handbook;
    match args.command {
        IntakeCommand::Alertmanager => alertmanager(&engine, &handbook),
        IntakeCommand::Hook { monitor } => hook(&engine, &handbook, monitor)?,
        IntakeCommand::Replies { channel } => replies(&engine, &handbook, &channel)?,
        IntakeCommand::End { monitor } => {
            let count = engine.end_reports(&monitor).await?;
            println!(
                "{GOOD}{} ended{GOOD:#}. It counts at the next look.",
                say::count(count, "report")
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn address(engine: &Engine, handbook: &Handbook, source: Source) -> String {
    let name = source.name().to_owned();
    let token = Link::Intake { source }.token(&engine.keys);
    format!("{}/intake/{name}/{token}", handbook.page)
}

fn alertmanager(engine: &Engine, handbook: &Handbook) {
    let address = address(engine, handbook, Source::Alertmanager);
    println!(
        "Put this into Alertmanager's configuration; who knows the address can report:\n\n\
         receivers:\n  - name: notlicht\n    webhook_configs:\n      - url: \"{address}\"\n        \
         send_resolved: true\n\n\
         and, as the first of its routes, so that the others still get theirs:\n\n\
         route:\n  routes:\n    - receiver: notlicht\n      continue: true\n      \
         group_wait: 5s\n      group_interval: 15s\n      repeat_interval: 5m\n"
    );
    let listen = handbook.monitors.values().filter_map(|monitor| match &monitor.probe {
        Probe::Alertmanager { labels, .. } => Some((&monitor.key, labels)),
        _ => None,
    });
    let mut any = false;
    for (key, labels) in listen {
        let labels: Vec<_> = labels.iter().map(|(name, value)| format!("{name}={value}")).collect();
        println!("{key} listens for {}", labels.join(", "));
        any = true;
    }
    if !any {
        println!(
            "{LIGHT}note{LIGHT:#}: no monitor listens yet: write one with \
             alertmanager.match = {{ alertname = \"…\" }} into system.toml and apply it."
        );
    }
}

fn hook(engine: &Engine, handbook: &Handbook, monitor: Key) -> anyhow::Result<()> {
    let Some(Probe::Hook { mapping, .. }) = handbook.monitors.get(&monitor).map(|one| &one.probe)
    else {
        bail!(
            "the handbook has no monitor “{monitor}” with hook.state: write one into system.toml \
             and apply it"
        );
    };
    let (place, down, up) =
        (&mapping.state, mapping.down.join("” or “"), mapping.up.join("” or “"));
    let address = address(engine, handbook, Source::Hook(monitor));
    println!("Send JSON by POST; who knows the address can report:\n\n  {address}\n");
    println!("At {place} it says “{down}” when it is down and “{up}” when it is up again.");
    Ok(())
}

fn replies(engine: &Engine, handbook: &Handbook, channel: &Key) -> anyhow::Result<()> {
    let found = handbook.channels.get(channel);
    let kind = found.and_then(|found| adapter(&found.kind));
    let Some(Reaches::PeopleByPhone) = kind.map(|kind| kind.descriptor().reaches) else {
        bail!("the handbook has no channel “{channel}” that reaches people by telephone");
    };
    let token = Link::Replies { channel: channel.clone() }.token(&engine.keys);
    let address = format!("{}/replies/{channel}/{token}", handbook.page);
    println!(
        "Let the gateway bring every answer here by POST; who knows the address can do so:\n\n  \
         {address}\n\n\
         It reads “from” and “text” (or what gateways call them) from the query, a form or JSON.\n\
         STOP ends the messages to that number; the one answer is what we answer.\n\n\
         With Kannel:\n\n\
         group = sms-service\nkeyword = default\ncatch-all = true\n\
         post-url = \"{address}?from=%p&text=%a\"\n\
         max-messages = 1\nomit-empty = true\n"
    );
    Ok(())
}

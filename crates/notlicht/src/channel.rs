//! `notlicht channel`: whether the ways out work, and what is decided about them.

use std::process::ExitCode;

use anstream::println;
use engine::channel::ChannelState;
use model::fare::{Health, Position};
use model::value::Timestamp;
use serde_json::{Value, json};

use crate::config::{Channel, ChannelCommand, Place, Switch};
use crate::rim::operator;
use crate::say::{BAD, GOOD, LIGHT, QUIET, plain};

/// Does what was asked.
pub(crate) async fn run(place: &Place, args: Channel) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let (position, Switch { channel, reason }) =
        match args.command.unwrap_or(ChannelCommand::List { json: false }) {
            ChannelCommand::List { json: true } => {
                let channels = engine.channels().await?;
                let all: Vec<_> = channels.iter().map(written).collect();
                println!("{}", serde_json::to_string_pretty(&all)?);
                return Ok(ExitCode::SUCCESS);
            }
            ChannelCommand::List { json: false } => {
                for channel in engine.channels().await? {
                    list(&channel, engine.now());
                }
                return Ok(ExitCode::SUCCESS);
            }
            ChannelCommand::Pause(switch) => (Position::Paused, switch),
            ChannelCommand::Resume(switch) => (Position::Automatic, switch),
            ChannelCommand::Force(switch) => (Position::Forced, switch),
        };
    let author = format!("{} (host)", operator());
    engine.switch_channel(&channel, position, &author, &reason).await?;
    println!(
        "{}",
        match position {
            Position::Paused => format!(
                "{channel} is paused: nothing goes over it. To use it again: notlicht channel resume {channel}"
            ),
            Position::Automatic => format!("{channel} is used while it works"),
            Position::Forced => format!(
                "{channel} is tried every few seconds, although it fails. To let it rest again: notlicht channel resume {channel}"
            ),
        }
    );
    Ok(ExitCode::SUCCESS)
}

/// A channel for programs.
fn written(state: &ChannelState) -> Value {
    let time = |at: Option<Timestamp>| at.map(Timestamp::iso_millis);
    json!({
        "channel": state.channel,
        "label": state.label[1],
        "falls_back_to": state.falls_back_to,
        "position": state.position().word(),
        "decided": state.switch.as_ref().map(|switch| json!({
            "by": switch.author,
            "at": switch.at.iso_millis(),
            "reason": switch.reason,
        })),
        "nodes": state.healths.iter().map(|(node, health)| json!({
            "node": node,
            "works": !health.is_down(),
            "told_at": time(health.told_at),
            "rests_until": time(health.rests_until),
            "failures": health.failures,
            "reason": health.reason,
            "seen_at": health.seen_at.iso_millis(),
        })).collect::<Vec<_>>(),
    })
}

fn list(state: &ChannelState, now: Timestamp) {
    let (channel, label) = (&state.channel, state.label[1]);
    println!("{LIGHT}{channel}{LIGHT:#}  {label}");
    if let Some(switch) = &state.switch
        && switch.position != Position::Automatic
    {
        let (position, author) = (switch.position.word(), plain(&switch.author));
        let (at, reason) = (switch.at, plain(&switch.reason));
        println!("  {BAD}{position}{BAD:#} by {author}, {at}  {QUIET}{reason}{QUIET:#}");
    }
    if let Some(other) = &state.falls_back_to {
        println!("  {QUIET}{other} steps in for it{QUIET:#}");
    }
    if state.healths.is_empty() {
        println!("  {QUIET}not used lately{QUIET:#}");
    }
    for (node, health) in &state.healths {
        println!("  {node}: {}", fare(health, now));
    }
}

fn fare(health: &Health, now: Timestamp) -> String {
    let told = health.told_at.map_or("told nobody yet".to_owned(), |at| format!("last told {at}"));
    if !health.is_down() {
        return format!("{GOOD}works{GOOD:#}, {told}");
    }
    let reason = plain(health.reason.as_deref().unwrap_or_default());
    let rests = match health.rests_until {
        Some(until) if until > now => format!("rests until {until}"),
        _ => "is tried now".to_owned(),
    };
    format!("{BAD}fails{BAD:#} ({reason}), {rests}, {told}")
}

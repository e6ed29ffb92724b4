//! The ways out: whether each one works, and what is decided about it.

use axum::Json;
use engine::EngineError;
use engine::channel::ChannelState;
use model::fare::{Health, Switch};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::admit::Caller;
use super::doc::Doc;
use super::input::Sent;
use super::moment::Moment;
use super::path::InChannel;
use super::problem::Problem;
use super::word::ChannelPosition;

/// A channel.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Channel {
    /// The key in the handbook.
    channel: String,
    /// Which channel steps in for it.
    falls_back_to: Option<String>,
    /// What holds for it now.
    position: ChannelPosition,
    /// Who decided so; none where nobody has ever decided anything.
    decided: Option<Decision>,
    /// How it fares on each node that has used it within a day.
    nodes: Vec<Fare>,
}

/// What somebody decided about a channel.
#[derive(Debug, Serialize, JsonSchema)]
struct Decision {
    /// Who.
    by: String,
    /// When.
    at: Moment,
    /// Why.
    reason: String,
}

/// How a channel fares as one node sees it.
#[derive(Debug, Serialize, JsonSchema)]
struct Fare {
    /// The node.
    node: String,
    /// Whether its last try went well.
    works: bool,
    /// When it last told somebody.
    told_at: Option<Moment>,
    /// It failed, and is not tried before.
    rests_until: Option<Moment>,
    /// Failed tries in a row.
    failures: u32,
    /// What was seen when it failed last.
    reason: Option<String>,
    /// When this was written down.
    seen_at: Moment,
}

/// What is to hold for a channel.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Switching {
    /// What is to hold.
    position: ChannelPosition,
    /// Why. Others see it beside the channel.
    #[schemars(length(min = 1))]
    reason: String,
}

const CHANNELS: &str = "Channels";

pub(crate) const LIST: Doc = Doc::read::<Vec<Channel>>("listChannels", CHANNELS)
    .says("The channels, and whether they work", "In the order of their keys.");

/// All of them.
pub(crate) async fn list(caller: Caller) -> Result<Json<Vec<Channel>>, Problem> {
    Ok(Json(caller.engine.channels().await?.iter().map(channel).collect()))
}

pub(crate) const SWITCH: Doc = Doc::write::<Switching, Channel>("switchChannel", CHANNELS).says(
    "Pause a channel, force it, or leave it to itself",
    "Every node heeds it within a few seconds. What waits goes out as soon as it may.",
);

/// Pauses, forces or resumes one.
pub(crate) async fn switch(
    caller: Caller,
    InChannel(key): InChannel,
    Sent(said): Sent<Switching>,
) -> Result<Json<Channel>, Problem> {
    let engine = &caller.engine;
    let author = caller.token.name.to_string();
    match engine.switch_channel(&key, said.position.into(), &author, &said.reason).await {
        Err(EngineError::Unknown { .. }) => return Err(Problem::no_channel(key.as_str())),
        done => done?,
    }
    let all = engine.channels().await?;
    let found = all.iter().find(|one| one.channel == key).map(channel);
    found.map(Json).ok_or_else(|| Problem::no_channel(key.as_str()))
}

fn channel(state: &ChannelState) -> Channel {
    Channel {
        channel: state.channel.to_string(),
        falls_back_to: state.falls_back_to.as_ref().map(ToString::to_string),
        position: state.position().into(),
        decided: state.switch.as_ref().map(decision),
        nodes: state.healths.iter().map(fare).collect(),
    }
}

fn decision(switch: &Switch) -> Decision {
    let Switch { author, reason, at, .. } = switch;
    Decision { by: author.clone(), at: Moment(*at), reason: reason.clone() }
}

fn fare((node, health): &(String, Health)) -> Fare {
    Fare {
        node: node.clone(),
        works: !health.is_down(),
        told_at: health.told_at.map(Moment),
        rests_until: health.rests_until.map(Moment),
        failures: health.failures,
        reason: health.reason.clone(),
        seen_at: Moment(health.seen_at),
    }
}

//! Whom each notice has reached: counts, never addresses.

use axum::Json;
use engine::room::{Reached as Its, Way as ItsWay};
use schemars::JsonSchema;
use serde::Serialize;

use super::admit::Caller;
use super::doc::Doc;
use super::moment::Moment;
use super::path::Id;
use super::problem::Problem;
use super::word::NoticeKind;

/// Whom a notice has reached.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Reached {
    /// The notice's number.
    number: u32,
    /// What it is for.
    kind: NoticeKind,
    /// When it went out.
    published_at: Moment,
    /// How many people and machines are to be told, each counted once over all ways.
    planned: u64,
    /// How many of them have it over at least one.
    reached: u64,
    /// Every audience with each of its channels.
    ways: Vec<Way>,
}

/// One notice to one audience over one channel. The counts are of people and machines.
#[derive(Debug, Serialize, JsonSchema)]
struct Way {
    /// The audience's key in the handbook.
    audience: String,
    /// The channel's key in the handbook.
    channel: String,
    /// Whether it is settled yet who is meant; until then all counts are 0.
    counted: bool,
    /// Whether a newer notice took over those who are open.
    taken_over: bool,
    /// Who are to be told.
    planned: u64,
    /// The other side took it.
    accepted: u64,
    /// It may have arrived.
    unsure: u64,
    /// Refused, or given up.
    refused: u64,
    /// The address no longer exists.
    gone: u64,
    /// Not settled yet.
    open: u64,
    /// Another channel was asked to tell them instead, whatever else is known of them.
    passed: u64,
}

pub(crate) const LOOK: Doc = Doc::read::<Vec<Reached>>("getReach", "Incidents")
    .says("Whom each published notice has reached", "The newest notice stands first.");

/// Whom each notice has reached.
pub(crate) async fn look(caller: Caller, Id(id): Id) -> Result<Json<Vec<Reached>>, Problem> {
    let all = caller.engine.reach(&caller.engine.case(&id).await?).await?;
    Ok(Json(all.iter().map(reached).collect()))
}

fn reached(notice: &Its) -> Reached {
    Reached {
        number: notice.number,
        kind: notice.kind.into(),
        published_at: Moment(notice.at),
        planned: notice.planned,
        reached: notice.reached,
        ways: notice.ways.iter().map(way).collect(),
    }
}

fn way(way: &ItsWay) -> Way {
    let tally = &way.tally;
    Way {
        audience: way.audience.to_string(),
        channel: way.channel.to_string(),
        counted: way.counted,
        taken_over: way.taken_over,
        planned: tally.planned,
        accepted: tally.accepted,
        unsure: tally.unsure,
        refused: tally.refused,
        gone: tally.gone,
        open: tally.open,
        passed: tally.passed,
    }
}

//! Whom each notice has reached: counts, never addresses.

use axum::Json;
use engine::reach::{Audience as ItsAudience, Reached as Its, Way as ItsWay};
use model::reach::{MOMENTS, Point as ItsPoint, Sum};
use model::value::Span;
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
    /// How all of them stand, each counted once over all ways.
    people: Counts,
    /// The same for each audience. Who belongs to two is counted in both.
    audiences: Vec<Audience>,
    /// After how long so many percent of the planned had it.
    had_it_after: Vec<Share>,
    /// How many had it when: at most 200 points, in the order of time.
    curve: Vec<Point>,
    /// Every audience with each of its channels.
    ways: Vec<Way>,
}

/// How people and machines stand with a notice: those to be told are all others together.
#[derive(Debug, Serialize, JsonSchema)]
struct Counts {
    /// Who are to be told.
    planned: u64,
    /// At least one channel took it.
    accepted: u64,
    /// Not settled yet.
    open: u64,
    /// It may have arrived.
    unsure: u64,
    /// A newer notice goes to them instead.
    taken_over: u64,
    /// Refused, or given up.
    refused: u64,
    /// The address no longer exists.
    gone: u64,
}

/// An audience over all its channels.
#[derive(Debug, Serialize, JsonSchema)]
struct Audience {
    /// The audience's key in the handbook.
    audience: String,
    /// How its people and machines stand, each counted once.
    people: Counts,
}

/// A share of the planned.
#[derive(Debug, Serialize, JsonSchema)]
struct Share {
    /// So many percent.
    percent: u64,
    /// Had it so many milliseconds after the notice was published; none while they have not.
    millis: Option<u64>,
}

/// A point of the curve.
#[derive(Debug, Serialize, JsonSchema)]
struct Point {
    /// Milliseconds after the notice was published.
    millis: u64,
    /// How many had it by then.
    reached: u64,
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

/// Enough for a picture.
const DRAWN: usize = 200;

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
        planned: notice.sum.planned,
        reached: notice.sum.accepted,
        people: standing(notice.sum),
        audiences: notice.audiences.iter().map(audience).collect(),
        had_it_after: MOMENTS.iter().map(|percent| share(notice, *percent)).collect(),
        curve: notice.curve.drawn(DRAWN).into_iter().map(point).collect(),
        ways: notice.ways.iter().map(way).collect(),
    }
}

fn standing(sum: Sum) -> Counts {
    Counts {
        planned: sum.planned,
        accepted: sum.accepted,
        open: sum.open,
        unsure: sum.unsure,
        taken_over: sum.taken_over,
        refused: sum.refused,
        gone: sum.gone,
    }
}

fn audience(audience: &ItsAudience) -> Audience {
    Audience { audience: audience.key.to_string(), people: standing(audience.sum) }
}

fn share(notice: &Its, percent: u64) -> Share {
    Share { percent, millis: notice.curve.after(percent).map(Span::as_millis) }
}

fn point(point: ItsPoint) -> Point {
    Point { millis: point.after.as_millis(), reached: point.reached }
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

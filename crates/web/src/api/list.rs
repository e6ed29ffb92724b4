//! Incidents in a list, page by page.

use axum::Json;
use engine::incident::{Listed as Row, Which};
use model::handbook::Handbook;
use model::value::{PublicId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::admit::Caller;
use super::doc::Doc;
use super::input::Asked;
use super::moment::Moment;
use super::problem::{Fault, Problem};
use super::word::{Level, Named, named};

/// The incidents of a page.
const PAGE: usize = 20;
const LONGEST_PAGE: usize = 100;

/// Which incidents are listed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listing {
    /// `open`, `closed` or `all`; all where nothing is said.
    state: Option<Wanted>,
    /// How many at most; 20 where nothing is said.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// What the page before gave as `next`.
    #[schemars(regex(pattern = r"^-?[0-9]{1,18}\.[a-z0-9]{12}$"))]
    cursor: Option<String>,
}

/// Open or closed.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
enum Wanted {
    All,
    Open,
    Closed,
}

/// A page of incidents.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Incidents {
    /// The incidents, the one that was opened last first.
    incidents: Vec<Listed>,
    /// The `cursor` of the next page; none where this is the last.
    next: Option<String>,
}

/// An incident in a list.
#[derive(Debug, Serialize, JsonSchema)]
struct Listed {
    /// Its id.
    id: String,
    /// The plan by which it is handled.
    plan: String,
    /// What the plan is called now, by language; empty where it no longer is in the handbook.
    title: Named,
    /// How grave.
    level: Level,
    /// Whether it is a drill.
    drill: bool,
    /// Since when something is or was wrong.
    since: Moment,
    /// When it was opened.
    opened_at: Moment,
    /// When the components were well again.
    recovered_at: Option<Moment>,
    /// When it was closed; none while it is open.
    closed_at: Option<Moment>,
    /// The keys of the components concerned.
    components: Vec<String>,
    /// How many notices are out.
    published: u32,
    /// When the next update is promised.
    next_update: Option<Moment>,
}

pub(crate) const LIST: Doc = Doc::read::<Incidents>("listIncidents", "Incidents")
    .says("The incidents, page by page", "The one that was opened last stands first.")
    .asks::<Listing>();

/// A page of incidents.
pub(crate) async fn list(
    caller: Caller,
    Asked(asked): Asked<Listing>,
) -> Result<Json<Incidents>, Problem> {
    let limit = asked.limit.unwrap_or(PAGE);
    if !(1..=LONGEST_PAGE).contains(&limit) {
        return Err(bad("limit", "a page has 1 to 100 incidents"));
    }
    let before = match &asked.cursor {
        Some(cursor) => Some(place(cursor).ok_or_else(|| {
            bad("cursor", "this is no place in the list: send what the page before gave as `next`")
        })?),
        None => None,
    };
    let which = match asked.state.unwrap_or(Wanted::All) {
        Wanted::All => Which::All,
        Wanted::Open => Which::Open,
        Wanted::Closed => Which::Closed,
    };
    let handbook = caller.engine.handbook().await?.handbook;
    // One more than is shown tells whether there is another page.
    let mut rows = caller.engine.incidents(which, before, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.opened_at.0, last.id));
    let incidents = rows.iter().map(|row| listed(row, &handbook)).collect();
    Ok(Json(Incidents { incidents, next }))
}

fn bad(parameter: &str, detail: &str) -> Problem {
    let parameter = Some(parameter.to_owned());
    Problem::invalid(vec![Fault { detail: detail.to_owned(), pointer: None, parameter }])
}

fn place(cursor: &str) -> Option<(Timestamp, PublicId)> {
    let (at, id) = cursor.split_once('.')?;
    Some((Timestamp(at.parse().ok()?), id.parse().ok()?))
}

fn listed(row: &Row, handbook: &Handbook) -> Listed {
    let listing = &row.row;
    let plan = handbook.plans.get(&listing.plan);
    Listed {
        id: row.id.to_string(),
        plan: listing.plan.to_string(),
        title: plan.map(|plan| named(&plan.title)).unwrap_or_default(),
        level: listing.level.into(),
        drill: row.drill,
        since: Moment(listing.since),
        opened_at: Moment(row.opened_at),
        recovered_at: listing.recovered_at.map(Moment),
        closed_at: row.closed_at.map(Moment),
        components: listing.affected.iter().map(ToString::to_string).collect(),
        published: listing.published,
        next_update: listing.promise.map(Moment),
    }
}

//! The timeline: what happened, when, by whom.

use axum::Json;
use engine::EngineError;
use model::incident::Recorded;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::admit::Caller;
use super::by::{By, by};
use super::doc::Doc;
use super::input::Asked;
use super::moment::Moment;
use super::number::Number;
use super::path::Id;
use super::problem::Problem;

mod team;
mod what;

use what::What;

/// Something that happened in an incident.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Event {
    /// Counted from 1 within the incident.
    number: u64,
    /// When.
    at: Moment,
    /// Who.
    by: By,
    /// What.
    what: What,
}

/// Which events are wanted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Since {
    /// Only events with a higher number.
    after: Option<Number>,
}

pub(crate) const LIST: Doc = Doc::read::<Vec<Event>>("listEvents", "Incidents")
    .says(
        "The timeline of an incident, the first event first",
        "Ask again with the number of the last event in `after` to get only what is new.",
    )
    .asks::<Since>();

/// The timeline.
pub(crate) async fn list(
    caller: Caller,
    Id(id): Id,
    Asked(asked): Asked<Since>,
) -> Result<Json<Vec<Event>>, Problem> {
    let events = caller.engine.events(&id).await?;
    if events.is_empty() {
        return Err(EngineError::NoIncident(id.to_string()).into());
    }
    let after = asked.after.map_or(0, |after| after.0);
    Ok(Json(events.iter().filter(|one| one.seq > after).map(event).collect()))
}

fn event(recorded: &Recorded) -> Event {
    Event {
        number: recorded.seq,
        at: Moment(recorded.at),
        by: by(&recorded.by),
        what: What::of(&recorded.event),
    }
}

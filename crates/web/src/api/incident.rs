//! One incident: as it stands, and declaring one.

use std::collections::BTreeSet;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::EngineError;
use engine::incident::{Case, Declaration as Declares};
use model::handbook::system::ComponentState;
use model::value::{Key, PublicId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::KEY;
use super::admit::Caller;
use super::doc::Doc;
use super::input::Sent;
use super::moment::Moment;
use super::notice::{Notice, shown};
use super::path::Id;
use super::problem::{Fault, Problem};
use super::word::{Level, Named, State, named};

/// An incident as it stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Incident {
    /// Its id, the same as on the public page.
    id: String,
    /// The plan by which it is handled.
    plan: String,
    /// What the plan is called, by language.
    title: Named,
    /// How grave.
    level: Level,
    /// Whether it is a drill: then nobody outside is told.
    drill: bool,
    /// The component whose verdict opened it; none where somebody declared it.
    opened_by_verdict_on: Option<String>,
    /// The version of the handbook that it follows.
    handbook: u32,
    /// The number of its last event: say it in `only_if` to act only if nothing happened since.
    last_event: u64,
    /// Since when something is wrong.
    since: Moment,
    /// When it was opened.
    opened_at: Moment,
    /// When the components were well again, while it is so.
    recovered_at: Option<Moment>,
    /// When it was closed; none while it is open.
    closed_at: Option<Moment>,
    /// The end that staff expect.
    expected_end: Option<Moment>,
    /// The next update that people were promised.
    promise: Option<Promise>,
    /// The components concerned.
    components: Vec<Part>,
    /// Its notices, the first first.
    notices: Vec<Notice>,
}

/// A promised update.
#[derive(Debug, Serialize, JsonSchema)]
struct Promise {
    /// When.
    at: Moment,
    /// Whether it passed without one.
    missed: bool,
}

/// A component concerned.
#[derive(Debug, Serialize, JsonSchema)]
struct Part {
    /// Its key.
    key: String,
    /// What visitors call it, by language.
    name: Named,
    /// How it fares, as last told in this incident.
    state: State,
}

impl Incident {
    /// As it stands at this moment.
    pub(super) fn of(case: &Case, now: Timestamp) -> Self {
        let (incident, handbook) = (&case.incident, &case.handbook);
        let plan = handbook.plans.get(&incident.plan);
        let part = |key: &Key| Part {
            key: key.to_string(),
            name: handbook.component(key).map(|one| named(&one.name)).unwrap_or_default(),
            state: incident.standing.get(key).copied().unwrap_or_default().into(),
        };
        let promise = incident.promise.filter(|_| incident.is_open());
        Self {
            id: incident.id.to_string(),
            plan: incident.plan.to_string(),
            title: plan.map(|plan| named(&plan.title)).unwrap_or_default(),
            level: incident.level.into(),
            drill: incident.drill,
            opened_by_verdict_on: match &incident.cause {
                model::incident::Cause::Verdict(key) => Some(key.to_string()),
                model::incident::Cause::Declared => None,
            },
            handbook: incident.handbook,
            last_event: incident.seq,
            since: Moment(incident.since),
            opened_at: Moment(incident.opened_at),
            recovered_at: incident.recovered_at.map(Moment),
            closed_at: incident.closed_at.map(Moment),
            expected_end: incident.expected_end.map(Moment),
            promise: promise.map(|one| Promise { at: Moment(one.at), missed: one.at < now }),
            components: incident.affected.iter().map(part).collect(),
            notices: incident.notices.iter().map(|one| shown(case, one, now)).collect(),
        }
    }
}

/// How an incident stands after what was done to it.
pub(super) async fn now(caller: &Caller, id: &PublicId) -> Result<Json<Incident>, Problem> {
    let case = caller.engine.case(id).await?;
    Ok(Json(Incident::of(&case, caller.engine.now())))
}

pub(crate) const LOOK: Doc = Doc::read::<Incident>("getIncident", "Incidents").says(
    "One incident as it stands",
    "With all its notices, as written and as published, and what is promised.",
);

/// One incident.
pub(crate) async fn look(caller: Caller, Id(id): Id) -> Result<Json<Incident>, Problem> {
    now(&caller, &id).await
}

/// What somebody says who declares an incident.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Declaration {
    /// The plan's key.
    #[schemars(with = "String", regex(pattern = KEY))]
    plan: Key,
    /// The keys of the components concerned; those of the plan where none is named.
    #[serde(default)]
    #[schemars(with = "Vec<String>", inner(regex(pattern = KEY)))]
    components: BTreeSet<Key>,
    /// How they fare: `degraded`, `partial` or `major`; `major` where nothing is said.
    state: Option<State>,
    /// Since when something is wrong; now where nothing is said.
    since: Option<Moment>,
    /// Whether it is a drill: then nobody outside is told.
    #[serde(default)]
    drill: bool,
}

pub(crate) const DECLARE: Doc = Doc::write::<Declaration, Incident>("declareIncident", "Incidents")
    .says(
        "Declare an incident",
        "Staff are alerted at once. The first notice is prepared from the plan, waits for the \
         plan's hold time, and goes out by itself when nobody acts; where a plan has no hold time \
         it goes out at once. While an incident by the plan is open, another one is refused with \
         the `incident` that is: so repeating the request is safe.",
    )
    .makes();

/// Declares an incident.
pub(crate) async fn declare(
    caller: Caller,
    Sent(said): Sent<Declaration>,
) -> Result<Response, Problem> {
    let engine = &caller.engine;
    let state = said.state.map_or(ComponentState::Major, Into::into);
    let mut faults = Vec::new();
    if !state.is_broken() {
        faults.push(Fault::at("/state", "what is declared is degraded, partial or major"));
    }
    if said.since.is_some_and(|since| since.0 > engine.now()) {
        faults.push(Fault::at("/since", "this is in the future: name a moment that has been"));
    }
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    let since = said.since.map(|since| since.0);
    let Declaration { plan, components, drill, .. } = said;
    let declares = Declares { plan, components, state, since, drill };
    let id = match engine.declare(&declares, &caller.actor()).await {
        Ok(id) => id,
        Err(EngineError::Store(why)) if why.is_conflict() => {
            let open = engine.open_cases().await?;
            let same =
                |case: &&Case| case.incident.plan == declares.plan && case.incident.drill == drill;
            let id = open.iter().find(same).map(|case| case.incident.id.to_string());
            return Err(Problem::already_open(declares.plan.as_str(), id));
        }
        Err(why) => return Err(why.into()),
    };
    let mut answer = (StatusCode::CREATED, now(&caller, &id).await?).into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("/api/v1/incidents/{id}")) {
        answer.headers_mut().insert(header::LOCATION, place);
    }
    Ok(answer)
}

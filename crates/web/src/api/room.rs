//! The incident room for programs: who holds what, what is next, what is late, and the verbs of the
//! people in it. Rules are the console's: both show and do what the model says.

use axum::Json;
use engine::incident::Case;
use model::handbook::Handbook;
use model::incident as its;
use model::value::{Key, PublicId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::KEY;
use super::admit::Caller;
use super::doc::Doc;
use super::moment::Moment;
use super::number::Number;
use super::path::Id;
use super::plain::Plain;
use super::problem::Problem;
use super::word::{Level, Named, State, named};

pub(crate) mod call;
pub(crate) mod duty;
pub(crate) mod lead;
pub(crate) mod partner;
pub(crate) mod role;
pub(crate) mod second;
pub(crate) mod step;

/// What everything here stands under in the document.
const ROOM: &str = "Room";

/// The room of an incident as it stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Room {
    /// The incident's id.
    id: String,
    /// The number of its last event: say it in `only_if` to act only if nothing happened since.
    last_event: u64,
    /// When it was closed; none while it is open.
    closed_at: Option<Moment>,
    /// How grave.
    level: Level,
    /// The end that staff expect.
    expected_end: Option<Moment>,
    /// How things are, as somebody last wrote it.
    situation: Option<Situation>,
    /// All components, in the order of the public page.
    components: Vec<Part>,
    /// The roles that the plan needs, those that are alerted first.
    roles: Vec<role::Role>,
    /// The alarm chains of the plan.
    chains: Vec<call::Chain>,
    /// Everything that is to be done, in order.
    steps: Vec<step::Step>,
    /// The partners of the handbook.
    partners: Vec<partner::Partner>,
    /// The duties of the handbook to report.
    duties: Vec<duty::Duty>,
    /// What waits for a second person.
    proposal: Option<second::Proposal>,
}

/// How things are.
#[derive(Debug, Serialize, JsonSchema)]
struct Situation {
    /// When it was written.
    at: Moment,
    /// What is known.
    text: String,
}

/// A component.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RoomPart")]
struct Part {
    /// Its key.
    key: String,
    /// What visitors call it, by language.
    name: Named,
    /// Whether it is concerned.
    concerned: bool,
    /// How it fares, as last told in this incident.
    state: State,
    /// What a person set, whatever is measured; none where measurement counts.
    set_by_hand: Option<State>,
}

impl Room {
    /// As it stands at this moment.
    pub(crate) fn of(case: &Case, now: Timestamp) -> Self {
        let (incident, handbook) = (&case.incident, &*case.handbook);
        let posts = its::posts(handbook, incident);
        let works = its::works(handbook, incident, now);
        let helpers = its::helpers(handbook, incident, now);
        let owed = its::owed(handbook, incident, now);
        Self {
            id: incident.id.to_string(),
            last_event: incident.seq,
            closed_at: incident.closed_at.map(Moment),
            level: incident.level.into(),
            expected_end: incident.expected_end.map(Moment),
            situation: incident
                .situation
                .as_ref()
                .map(|(at, text)| Situation { at: Moment(*at), text: text.clone() }),
            components: parts(handbook, incident),
            roles: posts.iter().map(|post| role::Role::of(handbook, post)).collect(),
            chains: call::chains(handbook, incident),
            steps: works.into_iter().map(step::Step::of).collect(),
            partners: helpers.iter().map(|one| partner::Partner::of(handbook, one)).collect(),
            duties: owed.iter().filter_map(|one| duty::Duty::of(handbook, one)).collect(),
            proposal: incident.proposed.as_ref().map(second::Proposal::of),
        }
    }
}

fn parts(handbook: &Handbook, incident: &its::Incident) -> Vec<Part> {
    let part = |one: &model::handbook::system::Component| Part {
        key: one.key.to_string(),
        name: named(&one.name),
        concerned: incident.affected.contains(&one.key),
        state: incident.standing.get(&one.key).copied().unwrap_or_default().into(),
        set_by_hand: incident.by_hand.get(&one.key).map(|state| (*state).into()),
    };
    handbook.components.iter().map(part).collect()
}

pub(crate) const LOOK: Doc = Doc::read::<Room>("getRoom", ROOM).says(
    "The incident room as it stands",
    "Who holds which role and whom it was offered, the steps with what is next and what is late, \
     partners and what they said, duties with their time limits, and what waits for a second \
     person. Names of people are not in it: they stand by their keys in the handbook.",
);

/// The room.
pub(crate) async fn look(caller: Caller, Id(id): Id) -> Result<Json<Room>, Problem> {
    shown(&caller, &id).await
}

async fn shown(caller: &Caller, id: &PublicId) -> Result<Json<Room>, Problem> {
    let case = caller.engine.case(id).await?;
    Ok(Json(Room::of(&case, caller.engine.now())))
}

/// Does it, and shows the room that it led to.
async fn act(
    caller: &Caller,
    id: &PublicId,
    command: its::Command,
    only_if: Option<Number>,
) -> Result<Json<Room>, Problem> {
    let seen = only_if.map(|seen| seen.0);
    caller.engine.act_if(id, &command, &caller.actor(), seen).await?;
    shown(caller, id).await
}

/// An act of which nothing else is to be said.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bare {
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// Why something is done.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    /// Why. It stands in the timeline for good.
    reason: Plain,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// Of which person something is said.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Someone {
    /// The person of the handbook, by their key.
    #[schemars(with = "String", regex(pattern = KEY))]
    person: Key,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// Who takes something on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Taking {
    /// The person of the handbook who takes it on, by their key; the token itself where nobody is named.
    #[schemars(with = "Option<String>", regex(pattern = KEY))]
    person: Option<Key>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

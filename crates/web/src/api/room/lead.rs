//! How things are: the situation, notes, the level, and what a person sets by hand.

use axum::Json;
use model::handbook::system::ComponentState;
use model::incident::Command;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use schemars::{Schema, json_schema};
use serde::Deserialize;

use super::super::admit::Caller;
use super::super::doc::Doc;
use super::super::input::Sent;
use super::super::number::Number;
use super::super::path::{Id, InRoom};
use super::super::plain::Plain;
use super::super::problem::Problem;
use super::super::word::Level;
use super::{ROOM, Room, act};

/// A text for the people in the room.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoomText {
    /// What it says.
    text: Plain,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// Another level.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelChange {
    /// How grave it is from now on.
    level: Level,
    /// Why.
    reason: Plain,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// How a component fares.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StateByHand {
    /// How it fares, whatever is measured; `null` leaves it to measurement again.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schemars(schema_with = "state_or_null")]
    state: Option<ByHand>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// What a person may say of a component; whether we can see it is for the monitors to say.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum ByHand {
    /// All is well.
    Operational,
    /// Planned work.
    Maintenance,
    /// Slow or limited.
    Degraded,
    /// Some of it is down.
    Partial,
    /// Down.
    Major,
}

/// Of a plain `Option` the field could be left out.
fn state_or_null(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [generator.subschema_for::<ByHand>(), { "type": "null" }] })
}

pub(crate) const SITUATE: Doc = Doc::write::<RoomText, Room>("writeSituation", ROOM)
    .says("Say how things are, for whoever joins", "It takes the place of what stood there.")
    .like(r#"{"text": "Machine 2 runs again, the database is being put back."}"#);

/// How things are.
pub(crate) async fn situate(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<RoomText>,
) -> Result<Json<Room>, Problem> {
    act(&caller, &id, Command::Situation { text: said.text.0 }, said.only_if).await
}

pub(crate) const NOTE: Doc = Doc::write::<RoomText, Room>("addNote", ROOM)
    .says("Note something for the timeline", "Also after the incident is over.")
    .like(r#"{"text": "The hoster called: power is back in their hall."}"#);

/// A note.
pub(crate) async fn note(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<RoomText>,
) -> Result<Json<Room>, Problem> {
    act(&caller, &id, Command::Note { text: said.text.0 }, said.only_if).await
}

pub(crate) const LEVEL: Doc = Doc::write::<LevelChange, Room>("changeLevel", ROOM)
    .says("Say that it is graver or less grave, and why", "")
    .like(r#"{"level": "emergency", "reason": "The till is down as well."}"#);

/// Another level.
pub(crate) async fn level(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<LevelChange>,
) -> Result<Json<Room>, Problem> {
    let command = Command::ChangeLevel { level: said.level.into(), reason: said.reason.0 };
    act(&caller, &id, command, said.only_if).await
}

pub(crate) const STATE: Doc = Doc::write::<StateByHand, Room>("setState", ROOM)
    .says(
        "Say how a component fares, or leave it to measurement again",
        "It counts, on the public page too, until it is left to measurement.",
    )
    .like(r#"{"state": "partial"}"#);

/// How a component fares.
pub(crate) async fn state(
    caller: Caller,
    Id(id): Id,
    InRoom(component): InRoom,
    Sent(said): Sent<StateByHand>,
) -> Result<Json<Room>, Problem> {
    let state = said.state.map(|state| match state {
        ByHand::Operational => ComponentState::Operational,
        ByHand::Maintenance => ComponentState::Maintenance,
        ByHand::Degraded => ComponentState::Degraded,
        ByHand::Partial => ComponentState::Partial,
        ByHand::Major => ComponentState::Major,
    });
    act(&caller, &id, Command::SetState { component, state }, said.only_if).await
}

//! What is told anew: an update, a correction, the all-clear, the expected end.

use axum::Json;
use model::incident::{Command, Writing};
use model::notice::{self, Kind};
use model::value::PublicId;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use schemars::{Schema, json_schema};
use serde::Deserialize;

use super::admit::Caller;
use super::doc::Doc;
use super::incident::Incident;
use super::input::Sent;
use super::moment::Moment;
use super::number::Number;
use super::passage::Passages;
use super::path::Id;
use super::problem::{Fault, Problem};
use super::said::Texts;
use super::waiting::act;

/// An update.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Update {
    /// What it says, in every language of the handbook; the plan's text where nothing is said.
    texts: Option<Texts>,
    /// What single audiences are told in addition, in the place of what is prepared for them; an
    /// empty text takes it out. Where nothing is said of one, it is told what is prepared.
    passages: Option<Passages>,
    /// When the next one is promised; after the plan's rhythm where nothing is said.
    next_update: Option<Moment>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// A correction.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correction {
    /// The number of the published notice that was wrong.
    corrects: Number,
    /// What is right, in every language of the handbook; the plan's text where nothing is said.
    texts: Option<Texts>,
    /// What single audiences are told in addition, in the place of what is prepared for them; an
    /// empty text takes it out. Where nothing is said of one, it is told what is prepared.
    passages: Option<Passages>,
    /// When the next update is promised; after the plan's rhythm where nothing is said.
    next_update: Option<Moment>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// The all-clear.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resolution {
    /// What it says, in every language of the handbook; the plan's text where nothing is said.
    texts: Option<Texts>,
    /// What single audiences are told in addition, in the place of what is prepared for them; an
    /// empty text takes it out. Where nothing is said of one, it is told what is prepared.
    passages: Option<Passages>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// The end that is expected.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedEnd {
    /// When; `null` where none can be told any more.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schemars(schema_with = "moment_or_null")]
    at: Option<Moment>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// Of a plain `Option` the field could be left out.
fn moment_or_null(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "null"], "format": "date-time" })
}

const NOTICES: &str = "Notices";

pub(crate) const UPDATE: Doc = Doc::write::<Update, Incident>("publishUpdate", NOTICES).says(
    "Publish an update",
    "Everybody whom the plan names is told at once. A notice that still waits is withdrawn. Send \
     `only_if`: then a request that is repeated because its answer was lost publishes nothing \
     twice.",
);

/// Publishes an update.
pub(crate) async fn update(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<Update>,
) -> Result<Json<Incident>, Problem> {
    let (texts, passages) = finished(&caller, &id, said.texts, said.passages).await?;
    let next_update = said.next_update.map(|at| at.0);
    let writing = Writing { kind: Kind::Update, texts, passages, next_update, corrects: None };
    act(&caller, &id, &Command::Write(writing), said.only_if).await
}

pub(crate) const CORRECT: Doc = Doc::write::<Correction, Incident>("publishCorrection", NOTICES)
    .says(
        "Publish a correction of a notice",
        "Everybody whom the plan names is told at once, and the public page marks the notice that \
         was wrong.",
    );

/// Publishes a correction.
pub(crate) async fn correct(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<Correction>,
) -> Result<Json<Incident>, Problem> {
    let (texts, passages) = finished(&caller, &id, said.texts, said.passages).await?;
    let (next_update, corrects) =
        (said.next_update.map(|at| at.0), Some(said.corrects.of_notice()));
    let writing = Writing { kind: Kind::Correction, texts, passages, next_update, corrects };
    act(&caller, &id, &Command::Write(writing), said.only_if).await
}

pub(crate) const RESOLVE: Doc = Doc::write::<Resolution, Incident>("resolveIncident", "Incidents")
    .says(
        "Give the all-clear and close the incident",
        "Where nobody was told anything and no text is sent, it is closed without a word.",
    );

/// Gives the all-clear.
pub(crate) async fn resolve(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<Resolution>,
) -> Result<Json<Incident>, Problem> {
    let (texts, passages) = finished(&caller, &id, said.texts, said.passages).await?;
    act(&caller, &id, &Command::Resolve { texts, passages }, said.only_if).await
}

pub(crate) const EXPECT: Doc = Doc::write::<ExpectedEnd, Incident>("expectEnd", "Incidents").says(
    "Say when the end is expected",
    "Notices that go out from now on name it where their text has the hole `{expected_end}`.",
);

/// Says when the end is expected.
pub(crate) async fn expect(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<ExpectedEnd>,
) -> Result<Json<Incident>, Problem> {
    if said.at.is_some_and(|at| at.0 <= caller.engine.now()) {
        let detail = "this is past: name a later moment, or null";
        return Err(Problem::invalid(vec![Fault::at("/at", detail)]));
    }
    let command = Command::ExpectEnd { at: said.at.map(|at| at.0) };
    act(&caller, &id, &command, said.only_if).await
}

/// The texts, and what single audiences are told in addition, checked against the handbook that
/// the incident follows.
async fn finished(
    caller: &Caller,
    id: &PublicId,
    texts: Option<Texts>,
    passages: Option<Passages>,
) -> Result<(Option<notice::Texts>, notice::Passages), Problem> {
    if texts.is_none() && passages.is_none() {
        return Ok((None, notice::Passages::new()));
    }
    let case = caller.engine.case(id).await?;
    let texts = texts.map(|texts| texts.finished(&case.handbook)).transpose()?;
    Ok((texts, passages.unwrap_or_default().finished(&case.handbook)?))
}

//! What is done with the notice that waits: hold, release, withdraw, write anew.

use axum::Json;
use engine::incident::Case;
use model::incident::Command;
use model::notice;
use model::value::PublicId;
use schemars::JsonSchema;
use serde::Deserialize;

use super::admit::Caller;
use super::doc::Doc;
use super::incident::{Incident, now};
use super::input::Sent;
use super::number::Number;
use super::passage::Passages;
use super::path::Id;
use super::problem::{Fault, Kind, Problem};
use super::said::Texts;

/// Which notice is meant, and how fresh what one knows must be.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Waiting {
    /// The number of the notice; the one that waits where nothing is said.
    notice: Option<Number>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// A notice that never goes out.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Withdrawal {
    /// Why. It stands in the timeline for good.
    #[schemars(length(min = 1))]
    reason: String,
    /// The number of the notice; the one that waits where nothing is said.
    notice: Option<Number>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// What a waiting notice says from now on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rewriting {
    /// What it says, in every language of the handbook.
    texts: Texts,
    /// What single audiences are told in addition, in the place of what is prepared for them; an
    /// empty text takes it out. Left out, they are told what they would be told now.
    passages: Option<Passages>,
    /// The number of the notice; the one that waits where nothing is said.
    notice: Option<Number>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

const NOTICES: &str = "Notices";

pub(crate) const HOLD: Doc = Doc::write::<Waiting, Incident>("holdNotice", NOTICES).says(
    "Stop the clock of the waiting notice",
    "It does not go out by itself any more: somebody releases or withdraws it.",
);

/// Stops the clock.
pub(crate) async fn hold(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<Waiting>,
) -> Result<Json<Incident>, Problem> {
    let number = meant(&caller, &id, said.notice).await?;
    act(&caller, &id, &Command::Hold { number }, said.only_if).await
}

pub(crate) const RELEASE: Doc = Doc::write::<Waiting, Incident>("releaseNotice", NOTICES)
    .says("Publish the waiting notice now", "");

/// Publishes what waits.
pub(crate) async fn release(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<Waiting>,
) -> Result<Json<Incident>, Problem> {
    let number = meant(&caller, &id, said.notice).await?;
    act(&caller, &id, &Command::Release { number }, said.only_if).await
}

pub(crate) const WITHDRAW: Doc = Doc::write::<Withdrawal, Incident>("withdrawNotice", NOTICES)
    .says("Never publish the waiting notice", "The incident stays open.");

/// Withdraws what waits.
pub(crate) async fn withdraw(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<Withdrawal>,
) -> Result<Json<Incident>, Problem> {
    let reason = said.reason.trim().to_owned();
    let control = |one: char| one.is_control() && one != '\n';
    if reason.is_empty() || reason.contains(control) {
        let detail = "say why in plain words: it stands in the timeline for good";
        return Err(Problem::invalid(vec![Fault::at("/reason", detail)]));
    }
    let number = meant(&caller, &id, said.notice).await?;
    act(&caller, &id, &Command::Withdraw { number, reason }, said.only_if).await
}

pub(crate) const REWRITE: Doc = Doc::write::<Rewriting, Incident>("rewriteNotice", NOTICES).says(
    "Write the waiting notice anew",
    "Its clock goes on: what goes out, by itself or when it is released, is this.",
);

/// Writes what waits anew.
pub(crate) async fn rewrite(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<Rewriting>,
) -> Result<Json<Incident>, Problem> {
    let case = caller.engine.case(&id).await?;
    let texts = said.texts.finished(&case.handbook)?;
    let number = the_one(&case, said.notice)?;
    let passages = passages(&case, number, said.passages)?;
    let said_now = (&texts, &passages);
    caller.engine.rewrite_if(&id, number, said_now, &caller.actor(), seen(said.only_if)).await?;
    now(&caller, &id).await
}

/// What single audiences are told with the waiting notice: what was sent, else what waits.
pub(super) fn passages(
    case: &Case,
    number: u32,
    said: Option<Passages>,
) -> Result<notice::Passages, Problem> {
    match said {
        Some(passages) => passages.finished(&case.handbook),
        None => Ok(case.incident.notice(number).map(|it| it.passages.clone()).unwrap_or_default()),
    }
}

async fn meant(caller: &Caller, id: &PublicId, named: Option<Number>) -> Result<u32, Problem> {
    the_one(&caller.engine.case(id).await?, named)
}

/// The number that was named, else that of the notice that waits.
pub(super) fn the_one(case: &Case, named: Option<Number>) -> Result<u32, Problem> {
    let waiting = case.incident.pending().map(|notice| notice.number);
    let none = || {
        let detail = "no notice waits in this incident: publish an update or a correction instead";
        Problem::new(Kind::Refused, detail)
    };
    named.map(Number::of_notice).or(waiting).ok_or_else(none)
}

fn seen(only_if: Option<Number>) -> Option<u64> {
    only_if.map(|seen| seen.0)
}

/// Does it, and shows what it led to.
pub(super) async fn act(
    caller: &Caller,
    id: &PublicId,
    command: &Command,
    only_if: Option<Number>,
) -> Result<Json<Incident>, Problem> {
    caller.engine.act_if(id, command, &caller.actor(), seen(only_if)).await?;
    now(caller, id).await
}

//! Duties to report: whether they apply, from when their clocks run, what is due when.

use axum::Json;
use model::handbook::Handbook;
use model::handbook::duty::Stage;
use model::incident::{Command, DutyCommand, Owed, OwedReport};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::admit::Caller;
use super::super::doc::Doc;
use super::super::input::Sent;
use super::super::moment::Moment;
use super::super::number::Number;
use super::super::path::{Id, InReport, InRoom};
use super::super::plain::Plain;
use super::super::problem::{Fault, Problem};
use super::super::word::{DutyClock, Named, named};
use super::{ROOM, Reason, Room, act};

/// A duty to report.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Duty {
    /// The key in the handbook.
    duty: String,
    /// What it is called, by language.
    title: Named,
    /// The law and its article, by language.
    law: Named,
    /// The role that sees to it.
    owner: Option<String>,
    /// Whether it applies; none where nobody has decided.
    applies: Option<bool>,
    /// Why.
    reason: Option<String>,
    /// When it was decided.
    decided_at: Option<Moment>,
    /// Since when somebody here knows of it.
    aware_at: Option<Moment>,
    /// When it was classified as grave enough.
    classified_at: Option<Moment>,
    /// When the fix was there.
    fixed_at: Option<Moment>,
    /// When nothing more was to be sent.
    finished_at: Option<Moment>,
    /// What is to be sent, in this order; empty where it does not apply.
    reports: Vec<Report>,
}

/// A report that is to be sent.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DutyReport")]
struct Report {
    /// The key in the duty.
    report: String,
    /// What it is called, by language.
    title: Named,
    /// When it is called for at all, by language; always where nothing is said.
    only_if: Option<Named>,
    /// When it is due; none while no clock runs.
    due: Option<Moment>,
    /// Whether it should have been sent by now.
    late: bool,
    /// When it was sent, the last time.
    sent_at: Option<Moment>,
}

impl Duty {
    pub(super) fn of(handbook: &Handbook, owed: &Owed) -> Option<Self> {
        let duty = handbook.duties.get(&owed.duty)?;
        let one = owed.obligation.as_ref();
        let clocks = one.map(|one| &one.clocks);
        let reports = duty.stages.iter().zip(&owed.reports);
        Some(Self {
            duty: owed.duty.to_string(),
            title: named(&duty.title),
            law: named(&duty.law),
            owner: duty.owner.as_ref().map(ToString::to_string),
            applies: one.map(|one| one.applies),
            reason: one.map(|one| one.reason.clone()).filter(|reason| !reason.is_empty()),
            decided_at: one.map(|one| Moment(one.decided_at)),
            aware_at: clocks.and_then(|clocks| clocks.aware_at).map(Moment),
            classified_at: clocks.and_then(|clocks| clocks.classified_at).map(Moment),
            fixed_at: clocks.and_then(|clocks| clocks.fixed_at).map(Moment),
            finished_at: one.and_then(|one| one.finished_at).map(Moment),
            reports: reports.map(|(stage, report)| shown(stage, report)).collect(),
        })
    }
}

fn shown(stage: &Stage, report: &OwedReport) -> Report {
    Report {
        report: stage.key.to_string(),
        title: named(&stage.title),
        only_if: stage.only_if.as_ref().map(named),
        due: report.due.map(Moment),
        late: report.late,
        sent_at: report.sent.as_ref().map(|sent| Moment(sent.at)),
    }
}

/// Whether a duty applies.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    /// Whether it does.
    applies: bool,
    /// Why; needed where it does not apply.
    reason: Option<Plain>,
    /// Since when somebody here knows of what makes it apply; now where nothing is said.
    at: Option<Moment>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// From when a clock runs.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClockStart {
    /// Which clock.
    clock: DutyClock,
    /// From when.
    at: Moment,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// A report that was sent.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SentReport {
    /// What it said.
    text: Plain,
    /// When it was sent; now where nothing is said.
    at: Option<Moment>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

pub(crate) const DECIDE: Doc = Doc::write::<Decision, Room>("decideDuty", ROOM)
    .says(
        "Say whether a duty to report applies",
        "From then on its clocks run, also after the incident is over. Whether a law applies, \
         people decide.",
    )
    .like(r#"{"applies": false, "reason": "No payments were affected."}"#);

/// It applies, or does not.
pub(crate) async fn decide(
    caller: Caller,
    Id(id): Id,
    InRoom(duty): InRoom,
    Sent(said): Sent<Decision>,
) -> Result<Json<Room>, Problem> {
    if !said.applies && said.reason.is_none() {
        let detail = "say why it does not apply: it stands in the timeline";
        return Err(Problem::invalid(vec![Fault::at("/reason", detail)]));
    }
    let (applies, aware_at) = (said.applies, said.at.map(|at| at.0));
    let reason = Plain::or_empty(said.reason);
    let command = DutyCommand::Decide { duty, applies, reason, aware_at };
    act(&caller, &id, Command::Duty(command), said.only_if).await
}

pub(crate) const START: Doc = Doc::write::<ClockStart, Room>("startDutyClock", ROOM)
    .says("Say from when a clock of a duty runs", "Saying it again sets it anew.")
    .like(r#"{"clock": "classified", "at": "2026-11-24T13:30:00+01:00"}"#);

/// A clock runs.
pub(crate) async fn start(
    caller: Caller,
    Id(id): Id,
    InRoom(duty): InRoom,
    Sent(said): Sent<ClockStart>,
) -> Result<Json<Room>, Problem> {
    let command = DutyCommand::Start { duty, start: said.clock.into(), at: said.at.0 };
    act(&caller, &id, Command::Duty(command), said.only_if).await
}

pub(crate) const REPORT: Doc = Doc::write::<SentReport, Room>("noteReportSent", ROOM)
    .says(
        "Keep what was reported, and when",
        "Notlicht does not send reports: a person does, and this keeps what was sent.",
    )
    .like(r#"{"text": "To the authority: the shop has been down since 13:30."}"#);

/// A report was sent.
pub(crate) async fn report(
    caller: Caller,
    Id(id): Id,
    InRoom(duty): InRoom,
    InReport(stage): InReport,
    Sent(said): Sent<SentReport>,
) -> Result<Json<Room>, Problem> {
    let (at, text) = (said.at.map(|at| at.0), said.text.0);
    let command = DutyCommand::Sent { duty, stage, at, text };
    act(&caller, &id, Command::Duty(command), said.only_if).await
}

pub(crate) const FINISH: Doc = Doc::write::<Reason, Room>("finishDuty", ROOM)
    .says("Say that nothing more is to be sent for a duty, and why", "")
    .like(r#"{"reason": "The authority has closed the case."}"#);

/// Nothing more is to be sent.
pub(crate) async fn finish(
    caller: Caller,
    Id(id): Id,
    InRoom(duty): InRoom,
    Sent(said): Sent<Reason>,
) -> Result<Json<Room>, Problem> {
    let command = DutyCommand::Finish { duty, reason: said.reason.0 };
    act(&caller, &id, Command::Duty(command), said.only_if).await
}

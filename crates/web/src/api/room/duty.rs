//! Duties to report: whether they apply, from when their clocks run, what is due when.

use model::handbook::Handbook;
use model::handbook::duty::Stage;
use model::incident::{Owed, OwedReport};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::moment::Moment;
use super::super::word::{Named, named};

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

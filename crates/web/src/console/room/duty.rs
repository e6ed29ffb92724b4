//! Duties to report: whether they apply, from when their clocks run, what is due when.

use askama::Template;
use model::handbook::duty::{Clock, Duty, Stage};
use model::incident::{Obligation, Owed, OwedReport, Start, owed};
use model::language::Localized;
use model::permission::Permission;
use model::value::Timestamp;

use super::ask::Ask;
use super::scene::Scene;

/// One report of a duty.
struct Due {
    title: String,
    shape: &'static str,
    state: String,
    late: bool,
    /// How much of the time has passed, in per cent; what that is in words.
    used: Option<(u32, String)>,
    only_if: Option<String>,
    /// The page of the report, and what the link says.
    report: (String, &'static str),
}

/// A duty.
struct Row {
    id: String,
    title: String,
    law: String,
    lines: Vec<String>,
    dues: Vec<Due>,
    asks: Vec<String>,
}

#[derive(Template)]
#[template(path = "console/room/duties.html")]
struct Duties {
    head: &'static str,
    none: &'static str,
    undecided_head: String,
    decided: Vec<Row>,
    undecided: Vec<Row>,
}

pub(super) fn html(scene: &Scene) -> askama::Result<String> {
    let words = &scene.words.panel.duties;
    let handbook = &scene.case.handbook;
    let all = owed(handbook, scene.incident(), scene.now);
    let (mut decided, undecided): (Vec<&Owed>, Vec<&Owed>) =
        all.iter().partition(|one| one.obligation.is_some());
    // What is still owed stands first.
    decided.sort_by_key(|one| !one.obligation.as_ref().is_some_and(Obligation::is_open));
    let duty = |one: &Owed| handbook.duties.get(&one.duty);
    Duties {
        head: words.head,
        none: words.none,
        undecided_head: (words.undecided)(undecided.len()),
        decided: decided
            .into_iter()
            .filter_map(|one| Some(decided_row(scene, duty(one)?, one.obligation.as_ref()?, one)))
            .collect(),
        undecided: undecided
            .into_iter()
            .filter_map(|one| Some(undecided_row(scene, duty(one)?)))
            .collect(),
    }
    .render()
}

fn undecided_row(scene: &Scene, duty: &Duty) -> Row {
    let words = &scene.words.panel.duties;
    let said = |text: &Localized| text.get(scene.language).to_owned();
    let lines = vec![(words.trigger)(&said(&duty.trigger)), (words.binds)(&said(&duty.who))];
    let asks = if scene.may(Permission::Writer) { decisions(scene, duty) } else { vec![] };
    row(scene, duty, lines, vec![], asks)
}

fn row(scene: &Scene, duty: &Duty, lines: Vec<String>, dues: Vec<Due>, asks: Vec<Ask<'_>>) -> Row {
    Row {
        id: format!("duty-{}", duty.key),
        title: duty.title.get(scene.language).to_owned(),
        law: duty.law.get(scene.language).to_owned(),
        lines,
        dues,
        asks: asks.into_iter().map(Ask::html).collect(),
    }
}

/// A form about this duty.
fn ask<'a>(scene: &'a Scene, duty: &Duty, act: &'static str, label: &'static str) -> Ask<'a> {
    let about = format!("duty-{}-h", duty.key);
    scene.ask(&format!("/duty/{}", duty.key), act, label).about(about)
}

fn decisions<'a>(scene: &'a Scene, duty: &Duty) -> Vec<Ask<'a>> {
    let words = &scene.words.panel.duties;
    let applies = ask(scene, duty, "applies", words.applies)
        .moment("at", words.aware_at, scene.now)
        .line("reason", words.reason_may);
    let not = ask(scene, duty, "not", words.applies_not).line("reason", words.reason).needed();
    vec![applies, not]
}

fn decided_row(scene: &Scene, duty: &Duty, one: &Obligation, owed: &Owed) -> Row {
    let (words, may) = (&scene.words.panel.duties, scene.may(Permission::Writer));
    if !one.applies {
        let when = scene.dated(one.decided_at);
        let asks = if may { decisions(scene, duty) } else { vec![] };
        let lines = vec![(words.not_since)(&when, &one.reason)];
        return row(scene, duty, lines, vec![], asks.into_iter().take(1).collect());
    }
    let said = |text: &Localized| text.get(scene.language).to_owned();
    let mut lines = vec![(words.to)(&said(&duty.to))];
    lines.extend(duty.owner.as_ref().map(|role| (words.owner)(&scene.role(role))));
    let starts = scene.words.team.starts;
    let clocks = [one.clocks.aware_at, one.clocks.classified_at, one.clocks.fixed_at];
    for (word, at) in starts.iter().zip(clocks) {
        lines.extend(at.map(|at| (words.counts)(word, &scene.zone().full(at, scene.language))));
    }
    lines.extend(Some(one.reason.clone()).filter(|reason| !reason.is_empty()));
    lines.extend(one.finished_at.map(|at| (words.finished)(&scene.dated(at))));
    let reports = duty.stages.iter().zip(&owed.reports);
    let dues = reports.map(|(stage, report)| due(scene, duty, stage, one, report)).collect();
    row(scene, duty, lines, dues, if may { clock_asks(scene, duty, one) } else { vec![] })
}

/// The clocks that a person starts, as far as a report counts from them.
fn clock_asks<'a>(scene: &'a Scene, duty: &Duty, one: &Obligation) -> Vec<Ask<'a>> {
    let words = &scene.words.panel.duties;
    if !one.is_open() {
        return vec![];
    }
    let counts = |clock: &Clock| {
        duty.stages.iter().flat_map(|stage| &stage.due).any(|limit| limit.clock == *clock)
    };
    let mut asks = Vec::new();
    for (start, clock, label, known) in [
        (Start::Classified, Clock::Classified, words.classified, one.clocks.classified_at),
        (Start::Fixed, Clock::Fixed, words.fixed, one.clocks.fixed_at),
        (Start::Aware, Clock::Aware, words.aware, one.clocks.aware_at),
    ] {
        if counts(&clock) {
            let at = known.unwrap_or(scene.now);
            asks.push(ask(scene, duty, start.word(), label).moment("at", words.at, at));
        }
    }
    asks.push(ask(scene, duty, "finish", words.finish).line("reason", words.reason).needed());
    asks
}

fn due(scene: &Scene, duty: &Duty, stage: &Stage, one: &Obligation, report: &OwedReport) -> Due {
    let words = &scene.words.panel.duties;
    let (at, sent, late) = (report.due, report.sent.as_ref(), report.late);
    let full = |at: Timestamp| scene.zone().full(at, scene.language);
    let (shape, state) = match (sent, at) {
        (Some(report), _) => ("operational", (words.sent)(&full(report.at))),
        (None, Some(at)) if late => ("degraded", (words.late)(&full(at))),
        (None, Some(at)) => ("now", (words.due)(&full(at))),
        (None, None) => ("open", words.no_clock.to_owned()),
    };
    let used = at.filter(|_| sent.is_none() && one.is_open()).map(|at| {
        let begun = began(one).unwrap_or(one.decided_at);
        let whole = at.since(begun).micros().max(1);
        let gone = scene.now.since(begun).micros().clamp(0, whole);
        let percent = u32::try_from(i128::from(gone) * 100 / i128::from(whole)).unwrap_or(100);
        (percent, (words.used)(percent))
    });
    let only_if = stage.only_if.as_ref().filter(|_| sent.is_none());
    Due {
        title: stage.title.get(scene.language).to_owned(),
        shape,
        state,
        late,
        used,
        only_if: only_if.map(|said| (words.only_if)(said.get(scene.language))),
        report: (
            scene.path(&format!("/report/{}/{}", duty.key, stage.key)),
            if sent.is_some() { words.report_sent } else { words.report },
        ),
    }
}

/// The last moment from which something counts.
fn began(one: &Obligation) -> Option<Timestamp> {
    let clocks = [one.clocks.aware_at, one.clocks.classified_at, one.clocks.fixed_at];
    let first = clocks.into_iter().flatten().min();
    one.clocks.sent.values().copied().max().or(first)
}

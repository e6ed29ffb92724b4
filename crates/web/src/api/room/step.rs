//! Steps of the plan, and the components that are started again.

use axum::Json;
use model::incident::{Command, Part, Stand, TaskCommand, Work};
use model::value::Key;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::KEY;
use super::super::admit::Caller;
use super::super::by::{By, by};
use super::super::doc::Doc;
use super::super::input::Sent;
use super::super::moment::Moment;
use super::super::number::Number;
use super::super::path::{Id, InStep};
use super::super::plain::Plain;
use super::super::problem::Problem;
use super::super::word::{Named, named};
use super::{Bare, ROOM, Reason, Room, act};

/// Something that is to be done.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Step {
    /// Its place in the list, counted from 1.
    number: usize,
    /// By this it is named. It stays the same as long as what is to be done is worded the same.
    id: String,
    /// The list it stands in.
    list: List,
    /// What to do, by language.
    what: Named,
    /// How to see that it is done, by language.
    check: Option<Named>,
    /// What to do if it does not work, by language.
    otherwise: Option<Named>,
    /// The role that does it.
    role: Option<String>,
    /// The partner who is called for it.
    partner: Option<String>,
    /// How it stands.
    state: Stands,
    /// Whether it is the next one. Starting components again goes beside the steps.
    next: bool,
    /// How long it may take.
    within_seconds: Option<u64>,
    /// When it should be done; none before its turn, and once it is settled.
    due: Option<Moment>,
    /// Who does it.
    doer: Option<By>,
    /// Since when they do.
    doer_since: Option<Moment>,
    /// Who said that it is done or left out.
    settled_by: Option<By>,
    /// When they said so.
    settled_at: Option<Moment>,
    /// Why it was left out, or what else is to be known.
    said: Option<String>,
}

/// Which list it stands in.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "StepList")]
enum List {
    /// Before anything else.
    Immediate,
    /// The plan's steps.
    Step,
    /// Starting components again.
    Restart,
}

/// How a step stands.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "StepState")]
enum Stands {
    /// Nobody does it.
    Open,
    /// Somebody does.
    Running,
    /// It should be done by now.
    Late,
    /// It is done.
    Done,
    /// It was left out on purpose.
    Skipped,
}

impl Step {
    pub(super) fn of(work: Work) -> Self {
        let Work { number, task, progress, due, next, state } = work;
        let (assigned, settled) = (progress.assigned.as_ref(), progress.settled.as_ref());
        Self {
            number,
            id: task.id.to_string(),
            list: match task.part {
                Part::Immediate => List::Immediate,
                Part::Step => List::Step,
                Part::Restart => List::Restart,
            },
            what: named(&task.what),
            check: task.check.as_ref().map(named),
            otherwise: task.otherwise.as_ref().map(named),
            role: task.role.as_ref().map(ToString::to_string),
            partner: task.partner.as_ref().map(ToString::to_string),
            state: match state {
                Stand::Open => Stands::Open,
                Stand::Running => Stands::Running,
                Stand::Late => Stands::Late,
                Stand::Done => Stands::Done,
                Stand::Skipped => Stands::Skipped,
            },
            next,
            within_seconds: task.within.map(model::value::Span::as_seconds),
            due: due.map(Moment),
            doer: assigned.map(|(who, _)| by(who)),
            doer_since: assigned.map(|(_, at)| Moment(*at)),
            settled_by: settled.map(|one| by(&one.by)),
            settled_at: settled.map(|one| Moment(one.at)),
            said: settled.map(|one| one.said.clone()).filter(|said| !said.is_empty()),
        }
    }
}

/// Who does a step.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assignment {
    /// The person of the handbook who does it, by their key; the token itself where nobody is named.
    #[schemars(with = "Option<String>", regex(pattern = KEY))]
    person: Option<Key>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// A step that is done.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tick {
    /// What else is to be known.
    note: Option<Plain>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

pub(crate) const ASSIGN: Doc = Doc::write::<Assignment, Room>("assignStep", ROOM)
    .says("Take a step, or give it to a person", "Whoever is given a step is written to.")
    .like(r#"{"person": "jonas"}"#);

/// Somebody does it.
pub(crate) async fn assign(
    caller: Caller,
    Id(id): Id,
    InStep(task): InStep,
    Sent(said): Sent<Assignment>,
) -> Result<Json<Room>, Problem> {
    let command = TaskCommand::Assign { task, to: said.person };
    act(&caller, &id, Command::Task(command), said.only_if).await
}

pub(crate) const DONE: Doc = Doc::write::<Tick, Room>("finishStep", ROOM)
    .says("Say that a step is done", "")
    .like(r#"{"note": "Restarted, orders go through."}"#);

/// It is done.
pub(crate) async fn done(
    caller: Caller,
    Id(id): Id,
    InStep(task): InStep,
    Sent(said): Sent<Tick>,
) -> Result<Json<Room>, Problem> {
    let command = TaskCommand::Tick { task, note: Plain::or_empty(said.note) };
    act(&caller, &id, Command::Task(command), said.only_if).await
}

pub(crate) const SKIP: Doc = Doc::write::<Reason, Room>("skipStep", ROOM)
    .says("Leave a step out, with the reason", "")
    .like(r#"{"reason": "Nobody installs anything today."}"#);

/// It is left out.
pub(crate) async fn skip(
    caller: Caller,
    Id(id): Id,
    InStep(task): InStep,
    Sent(said): Sent<Reason>,
) -> Result<Json<Room>, Problem> {
    let command = TaskCommand::Skip { task, reason: said.reason.0 };
    act(&caller, &id, Command::Task(command), said.only_if).await
}

pub(crate) const REOPEN: Doc = Doc::write::<Bare, Room>("reopenStep", ROOM)
    .says("Open a step again that was done or left out", "")
    .like("{}");

/// It is to be done after all.
pub(crate) async fn reopen(
    caller: Caller,
    Id(id): Id,
    InStep(task): InStep,
    Sent(said): Sent<Bare>,
) -> Result<Json<Room>, Problem> {
    act(&caller, &id, Command::Task(TaskCommand::Reopen { task }), said.only_if).await
}

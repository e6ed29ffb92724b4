//! What waits for a second person.

use axum::Json;
use model::incident::{Command, Proposal as Its, Proposed, Writing};
use model::notice::Kind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::admit::Caller;
use super::super::by::{By, by};
use super::super::doc::Doc;
use super::super::input::Sent;
use super::super::moment::Moment;
use super::super::number::Number;
use super::super::passage::Passages;
use super::super::path::{Id, InProposal};
use super::super::problem::{Fault, Problem};
use super::super::said::Texts;
use super::super::waiting::{self, the_one};
use super::super::word::NoticeKind;
use super::{Bare, ROOM, Reason, Room, act};

/// What waits for a second person.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Proposal {
    /// By this it is approved or sent back: the number of the event that proposed it.
    number: u64,
    /// Who wrote it. They cannot let it out themselves.
    by: By,
    /// When.
    at: Moment,
    /// What it is for.
    kind: NoticeKind,
    /// What it says; holes are open.
    texts: Option<Texts>,
    /// What single audiences would be told in addition.
    passages: Passages,
    /// The waiting notice that it would replace, or the notice that it corrects.
    notice: Option<u32>,
    /// When the next update would be promised; after the plan's rhythm where nothing is said.
    next_update: Option<Moment>,
}

impl Proposal {
    pub(super) fn of(proposed: &Proposed) -> Self {
        let its = &proposed.proposal;
        let (notice, next_update) = match its {
            Its::Write(writing) => (writing.corrects, writing.next_update),
            Its::Release { number, .. } => (Some(*number), None),
            Its::Resolve { .. } => (None, None),
        };
        Self {
            number: proposed.seq,
            by: by(&proposed.by),
            at: Moment(proposed.at),
            kind: its.kind().into(),
            texts: its.texts().map(Texts::of),
            passages: Passages::of(its.passages()),
            notice,
            next_update: next_update.map(Moment),
        }
    }
}

/// What somebody wrote for a second person to read.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proposing {
    /// What it is for: `first` is the waiting notice in other words.
    kind: Proposable,
    /// What it says, in every language of the handbook.
    texts: Texts,
    /// What single audiences are told in addition, in the place of what is prepared for them; an
    /// empty text takes it out. Where nothing is said of one, it is told what is prepared.
    passages: Option<Passages>,
    /// The published notice that was wrong; needed for a correction, and for nothing else.
    corrects: Option<Number>,
    /// When the next update is promised, for an update or a correction; after the plan's rhythm
    /// where nothing is said.
    next_update: Option<Moment>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// What can be proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Proposable {
    /// The waiting notice in other words, out at once.
    First,
    /// News.
    Update,
    /// An earlier notice was wrong.
    Correction,
    /// It is over.
    AllClear,
}

pub(crate) const PROPOSE: Doc = Doc::write::<Proposing, Room>("propose", ROOM)
    .says(
        "Give a text to a second person to read",
        "Whoever may let notices out is told. A newer proposal takes the place of an older one.",
    )
    .like(
        r#"{"kind": "update", "texts": {
            "de": {"headline": "Der Shop geht wieder langsam", "body": "Bestellen geht."},
            "en": {"headline": "The shop is back, slowly", "body": "Ordering works."}}}"#,
    );

/// A second person is to read it.
pub(crate) async fn propose(
    caller: Caller,
    Id(id): Id,
    Sent(said): Sent<Proposing>,
) -> Result<Json<Room>, Problem> {
    let case = caller.engine.case(&id).await?;
    let corrects = said.corrects.map(Number::of_notice);
    if (said.kind == Proposable::Correction) != corrects.is_some() {
        let detail =
            "a correction names the published notice that was wrong, and nothing else does";
        return Err(Problem::invalid(vec![Fault::at("/corrects", detail)]));
    }
    let next_update = said.next_update.map(|at| at.0);
    if next_update.is_some() && matches!(said.kind, Proposable::First | Proposable::AllClear) {
        let detail = "only an update or a correction names the next one: leave it out";
        return Err(Problem::invalid(vec![Fault::at("/next_update", detail)]));
    }
    let texts = said.texts.finished(&case.handbook)?;
    let passages = match said.kind {
        Proposable::First => waiting::passages(&case, the_one(&case, None)?, said.passages)?,
        _ => said.passages.unwrap_or_default().finished(&case.handbook)?,
    };
    let writing = |kind, texts, passages| {
        Its::Write(Writing { kind, texts: Some(texts), passages, next_update, corrects })
    };
    let proposal = match said.kind {
        Proposable::First => Its::Release { number: the_one(&case, None)?, texts, passages },
        Proposable::Update => writing(Kind::Update, texts, passages),
        Proposable::Correction => writing(Kind::Correction, texts, passages),
        Proposable::AllClear => Its::Resolve { texts, passages },
    };
    act(&caller, &id, Command::Propose(proposal), said.only_if).await
}

pub(crate) const APPROVE: Doc = Doc::write::<Bare, Room>("approveProposal", ROOM)
    .says("Let out what somebody else proposed", "Nobody lets out what they wrote themselves.")
    .like("{}");

/// It goes out.
pub(crate) async fn approve(
    caller: Caller,
    Id(id): Id,
    InProposal(proposed): InProposal,
    Sent(said): Sent<Bare>,
) -> Result<Json<Room>, Problem> {
    act(&caller, &id, Command::Approve { proposed }, said.only_if).await
}

pub(crate) const SEND_BACK: Doc = Doc::write::<Reason, Room>("sendBackProposal", ROOM)
    .says("Do not let out what was proposed, and say what is to be changed", "")
    .like(r#"{"reason": "Say that paying works."}"#);

/// It does not go out.
pub(crate) async fn send_back(
    caller: Caller,
    Id(id): Id,
    InProposal(proposed): InProposal,
    Sent(said): Sent<Reason>,
) -> Result<Json<Room>, Problem> {
    let command = Command::SendBack { proposed, reason: said.reason.0 };
    act(&caller, &id, command, said.only_if).await
}

//! Outside partners: what they were told, what they said.

use axum::Json;
use model::handbook::Handbook;
use model::incident::{AidCommand, Answer as Its, Command, Help, Helper};
use model::value::PublicId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::admit::Caller;
use super::super::by::{By, by};
use super::super::doc::Doc;
use super::super::input::Sent;
use super::super::moment::Moment;
use super::super::number::Number;
use super::super::path::{Id, InRoom};
use super::super::plain::Plain;
use super::super::problem::Problem;
use super::super::word::{Named, named};
use super::{Bare, ROOM, Room, act};

/// An outside partner.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Partner {
    /// The key in the handbook.
    partner: String,
    /// What they do for the community, by language.
    what: Named,
    /// Whether the plan names them or somebody called them.
    named_by_plan: bool,
    /// How it stands.
    state: Stands,
    /// When they were last called in.
    called_at: Option<Moment>,
    /// Over which channels they were written to; none where somebody telephoned.
    channels: Vec<String>,
    /// What they were told, by language.
    told: Option<Named>,
    /// The id of the step for which they were called.
    step: Option<String>,
    /// Since when their link is no longer valid, until they are written to again.
    link_ended_at: Option<Moment>,
    /// What they said, the first first.
    answers: Vec<Answer>,
}

/// How it stands with a partner.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PartnerState")]
enum Stands {
    /// They were not called in.
    NotCalled,
    /// They were, and have not answered.
    Called,
    /// They have.
    Answered,
    /// They wanted to say more, and that moment has passed.
    Late,
}

/// What a partner said.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PartnerAnswer")]
struct Answer {
    /// When.
    at: Moment,
    /// Who wrote it down: they themselves, or who talked to them.
    by: By,
    /// What they said.
    said: String,
    /// Their own number for it.
    ticket: Option<String>,
    /// When they will say more.
    back_at: Option<Moment>,
}

impl Partner {
    pub(super) fn of(handbook: &Handbook, helper: &Helper) -> Self {
        let aid = helper.aid.as_ref();
        let found = handbook.partners.get(&helper.partner);
        let called = aid.filter(|aid| aid.called_at.is_some());
        let channels = aid.map(|aid| aid.channels.iter().map(ToString::to_string).collect());
        let answers = aid.map(|aid| aid.answers.iter().map(said).collect());
        Self {
            partner: helper.partner.to_string(),
            what: found.map(|one| named(&one.what)).unwrap_or_default(),
            named_by_plan: helper.near,
            state: match helper.state {
                Help::NotCalled => Stands::NotCalled,
                Help::Called => Stands::Called,
                Help::Answered => Stands::Answered,
                Help::Late => Stands::Late,
            },
            called_at: aid.and_then(|aid| aid.called_at).map(Moment),
            channels: channels.unwrap_or_default(),
            told: called.map(|aid| named(&aid.told)),
            step: aid.and_then(|aid| aid.task.as_ref()).map(ToString::to_string),
            link_ended_at: aid.and_then(|aid| aid.revoked_at).map(Moment),
            answers: answers.unwrap_or_default(),
        }
    }
}

fn said(its: &Its) -> Answer {
    Answer {
        at: Moment(its.at),
        by: by(&its.by),
        said: its.said.clone(),
        ticket: Some(its.ticket.clone()).filter(|ticket| !ticket.is_empty()),
        back_at: its.back_at.map(Moment),
    }
}

/// A call for help.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PartnerCall")]
pub(crate) struct Calling {
    /// The id of the step for which they are called.
    #[schemars(with = "Option<String>", regex(pattern = "^[a-z0-9]{12}$"))]
    step: Option<PublicId>,
    /// Whether somebody telephones: then nothing is written to them.
    #[serde(default)]
    by_phone: bool,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

/// What a partner said to somebody here.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PartnerSaid")]
pub(crate) struct Heard {
    /// What they said.
    said: Plain,
    /// Their own number for it.
    ticket: Option<Plain>,
    /// When they will say more.
    back_at: Option<Moment>,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

pub(crate) const CALL: Doc = Doc::write::<Calling, Room>("callPartner", ROOM)
    .says(
        "Call an outside partner in",
        "They are written the handbook's call-out text, with a link that shows this incident alone \
         and lets them answer.",
    )
    .like(r#"{"by_phone": false}"#);

/// They are called in.
pub(crate) async fn call(
    caller: Caller,
    Id(id): Id,
    InRoom(partner): InRoom,
    Sent(said): Sent<Calling>,
) -> Result<Json<Room>, Problem> {
    let command = AidCommand::Call { partner, task: said.step, by_phone: said.by_phone };
    act(&caller, &id, Command::Aid(command), said.only_if).await
}

pub(crate) const ANSWER: Doc = Doc::write::<Heard, Room>("notePartnerAnswer", ROOM)
    .says("Write down what a partner said", "")
    .like(r#"{"said": "An engineer is on the way.", "ticket": "NRD-7"}"#);

/// They said something.
pub(crate) async fn answer(
    caller: Caller,
    Id(id): Id,
    InRoom(partner): InRoom,
    Sent(said): Sent<Heard>,
) -> Result<Json<Room>, Problem> {
    let back_at = said.back_at.map(|at| at.0);
    let ticket = Plain::or_empty(said.ticket);
    let command = AidCommand::Answer { partner, said: said.said.0, ticket, back_at };
    act(&caller, &id, Command::Aid(command), said.only_if).await
}

pub(crate) const REVOKE: Doc = Doc::write::<Bare, Room>("revokePartnerLink", ROOM)
    .says(
        "End a partner's link before the incident ends",
        "Whoever opens it reads in plain words that it is no longer valid. If they are called in \
         again, the link in that message works.",
    )
    .like("{}");

/// Their link ends.
pub(crate) async fn revoke(
    caller: Caller,
    Id(id): Id,
    InRoom(partner): InRoom,
    Sent(said): Sent<Bare>,
) -> Result<Json<Room>, Problem> {
    act(&caller, &id, Command::Aid(AidCommand::Revoke { partner }), said.only_if).await
}

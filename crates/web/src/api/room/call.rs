//! Who was called for a role or by an alarm chain, and what became of it.

use axum::Json;
use model::handbook::Handbook;
use model::incident::{Asked as Was, Call, Callee, Calling, Command, Incident, TeamCommand, calls};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::admit::Caller;
use super::super::by::{By, by};
use super::super::doc::Doc;
use super::super::input::Sent;
use super::super::moment::Moment;
use super::super::path::{Id, InRoom};
use super::super::problem::Problem;
use super::super::word::{Named, named};
use super::{Bare, ROOM, Room, Someone, Taking, act};

/// An alarm chain of the plan, which calls one after the other until somebody is there.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Chain {
    /// The key in the handbook.
    chain: String,
    /// What it is called, by language.
    title: Named,
    /// Who is there.
    answered: Option<By>,
    /// Since when they are.
    answered_at: Option<Moment>,
    /// When nobody was left to be called.
    unanswered_at: Option<Moment>,
    /// What to do when nobody is left, by language, as far as the handbook says it.
    otherwise: Option<Named>,
    /// Who was called, the first first.
    called: Vec<Asked>,
}

/// Somebody who was called.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Asked {
    /// The person, if it is one.
    person: Option<String>,
    /// The outside partner, if it is one.
    partner: Option<String>,
    /// When.
    at: Moment,
    /// Until when an answer is or was waited for.
    until: Moment,
    /// Over which channels.
    channels: Vec<String>,
    /// They said that they cannot.
    declined: bool,
}

/// Who was called.
pub(super) fn asked(calling: &Calling) -> Vec<Asked> {
    let one = |was: &Was| {
        let (person, partner) = match &was.who {
            Callee::Person(key) => (Some(key.to_string()), None),
            Callee::Partner(key) => (None, Some(key.to_string())),
        };
        Asked {
            person,
            partner,
            at: Moment(was.at),
            until: Moment(was.until),
            channels: was.channels.iter().map(ToString::to_string).collect(),
            declined: calling.declined.contains(&was.who),
        }
    };
    calling.asked.iter().map(one).collect()
}

/// The alarm chains of the plan.
pub(super) fn chains(handbook: &Handbook, incident: &Incident) -> Vec<Chain> {
    let chain = |call: Call| {
        let calling = incident.calling(&call);
        let Call::Chain(key) = call else { return None };
        let found = handbook.chains.get(&key)?;
        Some(Chain {
            chain: key.to_string(),
            title: named(&found.title),
            answered: calling.answered.as_ref().map(|(who, _)| by(who)),
            answered_at: calling.answered.as_ref().map(|(_, at)| Moment(*at)),
            unanswered_at: calling.unanswered.map(Moment),
            otherwise: found.otherwise.as_ref().map(named),
            called: asked(&calling),
        })
    };
    calls(handbook, incident).into_iter().filter_map(chain).collect()
}

pub(crate) const ANSWER: Doc = Doc::write::<Taking, Room>("answerChain", ROOM)
    .says("Say that somebody is there for an alarm chain", "All others sleep on.")
    .like(r#"{"person": "erika"}"#);

/// Somebody is there.
pub(crate) async fn answer(
    caller: Caller,
    Id(id): Id,
    InRoom(chain): InRoom,
    Sent(said): Sent<Taking>,
) -> Result<Json<Room>, Problem> {
    let command = TeamCommand::Answer { call: Call::Chain(chain), who: said.person };
    act(&caller, &id, Command::Team(command), said.only_if).await
}

pub(crate) const CANNOT: Doc = Doc::write::<Someone, Room>("cannotAnswerChain", ROOM)
    .says("Say that a person whom an alarm chain called cannot come", "The next is called at once.")
    .like(r#"{"person": "erika"}"#);

/// Somebody who was called cannot.
pub(crate) async fn cannot(
    caller: Caller,
    Id(id): Id,
    InRoom(chain): InRoom,
    Sent(said): Sent<Someone>,
) -> Result<Json<Room>, Problem> {
    let command = TeamCommand::Decline { call: Call::Chain(chain), who: Some(said.person) };
    act(&caller, &id, Command::Team(command), said.only_if).await
}

pub(crate) const AGAIN: Doc = Doc::write::<Bare, Room>("callChain", ROOM)
    .says("Run an alarm chain once more", "From the beginning, after nobody had answered.")
    .like("{}");

/// Everybody is called once more.
pub(crate) async fn again(
    caller: Caller,
    Id(id): Id,
    InRoom(chain): InRoom,
    Sent(said): Sent<Bare>,
) -> Result<Json<Room>, Problem> {
    let command = TeamCommand::AskAgain { call: Call::Chain(chain) };
    act(&caller, &id, Command::Team(command), said.only_if).await
}

//! Roles: who holds them, to whom they were offered.

use axum::Json;
use model::handbook::Handbook;
use model::incident::{Call, Command, Post, Presence, TeamCommand};
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
use super::super::path::{Id, InRoom};
use super::super::problem::Problem;
use super::super::word::{Named, named};
use super::call::{Asked, asked};
use super::{Bare, ROOM, Room, Someone, Taking, act};

/// A role that the plan needs.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Role {
    /// The key in the handbook.
    role: String,
    /// What it is called, by language.
    title: Named,
    /// How it stands.
    state: Filled,
    /// Who holds it.
    holder: Option<By>,
    /// Since when they do.
    since: Option<Moment>,
    /// The person who was asked to take it over. Until they do, the holder holds it.
    offered_to: Option<String>,
    /// When they were asked.
    offered_at: Option<Moment>,
    /// Who was called for it since it was last free, the first first.
    called: Vec<Asked>,
}

/// How a role stands.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "RoleState")]
enum Filled {
    /// Who is to hold it holds it.
    Here,
    /// Somebody else does.
    StandsIn,
    /// Somebody was called, and is waited for.
    Called,
    /// Nobody holds it, and nobody is waited for.
    Missing,
}

impl Role {
    pub(super) fn of(handbook: &Handbook, post: &Post) -> Self {
        let (holder, offered) = (post.held.holder.as_ref(), post.held.offered.as_ref());
        Self {
            role: post.role.to_string(),
            title: handbook.roles.get(&post.role).map(|one| named(&one.title)).unwrap_or_default(),
            state: match post.state {
                Presence::Here => Filled::Here,
                Presence::StandsIn => Filled::StandsIn,
                Presence::Called => Filled::Called,
                Presence::Missing => Filled::Missing,
            },
            holder: holder.map(|(who, _)| by(who)),
            since: holder.map(|(_, at)| Moment(*at)),
            offered_to: offered.map(|(to, _)| to.to_string()),
            offered_at: offered.map(|(_, at)| Moment(*at)),
            called: asked(&post.calling),
        }
    }
}

/// Whom a role is offered.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Offer {
    /// The person of the handbook who is asked, by their key.
    #[schemars(with = "String", regex(pattern = KEY))]
    person: Key,
    /// Only if this is still the incident's `last_event`; else 409 and nothing is done.
    only_if: Option<Number>,
}

pub(crate) const TAKE: Doc = Doc::write::<Taking, Room>("takeRole", ROOM)
    .says(
        "Take a role, or say that a person has taken it",
        "The timeline says who said so. A role that somebody holds is handed over by `offer`.",
    )
    .like(r#"{"person": "erika"}"#);

/// A role is taken.
pub(crate) async fn take(
    caller: Caller,
    Id(id): Id,
    InRoom(role): InRoom,
    Sent(said): Sent<Taking>,
) -> Result<Json<Room>, Problem> {
    let command = TeamCommand::Take { role, who: said.person };
    act(&caller, &id, Command::Team(command), said.only_if).await
}

pub(crate) const OFFER: Doc = Doc::write::<Offer, Room>("offerRole", ROOM)
    .says(
        "Ask a person to take a role over",
        "They are written to. Until they agree, the role stays where it is.",
    )
    .like(r#"{"person": "noor"}"#);

/// Somebody is asked to take a role over.
pub(crate) async fn offer(
    caller: Caller,
    Id(id): Id,
    InRoom(role): InRoom,
    Sent(said): Sent<Offer>,
) -> Result<Json<Room>, Problem> {
    let command = TeamCommand::Offer { role, to: said.person };
    act(&caller, &id, Command::Team(command), said.only_if).await
}

pub(crate) const ACCEPT: Doc = Doc::write::<Bare, Room>("acceptRole", ROOM)
    .says("Say that the person whom a role was offered takes it over", "From now on they hold it.")
    .like("{}");

/// Whoever was asked takes it over.
pub(crate) async fn accept(
    caller: Caller,
    Id(id): Id,
    InRoom(role): InRoom,
    Sent(said): Sent<Bare>,
) -> Result<Json<Room>, Problem> {
    act(&caller, &id, Command::Team(TeamCommand::Accept { role }), said.only_if).await
}

pub(crate) const DECLINE: Doc = Doc::write::<Bare, Room>("declineRole", ROOM)
    .says(
        "Say that the person whom a role was offered does not take it over",
        "It stays where it is.",
    )
    .like("{}");

/// Whoever was asked does not.
pub(crate) async fn decline(
    caller: Caller,
    Id(id): Id,
    InRoom(role): InRoom,
    Sent(said): Sent<Bare>,
) -> Result<Json<Room>, Problem> {
    act(&caller, &id, Command::Team(TeamCommand::DeclineOffer { role }), said.only_if).await
}

pub(crate) const LEAVE: Doc = Doc::write::<Bare, Room>("leaveRole", ROOM)
    .says(
        "Lay a role down, or do it for whoever holds it",
        "All others are called for it, from the beginning, where the plan calls.",
    )
    .like("{}");

/// A role is laid down.
pub(crate) async fn leave(
    caller: Caller,
    Id(id): Id,
    InRoom(role): InRoom,
    Sent(said): Sent<Bare>,
) -> Result<Json<Room>, Problem> {
    act(&caller, &id, Command::Team(TeamCommand::Leave { role }), said.only_if).await
}

pub(crate) const CANNOT: Doc = Doc::write::<Someone, Room>("cannotTakeRole", ROOM)
    .says("Say that a person who was called for a role cannot come", "The next is called at once.")
    .like(r#"{"person": "amira"}"#);

/// Somebody who was called cannot.
pub(crate) async fn cannot(
    caller: Caller,
    Id(id): Id,
    InRoom(role): InRoom,
    Sent(said): Sent<Someone>,
) -> Result<Json<Room>, Problem> {
    let command = TeamCommand::Decline { call: Call::Role(role), who: Some(said.person) };
    act(&caller, &id, Command::Team(command), said.only_if).await
}

pub(crate) const CALL: Doc = Doc::write::<Bare, Room>("callForRole", ROOM)
    .says("Call everybody for a role once more", "From the beginning, after nobody had answered.")
    .like("{}");

/// Everybody is called once more.
pub(crate) async fn again(
    caller: Caller,
    Id(id): Id,
    InRoom(role): InRoom,
    Sent(said): Sent<Bare>,
) -> Result<Json<Room>, Problem> {
    let command = TeamCommand::AskAgain { call: Call::Role(role) };
    act(&caller, &id, Command::Team(command), said.only_if).await
}

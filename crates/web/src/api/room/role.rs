//! Roles: who holds them, to whom they were offered.

use model::handbook::Handbook;
use model::incident::{Post, Presence};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::by::{By, by};
use super::super::moment::Moment;
use super::super::word::{Named, named};
use super::call::{Asked, asked};

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

//! Who was called for a role or by an alarm chain, and what became of it.

use model::handbook::Handbook;
use model::incident::{Asked as Was, Call, Callee, Calling, Incident, calls};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::by::{By, by};
use super::super::moment::Moment;
use super::super::word::{Named, named};

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

//! The handbook (Notfallhandbuch): the only configuration of content.
//!
//! It is a folder of TOML and Markdown texts. A version of it keeps those texts; these types are
//! parsed from them. Names and contact data of people are not part of it: they stand in
//! `contacts.toml` and in tables of their own. Secrets are only named.

use std::collections::BTreeMap;

use crate::language::{Language, Localized, Zone};
use crate::value::Key;

pub mod channel;
pub mod check;
pub mod diff;
pub mod edit;
mod fault;
mod form;
mod link;
mod near;
pub mod parse;
pub mod people;
mod place;
pub mod plan;
mod read;
pub mod shape;
mod source;
pub mod system;

pub use fault::{Fault, Severity};
pub use link::Noun;
pub use place::Places;
pub use source::{BadPath, Path};

use channel::{Audience, Channel, Endpoint};
use people::{Partner, Person, Role};
use plan::Plan;
use system::{Component, ComponentState, Monitor};

/// The texts of a handbook: path inside its folder → content.
pub type Files = BTreeMap<String, String>;

/// The format that this program writes and reads.
pub const SCHEMA: u32 = 1;

/// One version of the handbook, parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct Handbook {
    /// The community that it is for, as visitors call it.
    pub community: String,
    /// The languages that every text for visitors must have; the first is the main one.
    pub languages: Vec<Language>,
    /// The zone in which moments are told.
    pub zone: Zone,
    /// Where visitors find the public page, without a slash at the end.
    pub page: String,
    /// Legal notice of the page, Markdown.
    pub imprint: Localized,
    /// Privacy notice of the page, Markdown.
    pub privacy: Localized,
    /// People by reference.
    pub people: BTreeMap<Key, Person>,
    /// Crisis roles.
    pub roles: BTreeMap<Key, Role>,
    /// Outside partners.
    pub partners: BTreeMap<Key, Partner>,
    /// The parts that visitors know, in the order in which they are shown.
    pub components: Vec<Component>,
    /// What is measured.
    pub monitors: BTreeMap<Key, Monitor>,
    /// Ways out to people.
    pub channels: BTreeMap<Key, Channel>,
    /// Machines that are told: webhooks.
    pub endpoints: BTreeMap<Key, Endpoint>,
    /// Who is told.
    pub audiences: BTreeMap<Key, Audience>,
    /// What to do in which scenario.
    pub plans: BTreeMap<Key, Plan>,
}

impl Handbook {
    /// The component of this key.
    #[must_use]
    pub fn component(&self, key: &Key) -> Option<&Component> {
        self.components.iter().find(|component| component.key == *key)
    }

    /// The main language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::DE)
    }

    /// Everything that this component needs, directly or through others, without itself.
    #[must_use]
    pub fn needs(&self, key: &Key) -> Vec<Key> {
        let mut found = Vec::new();
        let mut todo = vec![key.clone()];
        while let Some(next) = todo.pop() {
            for need in self.component(&next).iter().flat_map(|one| &one.depends_on) {
                if need != key && !found.contains(need) {
                    found.push(need.clone());
                    todo.push(need.clone());
                }
            }
        }
        found
    }

    /// The plan for this component in this state: the one that names the component, else one for
    /// any component.
    #[must_use]
    pub fn plan_for(&self, key: &Key, state: ComponentState) -> Option<&Plan> {
        let fits = |plan: &&Plan| state >= plan.trigger.at_least;
        let naming = self.plans.values().filter(fits).find(|p| p.trigger.components.contains(key));
        naming.or_else(|| self.plans.values().filter(fits).find(|p| p.trigger.any))
    }
}

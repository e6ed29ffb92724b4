//! The handbook (Notfallhandbuch): the only configuration of content.
//!
//! It is a folder of TOML and Markdown texts. A version of it keeps those texts; these types are
//! parsed from them. Names and contact data of people are not part of it: they stand in
//! `contacts.toml` and in tables of their own. Secrets are only named.

use std::collections::BTreeMap;

use crate::language::{Language, Localized, Zone};
use crate::value::Key;
use crate::words::OwnWord;

pub mod archive;
pub mod begin;
pub mod channel;
pub mod check;
pub mod diff;
pub mod draft;
pub mod duty;
pub mod edit;
mod edition;
mod fault;
pub mod finding;
mod form;
pub mod front;
mod link;
pub mod merge;
mod near;
pub mod parse;
pub mod people;
mod place;
pub mod plan;
mod read;
pub mod rota;
pub mod shape;
mod source;
pub mod system;

pub use edition::Edition;
pub use fault::{Clause, Fault, Severity};
pub use link::Noun;
pub use place::Places;
pub use source::{BadPath, Path};

use channel::{Audience, Channel, Endpoint};
use duty::Duty;
use front::{Card, Control, Lifeline, Rhythm, Threshold};
use people::{Chain, Partner, Person, Role};
use plan::{Level, Plan};
use rota::Rota;
use system::{Component, ComponentState, Monitor, Place};

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
    /// Who answers for it, and where its copies hang.
    pub control: Control,
    /// What the levels mean here, as far as it is written.
    pub levels: BTreeMap<Level, Threshold>,
    /// How old a proof may become.
    pub rhythm: Rhythm,
    /// The one page for the wall.
    pub card: Option<Card>,
    /// Words that visitors need not know, besides those that the program knows.
    pub jargon: Vec<OwnWord>,
    /// Where that runs without which nobody hears of an outage.
    pub lifeline: Lifeline,
    /// People by reference.
    pub people: BTreeMap<Key, Person>,
    /// Crisis roles.
    pub roles: BTreeMap<Key, Role>,
    /// Outside partners.
    pub partners: BTreeMap<Key, Partner>,
    /// Who is alarmed, one after the other.
    pub chains: BTreeMap<Key, Chain>,
    /// Who is on call when.
    pub rotas: BTreeMap<Key, Rota>,
    /// Where things run.
    pub places: BTreeMap<Key, Place>,
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
    /// What must be reported, as far as somebody confirmed that it applies.
    pub duties: BTreeMap<Key, Duty>,
}

impl Handbook {
    /// A handbook in which nothing is written.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            community: String::new(),
            languages: Vec::new(),
            zone: Zone::utc(),
            page: String::new(),
            imprint: Localized::default(),
            privacy: Localized::default(),
            control: Control::default(),
            levels: BTreeMap::new(),
            rhythm: Rhythm::default(),
            card: None,
            jargon: Vec::new(),
            lifeline: Lifeline::default(),
            people: BTreeMap::new(),
            roles: BTreeMap::new(),
            partners: BTreeMap::new(),
            chains: BTreeMap::new(),
            rotas: BTreeMap::new(),
            places: BTreeMap::new(),
            components: Vec::new(),
            monitors: BTreeMap::new(),
            channels: BTreeMap::new(),
            endpoints: BTreeMap::new(),
            audiences: BTreeMap::new(),
            plans: BTreeMap::new(),
            duties: BTreeMap::new(),
        }
    }

    /// The place itself and those in which it lies, from the inside out.
    #[must_use]
    pub fn lies_in(&self, place: &Key) -> Vec<&Place> {
        let mut found: Vec<&Place> = Vec::new();
        let mut next = self.places.get(place);
        while let Some(place) = next.filter(|place| !found.iter().any(|one| one.key == place.key)) {
            found.push(place);
            next = place.inside.as_ref().and_then(|outer| self.places.get(outer));
        }
        found
    }

    /// Whether what runs on these places goes down with this one: each of them lies in it. What
    /// runs on no place that is known goes down with none.
    #[must_use]
    pub fn goes_down_with(&self, runs_on: &[Key], lost: &Key) -> bool {
        let inside = |place: &Key| self.lies_in(place).iter().any(|outer| outer.key == *lost);
        !runs_on.is_empty() && runs_on.iter().all(inside)
    }

    /// A place whose loss takes down both, if there is one.
    #[must_use]
    pub fn common_fate(&self, one: &[Key], other: &[Key]) -> Option<&Place> {
        let down = |lost: &Key| self.goes_down_with(one, lost) && self.goes_down_with(other, lost);
        let mut outer = one.iter().flat_map(|place| self.lies_in(place));
        outer.find(|place| down(&place.key))
    }

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

    /// What visitors call a component; its key where this version does not have it.
    #[must_use]
    pub fn component_name<'a>(&'a self, key: &'a Key, language: Language) -> &'a str {
        self.component(key).map_or(key.as_str(), |one| one.name.get(language))
    }

    /// What a role is called; its key where this version does not have it.
    #[must_use]
    pub fn role_title<'a>(&'a self, key: &'a Key, language: Language) -> &'a str {
        self.roles.get(key).map_or(key.as_str(), |role| role.title.get(language))
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

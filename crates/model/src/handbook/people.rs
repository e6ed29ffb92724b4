//! Who acts: people by reference, crisis roles with deputies, outside partners, alarm chains.

use super::channel::Reaches;
use super::link::Noun;
use crate::language::{Language, Localized};
use crate::notice::Hole;
use crate::value::{Day, Key, Span};

/// A person, known here by a key alone. Name and contact data stand apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The key.
    pub key: Key,
    /// The language in which alerts are written to this person.
    pub language: Language,
    /// The plans in which this person was trained.
    pub trained: Vec<Training>,
}

/// Somebody was trained in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    /// The plan.
    pub plan: Key,
    /// When.
    pub on: Day,
}

/// A crisis role, which somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The key.
    pub key: Key,
    /// What it is called.
    pub title: Localized,
    /// What it does in an outage.
    pub task: Option<Localized>,
    /// Who holds it.
    pub person: Key,
    /// Who stands in, in this order.
    pub deputies: Vec<Key>,
}

impl Role {
    /// The holder and then the deputies.
    pub fn everybody(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.person).chain(&self.deputies)
    }
}

/// Somebody outside who can be called in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// The key.
    pub key: Key,
    /// What they do for us.
    pub what: Localized,
    /// Where the contract or customer number is to be found.
    pub contract: Option<String>,
    /// When they can be reached.
    pub hours: Option<String>,
    /// How soon they promise to act.
    pub response: Option<Span>,
    /// What they can do, and where.
    pub reach: Option<Localized>,
    /// What to say when calling them, with [`CALL_HOLES`].
    pub callout: Option<Localized>,
    /// When their number was last tried.
    pub called_on: Option<Day>,
}

/// The holes of a partner's call-out text.
pub const CALL_HOLES: [Hole; 6] = [
    Hole { name: "community", what: ["Name der Gemeinschaft", "the community's name"] },
    Hole { name: "broken", what: ["was nicht geht", "what does not work"] },
    Hole { name: "since", what: ["seit wann, mit Zone", "since when, with zone"] },
    Hole { name: "caller", what: ["Ihr Name", "your name"] },
    Hole {
        name: "phone", what: ["Ihre Nummer für den Rückruf", "your number to be called back"]
    },
    Hole { name: "contract", what: ["Vertrag oder Kundennummer", "contract or customer number"] },
];

/// A call-out text with its holes filled; where nothing is known, there is a line to write on.
#[must_use]
pub fn fill_callout(text: &str, known: impl Fn(&str) -> Option<String>) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let hole = after.split_once('}').filter(|(name, _)| is_call_hole(name));
        let Some((name, after)) = hole else {
            said.push('{');
            rest = after;
            continue;
        };
        said.push_str(&known(name).unwrap_or_else(|| "__________".to_owned()));
        rest = after;
    }
    said.push_str(rest);
    said
}

/// Whether a call-out text can have a hole of this name.
#[must_use]
pub fn is_call_hole(name: &str) -> bool {
    CALL_HOLES.iter().any(|hole| hole.name == name)
}

/// Somebody who can be called: by name, by what they are, or by whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// This person.
    Person(Key),
    /// Whoever holds this role, then the deputies.
    Role(Key),
    /// Whoever is on call.
    Rota(Key),
    /// This partner.
    Partner(Key),
}

impl Who {
    /// What can be named.
    pub const NOUNS: [Noun; 4] = [Noun::Role, Noun::Person, Noun::Rota, Noun::Partner];

    /// Of a noun and a key; nothing where such a thing cannot be called.
    #[must_use]
    pub fn of(noun: Noun, key: Key) -> Option<Self> {
        match noun {
            Noun::Person => Some(Self::Person(key)),
            Noun::Role => Some(Self::Role(key)),
            Noun::Rota => Some(Self::Rota(key)),
            Noun::Partner => Some(Self::Partner(key)),
            _ => None,
        }
    }

    /// The key of who it is.
    #[must_use]
    pub fn key(&self) -> &Key {
        match self {
            Self::Person(key) | Self::Role(key) | Self::Rota(key) | Self::Partner(key) => key,
        }
    }
}

/// An alarm chain: who is called, and who next when nobody acknowledges in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The key.
    pub key: Key,
    /// What it is called.
    pub title: Localized,
    /// Who is called, in this order.
    pub rungs: Vec<Rung>,
    /// What to do when nobody on it acknowledged.
    pub otherwise: Option<Localized>,
}

/// One rung of an alarm chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Who is called.
    pub who: Who,
    /// Over which channels; without any over the telephone.
    pub channels: Vec<Key>,
    /// How long to wait for an answer before the next rung.
    pub acknowledge_within: Option<Span>,
}

/// Name and contact data of a person or partner, from `contacts.toml`; never part of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactCard {
    /// The person's or partner's key in the handbook.
    pub key: Key,
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: Option<String>,
    /// When somebody last saw that mail arrives there.
    pub email_verified: Option<Day>,
    /// The telephone number.
    pub phone: Option<String>,
    /// When somebody last heard a voice there.
    pub phone_verified: Option<Day>,
}

impl ContactCard {
    /// A card with a name alone.
    #[must_use]
    pub fn new(key: Key, name: String) -> Self {
        Self { key, name, email: None, email_verified: None, phone: None, phone_verified: None }
    }

    /// The address by which such a channel reaches this person.
    #[must_use]
    pub fn address(&self, reaches: Reaches) -> Option<&str> {
        match reaches {
            Reaches::PeopleByMail => self.email.as_deref(),
            Reaches::PeopleByPhone => self.phone.as_deref(),
            Reaches::Machines | Reaches::Public => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_out_is_filled_with_what_is_known_and_has_lines_for_the_rest() {
        let known = |name: &str| (name == "caller").then(|| "{phone}".to_owned());
        let said = fill_callout("{caller} calls since {since}, {x} { stays", known);
        assert_eq!(said, "{phone} calls since __________, {x} { stays");
    }
}

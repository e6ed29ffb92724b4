//! Who acts: people by reference, crisis roles with deputies, outside partners.

use super::channel::Reaches;
use crate::language::{Language, Localized};
use crate::value::Key;

/// A person, known here by a key alone. Name and contact data stand apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The key.
    pub key: Key,
    /// The language in which alerts are written to this person.
    pub language: Language,
}

/// A crisis role, which somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The key.
    pub key: Key,
    /// What it is called.
    pub title: Localized,
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
    /// The telephone number.
    pub phone: Option<String>,
}

impl ContactCard {
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

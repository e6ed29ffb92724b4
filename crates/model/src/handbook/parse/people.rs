//! `people.toml`: people by reference, roles, partners.

use crate::handbook::Handbook;
use crate::handbook::link::Noun;
use crate::handbook::people::{Partner, Person, Role};
use crate::handbook::read::{LANGUAGE, Table};
use crate::language::Language;
use crate::value::Key;

pub(super) fn read(table: &Table<'_>, handbook: &mut Handbook) {
    let main = handbook.language();
    if let Some(item) = table.need("person", "a heading [person.KEY] for each person") {
        for (key, person) in item.named(Noun::Person) {
            handbook.people.insert(key.clone(), read_person(&person, key, main));
        }
    }
    if let Some(item) = table.need("role", "a heading [role.KEY] for each role") {
        for (key, role) in item.named(Noun::Role) {
            handbook.roles.insert(key.clone(), read_role(&role, key));
        }
    }
    if let Some(item) = table.may("partner") {
        for (key, partner) in item.named(Noun::Partner) {
            handbook.partners.insert(key.clone(), read_partner(&partner, key));
        }
    }
}

fn read_person(table: &Table<'_>, key: Key, main: Language) -> Person {
    let language = table.may("language").and_then(|item| item.word(&LANGUAGE));
    Person { key, language: language.unwrap_or(main) }
}

fn read_role(table: &Table<'_>, key: Key) -> Role {
    Role {
        title: table.localized("title"),
        person: table
            .need("person", "person = \"…\", the key of who holds it")
            .and_then(|item| item.link(Noun::Person))
            .unwrap_or_else(super::stand_in),
        deputies: table.may("deputies").map(|item| item.links(Noun::Person)).unwrap_or_default(),
        key,
    }
}

fn read_partner(table: &Table<'_>, key: Key) -> Partner {
    Partner {
        key,
        what: table.localized("what"),
        contract: table.may("contract").and_then(|item| item.text()),
        hours: table.may("hours").and_then(|item| item.text()),
    }
}

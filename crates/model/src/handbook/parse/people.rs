//! `people.toml`: people by reference, roles, partners, alarm chains, rotas.

use super::rota::{read_chain, read_rota};
use crate::handbook::Handbook;
use crate::handbook::fault::said;
use crate::handbook::link::Noun;
use crate::handbook::near::nearest;
use crate::handbook::people::{CALL_HOLES, Partner, Person, Role, Training, is_call_hole};
use crate::handbook::read::{Item, LANGUAGE, Table};
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
    if let Some(item) = table.may("chain") {
        for (key, chain) in item.named(Noun::Chain) {
            handbook.chains.insert(key.clone(), read_chain(&chain, key));
        }
    }
    if let Some(item) = table.may("rota") {
        for (key, rota) in item.named(Noun::Rota) {
            let rota = read_rota(&rota, key.clone());
            handbook.rotas.extend(rota.map(|rota| (key, rota)));
        }
    }
}

fn read_person(table: &Table<'_>, key: Key, main: Language) -> Person {
    let language = table.may("language").and_then(|item| item.word(&LANGUAGE));
    let trained = table.may_tables("trained");
    Person {
        key,
        language: language.unwrap_or(main),
        trained: trained.iter().filter_map(read_training).collect(),
    }
}

fn read_training(table: &Table<'_>) -> Option<Training> {
    let plan = table.need("plan", "plan = \"…\", the key of a plan");
    let on = table.need("on", "on = 2026-10-02").and_then(|item| item.day());
    Some(Training { plan: plan.and_then(|item| item.past_link(Noun::Plan))?, on: on? })
}

fn read_role(table: &Table<'_>, key: Key) -> Role {
    Role {
        title: table.localized("title"),
        task: table.may_localized_long("task"),
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
        contract: table.may_text("contract"),
        hours: table.may_text("hours"),
        response: table.may_span("response"),
        reach: table.may_localized("reach"),
        callout: table.may("callout").map(|item| item.localized_seen(see_holes)),
        called_on: table.may_day("called_on"),
    }
}

/// Logs holes that nothing fills.
fn see_holes(item: &Item<'_>, text: &str) {
    let names = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    for (name, _) in names.filter(|(name, _)| !is_call_hole(name)) {
        let known = CALL_HOLES.map(|hole| hole.name);
        let help = match nearest(name, known) {
            Some(meant) => said!("meinten Sie {{{meant}}}?", "did you mean {{{meant}}}?"),
            None => said!(
                "es gibt diese Lücken: {}",
                "the holes are: {}",
                known.map(|name| format!("{{{name}}}")).join(" ")
            ),
        };
        item.error(
            said!("die Lücke {{{name}}} gibt es nicht", "there is no hole {{{name}}}"),
            help,
        );
    }
}

//! Names and numbers of people; without them lines to write on.

use model::value::Day;

use super::Section;
use super::block::{Block, Table};
use super::source::Source;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = source.words();
    let row = |key| {
        let card = source.card(key);
        let roles: Vec<String> = source
            .handbook
            .roles
            .values()
            .filter(|role| role.everybody().any(|one| one == key))
            .map(|role| source.said(&role.title).to_owned())
            .collect();
        let way = |way: Option<&String>, verified: Option<Day>| match (way, verified) {
            (Some(way), Some(day)) => format!("{way}\n{}", (words.verified)(&source.day(day))),
            (way, _) => way.cloned().unwrap_or_default(),
        };
        vec![
            source.name(key),
            card.map_or_else(String::new, |one| way(one.phone.as_ref(), one.phone_verified)),
            card.map_or_else(String::new, |one| way(one.email.as_ref(), one.email_verified)),
            source.list(&roles),
        ]
    };
    let mut rows: Vec<_> = source.handbook.people.keys().map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    rows.sort();
    let lede = if source.cards.is_some() { words.contacts_lede } else { words.contacts_absent };
    vec![Section {
        anchor: "contacts".to_owned(),
        title: words.contacts.to_owned(),
        lede: Some(lede.to_owned()),
        own_page: false,
        blocks: vec![Block::Table(Table {
            head: [words.name, words.phone, words.email, words.roles].map(str::to_owned).into(),
            widths: vec![4, 4, 5, 5],
            rows,
            by_hand: source.cards.is_none(),
        })],
    }]
}

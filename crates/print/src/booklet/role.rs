//! Who does what: crisis roles, who holds them, who stands in.

use model::handbook::people::Role;

use super::Section;
use super::block::{Block, Fact, Part};
use super::source::Source;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = source.words();
    let roles = &source.handbook.roles;
    if roles.is_empty() {
        return Vec::new();
    }
    vec![Section {
        anchor: "roles".to_owned(),
        title: words.roles.to_owned(),
        lede: Some(words.roles_lede.to_owned()),
        own_page: false,
        blocks: roles.values().map(|role| part(source, role)).collect(),
    }]
}

fn part(source: &Source<'_>, role: &Role) -> Block {
    let words = source.words();
    let facts = [
        Fact::some(words.task, role.task.as_ref().map(|task| source.said(task))),
        Some(Fact::new(words.holder, source.name_and_phone(&role.person))),
        Fact::some(words.deputies, Some(source.names_and_phones(&role.deputies))),
    ];
    Block::Part(Part {
        title: source.said(&role.title).to_owned(),
        blocks: vec![Block::Facts(facts.into_iter().flatten().collect())],
        whole: true,
    })
}

//! Alarm chains: who is called, and who next when nobody answers.

use model::handbook::people::{Chain, Rung};

use super::Section;
use super::block::{Block, Part, Table};
use super::source::Source;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = source.words();
    let chains = &source.handbook.chains;
    if chains.is_empty() {
        return Vec::new();
    }
    vec![Section {
        anchor: "chains".to_owned(),
        title: words.chains.to_owned(),
        lede: Some(words.chains_lede.to_owned()),
        own_page: true,
        blocks: chains.values().map(|chain| part(source, chain)).collect(),
    }]
}

fn part(source: &Source<'_>, chain: &Chain) -> Block {
    let words = source.words();
    let rows = chain.rungs.iter().enumerate().map(|(at, rung)| row(source, at + 1, rung));
    let mut blocks = vec![Block::Table(Table {
        head: [words.number, words.who, words.call_by, words.wait, words.reached_at]
            .map(str::to_owned)
            .into(),
        widths: vec![1, 8, 4, 4, 3],
        rows: rows.collect(),
        by_hand: true,
    })];
    if let Some(otherwise) = &chain.otherwise {
        let otherwise = source.said(otherwise);
        blocks.push(Block::Paragraph(format!("{} {otherwise}", words.nobody_answered)));
    }
    Block::Part(Part { title: source.said(&chain.title).to_owned(), blocks, whole: false })
}

fn row(source: &Source<'_>, number: usize, rung: &Rung) -> Vec<String> {
    let words = source.words();
    let (title, people) = source.who(&rung.who);
    let numbers = source.names_and_phones(&people);
    let named = people.iter().any(|key| source.name(key) == title);
    let who = if named { numbers } else { format!("{title}\n{numbers}") };
    let channels: Vec<String> = rung.channels.iter().map(ToString::to_string).collect();
    let by = if channels.is_empty() { words.phone.to_owned() } else { source.list(&channels) };
    let wait = rung.acknowledge_within.map_or_else(String::new, |span| source.span(span));
    vec![number.to_string(), who, by, wait, String::new()]
}

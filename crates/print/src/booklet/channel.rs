//! The ways out to people, and where they run.

use model::handbook::channel::Channel;
use model::handbook::system::Place;

use super::Section;
use super::block::{Block, Part, Table};
use super::source::Source;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = source.words();
    let handbook = source.handbook;
    let channels = handbook.channels.values().map(|channel| channel_row(source, channel));
    let places = handbook.places.values().map(|place| place_row(source, place));
    let channel_head = [words.channel, words.runs_on, words.known_by, words.tested_on];
    let place_head = [words.place, words.inside, words.partner, words.phone];
    let parts = [
        part(words.channels, channel_head, [3, 5, 6, 4], channels.collect()),
        part(words.places, place_head, [7, 4, 6, 4], places.collect()),
    ];
    let blocks: Vec<Block> = parts.into_iter().flatten().collect();
    if blocks.is_empty() {
        return Vec::new();
    }
    vec![Section {
        anchor: "channels".to_owned(),
        title: words.channels_and_places.to_owned(),
        lede: Some(words.channels_lede.to_owned()),
        own_page: false,
        blocks,
    }]
}

fn part(title: &str, head: [&str; 4], widths: [u8; 4], rows: Vec<Vec<String>>) -> Option<Block> {
    if rows.is_empty() {
        return None;
    }
    let head = head.map(str::to_owned).into();
    let table = Table { head, widths: widths.into(), rows, by_hand: false };
    let title = title.to_owned();
    Some(Block::Part(Part { title, blocks: vec![Block::Table(table)], whole: false }))
}

fn channel_row(source: &Source<'_>, channel: &Channel) -> Vec<String> {
    vec![
        channel.key.to_string(),
        source.places(&channel.runs_on),
        source.list(&channel.known_by.iter().map(|key| source.name(key)).collect::<Vec<_>>()),
        channel.tested_on.map_or_else(String::new, |day| source.day(day)),
    ]
}

fn place_row(source: &Source<'_>, place: &Place) -> Vec<String> {
    let partner = place.partner.as_ref();
    vec![
        source.said(&place.title).to_owned(),
        source.places(place.inside.as_slice()),
        partner.map_or_else(String::new, |key| source.name(key)),
        partner.map_or_else(String::new, |key| source.phone(key)),
    ]
}

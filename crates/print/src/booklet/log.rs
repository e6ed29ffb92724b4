//! A sheet to copy: what is written down while an outage goes on.

use super::Section;
use super::block::{Block, Table};
use super::source::Source;

/// As many lines as fit on the page.
const LINES: usize = 20;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = source.words();
    vec![Section {
        anchor: "log".to_owned(),
        title: words.log.to_owned(),
        lede: Some(words.log_lede.to_owned()),
        own_page: true,
        blocks: vec![
            Block::Write([words.begun_at, words.log_keeper].map(str::to_owned).into()),
            Block::Table(Table {
                head: [words.log_at, words.log_what, words.log_who].map(str::to_owned).into(),
                widths: vec![2, 9, 3],
                rows: vec![vec![String::new(); 3]; LINES],
                by_hand: true,
            }),
        ],
    }]
}

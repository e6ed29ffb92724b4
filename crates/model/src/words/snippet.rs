//! Sentences to begin with, for what a text does not say yet.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Item, Occasion};
use crate::language::Language;

type Snippets = HashMap<&'static str, &'static str>;

/// Lines `item | sentence` or `item occasion | sentence`.
fn read(file: &'static str) -> Snippets {
    file.lines()
        .filter(|line| !line.starts_with("//"))
        .filter_map(|line| line.split_once(" | "))
        .collect()
}

/// A sentence for this item, best for this occasion.
pub(super) fn of(item: Item, language: Language, occasion: Occasion) -> Option<&'static str> {
    static DE: LazyLock<Snippets> = LazyLock::new(|| read(include_str!("de/snippets.txt")));
    static EN: LazyLock<Snippets> = LazyLock::new(|| read(include_str!("en/snippets.txt")));
    let snippets = if language == Language::DE { &DE } else { &EN };
    let special = format!("{} {}", item.word(), occasion.word());
    snippets.get(special.as_str()).or_else(|| snippets.get(item.word())).copied()
}

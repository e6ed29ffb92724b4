//! Jargon, and what to say instead.

use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::flat::Flat;
use crate::language::{Language, Localized};

/// A word that visitors need not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jargon {
    /// As it stands in the text.
    pub word: String,
    /// What to say instead.
    pub instead: String,
    /// The line of the text, counted from 1.
    pub line: usize,
    /// Whether many people know the word all the same.
    pub mild: bool,
}

/// What to say instead of a word.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The replacement.
    pub(super) instead: String,
    /// Whether many people know the word all the same.
    pub(super) mild: bool,
}

/// A word that a community wants said in other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWord {
    /// The word, in small or large letters; at its end `~` stands for any letters.
    pub word: String,
    /// What to say instead, in each language.
    pub instead: Localized,
}

/// A pattern that begins and ends at the edge of a word.
fn whole_word(pattern: &str) -> String {
    format!(r"\b(?:{})\b", pattern.replace('~', "[a-z-]*"))
}

/// A list of jargon, read once.
pub(super) struct Glossary {
    set: RegexSet,
    entries: Vec<(Regex, Entry)>,
}

impl Glossary {
    /// Reads lines `pattern | instead`, with `|` between patterns too and `~` for any letters.
    pub(super) fn read(file: &str) -> Self {
        let mut patterns = Vec::new();
        let mut instead = Vec::new();
        let lines = file.lines().map(str::trim).filter(|line| !line.is_empty());
        for line in lines.filter(|line| !line.starts_with("//")) {
            let (pattern, plain) = line.split_once(" | ").expect("a line says what to say instead");
            patterns.push(whole_word(&Flat::of(pattern).text));
            let (plain, mild) =
                plain.strip_suffix(" | mild").map_or((plain, false), |it| (it, true));
            instead.push(Entry { instead: plain.trim().to_owned(), mild });
        }
        Self::of(&patterns, instead)
    }

    /// What a community wants said in other words, in this language. A word may end with `~`, which
    /// stands for any letters.
    pub(super) fn own(words: &[OwnWord], language: Language) -> Self {
        let known = words.iter().filter(|own| own.instead.0.contains_key(&language));
        let pattern = |own: &OwnWord| {
            let flat = Flat::of(own.word.trim()).text;
            let flat: Vec<String> = flat.split('~').map(regex::escape).collect();
            whole_word(&flat.join("~"))
        };
        let entry =
            |own: &OwnWord| Entry { instead: own.instead.get(language).to_owned(), mild: false };
        let (patterns, instead): (Vec<_>, Vec<_>) =
            known.map(|own| (pattern(own), entry(own))).unzip();
        Self::of(&patterns, instead)
    }

    fn of(patterns: &[String], instead: Vec<Entry>) -> Self {
        let build = |pattern: &String| RegexBuilder::new(pattern).unicode(false).build();
        let set = RegexSetBuilder::new(patterns).unicode(false).size_limit(1 << 25).build();
        let regexes = patterns.iter().map(|one| build(one).expect("a word is a pattern"));
        let entries = regexes.zip(instead).collect();
        Self { set: set.expect("words are patterns"), entries }
    }

    /// Whether a word is jargon that few people know.
    pub(super) fn is_hard(&self, word: &[u8]) -> bool {
        let entries = self.set.matches(word);
        entries.iter().any(|at| self.entries.get(at).is_some_and(|(_, entry)| !entry.mild))
    }

    /// The jargon of a sentence and what to say instead, in its order, by this list and by their own;
    /// where two entries meet, the longer one, and their own before ours.
    pub(super) fn find(&self, own: &Self, text: &str, flat: &Flat) -> Vec<(String, Entry)> {
        let mut found = own.hits(flat);
        found.extend(self.hits(flat));
        found.sort_by_key(|(begin, end, _)| (*begin, usize::MAX - end));
        let mut free = 0;
        let mut words = Vec::new();
        for (begin, end, instead) in found {
            if begin >= free {
                free = end;
                words.push((flat.original(text, begin, end).to_owned(), instead.clone()));
            }
        }
        words
    }

    fn hits(&self, flat: &Flat) -> Vec<(usize, usize, &Entry)> {
        let mut found = Vec::new();
        for at in self.set.matches(flat.bytes()) {
            let Some((regex, instead)) = self.entries.get(at) else { continue };
            let hits = regex.find_iter(flat.bytes());
            found.extend(hits.map(|hit| (hit.start(), hit.end(), instead)));
        }
        found
    }
}

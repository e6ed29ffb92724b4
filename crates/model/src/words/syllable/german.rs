//! Syllables of German words: vowel groups as German spells them, and a table of where two vowels
//! meet by chance, and of words from English.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::number::Numerals;
use super::{parts, spelt};

struct Rules {
    /// A chunk, and the same with bars between vowels that are spoken apart; longest first.
    apart: Vec<(String, &'static str)>,
    /// A chunk and how many syllables it has; longest first.
    chunks: Vec<(&'static str, usize)>,
    short: HashMap<&'static str, usize>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| read(include_str!("../de/syllables.txt")));

const NUMERALS: Numerals = Numerals {
    small: [1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2],
    tens: [2, 2, 2, 2, 2, 2, 2, 2],
    and: 1,
    hundred: 2,
    thousand: 2,
    million: 3,
};

enum Section {
    Apart,
    Chunk(usize),
    Short(usize),
}

fn read(file: &'static str) -> Rules {
    let mut rules = Rules { apart: Vec::new(), chunks: Vec::new(), short: HashMap::new() };
    let mut section = Section::Apart;
    for line in file.lines().filter(|line| !line.starts_with("//")) {
        if let Some(count) = line.strip_prefix("= ") {
            section = Section::Chunk(count.trim().parse().unwrap_or(1));
            continue;
        }
        if let Some(count) = line.strip_prefix(": ") {
            section = Section::Short(count.trim().parse().unwrap_or(1));
            continue;
        }
        for entry in line.split_whitespace() {
            let (word, own) =
                entry.split_once('=').map_or((entry, None), |(word, own)| (word, Some(own)));
            let number = |default: usize| own.and_then(|own| own.parse().ok()).unwrap_or(default);
            match section {
                Section::Apart => rules.apart.push((word.replace('|', ""), own.unwrap_or(word))),
                Section::Chunk(count) => rules.chunks.push((word, number(count))),
                Section::Short(count) => drop(rules.short.insert(word, number(count))),
            }
        }
    }
    rules.apart.sort_by_key(|(chunk, _)| usize::MAX - chunk.len());
    rules.chunks.sort_by_key(|(chunk, _)| usize::MAX - chunk.len());
    rules
}

pub(super) fn syllables(word: &str) -> usize {
    let bare: String =
        word.chars().filter(|sign| sign.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let dotted = word.contains('.') && !word.contains('/');
    if let Some(count) =
        RULES.short.get(bare.as_str()).filter(|_| dotted || bare.chars().count() <= 4)
    {
        return *count;
    }
    parts(word).into_iter().map(part).sum()
}

fn part(part: &str) -> usize {
    if part.bytes().all(|byte| byte.is_ascii_digit()) {
        return NUMERALS.of(part);
    }
    let voiceless = part.chars().all(|sign| !is_vowel(sign.to_lowercase().next().unwrap_or(sign)));
    let spoken = matches!(part, "PIN" | "TAN" | "SIM" | "LAN" | "NATO");
    let letters = if voiceless && part.chars().count() <= 4 { Some(part) } else { spelt(part) };
    if let Some(letters) = letters.filter(|_| !spoken) {
        return letters.chars().map(|letter| if matches!(letter, 'Y' | 'y') { 3 } else { 1 }).sum();
    }
    spoken_word(&part.to_lowercase())
}

fn spoken_word(word: &str) -> usize {
    let mut count = 0;
    let mut word = word.to_owned();
    for (chunk, syllables) in &RULES.chunks {
        while let Some(at) = word.find(chunk) {
            count += syllables;
            // What stands around it stays apart.
            word.replace_range(at..at + chunk.len(), "|");
        }
    }
    for (chunk, apart) in &RULES.apart {
        if word.contains(chunk.as_str())
            && !is_verb(&word, chunk)
            && !(chunk.starts_with(['b', 'g', 'z']) && chunk.len() <= 6 && !begins(&word, chunk))
        {
            word = word.replace(chunk.as_str(), apart);
        }
    }
    let letters: Vec<char> = word.chars().collect();
    (count + groups(&letters)).max(1)
}

/// Whether the chunk is only the end of a verb: a “Serie” has three, but “referieren” has no “Ferie”.
fn is_verb(word: &str, chunk: &str) -> bool {
    let rest = || word.split(chunk).nth(1).unwrap_or_default();
    chunk.ends_with("ie") && ["re", "rt", "ru", "rb"].iter().any(|end| rest().starts_with(end))
}

/// Whether a part of the word begins with this chunk, as prefixes do.
fn begins(word: &str, chunk: &str) -> bool {
    const BEFORE: [&str; 14] = [
        "un", "an", "ab", "auf", "aus", "ein", "mit", "vor", "nach", "über", "zu", "ver", "wieder",
        "um",
    ];
    word.starts_with(chunk)
        || BEFORE
            .iter()
            .any(|before| word.strip_prefix(before).is_some_and(|rest| rest.starts_with(chunk)))
}

fn is_vowel(letter: char) -> bool {
    matches!(
        letter,
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ä' | 'ö' | 'ü' | 'é' | 'è' | 'á' | 'à' | 'ó' | 'ë'
    )
}

/// How many vowels are heard.
fn groups(letters: &[char]) -> usize {
    let at = |at: usize| letters.get(at).copied().unwrap_or('|');
    let (mut count, mut here) = (0, 0);
    while here < letters.len() {
        let (before, letter, next) =
            (if here == 0 { '|' } else { at(here - 1) }, at(here), at(here + 1));
        let glide = letter == 'y' && is_vowel(next);
        if !is_vowel(letter) || glide || (letter == 'u' && before == 'q') {
            here += 1;
            continue;
        }
        count += 1;
        let rest = (at(here + 2), at(here + 3));
        here += if one_sound(before, (letter, next), rest) { 2 } else { 1 };
    }
    count
}

/// Whether two vowels are spoken as one.
fn one_sound(before: char, pair: (char, char), rest: (char, char)) -> bool {
    match pair {
        ('a' | 'e' | 'ä', 'u') | ('e' | 'a', 'i' | 'y') | ('a', 'a') | ('o', 'o' | 'u') => true,
        ('o', 'y') => !is_vowel(rest.0),
        // Museen and Ideen, but Seenot.
        ('e', 'e') => rest != ('n', '|'),
        // Batterien and Spanien, speziell and Patient; but Wien, schien, viel and Dienst.
        ('i', 'e') => match rest {
            ('n', '|') => matches!(before, 'h' | 'w' | 'd'),
            ('l', 'l') => false,
            ('n', 'z') => matches!(before, 'd' | 'h'),
            _ => true,
        },
        // Where no umlaut can be written; but aktuell and Duett.
        ('a' | 'o', 'e') => true,
        ('u', 'e') => {
            !matches!(rest, ('l', 'l') | ('t', 't') | ('n', 'z') | ('l', '|') | ('|', '|'))
        }
        _ => false,
    }
}

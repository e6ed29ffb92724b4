//! Syllables of English words: vowel groups, rules of spelling, and a table for the rest.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::bytes::{RegexSet, RegexSetBuilder};

use super::number::Numerals;
use super::{parts, spelt};

struct Rules {
    set: RegexSet,
    weights: Vec<bool>,
    words: HashMap<&'static str, usize>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| read(include_str!("../en/syllables.txt")));

const NUMERALS: Numerals = Numerals {
    small: [2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2],
    tens: [2, 2, 2, 2, 2, 3, 2, 2],
    and: 0,
    hundred: 2,
    thousand: 2,
    million: 2,
};

fn read(file: &'static str) -> Rules {
    let (mut patterns, mut weights, mut words) = (Vec::new(), Vec::new(), HashMap::new());
    let mut count = 0;
    for line in file.lines().filter(|line| !line.starts_with("//")) {
        if let Some(number) = line.strip_prefix("= ") {
            count = number.trim().parse().unwrap_or(1);
        } else if let Some((weight, pattern)) = line.split_once(' ').filter(|_| count == 0) {
            patterns.push(pattern.trim());
            weights.push(weight == "+1");
        } else {
            words.extend(line.split_whitespace().map(|word| (word, count)));
        }
    }
    let set = RegexSetBuilder::new(patterns).unicode(false).build();
    Rules { set: set.expect("the shipped rules are read"), weights, words }
}

/// Words that are read as something longer.
fn short_form(word: &str) -> Option<usize> {
    Some(match word {
        "e.g" | "e.g." => 4,
        "i.e" | "i.e." => 2,
        "etc" | "etc." => 4,
        "approx" | "approx." => 5,
        "mr" | "mr." | "dr" | "dr." | "no." | "vs" | "vs." => 2,
        "a.m" | "a.m." | "p.m" | "p.m." | "am" if word != "am" => 2,
        "pm" | "ok" => 2,
        _ => return None,
    })
}

pub(super) fn syllables(word: &str) -> usize {
    if let Some(count) = short_form(&word.to_lowercase()) {
        return count;
    }
    parts(word).into_iter().map(part).sum()
}

fn part(part: &str) -> usize {
    if part.bytes().all(|byte| byte.is_ascii_digit()) {
        return NUMERALS.of(part);
    }
    let spoken = matches!(part, "PIN" | "SIM" | "LAN" | "NASA" | "NATO" | "A" | "I" | "O");
    if let Some(letters) = spelt(part).filter(|_| !spoken) {
        return letters.chars().map(|letter| if letter == 'W' { 3 } else { 1 }).sum();
    }
    let word = part.to_lowercase().replace('’', "'");
    let word = word.trim_matches('\'');
    if let Some(count) = RULES.words.get(word) {
        return *count;
    }
    match word.split_once('\'') {
        // The box's, but not the shop's.
        Some((owner, "s")) => {
            let hisses = ["s", "x", "z", "ch", "sh", "ce", "ge", "se"];
            self::part(owner) + usize::from(hisses.iter().any(|end| owner.ends_with(end)))
        }
        Some((base, "ll" | "d")) => self::part(base) + usize::from(matches!(base, "it" | "that")),
        Some((base, "re" | "ve" | "m")) => self::part(base),
        _ => by_rule(word),
    }
}

fn by_rule(word: &str) -> usize {
    let mut count = 0_usize;
    let mut in_vowel = false;
    for letter in word.chars() {
        let vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'é' | 'ä' | 'ö' | 'ü');
        count += usize::from(vowel && !in_vowel);
        in_vowel = vowel;
    }
    if !word.is_empty() && count == 0 {
        // “hrs”, “kbps”: somebody reads them in one go.
        return 1;
    }
    for rule in RULES.set.matches(word.as_bytes()) {
        match RULES.weights.get(rule) {
            Some(true) => count += 1,
            _ => count = count.saturating_sub(1),
        }
    }
    count.max(1)
}

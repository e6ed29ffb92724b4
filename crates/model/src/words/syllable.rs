//! Syllables of a word, counted as somebody speaks it.

use crate::language::Language;

mod english;
mod german;
mod number;

/// How many syllables this word has when it is read aloud: at least one. Abbreviations are spelt
/// or read as what they stand for, and numbers are read as numbers.
///
/// What is no word (nothing but signs) has none.
#[must_use]
pub fn syllables(word: &str, language: Language) -> usize {
    let word = word.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '.');
    if language == Language::DE { german::syllables(word) } else { english::syllables(word) }
}

/// The parts of a word that are spoken one after the other: `E-Mail`, `24/7`, `3G`.
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in word.split(|sign: char| !(sign.is_alphanumeric() || sign == '\'' || sign == '’'))
    {
        let mut begin = 0;
        let mut digits = None;
        for (at, sign) in part.char_indices() {
            let digit = sign.is_ascii_digit();
            if digits.is_some_and(|before| before != digit) {
                parts.extend(part.get(begin..at));
                begin = at;
            }
            digits = Some(digit);
        }
        parts.extend(part.get(begin..));
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Capital letters that are spelt, with a plural's s or not.
fn spelt(part: &str) -> Option<&str> {
    let bare = part.strip_suffix('s').filter(|bare| bare.chars().count() > 1).unwrap_or(part);
    let letters = bare.chars().count();
    let capital = bare.chars().all(char::is_uppercase);
    let vowels = bare.chars().filter(|sign| "AEIOUÄÖÜ".contains(*sign)).count();
    // ADAC and IBAN look alike; a word has vowels all along.
    let like_a_word = letters >= 4 && vowels * 5 >= letters * 2;
    (capital && (1..=5).contains(&letters) && !like_a_word).then_some(bare)
}

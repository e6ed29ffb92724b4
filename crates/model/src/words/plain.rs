//! Whether a text is easy to read, taken as a whole.

use super::figure::{Figures, words};
use super::flat::Flat;
use super::jargon::Jargon;
use super::reading::Reading;
use super::sentence::Sentence;

/// A sentence should not have more words.
const LONG: usize = 20;
/// A word should not have more letters; only German makes such.
const HEAVY_WORD: usize = 19;

/// What makes a sentence heavy, each as much as it hinders.
fn weight(sentence: &Sentence, reading: &Reading) -> f64 {
    let lexicon = reading.lexicon;
    let flat = sentence.bytes();
    let all: Vec<&str> = words(&sentence.text).collect();
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let over = count(all.len().saturating_sub(LONG));
    let nominal =
        all.iter().filter(|word| lexicon.nominal.is_match(Flat::of(word).bytes())).count();
    let compound = all.iter().filter(|word| {
        !word.contains('-') && lexicon.has_capital_nouns && word.chars().count() > HEAVY_WORD
    });
    let unknown = |word: &&&str| {
        let letters = word.chars().count();
        let spelt = (2..=5).contains(&letters) && word.chars().all(char::is_uppercase);
        spelt && !lexicon.acronym.is_match(Flat::of(word).bytes())
    };
    0.17 * over
        + 0.3 * count(nominal.saturating_sub(1))
        + 0.05 * count(nominal)
        + 0.8 * count(lexicon.heavy.find_iter(flat).count())
        + 0.1 * count(lexicon.passive.find_iter(flat).count())
        + 0.5 * count(compound.count())
        + 0.6 * count(all.iter().filter(unknown).count())
}

/// What a word of jargon weighs, and one that many people know.
const JARGON: f64 = 0.8;
const MILD_JARGON: f64 = 0.3;
/// So much is too much, beside the length of the text.
const LIMIT: f64 = 1.06;
/// A text of so many words may be judged by the formulas too.
const ENOUGH_WORDS: usize = 30;

/// What the formulas say against the text, above what is easy: the Vienna formula for German,
/// Flesch-Kincaid for English.
fn by_formula(figures: &Figures, german: bool) -> f64 {
    let over = if german { figures.wstf1 - 10.0 } else { figures.fkgl - 8.0 };
    if figures.words < ENOUGH_WORDS { 0.0 } else { 0.1 * over.max(0.0) }
}

/// Whether the whole is plain; else the heaviest sentence.
pub(super) fn is_plain(
    reading: &Reading,
    figures: &Figures,
    jargon: &[Jargon],
) -> (bool, Option<String>) {
    let weights = reading.said().map(|sentence| (weight(sentence, reading), sentence));
    let weights: Vec<(f64, &Sentence)> = weights.collect();
    let sum: f64 = weights.iter().map(|(weight, _)| weight).sum();
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let jargon = jargon.iter().map(|one| if one.mild { MILD_JARGON } else { JARGON });
    let load = (sum + jargon.sum::<f64>()) / count(figures.sentences.max(1)).powf(0.3);
    let holds = load + by_formula(figures, reading.lexicon.has_capital_nouns) < LIMIT;
    let heaviest = weights.into_iter().max_by(|one, other| one.0.total_cmp(&other.0));
    (holds, heaviest.filter(|_| !holds).map(|(_, sentence)| sentence.text.clone()))
}

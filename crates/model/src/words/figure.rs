//! Figures of readability, as their authors define them.

use super::sentence::{Place, Sentence};
use super::syllable::syllables;
use crate::language::Language;

/// How a text reads, by its sentences and words. Below a hundred words the scores are noisy: judge
/// by the sentences then.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// How many sentences; a headline is one, a greeting none.
    pub sentences: usize,
    /// How many words; numbers and addresses of pages are none.
    pub words: usize,
    /// How many syllables.
    pub syllables: usize,
    /// Words in a sentence.
    pub sl: f64,
    /// Syllables in a word.
    pub wl: f64,
    /// Per cent of words with three syllables and more.
    pub ms: f64,
    /// Per cent of words with more than six letters.
    pub iw: f64,
    /// Per cent of words with one syllable.
    pub es: f64,
    /// Flesch's reading ease as Amstad adapted it to German: 60 and more is easy.
    pub flesch_amstad: f64,
    /// The first Vienna formula (Wiener Sachtextformel 1): the school year that understands it.
    pub wstf1: f64,
    /// Björnsson's index: up to 45 is easy.
    pub lix: f64,
    /// Flesch's reading ease for English.
    pub flesch: f64,
    /// Flesch-Kincaid grade, for English: the school year that understands it.
    pub fkgl: f64,
}

/// The words of a sentence that are read as words.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .filter(|word| !word.contains('@') && !word.contains("://") && !word.starts_with("www."))
        .flat_map(|word| word.split(['/', '–', '—']))
        .map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric()))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .filter(|word| !word.starts_with(|sign: char| sign.is_ascii_digit()) || !word.contains(':'))
}

impl Figures {
    /// Measures sentences.
    pub(super) fn of(sentences: &[Sentence], language: Language) -> Self {
        let mut figures = Self::default();
        let (mut many, mut long, mut one) = (0_usize, 0_usize, 0_usize);
        for sentence in sentences.iter().filter(|one| one.place != Place::Courtesy) {
            let before = figures.words;
            for word in words(&sentence.text) {
                let count = syllables(word, language).max(1);
                figures.words += 1;
                figures.syllables += count;
                many += usize::from(count >= 3);
                one += usize::from(count == 1);
                long += usize::from(word.chars().filter(|sign| sign.is_alphabetic()).count() > 6);
            }
            figures.sentences += usize::from(figures.words > before);
        }
        if figures.words > 0 {
            figures.score(many, long, one);
        }
        figures
    }

    fn score(&mut self, many: usize, long: usize, one: usize) {
        let words = as_f64(self.words);
        let share = |count: usize| 100.0 * as_f64(count) / words;
        (self.sl, self.wl) = (words / as_f64(self.sentences), as_f64(self.syllables) / words);
        (self.ms, self.iw, self.es) = (share(many), share(long), share(one));
        let Self { sl, wl, ms, iw, es, .. } = *self;
        self.flesch_amstad = 180.0 - sl - 58.5 * wl;
        self.wstf1 = 0.1935 * ms + 0.1672 * sl + 0.1297 * iw - 0.0327 * es - 0.875;
        self.lix = sl + iw;
        self.flesch = 206.835 - 1.015 * sl - 84.6 * wl;
        self.fkgl = 0.39 * sl + 11.8 * wl - 15.59;
    }
}

/// A count as a number to reckon with; no text has more than four thousand million words.
fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

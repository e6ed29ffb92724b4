//! A text that is being judged: its sentences, and the moments they name.

use super::Occasion;
use super::flat::Flat;
use super::jargon::{Entry, Glossary, Jargon};
use super::lexicon::Lexicon;
use super::moment::{Moment, moments};
use super::sentence::{Place, Sentence, sentences};

/// What every item looks at.
pub(super) struct Reading {
    /// The patterns of its language.
    pub(super) lexicon: &'static Lexicon,
    /// What it is written for.
    pub(super) occasion: Occasion,
    /// In the order of the text.
    pub(super) sentences: Vec<Sentence>,
    /// In the order of the text.
    pub(super) moments: Vec<Moment>,
}

impl Reading {
    pub(super) fn of(text: &str, lexicon: &'static Lexicon, occasion: Occasion) -> Self {
        let mut sentences = sentences(text, lexicon);
        for sentence in &mut sentences {
            let greeting =
                lexicon.greeting.find(sentence.bytes()).filter(|found| found.start() == 0);
            if let (Some(greeting), Place::Body) = (greeting, sentence.place) {
                let rest =
                    sentence.flat.original(&sentence.text, greeting.end(), usize::MAX).to_owned();
                if rest.split_whitespace().count() > 2 {
                    sentence.flat = Flat::of(&rest);
                    sentence.text = rest;
                }
            }
        }
        let moments = moments(&sentences, lexicon, occasion);
        Self { lexicon, occasion, sentences, moments }
    }

    /// The sentences that say something.
    pub(super) fn said(&self) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().filter(|sentence| sentence.place != Place::Courtesy)
    }

    /// The jargon of all of them.
    pub(super) fn jargon(&self, own: &Glossary) -> Vec<Jargon> {
        let find = |sentence: &Sentence| {
            let found = self.lexicon.glossary.find(own, &sentence.text, &sentence.flat);
            let line = sentence.line;
            let at_line = move |(word, entry): (String, Entry)| {
                let Entry { instead, mild } = entry;
                Jargon { word, instead, line, mild }
            };
            found.into_iter().map(at_line).collect::<Vec<_>>()
        };
        self.said().flat_map(find).collect()
    }
}

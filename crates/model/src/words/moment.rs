//! Times and dates in a text, and what they are the time of.

use super::Occasion;
use super::lexicon::Lexicon;
use super::sentence::{Place, Sentence};

/// A time of day or a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// Of the text, counted from 0.
    pub(super) sentence: usize,
    /// Whether something began, ended or was seen then.
    pub(super) is_since: bool,
    /// Whether a zone stands beside it.
    pub(super) zoned: bool,
}

/// Before and behind a time at the head of a sentence stands at most so much.
const HEAD: usize = 24;

/// All of them, in the order of the text.
pub(super) fn moments(
    sentences: &[Sentence],
    lexicon: &Lexicon,
    occasion: Occasion,
) -> Vec<Moment> {
    let mut all = Vec::new();
    let said = |place: Place| place != Place::Courtesy;
    for (at, sentence) in sentences.iter().enumerate().filter(|(_, one)| said(one.place)) {
        let flat = sentence.bytes();
        let place = Surroundings::of(sentence, lexicon, occasion);
        let dates = lexicon.date.find_iter(flat).map(|hit| (hit.start(), hit.end()));
        let dates: Vec<(usize, usize)> = dates.collect();
        let in_date = |begin: usize| dates.iter().any(|(from, to)| (*from..*to).contains(&begin));
        for (begin, _) in &dates {
            let is_since = place.is_since(flat, *begin, lexicon);
            all.push(Moment { sentence: at, is_since, zoned: false });
        }
        // “Today, 22:10 (CET): …” is the time of what follows.
        let heads = |begin: usize, end: usize| {
            let rest = flat.get(end..).unwrap_or_default();
            let rest = rest.get(..rest.len().min(HEAD)).unwrap_or_default();
            let before = flat.get(..begin).unwrap_or_default();
            let labelled = rest.windows(2).any(|two| two == b": " || two == b") " || two == b"] ");
            !place.hours && begin <= HEAD && labelled && !lexicon.next_word.is_match(before)
        };
        for clock in lexicon.clock.find_iter(flat).filter(|hit| !in_date(hit.start())) {
            let is_since =
                heads(clock.start(), clock.end()) || place.is_since(flat, clock.start(), lexicon);
            let rest = flat.get(clock.end()..).unwrap_or_default();
            let trimmed = flat.get(clock.end().saturating_sub(1)..).unwrap_or_default();
            let zoned = [rest, trimmed]
                .iter()
                .any(|rest| lexicon.zoned.find(rest).is_some_and(|hit| hit.start() == 0))
                || clock.as_bytes().ends_with(b"z");
            all.push(Moment { sentence: at, is_since, zoned });
        }
    }
    all
}

/// What a sentence is about, as far as its times are concerned.
struct Surroundings {
    announces: bool,
    hours: bool,
    ends: bool,
}

impl Surroundings {
    fn of(sentence: &Sentence, lexicon: &Lexicon, occasion: Occasion) -> Self {
        let flat = sentence.bytes();
        let over = matches!(occasion, Occasion::AllClear | Occasion::Planned);
        let headed = sentence.headed();
        Self {
            announces: lexicon.announce.is_match(headed.as_bytes())
                && !lexicon.announced.is_match(flat),
            hours: lexicon.no_since.is_match(flat),
            ends: !over
                && (lexicon.end_time.is_match(flat) || lexicon.to_come.is_match(flat))
                && !lexicon.past.is_match(flat),
        }
    }

    fn is_since(&self, flat: &[u8], begin: usize, lexicon: &Lexicon) -> bool {
        let before = flat.get(..begin).unwrap_or_default();
        let near = before.get(before.len().saturating_sub(40)..).unwrap_or_default();
        let from = lexicon.from.is_match(near) && !lexicon.next_word.is_match(near);
        from || !(self.announces || self.hours || self.ends || lexicon.until.is_match(near))
    }
}

//! Blame and promises.

use super::{Occasion, Reading, Sentence};

/// Whether the sentence puts the blame on somebody.
pub(super) fn blames(sentence: &Sentence, reading: &Reading) -> bool {
    reading.lexicon.blame.is_match(sentence.bytes())
}

/// Whether the sentence promises what may not be kept: “shortly”, “never again”, a bare end time.
pub(super) fn promises(sentence: &Sentence, reading: &Reading) -> bool {
    let (flat, lexicon) = (sentence.bytes(), reading.lexicon);
    let soon = lexicon.soon.is_match(flat) && !lexicon.hedge.is_match(flat);
    let said = (soon || lexicon.promise.is_match(flat)) && !lexicon.no_promise.is_match(flat);
    said || ends(sentence, reading)
}

/// Whether an end is told as if it were certain.
fn ends(sentence: &Sentence, reading: &Reading) -> bool {
    let (flat, lexicon) = (sentence.bytes(), reading.lexicon);
    let asked = !matches!(reading.occasion, Occasion::AllClear | Occasion::Planned);
    let timed = [&lexicon.clock, &lexicon.date, &lexicon.span, &lexicon.daypart];
    asked
        && lexicon.end_time.is_match(flat)
        && timed.iter().any(|time| time.is_match(flat))
        && !lexicon.no_end.is_match(flat)
        && !lexicon.hedge.is_match(flat)
        && !lexicon.past.is_match(flat)
}

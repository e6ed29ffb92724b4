//! Blame and promises.

use super::{Occasion, Reading, Sentence};

/// Whether the sentence puts the blame on somebody.
pub(super) fn blames(sentence: &Sentence, reading: &Reading) -> bool {
    let (flat, lexicon) = (sentence.bytes(), reading.lexicon);
    let others = || lexicon.misdeed.is_match(flat) && !lexicon.own_misdeed.is_match(flat);
    lexicon.blame.is_match(flat) || others()
}

/// Whether the sentence promises what may not be kept: “shortly”, “never again”, a bare end time.
pub(super) fn promises(sentence: &Sentence, reading: &Reading) -> bool {
    let (flat, lexicon) = (sentence.bytes(), reading.lexicon);
    let hedged = lexicon.hedge.is_match(flat);
    let said = |part: &[u8]| {
        let soon = !hedged && lexicon.soon.is_match(part);
        (soon || lexicon.promise.is_match(part)) && !lexicon.no_promise.is_match(part)
    };
    let in_part = || sentence.parts().iter().any(|part| said(part.as_bytes()));
    said(flat) || in_part() || ends(sentence, reading)
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

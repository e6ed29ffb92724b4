//! What still works.

use regex::bytes::Regex;

use super::{Occasion, Reading, Sentence, act, care, tone};
use crate::words::lexicon::Lexicon;
use crate::words::thing::{is_known_part, is_named};

/// Whether the sentence says what still works, outright or as a plain statement.
pub(super) fn works(sentence: &Sentence, reading: &Reading) -> bool {
    let states = |part: &String| is_plain_statement(part.as_bytes(), sentence, reading);
    let goes = |part: &[u8]| {
        let lexicon = reading.lexicon;
        lexicon.goes.is_match(part) && is_known_part(part, lexicon) && is_sound(part, lexicon)
    };
    works_outright(sentence, reading)
        || in_parts(sentence, reading, goes)
        || (may_work(sentence, reading)
            && sentence.parts().iter().any(states)
            && !tells_else(sentence, reading))
}

/// Whether a part of the sentence, or what stands before or behind a “but”, says so.
fn in_parts(sentence: &Sentence, reading: &Reading, says: impl Fn(&[u8]) -> bool) -> bool {
    let whole = sentence.parts();
    let clauses = whole.iter().flat_map(|part| contrasts(part, &reading.lexicon.but));
    may_work(sentence, reading) && whole.iter().map(String::as_bytes).chain(clauses).any(says)
}

/// Whether nothing in the part speaks against it.
fn is_sound(part: &[u8], lexicon: &Lexicon) -> bool {
    let against = [&lexicon.trouble, &lexicon.negation, &lexicon.not_marked, &lexicon.not_working];
    against.iter().all(|one| !one.is_match(part))
}

/// Whether the sentence says outright what still works.
pub(super) fn works_outright(sentence: &Sentence, reading: &Reading) -> bool {
    in_parts(sentence, reading, |part| works_in(part, reading))
}

/// “After the repair all buses run as usual” says that they do not run now.
fn may_work(sentence: &Sentence, reading: &Reading) -> bool {
    !sentence.text.ends_with('?') && !reading.lexicon.only_then.is_match(sentence.bytes())
}

/// What stands before and behind a “but”, where there is one.
fn contrasts<'a>(part: &'a str, but: &'a Regex) -> impl Iterator<Item = &'a [u8]> {
    let part = part.as_bytes();
    but.split(part).filter(move |clause| clause.len() < part.len()).map(<[u8]>::trim_ascii)
}

/// Whether the sentence is there for something else: what we do, ask, announce, or feel.
fn tells_else(sentence: &Sentence, reading: &Reading) -> bool {
    let flat = sentence.bytes();
    let lexicon = reading.lexicon;
    let never = [&lexicon.hedge, &lexicon.end_time, &lexicon.to_come, &lexicon.past];
    matches!(reading.occasion, Occasion::AllClear | Occasion::Planned)
        || never.iter().any(|one| one.is_match(flat))
        || act::is_doing(sentence, reading)
        || act::announces(sentence, reading)
        || care::helps(sentence, reading)
        || care::feels(sentence, reading)
        || care::tells_of_data(sentence, reading)
        || tone::blames(sentence, reading)
        || tone::promises(sentence, reading)
}

/// Whether the part says something of a thing of visitors, now, and nothing against it. In a text
/// about trouble, that is said to tell that it works.
fn is_plain_statement(part: &[u8], sentence: &Sentence, reading: &Reading) -> bool {
    let lexicon = reading.lexicon;
    let goes = lexicon.goes.is_match(part);
    let known = (goes || lexicon.present.is_match(part)) && is_known_part(part, lexicon);
    (known || (goes && is_named(sentence, lexicon)))
        && is_sound(part, lexicon)
        && !lexicon.unknown.is_match(part)
        && !lexicon.about.is_match(part)
}

/// Whether this part of a sentence says it.
fn works_in(part: &[u8], reading: &Reading) -> bool {
    let lexicon = reading.lexicon;
    let free = |bad: &[&Regex]| bad.iter().all(|bad| !bad.is_match(part));
    if !free(&[&lexicon.not_working]) {
        return reading.occasion == Occasion::Planned && works_then(part, lexicon);
    }
    let going_on = matches!(reading.occasion, Occasion::Update | Occasion::Holding);
    let sound = free(&[&lexicon.trouble, &lexicon.negation, &lexicon.not_marked]);
    let goes = lexicon.goes.is_match(part);
    let again = lexicon.again_marker.is_match(part);
    let marked = lexicon.still_marker.is_match(part)
        || (going_on && again && (goes || lexicon.deed.is_match(part)))
        || lexicon.sound.is_match(part);
    let served = lexicon.serving.is_match(part) && free(&[&lexicon.trouble, &lexicon.negation]);
    lexicon.working.is_match(part)
        || served
        || (marked && sound)
        || (reading.occasion == Occasion::Planned && works_then(part, lexicon))
}

/// Whether it says so of the time of planned work.
fn works_then(part: &[u8], lexicon: &Lexicon) -> bool {
    let free = |bad: &Regex| !bad.is_match(part);
    lexicon.working_then.is_match(part) && free(&lexicon.negation) && free(&lexicon.again_marker)
}

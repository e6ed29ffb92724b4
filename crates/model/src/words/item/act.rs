//! What we do, and when we speak again.

use super::{Occasion, Reading, Sentence};

/// Whether we, or our team, are the ones who do something.
pub(super) fn is_doing(sentence: &Sentence, reading: &Reading) -> bool {
    let (flat, lexicon) = (sentence.bytes(), reading.lexicon);
    if lexicon.foreign.is_match(flat) {
        return false;
    }
    let idle = |from: usize| {
        let rest = flat.get(from..).unwrap_or_default();
        lexicon.idle.find(rest).is_some_and(|idle| idle.start() == 0)
    };
    let verb = lexicon.doing.captures_iter(flat).any(|found| {
        let whole = found.get(0).map_or(0, |whole| whole.start());
        let verb = found.iter().skip(1).flatten().next();
        !idle(whole) && verb.is_some_and(|verb| !lexicon.idle_word.is_match(verb.as_bytes()))
    });
    let far = lexicon.doing_far.find_iter(flat).any(|hit| {
        let second = hit.as_bytes().split(|byte| *byte == b' ').nth(1).unwrap_or_default();
        let second = second.strip_suffix(b",").unwrap_or(second);
        !idle(hit.start()) && !lexicon.idle_verb.is_match(second)
    });
    let done = |part: &String| {
        let part = part.as_bytes();
        lexicon.did.is_match(part) && !lexicon.did_idle.is_match(part)
    };
    let did = sentence.parts().iter().any(done);
    let will = reading.occasion == Occasion::Planned && lexicon.will_do.is_match(flat);
    let named = lexicon.doing_by_name.is_match(flat);
    verb || far || named || did || will || lexicon.doing_too.is_match(flat)
}

/// Whether the sentence says when the next word comes.
pub(super) fn announces(sentence: &Sentence, reading: &Reading) -> bool {
    let lexicon = reading.lexicon;
    let headed = sentence.headed();
    let flat = headed.as_bytes();
    if !lexicon.announce.is_match(flat) || lexicon.announced.is_match(flat) {
        return false;
    }
    let times = [&lexicon.clock, &lexicon.date, &lexicon.span];
    let mut found = times.iter().flat_map(|pattern| pattern.find_iter(flat));
    found.any(|time| {
        let before = flat.get(..time.start()).unwrap_or_default();
        let near = before.get(before.len().saturating_sub(40)..).unwrap_or_default();
        let from = lexicon.from.is_match(near) && !lexicon.next_word.is_match(near);
        let open = lexicon.condition.is_match(before) && !lexicon.at_latest.is_match(before);
        !from && !open
    })
}

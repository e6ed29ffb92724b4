//! How an editor decides each item.

use super::figure::Figures;
use super::jargon::Jargon;
use super::plain;
use super::reading::Reading;
use super::sentence::{Place, Sentence};
use super::thing::{is_known, is_named};
use super::{Item, Occasion};

mod act;
mod care;
mod tone;
mod work;

/// A sentence of fewer words before the first that says something: “Good morning”, “Oops!”
const PREAMBLE_WORDS: usize = 6;

/// Whether the item holds, and the sentence that decided.
pub(super) fn look(
    item: Item,
    reading: &Reading,
    figures: &Figures,
    jargon: &[Jargon],
) -> (bool, Option<String>) {
    let found = match item {
        Item::WhatHappened => what_happened(reading),
        Item::Affected => reading
            .said()
            .find(|sentence| is_concerned(sentence, reading) && sure(sentence, reading))
            .or_else(|| what_happened(reading).filter(|one| is_named(one, reading.lexicon))),
        Item::StillWorks => reading.said().find(|sentence| work::works(sentence, reading)),
        Item::Since => moment(reading, false),
        Item::Zone => zone(reading),
        Item::Doing => reading.said().find(|sentence| act::is_doing(sentence, reading)),
        Item::NextUpdate => reading.said().find(|sentence| act::announces(sentence, reading)),
        Item::YouCan => reading.said().find(|sentence| care::helps(sentence, reading)),
        Item::Data => reading.said().find(|sentence| care::tells_of_data(sentence, reading)),
        Item::Empathy => reading.said().find(|sentence| care::feels(sentence, reading)),
        Item::NoBlame => {
            return unless(reading.said().find(|sentence| tone::blames(sentence, reading)));
        }
        Item::NoPromise => {
            return unless(reading.said().find(|sentence| tone::promises(sentence, reading)));
        }
        Item::Plain => return plain::is_plain(reading, figures, jargon),
    };
    (found.is_some(), found.map(|sentence| sentence.text.clone()))
}

fn unless(fault: Option<&Sentence>) -> (bool, Option<String>) {
    (fault.is_none(), fault.map(|sentence| sentence.text.clone()))
}

/// Below the first sentences, trouble is that of the things named only if visitors know them.
fn sure(sentence: &Sentence, reading: &Reading) -> bool {
    let first = || reading.said().take(3).any(|one| std::ptr::eq(one, sentence));
    let lexicon = reading.lexicon;
    !lexicon.has_capital_nouns || is_known(sentence, lexicon) || first()
}

/// The headline, or the first sentence that says something.
fn what_happened(reading: &Reading) -> Option<&Sentence> {
    let headline = reading.said().find(|sentence| sentence.place == Place::Headline);
    let body = || reading.said().filter(|sentence| sentence.place == Place::Body);
    let bad = |sentence: &&Sentence| {
        is_trouble(sentence, reading)
            || is_denied(sentence, reading)
            || reading.lexicon.event.is_match(sentence.bytes())
    };
    let short = |sentence: &Sentence| sentence.text.split_whitespace().count() < PREAMBLE_WORDS;
    let second = |first| body().nth(1).filter(|_| short(first)).filter(bad);
    let first = body().next().and_then(|first| Some(first).filter(bad).or_else(|| second(first)));
    let named = || body().next().filter(|sentence| tells(sentence, reading));
    let mut found = [headline, first].into_iter().flatten();
    let befell = |sentence: &Sentence| {
        reading.occasion != Occasion::AllClear && reading.lexicon.event.is_match(sentence.bytes())
    };
    found.find(|sentence| befell(sentence) || is_concerned(sentence, reading)).or_else(named)
}

/// Whether the very first sentence tells of something that visitors know, and of nothing that we
/// do, ask or announce: then it tells of the trouble, in words that no list has.
fn tells(sentence: &Sentence, reading: &Reading) -> bool {
    let other = act::is_doing(sentence, reading)
        || act::announces(sentence, reading)
        || work::works_outright(sentence, reading)
        || care::helps(sentence, reading)
        || care::feels(sentence, reading)
        || care::tells_of_data(sentence, reading)
        || reading.lexicon.about.is_match(sentence.bytes());
    let open = !matches!(reading.occasion, Occasion::AllClear | Occasion::Planned);
    let named = if reading.lexicon.has_capital_nouns { is_known } else { is_named };
    open && !other && named(sentence, reading.lexicon)
}

/// Whether the sentence speaks of trouble, of its end, or of planned work, as the occasion asks.
fn is_trouble(sentence: &Sentence, reading: &Reading) -> bool {
    let (flat, lexicon) = (sentence.bytes(), reading.lexicon);
    let by_occasion = match reading.occasion {
        Occasion::AllClear | Occasion::Update => lexicon.recovery.is_match(flat),
        Occasion::Planned => lexicon.planned.is_match(flat),
        Occasion::First | Occasion::Holding => false,
    };
    by_occasion || lexicon.trouble.is_match(flat)
}

/// Whether something is denied, which is trouble beside what visitors use and do.
fn is_denied(sentence: &Sentence, reading: &Reading) -> bool {
    let (flat, lexicon) = (sentence.bytes(), reading.lexicon);
    lexicon.negation.is_match(flat)
        && !lexicon.no_trouble.is_match(flat)
        && !care::tells_of_data(sentence, reading)
}

/// Whether the sentence says what is out of order, by a word of visitors.
fn is_concerned(sentence: &Sentence, reading: &Reading) -> bool {
    let lexicon = reading.lexicon;
    // “You can order again.”
    let again = reading.occasion == Occasion::AllClear
        && lexicon.again_marker.is_match(sentence.bytes())
        && lexicon.deed.is_match(sentence.bytes());
    let unknown = lexicon.unknown.is_match(sentence.bytes());
    again
        || (!unknown && is_trouble(sentence, reading) && is_named(sentence, lexicon))
        || (is_denied(sentence, reading) && is_known(sentence, lexicon))
        || (is_denied(sentence, reading)
            && lexicon.denied.is_match(sentence.bytes())
            && is_named(sentence, lexicon))
}

fn moment(reading: &Reading, zoned: bool) -> Option<&Sentence> {
    let fits = |zone: bool| zone || !zoned;
    let found = reading.moments.iter().find(|moment| moment.is_since && fits(moment.zoned))?;
    reading.sentences.get(found.sentence)
}

/// The zone beside the time, or said once for all times.
fn zone(reading: &Reading) -> Option<&Sentence> {
    let for_all = || {
        moment(reading, false)?;
        reading.said().find(|sentence| reading.lexicon.zone_of_all.is_match(sentence.bytes()))
    };
    moment(reading, true).or_else(for_all)
}

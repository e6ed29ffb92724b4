//! What people can do, how their data stand, and whether we feel with them.

use super::{Reading, Sentence};

/// Whether the sentence tells people what they can do.
pub(super) fn helps(sentence: &Sentence, reading: &Reading) -> bool {
    let lexicon = reading.lexicon;
    if lexicon.question.is_match(sentence.bytes()) || sentence.text.ends_with('?') {
        return false;
    }
    let mut parts = sentence.parts();
    parts.push(sentence.flat.text.clone());
    parts.iter().any(|part| {
        let part = part.as_bytes();
        let order = |found: regex::bytes::Captures<'_>| {
            let verb = found.iter().skip(1).flatten().next();
            verb.is_some_and(|verb| !lexicon.no_order.is_match(verb.as_bytes()))
        };
        let says =
            lexicon.you_can.is_match(part) || lexicon.imperative.captures_iter(part).any(order);
        says && !lexicon.no_help.is_match(part)
    })
}

/// Whether the sentence says how data, money or people stand.
pub(super) fn tells_of_data(sentence: &Sentence, reading: &Reading) -> bool {
    let lexicon = reading.lexicon;
    let headed = sentence.headed();
    let flat = lexicon.no_asset.replace_all(headed.as_bytes(), b" - ".as_slice());
    let both = |what: &regex::bytes::Regex, state: &regex::bytes::Regex| {
        what.is_match(&flat) && state.is_match(&flat)
    };
    let named = lexicon.secret.is_match(&flat) && !lexicon.asset_use.is_match(&flat);
    named
        || lexicon.safety.is_match(&flat)
        || both(&lexicon.asset, &lexicon.asset_state)
        || both(&lexicon.goods, &lexicon.goods_state)
}

/// Whether the sentence shows understanding or says sorry in own words.
pub(super) fn feels(sentence: &Sentence, reading: &Reading) -> bool {
    let (flat, lexicon) = (sentence.bytes(), reading.lexicon);
    lexicon.heart.is_match(flat) || (lexicon.sorry.is_match(flat) && !lexicon.stock.is_match(flat))
}

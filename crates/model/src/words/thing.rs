//! Whether a sentence names something that visitors know by that word.

use super::flat::Flat;
use super::lexicon::Lexicon;
use super::sentence::Sentence;

/// Whether the sentence names a thing, a function, a place or a group by a word of visitors.
pub(super) fn is_named(sentence: &Sentence, lexicon: &Lexicon) -> bool {
    is_known(sentence, lexicon)
        || has_name(sentence, lexicon)
        || has_subject(sentence.bytes(), lexicon)
        || opens(sentence, lexicon)
}

/// The same, by a word that is surely one of visitors, or by what they cannot do.
pub(super) fn is_known(sentence: &Sentence, lexicon: &Lexicon) -> bool {
    let flat = sentence.bytes();
    is_known_part(flat, lexicon) || (lexicon.deed.is_match(flat) && lexicon.negation.is_match(flat))
}

/// Whether this part of a sentence has a word that is surely one of visitors.
pub(super) fn is_known_part(flat: &[u8], lexicon: &Lexicon) -> bool {
    let whole = |begin: usize| {
        let before = flat.get(..begin).unwrap_or_default();
        !before.ends_with(b"-") && !before.ends_with(b"_")
    };
    // An API-Gateway is no API.
    let part = |end: usize| {
        let behind = flat.get(end..).and_then(|rest| rest.strip_prefix(b"-")).unwrap_or_default();
        let word = behind.split(|letter| *letter == b' ').next().unwrap_or_default();
        // Nor is the machine api-gw-02.
        if word.contains(&b'-') && word.iter().any(u8::is_ascii_digit) {
            return true;
        }
        let head = behind.split(|letter| !letter.is_ascii_alphabetic()).next().unwrap_or_default();
        lexicon.vague.is_match(head)
    };
    lexicon.thing.find_iter(flat).any(|hit| whole(hit.start()) && !part(hit.end()))
}

/// Whether visitors learn nothing from this word.
fn is_empty(word: &[u8], lexicon: &Lexicon) -> bool {
    // The last part says what it is: Ingress-Cluster.
    let head = word.rsplit(|letter| *letter == b'-').next().unwrap_or(word);
    let stem = head.strip_suffix(b"s").filter(|stem| stem.len() > 4).unwrap_or(head);
    let vague = [word, head, stem].iter().any(|word| lexicon.vague.is_match(word));
    vague || lexicon.glossary.is_hard(word)
}

/// A noun or a name inside the sentence that is not too vague.
fn has_name(sentence: &Sentence, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = sentence.text.split_whitespace().collect();
    let capital =
        |word: &str| word.trim_start_matches(['„', '“', '"', '(']).starts_with(char::is_uppercase);
    let title = words.iter().filter(|word| capital(word)).count() * 2 > words.len();
    if title && !lexicon.has_capital_nouns {
        return false;
    }
    let bare = |word: &&str| word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned();
    words.windows(2).enumerate().any(|(at, pair)| {
        let [before, word] = pair else { return false };
        let next = words.get(at + 2).map(bare).unwrap_or_default();
        let bare = bare(word);
        // “All clear: The …” begins anew.
        let starts = before.ends_with([':', '.', '!', '?'])
            && (!lexicon.has_capital_nouns || lexicon.opener.is_match(Flat::of(&bare).bytes()));
        capital(word)
            && !starts
            && bare.chars().count() >= 3
            && bare
                .chars()
                .all(|sign| sign.is_alphabetic() || matches!(sign, '-' | '–' | '/' | '’'))
            && !bare.chars().all(char::is_uppercase)
            && !lexicon.firm.is_match(Flat::of(&next).bytes())
            && !is_empty(Flat::of(&bare).bytes(), lexicon)
    })
}

/// Whether the sentence begins with a noun: where nouns have a capital letter, any other word.
fn opens(sentence: &Sentence, lexicon: &Lexicon) -> bool {
    let mut words = sentence.text.split_whitespace();
    let word = words.next().unwrap_or_default();
    let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
    let flat = Flat::of(bare);
    let next = Flat::of(words.next().unwrap_or_default());
    let verb = lexicon.after_verb.is_match(next.bytes());
    lexicon.has_capital_nouns
        && !verb
        && bare.chars().count() > 4
        && bare.chars().all(|sign| sign.is_alphabetic() || sign == '-')
        && !lexicon.opener.is_match(flat.bytes())
        && !is_empty(flat.bytes(), lexicon)
}

/// What stands where a sentence says what is out of order.
fn has_subject(flat: &[u8], lexicon: &Lexicon) -> bool {
    lexicon.subject.captures_iter(flat).any(|found| {
        let named = found.iter().skip(1).flatten().next();
        named.is_some_and(|named| {
            let words = named.as_bytes().split(|byte| *byte == b' ');
            // A hyphen at the end is the middle of a machine's name: eu-central-1.
            let mut words = words.filter(|word| word.len() > 2 && !word.ends_with(b"-"));
            words.any(|word| !is_empty(word, lexicon) && !lexicon.filler.is_match(word))
        })
    })
}

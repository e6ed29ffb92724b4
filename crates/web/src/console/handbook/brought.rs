//! What is said on the page of a draft after an archive was brought.

use engine::handbook::bring::Cards;

use crate::console::signed::Signed;

/// The words by which the page of the draft is told what became of names and addresses.
const BROUGHT: [(&str, Cards); 4] = [
    ("brought", Cards::None),
    ("brought-taken", Cards::Taken),
    ("brought-left", Cards::Left),
    ("brought-early", Cards::Early),
];

/// The word for it.
pub(super) fn word(cards: Cards) -> &'static str {
    BROUGHT.iter().find(|(_, of)| *of == cards).map_or("", |(word, _)| word)
}

/// What is said after an archive was brought, from that word.
pub(super) fn said(signed: &Signed, word: &str) -> Option<String> {
    let words = signed.language().words().uploads;
    let (_, cards) = BROUGHT.iter().find(|(own, _)| *own == word)?;
    let of_cards = match cards {
        Cards::None => return Some(words.done.to_owned()),
        Cards::Taken => words.with_contacts,
        Cards::Left => words.without_contacts,
        Cards::Early => words.contacts_early,
    };
    Some(format!("{} {of_cards}", words.done))
}

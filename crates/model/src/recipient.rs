//! Who can be told: recipients with ids that are never used twice, and the contacts that hang on
//! them. Only so can a fallback reach the same person elsewhere.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::value::{Key, Span, Timestamp};

/// What a recipient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecipientKind {
    /// Asked for a subscription and has not confirmed it yet.
    Applicant,
    /// Confirmed a subscription.
    Subscriber,
    /// A person of the handbook.
    Staff,
    /// An outside partner.
    Partner,
    /// A machine.
    Endpoint,
}

impl RecipientKind {
    /// The word that is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::Subscriber => "subscriber",
            Self::Staff => "staff",
            Self::Partner => "partner",
            Self::Endpoint => "endpoint",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Applicant, Self::Subscriber, Self::Staff, Self::Partner, Self::Endpoint]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// One contact of a recipient, as delivery needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The recipient's id.
    pub recipient: i64,
    /// What the recipient is.
    pub kind: RecipientKind,
    /// The key in the handbook, for staff, partners and endpoints.
    pub key: Option<String>,
    /// The channel's key in the handbook.
    pub channel: String,
    /// The address on that channel.
    pub address: String,
    /// The language to write in.
    pub language: Language,
    /// What the secret of a webhook is made from that somebody subscribed.
    pub seed: Option<String>,
}

/// A recipient to be written down with one contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecipient {
    /// What it is.
    pub kind: RecipientKind,
    /// The key in the handbook; none for subscribers.
    pub key: Option<String>,
    /// The channel's key in the handbook.
    pub channel: String,
    /// The address on that channel.
    pub address: String,
    /// The language to write in.
    pub language: Language,
    /// When consent was given; none where none is needed.
    pub consent_at: Option<Timestamp>,
    /// The components to be told about; none where it is all of them.
    pub components: Option<BTreeSet<Key>>,
}

/// At most one letter about a subscription goes to an address in this time, whoever asks for it:
/// so the form cannot be used to flood a mailbox.
pub const LETTER_REST: Span = Span::minutes(60);
/// At most one challenge goes to the address of a webhook in this time.
pub const CHALLENGE_REST: Span = Span::minutes(60);
/// Whoever has not confirmed after this time is forgotten, and the link no longer works.
pub const UNCONFIRMED: Span = Span::minutes(48 * 60);
/// For so long after the end of a subscription there is proof of the consent: three years, the
/// ordinary limitation of § 195 BGB.
pub const PROOF: Span = Span::minutes(3 * 366 * 24 * 60);

/// Whether a letter about a subscription may go to an address whose last one went at this moment.
#[must_use]
pub fn may_write(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| last <= now.before(LETTER_REST))
}

/// Whether a confirmation still counts that was asked for by a letter of this moment.
#[must_use]
pub fn may_confirm(letter: Option<Timestamp>, now: Timestamp) -> bool {
    letter.is_some_and(|letter| letter > now.before(UNCONFIRMED))
}

/// Whether somebody who chose these components (none: all) is told of an incident that affects
/// those. Where nothing is known to be affected, everybody is told: silence would be worse.
#[must_use]
pub fn concerns(chosen: Option<&BTreeSet<Key>>, affected: &BTreeSet<Key>) -> bool {
    affected.is_empty() || chosen.is_none_or(|chosen| !chosen.is_disjoint(affected))
}

/// Words that end it, in capitals; German and English, and what gateways and laws elsewhere know.
const STOP: [&str; 11] = [
    "STOP",
    "STOPP",
    "STOPALL",
    "ENDE",
    "END",
    "ABMELDEN",
    "UNSUBSCRIBE",
    "CANCEL",
    "QUIT",
    "AUS",
    "NEIN",
];

/// Whether an answer to a message says that its sender wants no more: one of the known words alone,
/// or STOP with anything behind it. A question with such a word in it does not.
#[must_use]
pub fn says_stop(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_uppercase).collect();
    match words.as_slice() {
        [one] => STOP.contains(&one.as_str()),
        [first, ..] => first == "STOP" || first == "STOPP",
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn keys(list: &[&str]) -> BTreeSet<Key> {
        list.iter().map(|key| key.parse().unwrap()).collect()
    }

    #[test]
    fn a_mailbox_gets_one_letter_an_hour_and_its_link_counts_for_48_hours() {
        let sent = Timestamp(1_000_000_000_000_000);
        let after = |minutes| sent.after(Span::minutes(minutes));
        assert!(may_write(None, sent));
        assert!(!may_write(Some(sent), after(59)));
        assert!(may_write(Some(sent), after(60)));
        assert!(may_confirm(Some(sent), after(48 * 60 - 1)));
        assert!(!may_confirm(Some(sent), after(48 * 60)));
        assert!(!may_confirm(None, sent));
    }

    #[test]
    fn stop_is_understood_however_it_is_written_and_a_question_is_no_stop() {
        for text in
            ["STOP", " stop.", "Stopp!", "\"STOP\"", "ende", "Abmelden", "stop bitte", "Stop all"]
        {
            assert!(says_stop(text), "{text}");
        }
        for text in
            ["", "?", "Ende der Störung?", "Wann ist Ende", "nonstop", "Danke", "Bitte stop"]
        {
            assert!(!says_stop(text), "{text}");
        }
    }

    #[test]
    fn somebody_who_chose_the_shop_is_told_of_the_shop_alone() {
        let shop = keys(&["shop"]);
        assert!(concerns(Some(&shop), &keys(&["shop", "forum"])));
        assert!(!concerns(Some(&shop), &keys(&["forum"])));
        assert!(concerns(None, &keys(&["forum"])));
        assert!(concerns(Some(&shop), &keys(&[])), "nobody knows what is affected");
    }
}

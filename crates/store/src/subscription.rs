//! Subscriptions: asked for by a form, confirmed by a mailed link, changed, ended.
//!
//! Asking runs the same statements whether the address is known or not: what differs is decided
//! inside them, so neither the answer nor its time tells which it was.

use std::collections::BTreeSet;

use model::language::Language;
use model::recipient::RecipientKind;
use model::value::{Key, Timestamp};
use serde::Serialize;

use crate::dispatch::Order;
use crate::sql::statements;
use crate::value::{json, row};
use crate::write::Step;

mod read;

pub(crate) use read::ALL as READS;
pub use read::Subscription;
pub(crate) use read::components as chosen_components;

statements! {
    APPLY = "subscription.apply",
        "INSERT INTO recipient (kind, language, created_at)
         SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT) WHERE NOT EXISTS
         (SELECT 1 FROM contact WHERE channel = $4 AND address = $5 AND sole IN (1, 2))
         RETURNING id";
    APPLY_CONTACT = "subscription.apply-contact",
        "INSERT INTO contact (recipient, channel, address, sole)
         SELECT LAST_ID(recipient), CAST($1 AS TEXT), CAST($2 AS TEXT), 2 WHERE NOT EXISTS
         (SELECT 1 FROM contact WHERE channel = $1 AND address = $2 AND sole IN (1, 2))";
    // The newest form counts until it is confirmed; it changes nothing for a subscriber. An
    // address that once did not exist is tried again.
    WISH = "subscription.wish",
        "UPDATE contact SET gone_at = NULL,
         components = CASE WHEN sole = 2 THEN CAST($3 AS TEXT) ELSE components END
         WHERE channel = $1 AND address = $2 AND sole IN (1, 2)";
    SPEAK = "subscription.speak",
        "UPDATE recipient SET language = $3 WHERE kind = $4 AND id =
         (SELECT recipient FROM contact WHERE channel = $1 AND address = $2
          AND sole IN (1, 2) ORDER BY sole LIMIT 1)";
    ASKED = "subscription.asked",
        "INSERT INTO asked (recipient) SELECT recipient FROM contact
         WHERE channel = $1 AND address = $2 AND sole IN (1, 2)
         AND recipient NOT IN (SELECT recipient FROM asked)";
    LETTER = "subscription.letter",
        "INSERT INTO dispatch (kind, channel, audience, body, drill, created_at)
         SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), 0,
         CAST($5 AS BIGINT) WHERE EXISTS
         (SELECT 1 FROM asked WHERE (mailed_at IS NULL OR mailed_at <= $7) AND recipient =
          (SELECT recipient FROM contact WHERE channel = $2 AND address = $6
           AND sole IN (1, 2) ORDER BY sole LIMIT 1))
         AND (SELECT count(*) FROM asked WHERE mailed_at > $7) < $8
         RETURNING id";
    LETTER_FOR = "subscription.letter-for",
        "UPDATE asked SET mailed_at = $3, dispatch = LAST_ID(dispatch)
         WHERE (mailed_at IS NULL OR mailed_at <= $4) AND recipient =
         (SELECT recipient FROM contact WHERE channel = $1 AND address = $2
          AND sole IN (1, 2) ORDER BY sole LIMIT 1)
         AND (SELECT count(*) FROM asked WHERE mailed_at > $4) < $5";
    CONFIRM = "subscription.confirm",
        "UPDATE recipient SET kind = $2 WHERE id = $1 AND kind = $3
         AND EXISTS (SELECT 1 FROM asked WHERE recipient = $1 AND mailed_at > $4)
         AND NOT EXISTS (SELECT 1 FROM contact AS mine JOIN contact AS other
          ON other.channel = mine.channel AND other.address = mine.address
          WHERE mine.recipient = $1 AND other.sole = 1)";
    CONFIRM_CONTACT = "subscription.confirm-contact",
        "UPDATE contact SET sole = 1, consent_at = $2 WHERE recipient = $1 AND sole = 2
         AND EXISTS (SELECT 1 FROM recipient WHERE id = $1 AND kind = $3)";
    PROVE = "subscription.prove",
        "INSERT INTO consent (recipient, given_at, proof)
         SELECT recipient, consent_at, CAST($3 AS TEXT) FROM contact
         WHERE recipient = $1 AND sole = 1 AND consent_at = $2
         AND NOT EXISTS (SELECT 1 FROM consent WHERE recipient = $1 AND ended_at IS NULL)";
    CHOOSE = "subscription.choose",
        "UPDATE contact SET components = $2 WHERE recipient = $1 AND sole = 1";
    SWITCH = "subscription.switch",
        "UPDATE recipient SET language = $2 WHERE id = $1 AND kind = $3 AND left_at IS NULL";
    CLEAN_APPLICANTS = "subscription.clean-applicants",
        "DELETE FROM recipient WHERE kind = $1 AND created_at <= $2 AND id NOT IN
         (SELECT recipient FROM asked WHERE mailed_at > $2)";
    CLEAN_ASKED = "subscription.clean-asked", "DELETE FROM asked WHERE mailed_at <= $1";
    CLEAN_LETTERS = "subscription.clean-letters",
        "DELETE FROM dispatch WHERE kind = $1 AND done_at <= $2";
    CLEAN_CONSENT = "subscription.clean-consent", "DELETE FROM consent WHERE ended_at <= $1";
}

/// What somebody wrote into the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The address on the channel of the letter.
    pub address: String,
    /// The language to write in.
    pub language: Language,
    /// The components chosen; none where it is all of them.
    pub components: Option<BTreeSet<Key>>,
}

/// Notes a form, and orders a letter about it unless the last one to this address went after
/// `fresh_since`, or `most` letters went to whomever since then. Gives numbers for a new recipient
/// and for a letter.
#[must_use]
pub fn ask_steps<B: Serialize>(
    wish: &Wish,
    letter: &Order<B>,
    fresh_since: Timestamp,
    most: u32,
) -> Vec<Step> {
    let (channel, address, now) = (&letter.channel, &wish.address, letter.created_at);
    let applicant = RecipientKind::Applicant;
    let new = row![applicant, wish.language, now, channel, address];
    let kind = letter.kind.as_str();
    let body = json(&letter.body);
    let order = row![kind, channel, &letter.audience, body, now, address, fresh_since, most];
    vec![
        Step::any(&APPLY, new),
        Step::any(&APPLY_CONTACT, row![channel, address]),
        Step::any(&WISH, row![channel, address, chosen(wish.components.as_ref())]),
        Step::any(&SPEAK, row![channel, address, wish.language, applicant]),
        Step::any(&ASKED, row![channel, address]),
        Step::any(&LETTER, order),
        Step::any(&LETTER_FOR, row![channel, address, now, fresh_since, most]),
    ]
}

/// Makes an applicant a subscriber whose letter went after `fresh_since`. `proof` tells of the
/// consent without the address. Confirming twice changes nothing.
#[must_use]
pub fn confirm_steps(id: i64, proof: &str, fresh_since: Timestamp, now: Timestamp) -> Vec<Step> {
    let (applicant, subscriber) = (RecipientKind::Applicant, RecipientKind::Subscriber);
    vec![
        Step::any(&CONFIRM, row![id, subscriber, applicant, fresh_since]),
        Step::any(&CONFIRM_CONTACT, row![id, now, subscriber]),
        Step::any(&PROVE, row![id, now, proof]),
    ]
}

/// Sets what a subscriber is told about (`None`: everything), and in which language.
#[must_use]
pub fn change_steps(id: i64, language: Language, components: Option<&BTreeSet<Key>>) -> Vec<Step> {
    vec![
        Step::any(&CHOOSE, row![id, chosen(components)]),
        Step::any(&SWITCH, row![id, language, RecipientKind::Subscriber]),
    ]
}

/// Forgets whoever did not confirm and whose last letter went at `unconfirmed` or before, the
/// letters (dispatches of this kind) of that time, and proofs of what ended at `ended` or before.
#[must_use]
pub fn clean_steps(kind: &str, unconfirmed: Timestamp, ended: Timestamp) -> Vec<Step> {
    vec![
        Step::any(&CLEAN_APPLICANTS, row![RecipientKind::Applicant, unconfirmed]),
        Step::any(&CLEAN_ASKED, row![unconfirmed]),
        Step::any(&CLEAN_LETTERS, row![kind, unconfirmed]),
        Step::any(&CLEAN_CONSENT, row![ended]),
    ]
}

/// Chosen components as they are stored with a contact.
pub(crate) fn chosen(components: Option<&BTreeSet<Key>>) -> Option<String> {
    components.map(json)
}

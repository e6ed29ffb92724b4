//! Webhooks that somebody subscribed: challenged, confirmed at once, and signed for with a secret
//! that is made from a seed.

use model::recipient::RecipientKind;
use model::value::{Key, Timestamp};

use crate::latecomer::note_seed_steps;
use crate::sql::statements;
use crate::subscription::{Wish, chosen};
use crate::value::row;
use crate::write::Step;

statements! {
    CHALLENGE = "hook.challenge",
        "INSERT INTO challenge (address, sent_at)
         SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT)
         WHERE (SELECT count(*) FROM challenge WHERE sent_at > $3) < $4
         ON CONFLICT (address) DO UPDATE SET sent_at = excluded.sent_at
         WHERE challenge.sent_at <= $3";
    CLEAN = "hook.clean-challenges", "DELETE FROM challenge WHERE sent_at <= $1";
    // What said that it does not exist any more begins anew.
    LEAVE_GONE = "hook.leave-gone",
        "UPDATE recipient SET left_at = $3 WHERE left_at IS NULL AND id IN
         (SELECT recipient FROM contact WHERE channel = $1 AND address = $2 AND sole = 1
          AND gone_at IS NOT NULL)";
    CLEAR_GONE = "hook.clear-gone",
        "DELETE FROM contact WHERE channel = $1 AND address = $2 AND sole = 1
         AND gone_at IS NOT NULL";
    SUBSCRIBE = "hook.subscribe",
        "INSERT INTO recipient (kind, language, created_at)
         SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT) WHERE NOT EXISTS
         (SELECT 1 FROM contact WHERE channel = $4 AND address = $5 AND sole = 1)
         RETURNING id";
    CONTACT = "hook.contact",
        "INSERT INTO contact (recipient, channel, address, sole, consent_at, components, seed)
         SELECT LAST_ID(recipient), CAST($1 AS TEXT), CAST($2 AS TEXT), 1, CAST($3 AS BIGINT),
         CAST($4 AS TEXT), CAST($5 AS TEXT) WHERE NOT EXISTS
         (SELECT 1 FROM contact WHERE channel = $1 AND address = $2 AND sole = 1)";
    PROVE = "hook.prove",
        "INSERT INTO consent (recipient, given_at, proof)
         SELECT recipient, CAST($3 AS BIGINT), CAST($4 AS TEXT) FROM contact
         WHERE channel = $1 AND address = $2 AND seed = $5";
}

/// Notes that a challenge goes out now to the address of this hash. A conflict means that one went
/// there after `since`, or `most` went to whomever.
#[must_use]
pub fn challenge_steps(hash: &str, now: Timestamp, since: Timestamp, most: u32) -> Vec<Step> {
    vec![Step::one(&CHALLENGE, row![hash, now, since, most])]
}

/// Forgets challenges of this moment and before.
#[must_use]
pub fn clean_steps(until: Timestamp) -> Vec<Step> {
    vec![Step::any(&CLEAN, row![until])]
}

/// Subscribes an address that proved to be the asker's, and gives the number of the recipient.
/// One that is subscribed already is left as it is, and nothing is given.
#[must_use]
pub fn subscribe_steps(
    channel: &Key,
    wish: &Wish,
    seed: &str,
    proof: &str,
    now: Timestamp,
) -> Vec<Step> {
    let (address, language) = (&wish.address, wish.language);
    let new = row![RecipientKind::Subscriber, language, now, channel, address];
    let contact = row![channel, address, now, chosen(wish.components.as_ref()), seed];
    let mut steps = vec![
        Step::any(&LEAVE_GONE, row![channel, address, now]),
        Step::any(&CLEAR_GONE, row![channel, address]),
        Step::any(&SUBSCRIBE, new),
        Step::any(&CONTACT, contact),
        Step::any(&PROVE, row![channel, address, now, proof, seed]),
    ];
    steps.extend(note_seed_steps(channel, seed));
    steps
}

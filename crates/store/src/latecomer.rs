//! Who subscribed while a notice was on its way: told of it, unless they were counted already.

use model::dispatch::Shard;
use model::recipient::RecipientKind;
use model::value::{Key, Timestamp};
use serde::Serialize;

use crate::database::Store;
use crate::dispatch::retell_steps;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::row;
use crate::write::Step;

statements! {
    NOTE = "latecomer.note",
        "INSERT INTO latecomer (recipient, dispatch)
         SELECT recipient.id, dispatch.id FROM recipient, dispatch
         WHERE recipient.id = $1 AND recipient.kind = $2 AND dispatch.notice IS NOT NULL
         AND dispatch.done_at IS NULL AND dispatch.superseded_by IS NULL
         AND dispatch.steps_in_for IS NULL
         ON CONFLICT (dispatch, recipient) DO NOTHING";
    NOTE_SEED = "latecomer.note-seed",
        "INSERT INTO latecomer (recipient, dispatch)
         SELECT contact.recipient, dispatch.id FROM contact, dispatch
         WHERE contact.channel = $1 AND contact.seed = $2 AND dispatch.notice IS NOT NULL
         AND dispatch.done_at IS NULL AND dispatch.superseded_by IS NULL
         AND dispatch.steps_in_for IS NULL
         ON CONFLICT (dispatch, recipient) DO NOTHING";
    COUNTED = "latecomer.counted",
        "SELECT latecomer.dispatch, latecomer.recipient FROM latecomer
         JOIN dispatch ON dispatch.id = latecomer.dispatch
         WHERE dispatch.frozen_at IS NOT NULL
         ORDER BY latecomer.dispatch, latecomer.recipient LIMIT $1";
    FORGET = "latecomer.forget", "DELETE FROM latecomer WHERE dispatch = $1 AND recipient = $2";
}

/// Notes that this subscriber came while the notices of now were on their way. Nothing for who is
/// no subscriber.
#[must_use]
pub fn note_steps(recipient: i64) -> Vec<Step> {
    vec![Step::any(&NOTE, row![recipient, RecipientKind::Subscriber])]
}

/// The same for the webhook that was just subscribed with this seed.
pub(crate) fn note_seed_steps(channel: &Key, seed: &str) -> Vec<Step> {
    vec![Step::any(&NOTE_SEED, row![channel, seed])]
}

/// Lets a dispatch of its own tell these latecomers of a dispatch in these words. A conflict means
/// that another node does it, or that a newer notice has taken over meanwhile.
#[must_use]
pub fn tell_steps<B: Serialize>(
    dispatch: i64,
    body: &B,
    late: &[Shard],
    now: Timestamp,
) -> Vec<Step> {
    let mut steps = retell_steps(dispatch, body, late, now);
    let ids = late
        .iter()
        .flat_map(|shard| shard.planned.iter().map(move |offset| shard.base + i64::from(offset)));
    steps.extend(forget_steps(dispatch, ids));
    steps
}

/// Forgets latecomers who are told by this dispatch already, or not concerned. A conflict means
/// that another node has done it.
#[must_use]
pub fn forget_steps(dispatch: i64, recipients: impl IntoIterator<Item = i64>) -> Vec<Step> {
    let rows = recipients.into_iter().map(|recipient| row![dispatch, recipient]);
    vec![Step::each(&FORGET, rows.collect())]
}

impl Store {
    /// At most so many latecomers of dispatches whose audience is known: dispatch and recipient,
    /// in this order.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn latecomers(&self, most: u32) -> Result<Vec<(i64, i64)>, StoreError> {
        self.rows(&COUNTED, row![most], |mut row| Ok((row.take()?, row.take()?))).await
    }
}

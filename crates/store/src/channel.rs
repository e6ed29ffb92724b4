//! How channels fare, as each node sees it, and what their operator has decided about them.

use model::fare::{Health, Position, Switch};
use model::value::{Key, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Stored, Value, json, row};
use crate::write::Step;

statements! {
    SEE = "channel.see",
        "INSERT INTO channel_health (channel, node, health) VALUES ($1, $2, $3)
         ON CONFLICT (channel, node) DO UPDATE SET health = excluded.health";
    SWITCH = "channel.switch",
        "INSERT INTO channel_switch (channel, position, author, reason, at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (channel) DO UPDATE SET position = excluded.position,
         author = excluded.author, reason = excluded.reason, at = excluded.at";
    WAKE = "channel.wake",
        "UPDATE shard SET due_at = $2 WHERE due_at > $2 AND dispatch IN
         (SELECT id FROM dispatch WHERE channel = $1 AND done_at IS NULL)";
    HEALTHS = "channel.healths",
        "SELECT channel, node, health FROM channel_health ORDER BY channel, node";
    SWITCHES = "channel.switches",
        "SELECT channel, position, author, reason, at FROM channel_switch ORDER BY channel";
}

impl Stored for Position {
    fn stored(value: Value) -> Result<Self, String> {
        let word = String::stored(value)?;
        Self::from_word(&word).ok_or_else(|| "text that is no position of a switch".into())
    }
}

/// Writes down how a channel fares as this node sees it.
#[must_use]
pub fn see_steps(channel: &Key, node: &str, health: &Health) -> Vec<Step> {
    vec![Step::one(&SEE, row![channel, node, json(health)])]
}

/// Switches a channel. What waits for it is looked at again at once.
#[must_use]
pub fn switch_steps(switch: &Switch) -> Vec<Step> {
    let Switch { channel, position, author, reason, at } = switch;
    let values = row![channel, position.word(), author.as_str(), reason.as_str(), *at];
    vec![Step::one(&SWITCH, values), Step::any(&WAKE, row![channel, *at])]
}

impl Store {
    /// How each channel fares: channel, node, what it sees.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn channel_healths(&self) -> Result<Vec<(Key, String, Health)>, StoreError> {
        let read = |mut row: crate::value::Row| Ok((row.take()?, row.take()?, row.take_json()?));
        self.rows(&HEALTHS, row![], read).await
    }

    /// What was decided about channels; those that nobody decided about are not in it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn channel_switches(&self) -> Result<Vec<Switch>, StoreError> {
        let read = |mut row: crate::value::Row| {
            Ok(Switch {
                channel: row.take()?,
                position: row.take()?,
                author: row.take()?,
                reason: row.take()?,
                at: row.take::<Timestamp>()?,
            })
        };
        self.rows(&SWITCHES, row![], read).await
    }
}

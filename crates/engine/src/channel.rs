//! How channels fare, and what their operator decides about them.

use model::fare::{Health, Position, Switch};
use model::handbook::channel::Descriptor;
use model::value::{Key, Span};
use store::Write;
use store::audit::{Entry, note_steps};
use store::channel::{see_steps, switch_steps};

use crate::{Engine, EngineError};

/// What a node has not written down for so long says nothing of now.
const STALE: Span = Span::minutes(24 * 60);

/// A channel as its operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelState {
    /// The channel.
    pub channel: Key,
    /// What people call its kind, German and English.
    pub label: [&'static str; 2],
    /// Who steps in for it.
    pub falls_back_to: Option<Key>,
    /// What was decided about it, if anything was.
    pub switch: Option<Switch>,
    /// How it fares, by node: those that have used it within a day.
    pub healths: Vec<(String, Health)>,
}

impl ChannelState {
    /// What holds for it now.
    #[must_use]
    pub fn position(&self) -> Position {
        self.switch.as_ref().map_or(Position::Automatic, |switch| switch.position)
    }
}

/// What each kind of channel that this program has says of itself.
#[must_use]
pub fn descriptors() -> Vec<Descriptor> {
    outside::channel::descriptors()
}

impl Engine {
    /// All channels of the handbook, in the order of their keys.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn channels(&self) -> Result<Vec<ChannelState>, EngineError> {
        let handbook = self.handbook().await?.handbook;
        let switches = self.store.channel_switches().await?;
        let fresh = self.now().before(STALE);
        let healths = self.store.channel_healths().await?;
        let state = |channel: &model::handbook::channel::Channel| ChannelState {
            channel: channel.key.clone(),
            label: outside::channel::adapter(&channel.kind)
                .map_or(["", ""], |adapter| adapter.descriptor().label),
            falls_back_to: channel.falls_back.as_ref().map(|step| step.to.clone()),
            switch: switches.iter().find(|one| one.channel == channel.key).cloned(),
            healths: healths
                .iter()
                .filter(|(key, _, health)| *key == channel.key && health.seen_at >= fresh)
                .map(|(_, node, health)| (node.clone(), health.clone()))
                .collect(),
        };
        Ok(handbook.channels.values().map(state).collect())
    }

    /// Pauses a channel, resumes it or forces it. Every node heeds it within a few seconds.
    ///
    /// # Errors
    ///
    /// [`EngineError::Unknown`] if the handbook has no such channel, or when the database does
    /// not answer.
    pub async fn switch_channel(
        &self,
        channel: &Key,
        position: Position,
        author: &str,
        reason: &str,
    ) -> Result<(), EngineError> {
        let handbook = self.handbook().await?.handbook;
        if !handbook.channels.contains_key(channel) {
            let known: Vec<&str> = handbook.channels.keys().map(Key::as_str).collect();
            let (key, known) = (channel.to_string(), known.join(", "));
            return Err(EngineError::Unknown { kind: "channel", key, known });
        }
        let at = self.now();
        let entry = Entry {
            at,
            actor: author.to_owned(),
            act: format!("channel.{}", position.word()),
            subject: channel.to_string(),
            detail: reason.to_owned(),
        };
        let (author, reason) = (author.to_owned(), reason.to_owned());
        let switch = Switch { channel: channel.clone(), position, author, reason, at };
        self.store.write(Write::from(switch_steps(&switch)).and(note_steps(&entry))).await?;
        self.heed_switches().await?;
        self.shared.delivery_due.notify_one();
        self.changed();
        Ok(())
    }

    /// Learns what was decided on other nodes, and writes down how the channels fare on this one.
    pub(crate) async fn heed_switches(&self) -> Result<(), EngineError> {
        self.shared.ways.heed(&self.store.channel_switches().await?);
        for (channel, health) in self.shared.ways.news(self.now()) {
            self.store.write(see_steps(&channel, &self.node.name, &health)).await?;
            self.changed();
        }
        Ok(())
    }
}

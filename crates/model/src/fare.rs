//! How a channel fares, and what its operator has decided about it.

use serde::{Deserialize, Serialize};

use crate::value::{Key, Timestamp};

/// What the operator has decided about a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Position {
    /// It is used while it works; one that fails rests and is tried again by itself.
    #[default]
    Automatic,
    /// Nothing is sent over it; whoever steps in for it does.
    Paused,
    /// It is tried again and again, although it fails.
    Forced,
}

impl Position {
    /// The word by which it is stored and asked for.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Paused => "paused",
            Self::Forced => "forced",
        }
    }

    /// The position with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Automatic, Self::Paused, Self::Forced].into_iter().find(|one| one.word() == word)
    }
}

/// Who decided about a channel, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// The channel.
    pub channel: Key,
    /// What was decided.
    pub position: Position,
    /// By whom.
    pub author: String,
    /// Why, in their words.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// How a channel fares as one node sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Health {
    /// When it last took a message.
    pub told_at: Option<Timestamp>,
    /// It failed, and is not tried before this time.
    pub rests_until: Option<Timestamp>,
    /// Failed tries in a row.
    pub failures: u32,
    /// What was seen when it failed last.
    pub reason: Option<String>,
    /// When this was written down.
    pub seen_at: Timestamp,
}

impl Health {
    /// Whether it failed and has not worked since.
    #[must_use]
    pub fn is_down(&self) -> bool {
        self.failures > 0
    }
}

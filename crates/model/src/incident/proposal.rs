//! What somebody wrote and wants to go out.

use serde::{Deserialize, Serialize};

use crate::notice::{Kind, Passages, Texts};
use crate::value::Timestamp;

/// A notice that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    /// What it is for: an update, a holding update or a correction.
    pub kind: Kind,
    /// What it says; the plan's text where nothing was written.
    pub texts: Option<Texts>,
    /// What single audiences are told in addition, where that is not what is prepared.
    #[serde(default, skip_serializing_if = "Passages::is_empty")]
    pub passages: Passages,
    /// When the next is promised; the plan's rhythm where nothing is said.
    pub next_update: Option<Timestamp>,
    /// The notice that it corrects.
    pub corrects: Option<u32>,
}

/// What a second person must read before it goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Proposal {
    /// A notice.
    Write(Writing),
    /// The waiting notice in other words, out at once.
    Release {
        /// Which.
        number: u32,
        /// What it says.
        texts: Texts,
        /// What single audiences are told in addition, where that is not what is prepared.
        #[serde(default, skip_serializing_if = "Passages::is_empty")]
        passages: Passages,
    },
    /// The all-clear.
    Resolve {
        /// What it says.
        texts: Texts,
        /// What single audiences are told in addition, where that is not what is prepared.
        #[serde(default, skip_serializing_if = "Passages::is_empty")]
        passages: Passages,
    },
}

impl Proposal {
    /// What people would read; empty where it is the plan's own text.
    #[must_use]
    pub fn texts(&self) -> Option<&Texts> {
        match self {
            Self::Write(writing) => writing.texts.as_ref(),
            Self::Release { texts, .. } | Self::Resolve { texts, .. } => Some(texts),
        }
    }

    /// What single audiences would be told in addition, where that is not what is prepared.
    #[must_use]
    pub fn passages(&self) -> &Passages {
        match self {
            Self::Write(writing) => &writing.passages,
            Self::Release { passages, .. } | Self::Resolve { passages, .. } => passages,
        }
    }

    /// What it is for.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Write(writing) => writing.kind,
            Self::Release { .. } => Kind::First,
            Self::Resolve { .. } => Kind::AllClear,
        }
    }
}

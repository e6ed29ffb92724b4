//! A notice of an incident, and where it stands.

use super::event::Actor;
use crate::handbook::plan::Policy;
use crate::notice::{Kind, Passages, Texts};
use crate::value::{PublicId, Timestamp};

/// A notice of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Counted from 1 within the incident.
    pub number: u32,
    /// What it is for.
    pub kind: Kind,
    /// As the handbook has it prepared: holes may be open.
    pub prepared: Texts,
    /// As it would go out: holes may be open.
    pub texts: Texts,
    /// What single audiences are told in addition, where that is not what is prepared.
    pub passages: Passages,
    /// Who wrote it anew last.
    pub writer: Option<Actor>,
    /// Where it stands.
    pub phase: Phase,
}

/// Where a notice stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// It goes out by itself at this moment.
    Waiting {
        /// When.
        publish_at: Timestamp,
    },
    /// Somebody stopped the clock.
    OnHold {
        /// When it was stopped, or staff were last reminded that it is.
        since: Timestamp,
    },
    /// It is out.
    Published {
        /// When.
        at: Timestamp,
        /// As people read it.
        texts: Texts,
        /// What single audiences read in addition.
        passages: Passages,
        /// When the next was promised with it.
        next_update: Option<Timestamp>,
        /// The notice that it corrects.
        corrects: Option<u32>,
    },
    /// It never goes out.
    Withdrawn,
}

impl Notice {
    /// Its id for status-page clients: always the same for this notice.
    #[must_use]
    pub fn public_id(&self, incident: &PublicId) -> PublicId {
        PublicId::derive(&["notice", incident.as_str(), &self.number.to_string()])
    }

    /// Whether it is out.
    #[must_use]
    pub fn is_published(&self) -> bool {
        matches!(self.phase, Phase::Published { .. })
    }

    /// When it goes out by itself, while its clock runs.
    #[must_use]
    pub fn publish_at(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Waiting { publish_at } => Some(publish_at),
            _ => None,
        }
    }

    /// Whether somebody wrote it anew where the plan wants a second person, and none has read it.
    #[must_use]
    pub fn is_unread(&self, policy: &Policy) -> bool {
        policy.approval && self.writer.is_some()
    }

    /// What goes out by itself when its time has come, with what single audiences are told in
    /// addition: what nobody has read does not.
    #[must_use]
    pub fn in_time(&self, policy: &Policy) -> (&Texts, Passages) {
        if self.is_unread(policy) {
            (&self.prepared, Passages::new())
        } else {
            (&self.texts, self.passages.clone())
        }
    }

    /// Whether it may still go out.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self.phase, Phase::Waiting { .. } | Phase::OnHold { .. })
    }
}

/// The number that comes next, as notices are counted from 1.
pub(super) fn next_number(notices: &[Notice]) -> u32 {
    u32::try_from(notices.len()).unwrap_or(u32::MAX - 1) + 1
}

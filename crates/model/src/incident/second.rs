//! Where the plan wants it, a second person reads what was written before it goes out.
//!
//! What the handbook has prepared was read when the handbook was approved: it goes out without one.

use crate::notice::{Kind, Passages, Texts};
use crate::value::Timestamp;

use super::act::Refused;
use super::desk::Desk;
use super::event::{Actor, Event};
use super::proposal::Proposal;

/// Something that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The number of the event that proposed it.
    pub seq: u64,
    /// Who wrote it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// What they want to go out.
    pub proposal: Proposal,
}

impl Desk<'_> {
    /// Nobody lets out alone what they wrote, where the plan says so.
    pub(super) fn alone(&self, texts: Option<&Texts>, passages: &Passages) -> Result<(), Refused> {
        let written = texts.is_some_and(|texts| !texts.is_empty()) || !passages.is_empty();
        if written && self.policy()?.approval {
            return Err(Refused::NeedsSecond(self.incident.plan.clone()));
        }
        Ok(())
    }

    /// What waits under this number.
    pub(super) fn proposal(&self, number: u64) -> Result<&Proposed, Refused> {
        self.incident.proposed.as_ref().filter(|one| one.seq == number).ok_or(Refused::NoProposal)
    }

    /// The same, for somebody who did not write it.
    pub(super) fn proposal_of_another(&self, number: u64) -> Result<&Proposed, Refused> {
        let proposed = self.proposal(number)?;
        if proposed.by == *self.by { Err(Refused::OwnProposal) } else { Ok(proposed) }
    }

    pub(super) fn propose(&self, proposal: &Proposal) -> Result<Vec<Event>, Refused> {
        match proposal {
            Proposal::Write(writing) => {
                if matches!(writing.kind, Kind::First | Kind::AllClear) {
                    return Err(Refused::WrongKind);
                }
            }
            Proposal::Release { number, .. } => {
                self.incident.notice(*number).ok_or(Refused::NoSuchNotice(*number))?;
            }
            Proposal::Resolve { .. } => {}
        }
        self.all_told(proposal.passages())?;
        if proposal.texts().is_none_or(Texts::is_empty) {
            return Err(Refused::NothingSaid("what is to go out"));
        }
        Ok(vec![Event::Proposed { proposal: proposal.clone() }])
    }
}

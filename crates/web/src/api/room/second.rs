//! What waits for a second person.

use model::incident::{Proposal as Its, Proposed};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::by::{By, by};
use super::super::moment::Moment;
use super::super::said::Texts;
use super::super::word::NoticeKind;

/// What waits for a second person.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Proposal {
    /// By this it is approved or sent back: the number of the event that proposed it.
    number: u64,
    /// Who wrote it. They cannot let it out themselves.
    by: By,
    /// When.
    at: Moment,
    /// What it is for.
    kind: NoticeKind,
    /// What it says; holes are open.
    texts: Option<Texts>,
    /// The waiting notice that it would replace, or the notice that it corrects.
    notice: Option<u32>,
    /// When the next update would be promised; after the plan's rhythm where nothing is said.
    next_update: Option<Moment>,
}

impl Proposal {
    pub(super) fn of(proposed: &Proposed) -> Self {
        let its = &proposed.proposal;
        let (notice, next_update) = match its {
            Its::Write(writing) => (writing.corrects, writing.next_update),
            Its::Release { number, .. } => (Some(*number), None),
            Its::Resolve { .. } => (None, None),
        };
        Self {
            number: proposed.seq,
            by: by(&proposed.by),
            at: Moment(proposed.at),
            kind: its.kind().into(),
            texts: its.texts().map(Texts::of),
            notice,
            next_update: next_update.map(Moment),
        }
    }
}

//! What waits for a second person: let out, or sent back.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use model::draft::Slot;
use model::incident::{Command, Event, Proposal, Recorded};
use model::notice::Kind;

use super::form::Form;
use super::scene::Scene;
use crate::console::frame;
use crate::console::sent::Sent;
use crate::console::signed::Signed;

/// The draft that became this proposal.
pub(super) fn slot(proposal: &Proposal) -> Slot {
    match proposal {
        Proposal::Release { number, .. } => Slot::Pending(*number),
        Proposal::Resolve { .. } => Slot::AllClear,
        Proposal::Write(writing) => match (writing.kind, writing.corrects) {
            (Kind::Correction, Some(number)) => Slot::Correction(number),
            _ => Slot::Update,
        },
    }
}

/// Who sent back what was proposed from this draft, and why, where nothing came of it since.
pub(super) fn came_back(scene: &Scene, wanted: Slot) -> Option<String> {
    let mut back: Option<(&Recorded, &str)> = None;
    let mut last = None;
    for event in &scene.events {
        match &event.event {
            Event::Proposed { proposal } => (last, back) = (Some(slot(proposal)), None),
            Event::SentBack { reason, .. } => back = Some((event, reason)),
            Event::Published { .. } => back = None,
            _ => {}
        }
    }
    let (event, reason) = back.filter(|_| last == Some(wanted))?;
    Some((scene.words.panel.second.came_back)(&scene.who(&event.by), reason))
}

/// Lets it out, or sends it back.
pub(crate) async fn decide(
    signed: Signed,
    Path((id, seq)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let form = Form::of(&signed, &id, format!("/proposal/{seq}"), sent);
    let (Some(form), Ok(proposed)) = (form, seq.parse::<u64>()) else {
        return frame::nothing(&signed.shell());
    };
    match form.act() {
        "approve" => {
            let incident = form.incident.clone();
            let case = match signed.engine.case(&incident).await {
                Ok(case) => case,
                Err(error) => return frame::failed(&signed, &error),
            };
            let waiting = case.incident.proposed.filter(|one| one.seq == proposed);
            let answer = form.done(Command::Approve { proposed }, "light").await;
            // It is out: nobody goes on writing it.
            if let Some(waiting) = waiting.filter(|_| answer.status() == StatusCode::SEE_OTHER)
                && let Err(error) =
                    signed.engine.clear_draft(&incident, slot(&waiting.proposal)).await
            {
                return frame::failed(&signed, &error);
            }
            answer
        }
        "back" => {
            let reason = form.get("reason").to_owned();
            form.done(Command::SendBack { proposed, reason }, "light").await
        }
        _ => frame::nothing(&signed.shell()),
    }
}

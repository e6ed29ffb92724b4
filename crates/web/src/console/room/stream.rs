//! What changes in the room, as it happens (server-sent events).

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, RawQuery};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{Stream, unfold};
use model::draft::Slot;
use model::value::PublicId;
use tokio::sync::watch;

use super::Scene;
use super::editor;
use super::section::sections;
use super::sort::Sort;
use crate::console::frame;
use crate::console::sent::Sent;
use crate::console::signed::Signed;

/// Other nodes change things too, and time goes on: one looks at least so often.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// After so many looks the browser asks anew, and with it whether it still may.
const LOOKS: u32 = 60;

/// Sends each part of the room that has changed, and what others type.
pub(crate) async fn stream(
    signed: Signed,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let Ok(id) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    if let Err(error) = signed.engine.case(&id).await {
        return frame::failed(&signed, &error);
    }
    let query = Sent::read(query.unwrap_or_default().as_bytes());
    let changes = signed.engine.changes();
    let looking = Looking {
        signed,
        id,
        slot: query.get("slot").parse().ok(),
        show: Sort::asked(&query),
        changes,
        sent: BTreeMap::new(),
        draft: None,
        counted: None,
        left: LOOKS,
        ready: Vec::new(),
    };
    Sse::new(events(looking)).keep_alive(KeepAlive::default()).into_response()
}

/// Somebody who looks on.
struct Looking {
    signed: Signed,
    id: PublicId,
    slot: Option<Slot>,
    /// What of the timeline is shown.
    show: Option<Sort>,
    changes: watch::Receiver<u64>,
    /// The tag of each part as it was sent last.
    sent: BTreeMap<&'static str, String>,
    draft: Option<u64>,
    /// How many would be told, as of which event.
    counted: Option<(u64, u64)>,
    left: u32,
    ready: Vec<Event>,
}

fn events(looking: Looking) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(looking, |mut looking| async move {
        while looking.ready.is_empty() {
            looking.left = looking.left.checked_sub(1)?;
            looking.look().await?;
            if looking.ready.is_empty() {
                let _ = tokio::time::timeout(LOOK_EVERY, looking.changes.changed()).await;
            }
        }
        let event = looking.ready.remove(0);
        Some((Ok(event), looking))
    })
}

impl Looking {
    /// Gathers what is new; nothing more to be had ends the stream.
    async fn look(&mut self) -> Option<()> {
        let mut scene = Scene::gather_again(&self.signed, &self.id, self.counted).await.ok()?;
        scene.show = self.show;
        self.counted = Some((scene.incident().seq, scene.tells));
        for section in sections(&scene).ok()? {
            if self.sent.get(section.id) != Some(&section.tag) {
                let event = Event::default().event("part").id(&section.tag);
                let part = serde_json::json!({
                    "id": section.id,
                    "html": section.html,
                    "now": scene.now.0 / 1000,
                });
                self.ready.push(event.data(part.to_string()));
                self.sent.insert(section.id, section.tag);
            }
        }
        if let Some(slot) = self.slot {
            let saved = self.signed.engine.draft_of(&scene.case, slot).await.ok()?;
            if self.draft != Some(saved.number) {
                let state = editor::newest(&self.signed, &scene, slot, &saved, None);
                self.ready.push(Event::default().event("draft").data(state.to_string()));
                self.draft = Some(saved.number);
            }
        }
        Some(())
    }
}

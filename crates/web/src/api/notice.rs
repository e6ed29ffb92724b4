//! One notice of an incident, as written and as published.

use engine::incident::Case;
use model::incident::{Notice as Its, Phase as Stands, fill_as_of};
use model::value::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::moment::Moment;
use super::said::Texts;
use super::word::NoticeKind;

/// A notice of an incident.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Notice {
    /// Counted from 1 within the incident.
    number: u32,
    /// What it is for.
    kind: NoticeKind,
    /// Where it stands.
    phase: Phase,
    /// As it was written; holes such as `{since}` may be open.
    written: Texts,
    /// As it would go out, while it waits.
    preview: Option<Texts>,
    /// As people read it, once it is out.
    published: Option<Texts>,
    /// When it goes out by itself, while its clock runs.
    publish_at: Option<Moment>,
    /// Since when its clock stands; staff being reminded of it counts anew.
    held_since: Option<Moment>,
    /// When it went out.
    published_at: Option<Moment>,
    /// When the next update was promised with it.
    next_update: Option<Moment>,
    /// The number of the notice that it corrects.
    corrects: Option<u32>,
}

/// Where a notice stands.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Phase {
    /// It goes out by itself.
    Waiting,
    /// Somebody stopped its clock.
    OnHold,
    /// It is out.
    Published,
    /// It never goes out.
    Withdrawn,
}

/// The notice as the API shows it at this moment.
pub(super) fn shown(case: &Case, notice: &Its, now: Timestamp) -> Notice {
    let as_of = |at: Timestamp| {
        let texts = &notice.texts;
        fill_as_of(&case.handbook, &case.incident, notice.kind, texts, at.max(now))
    };
    let bare = Notice {
        number: notice.number,
        kind: notice.kind.into(),
        phase: Phase::Withdrawn,
        written: Texts::of(&notice.texts),
        preview: None,
        published: None,
        publish_at: None,
        held_since: None,
        published_at: None,
        next_update: None,
        corrects: None,
    };
    match &notice.phase {
        Stands::Withdrawn => bare,
        Stands::Waiting { publish_at } => Notice {
            phase: Phase::Waiting,
            preview: Some(Texts::of(&as_of(*publish_at))),
            publish_at: Some(Moment(*publish_at)),
            ..bare
        },
        Stands::OnHold { since } => Notice {
            phase: Phase::OnHold,
            preview: Some(Texts::of(&as_of(now))),
            held_since: Some(Moment(*since)),
            ..bare
        },
        Stands::Published { at, texts, next_update, corrects } => Notice {
            phase: Phase::Published,
            published: Some(Texts::of(texts)),
            published_at: Some(Moment(*at)),
            next_update: next_update.map(Moment),
            corrects: *corrects,
            ..bare
        },
    }
}

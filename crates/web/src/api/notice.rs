//! One notice of an incident, as written and as published.

use engine::incident::Case;
use model::incident::{Notice as Its, Phase as Stands, fill_as_of, fill_passages, promise_for};
use model::value::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::moment::Moment;
use super::passage::Passages;
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
    /// What single audiences read in addition; while it waits, what they would.
    passages: Passages,
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
    let asides = |at: Timestamp| {
        let (handbook, incident, at) = (&case.handbook, &case.incident, at.max(now));
        let (kind, next) = (notice.kind, promise_for(handbook, incident, notice.kind, at));
        Passages::of(&fill_passages(handbook, incident, kind, &notice.passages, next, at))
    };
    let bare = Notice {
        number: notice.number,
        kind: notice.kind.into(),
        phase: Phase::Withdrawn,
        written: Texts::of(&notice.texts),
        preview: None,
        published: None,
        passages: Passages::default(),
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
            passages: asides(*publish_at),
            publish_at: Some(Moment(*publish_at)),
            ..bare
        },
        Stands::OnHold { since } => Notice {
            phase: Phase::OnHold,
            preview: Some(Texts::of(&as_of(now))),
            passages: asides(now),
            held_since: Some(Moment(*since)),
            ..bare
        },
        Stands::Published { at, texts, passages, next_update, corrects } => Notice {
            phase: Phase::Published,
            published: Some(Texts::of(texts)),
            passages: Passages::of(passages),
            published_at: Some(Moment(*at)),
            next_update: next_update.map(Moment),
            corrects: *corrects,
            ..bare
        },
    }
}

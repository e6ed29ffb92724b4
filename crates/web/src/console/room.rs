//! The incident room: what is the next right thing, and all that one must know to do it.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use engine::channel::ChannelState;
use engine::incident::Case;
use engine::reach::Reached;
use engine::room::Called;
use model::draft::Slot;
use model::incident::{Incident, Recorded, tell, tell_who};
use model::language::{Language, Words, Zone};
use model::permission::Permission;
use model::value::{Key, PublicId, Timestamp};

use super::frame::{self, Area, Shell, show};
use super::signed::Signed;
use crate::page::serve::to;

pub(crate) mod act;
mod editor;
mod light;
mod look;
mod reach;
mod rubric;
mod section;
pub(crate) mod stream;
pub(crate) mod unreached;
mod way;
pub(crate) mod write;

use section::{Section, sections};

/// Everything that the room is made of, read at one moment.
pub(super) struct Scene {
    pub(super) case: Case,
    pub(super) events: Vec<Recorded>,
    pub(super) reach: Arc<[Reached]>,
    pub(super) channels: Vec<ChannelState>,
    pub(super) called: Vec<Called>,
    /// How many would be told if a notice went out now.
    pub(super) tells: u64,
    pub(super) now: Timestamp,
    pub(super) language: Language,
    pub(super) words: &'static Words,
    /// What this person may do.
    pub(super) permission: Permission,
    pub(super) form: String,
}

impl Scene {
    /// What is known without asking further: enough for the editor.
    pub(super) fn of(signed: &Signed, case: Case) -> Self {
        let engine = &signed.engine;
        Self {
            case,
            events: Vec::new(),
            reach: [].into(),
            channels: Vec::new(),
            called: Vec::new(),
            tells: 0,
            now: engine.now(),
            language: signed.language(),
            words: signed.language().words(),
            permission: signed.session.account.permission,
            form: engine.form_token(&signed.session.id),
        }
    }

    pub(super) async fn gather(signed: &Signed, id: &PublicId) -> Result<Self, EngineError> {
        Self::gather_again(signed, id, None).await
    }

    /// The same for who looks on: counting everybody who would be told is work, so it is done anew
    /// only when the incident has moved on from `counted`, the number of its last event then, and
    /// the count.
    pub(super) async fn gather_again(
        signed: &Signed,
        id: &PublicId,
        counted: Option<(u64, u64)>,
    ) -> Result<Self, EngineError> {
        let engine = &signed.engine;
        let (case, events) = engine.story(id).await?;
        let reach = match counted {
            None => engine.reach(&case).await?.into(),
            Some(_) => engine.reach_lately(&case).await?,
        };
        let called = engine.called(&case, &events).await?;
        let channels = engine.channels().await?;
        let tells = match counted {
            _ if !case.incident.is_open() => 0,
            Some((seq, tells)) if seq == case.incident.seq => tells,
            _ => engine.would_tell(&case).await?,
        };
        Ok(Self { events, reach, channels, called, tells, ..Self::of(signed, case) })
    }

    pub(super) fn incident(&self) -> &Incident {
        &self.case.incident
    }

    pub(super) fn zone(&self) -> &Zone {
        &self.case.handbook.zone
    }

    pub(super) fn may(&self, needed: Permission) -> bool {
        self.permission.allows(needed)
    }

    pub(super) fn path(&self, rest: &str) -> String {
        format!("/console/incident/{}{rest}", self.incident().id)
    }

    pub(super) fn title(&self) -> String {
        let plan = self.case.handbook.plans.get(&self.incident().plan);
        plan.map_or_else(
            || self.incident().plan.to_string(),
            |plan| plan.title.get(self.language).to_owned(),
        )
    }

    /// "13:47 Uhr (MEZ)", with seconds where there are some.
    pub(super) fn clock(&self, at: Timestamp) -> String {
        self.zone().promise(at, self.language)
    }

    pub(super) fn moment(&self, at: Timestamp) -> String {
        self.zone().moment(at, self.now, self.language)
    }

    pub(super) fn people(&self) -> String {
        (self.words.room.people)(self.tells)
    }

    /// Who did it and what, of each event, the newest first.
    fn story(&self) -> Vec<(String, String, String, String)> {
        let names: BTreeMap<&Key, &str> = self
            .called
            .iter()
            .filter_map(|one| Some((&one.person, one.name.as_deref()?)))
            .collect();
        let name = |key: &Key| names.get(key).map(|name| (*name).to_owned());
        let told = |event: &Recorded| {
            (
                self.zone().iso(event.at),
                self.moment(event.at),
                tell_who(&event.by, self.language, name),
                tell(&self.case.handbook, &event.event, self.language, &name),
            )
        };
        self.events.iter().rev().map(told).collect()
    }
}

#[derive(Template)]
#[template(path = "console/room.html")]
struct Room {
    shell: Shell,
    stream: String,
    /// Milliseconds since 1970.
    now: i64,
    hint: Option<String>,
    sections: Vec<Section>,
    editor: Option<String>,
    places: Vec<(&'static str, &'static str)>,
}

/// The room, with the editor for what is most likely to be written next.
pub(crate) async fn look(
    signed: Signed,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let done = query.as_deref() == Some("done");
    let hint = done.then(|| signed.language().words().console.done.to_owned());
    page(&signed, &id, None, hint, StatusCode::OK).await
}

/// The room as an answer. Without a slot the editor is for what waits, else for an update.
pub(super) async fn page(
    signed: &Signed,
    id: &str,
    slot: Option<Slot>,
    hint: Option<String>,
    status: StatusCode,
) -> Response {
    let Ok(id) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    let scene = match Scene::gather(signed, &id).await {
        Ok(scene) => scene,
        Err(error) => return frame::failed(signed, &error),
    };
    let slot = slot.unwrap_or_else(|| usual(&scene));
    let editor = match editor::editor(signed, &scene, slot).await {
        Ok(editor) => editor,
        Err(error) => return frame::failed(signed, &error),
    };
    let editor = editor.transpose();
    let room = &scene.words.room;
    let mut places = vec![("reach", room.reach), ("called", room.alerted)];
    if matches!(editor, Ok(Some(_))) {
        places.insert(0, ("editor", slot.kind().label(scene.language)));
    }
    places.push(("timeline", room.timeline));
    let mut shell = signed.shell().at(Area::Elsewhere, scene.title());
    shell.drill = scene.incident().drill;
    shell.lit = scene.incident().is_open();
    let stream = scene.path(&format!("/stream?slot={slot}"));
    match sections(&scene).and_then(|sections| Ok((sections, editor?))) {
        Ok((sections, editor)) => {
            let now = scene.now.0 / 1000;
            let room = Room { shell, stream, now, hint, sections, editor, places };
            show(status, room.render())
        }
        Err(error) => show(status, Err(error)),
    }
}

/// What an act of the room led to: back into the room, or the room with what it said instead.
async fn answer(
    signed: &Signed,
    id: &PublicId,
    slot: Option<Slot>,
    done: Result<(), EngineError>,
) -> Response {
    match done {
        Ok(()) => to(&format!("/console/incident/{id}?done"), StatusCode::SEE_OTHER),
        Err(EngineError::Refused(_) | EngineError::Busy) => {
            let hint = Some(signed.language().words().room.refused.to_owned());
            page(signed, id.as_str(), slot, hint, StatusCode::CONFLICT).await
        }
        Err(error) => frame::failed(signed, &error),
    }
}

/// What somebody most likely writes next.
fn usual(scene: &Scene) -> Slot {
    let incident = scene.incident();
    match incident.pending() {
        Some(notice) => Slot::Pending(notice.number),
        None if incident.recovered_at.is_some() => Slot::AllClear,
        None => Slot::Update,
    }
}

impl Room {
    /// The sections that stand at this place: above, beside or below the editor.
    fn at(&self, place: &'static str) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.place == place)
    }
}

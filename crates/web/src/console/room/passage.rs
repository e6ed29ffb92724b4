//! What single audiences are told in addition to a notice: in the editor, and as they will read it.

use std::collections::BTreeMap;

use engine::incident::Case;
use model::draft::{Draft, Sheet, Slot};
use model::incident::fill_passages;
use model::language::Language;
use model::notice::{Kind, Passage, Passages};
use model::value::{Key, Timestamp};

use super::Scene;

/// A passage as it is edited.
pub(super) struct Field {
    pub(super) key: String,
    pub(super) head: String,
    pub(super) text: String,
}

/// A passage as its audience reads it.
pub(super) struct Aside {
    pub(super) tag: &'static str,
    /// The audience and the language, as whoever writes calls them.
    pub(super) name: String,
    pub(super) paragraphs: Vec<String>,
}

fn title<'a>(scene: &'a Scene, audience: &'a Key, language: Language) -> &'a str {
    let found = scene.case.handbook.audiences.get(audience);
    found.map_or(audience.as_str(), |one| one.title.get(language))
}

fn head(scene: &Scene, audience: &Key, language: Language) -> String {
    (language.words().mail.for_audience)(title(scene, audience, language))
}

fn name(scene: &Scene, audience: &Key, language: Language) -> String {
    let passage = (scene.words.handbook.passage_for)(title(scene, audience, scene.language));
    format!("{passage}, {}", language.words().name)
}

/// One field for each audience that the plan tells.
pub(super) fn fields(scene: &Scene, language: Language, sheet: &Sheet) -> Vec<Field> {
    let told = scene.policy().map(|policy| policy.audiences.as_slice()).unwrap_or_default();
    let field = |key: &Key| Field {
        key: key.to_string(),
        head: head(scene, key, language),
        text: sheet.passages.get(key).cloned().unwrap_or_default(),
    };
    told.iter().map(field).collect()
}

/// What is written in a draft for single audiences. Where nothing is prepared and nothing was
/// written, nothing is said of it; nor of an audience that the plan no longer tells.
pub(super) fn written(case: &Case, slot: Slot, draft: &Draft) -> Passages {
    let Some(plan) = case.handbook.plans.get(&case.incident.plan) else { return Passages::new() };
    let is_prepared = |key: &Key| {
        plan.passages.get(&slot.kind()).is_some_and(|prepared| prepared.contains_key(key))
    };
    let mut all = draft.passages();
    all.retain(|key, said| {
        let is_said = said.values().any(|one| !one.is_empty());
        (is_said || is_prepared(key)) && plan.policy.audiences.contains(key)
    });
    all
}

/// How they read when they go out at this moment.
pub(super) fn asides(
    scene: &Scene,
    kind: Kind,
    written: &Passages,
    next: Option<Timestamp>,
    at: Timestamp,
) -> Vec<Aside> {
    let filled = fill_passages(&scene.case.handbook, scene.incident(), kind, written, next, at);
    let aside = |audience: &Key, (language, said): (Language, Passage)| Aside {
        tag: language.tag(),
        name: name(scene, audience, language),
        paragraphs: said.0,
    };
    let of_audience = |(audience, said): (Key, BTreeMap<Language, Passage>)| {
        said.into_iter().map(|one| aside(&audience, one)).collect::<Vec<Aside>>()
    };
    filled.into_iter().flat_map(of_audience).collect()
}

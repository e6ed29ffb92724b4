//! How a draft will appear on each channel and on the page.

use askama::Template;
use model::draft::{Draft, Sheet, Slot};
use model::incident::{Incident, promise_for};
use model::language::Language;
use model::notice::{Text, Texts};
use model::value::{Span, Timestamp};

use super::Scene;
use super::passage::{asides, written};
use crate::console::signed::Signed;

struct LookView {
    title: String,
    tag: &'static str,
    subject: Option<String>,
    text: String,
    machine: bool,
}

#[derive(Template)]
#[template(path = "console/room/previews.html")]
struct Previews<'a> {
    subject_word: &'a str,
    looks: Vec<LookView>,
}

/// How it will look; of a language with faults, what was typed before they came in is not shown.
pub(super) fn previews(
    signed: &Signed,
    scene: &Scene,
    slot: Slot,
    draft: &Draft,
    next: Option<Span>,
) -> String {
    let text =
        |(language, sheet): (&Language, &Sheet)| Some((*language, sheet.text(*language).ok()?));
    let texts: Texts = draft.0.iter().filter_map(text).collect();
    let (kind, moment) = (slot.kind(), as_of(scene, slot));
    let next = promised(scene, slot, next);
    let looks = signed.engine.previews(&scene.case, kind, &texts, next, moment);
    let at = usize::from(scene.language != Language::DE);
    let parts = scene.words.room.editor.parts;
    let in_parts = |count: Option<u32>| count.map(parts).unwrap_or_default();
    let look = |look: engine::delivery::preview::Look| LookView {
        title: format!("{} ({}), {}", look.label[at], look.channel, look.language.words().name)
            + &in_parts(look.parts),
        tag: look.language.tag(),
        subject: look.subject,
        text: look.text,
        machine: look.machine,
    };
    let page = texts.iter().map(|(language, text)| {
        let text = filled(scene, *language, text.clone(), next);
        LookView {
            title: format!("{}, {}", scene.words.room.page, language.words().name),
            tag: language.tag(),
            subject: None,
            text: text.to_plain(*language),
            machine: false,
        }
    });
    let written = written(&scene.case, slot, draft);
    let aside = asides(scene, kind, &written, next, moment).into_iter().map(|one| LookView {
        title: one.name,
        tag: one.tag,
        subject: None,
        text: one.paragraphs.join("\n\n"),
        machine: false,
    });
    let looks = page.chain(aside).chain(looks.into_iter().map(look)).collect();
    let subject_word = scene.words.room.editor.subject;
    Previews { subject_word, looks }.render().unwrap_or_default()
}

/// The text with its holes filled, as it would go out now.
pub(super) fn filled(
    scene: &Scene,
    language: Language,
    text: Text,
    next: Option<Timestamp>,
) -> Text {
    let (handbook, incident) = (&scene.case.handbook, scene.incident());
    let texts = Texts::from([(language, text)]);
    let filled = model::incident::fill(handbook, incident, &texts, next, scene.now);
    filled.into_values().next().unwrap_or_default()
}

/// When the next notice comes after this one.
pub(super) fn promised(scene: &Scene, slot: Slot, next: Option<Span>) -> Option<Timestamp> {
    let at = as_of(scene, slot);
    match next {
        Some(next) => Some(Incident::promise_after(at, next)),
        None => promise_for(&scene.case.handbook, scene.incident(), slot.kind(), at),
    }
}

/// The moment at which it would go out.
pub(super) fn as_of(scene: &Scene, slot: Slot) -> Timestamp {
    use model::incident::Phase;
    let waiting = match slot {
        Slot::Pending(number) => scene.incident().notice(number),
        _ => None,
    };
    match waiting.map(|notice| &notice.phase) {
        Some(Phase::Waiting { publish_at }) => (*publish_at).max(scene.now),
        _ => scene.now,
    }
}

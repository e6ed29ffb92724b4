//! Writing a notice: saved as one types, with what others write meanwhile, and with a look at how
//! it will appear on each channel.

use askama::Template;
use engine::EngineError;
use engine::draft::Saved;
use model::draft::{Draft, DraftFault, Sheet, Slot};
use model::language::{Language, Words};
use model::notice::{BadText, HOLES, Text};
use model::permission::Permission;
use model::value::Span;
use serde_json::json;

use super::look::{filled, previews, promised};
use super::rubric::{left_out, on_purpose, rubric};
use super::second::came_back;
use super::{Scene, passage};
use crate::console::signed::Signed;

/// When the next notice may be promised for, in minutes.
pub(super) const NEXT: [u64; 7] = [10, 15, 20, 30, 45, 60, 120];
/// So many earlier states can be looked at.
const STATES: u32 = 20;

/// A text in one language, as it is edited.
struct SheetView {
    tag: &'static str,
    name: &'static str,
    words: &'static Words,
    headline: String,
    body: String,
    /// What single audiences are told in addition.
    passages: Vec<passage::Field>,
    /// To so many of them something is said.
    said: usize,
}

struct StateView {
    said: String,
    texts: Vec<String>,
}

/// Everything that the editor shows.
#[derive(Template)]
#[template(path = "console/room/editor.html")]
struct Editor {
    words: &'static Words,
    form: String,
    path: String,
    slot: String,
    head: String,
    kinds: Vec<(String, String, bool)>,
    saved: String,
    script_words: String,
    faults: String,
    rubric: String,
    /// What people need and the text leaves out: whoever writes is asked why.
    left_out: Option<String>,
    base: u64,
    sheets: Vec<SheetView>,
    holes: Vec<(String, String)>,
    next: Vec<(String, String, bool)>,
    publish: Option<&'static str>,
    /// Where the plan wants a second person: the button that asks one.
    propose: Option<&'static str>,
    /// Who sent it back, and why.
    came_back: Option<String>,
    can_take: bool,
    note: String,
    previews: String,
    states: Vec<StateView>,
}

#[derive(Template)]
#[template(path = "console/room/faults.html")]
struct Faults<'a> {
    head: &'a str,
    faults: Vec<String>,
}

/// The editor of this room; none for who may not write, and none once all is over.
pub(super) async fn editor(
    signed: &Signed,
    scene: &Scene,
    slot: Slot,
) -> Result<Option<askama::Result<String>>, EngineError> {
    if !scene.may(Permission::Writer) || !scene.incident().is_open() {
        return Ok(None);
    }
    let (engine, id) = (&signed.engine, &scene.incident().id);
    let saved = engine.draft_of(&scene.case, slot).await?;
    let states = engine.draft_states(id, slot, STATES).await?;
    let words = &scene.words.room.editor;
    let chosen = scene.asking.as_ref().and_then(|asking| asking.next);
    let left_out = scene.asking.as_ref().map(|_| left_out(scene, slot, &saved.draft, chosen));
    let script = json!({
        "saving": words.saving,
        "unsaved": words.unsaved,
        "over": scene.words.console.over_lede,
    });
    let editor = Editor {
        words: scene.words,
        form: scene.form.clone(),
        path: scene.path(&format!("/write/{slot}")),
        slot: slot.to_string(),
        head: (words.head)(slot.kind().label(scene.language)),
        kinds: kinds(scene, slot),
        saved: said(scene, &saved),
        script_words: script.to_string(),
        faults: faults(scene, &saved.draft),
        rubric: rubric(scene, slot, &saved.draft, chosen),
        left_out: left_out.and_then(|items| on_purpose(&items, scene.language)),
        base: saved.number,
        sheets: saved.draft.0.iter().map(|one| sheet(scene, one)).collect(),
        holes: holes(scene, slot),
        next: next(scene, slot, chosen),
        propose: approval(scene).then_some(scene.words.panel.second.propose),
        came_back: came_back(scene, slot),
        publish: (scene.may(Permission::Approver) && !approval(scene)).then_some(match slot {
            Slot::Pending(_) => words.take_release,
            Slot::Update => words.publish,
            Slot::Correction(_) => words.publish_correction,
            Slot::AllClear => words.publish_all_clear,
        }),
        can_take: matches!(slot, Slot::Pending(_)),
        note: note(scene, slot),
        previews: previews(signed, scene, slot, &saved.draft, chosen),
        states: states.iter().map(|one| state(scene, one)).collect(),
    };
    Ok(Some(editor.render()))
}

/// A state of a draft, for the script.
pub(super) fn newest(
    signed: &Signed,
    scene: &Scene,
    slot: Slot,
    saved: &Saved,
    next: Option<Span>,
) -> serde_json::Value {
    json!({
        "number": saved.number,
        "sheets": saved.draft,
        "said": said(scene, saved),
        "also": (scene.words.room.editor.also)(&saved.author),
        "faults": faults(scene, &saved.draft),
        "rubric": rubric(scene, slot, &saved.draft, next),
        "previews": previews(signed, scene, slot, &saved.draft, next),
    })
}

fn sheet(scene: &Scene, (language, sheet): (&Language, &Sheet)) -> SheetView {
    let passages = passage::fields(scene, *language, sheet);
    SheetView {
        said: passages.iter().filter(|one| !one.text.trim().is_empty()).count(),
        passages,
        tag: language.tag(),
        name: language.words().name,
        words: language.words(),
        headline: sheet.headline.clone(),
        body: sheet.body.clone(),
    }
}

fn kinds(scene: &Scene, current: Slot) -> Vec<(String, String, bool)> {
    let waiting = scene.incident().pending().map(|notice| Slot::Pending(notice.number));
    let correction = Some(current).filter(|slot| matches!(slot, Slot::Correction(_)));
    let all = waiting.into_iter().chain([Slot::Update]).chain(correction).chain([Slot::AllClear]);
    let link = |slot: Slot| {
        let href = scene.path(&format!("/write/{slot}#editor"));
        (href, slot.kind().label(scene.language).to_owned(), slot == current)
    };
    all.map(link).collect()
}

fn said(scene: &Scene, saved: &Saved) -> String {
    let words = &scene.words.room.editor;
    match saved.number {
        0 => words.prepared.to_owned(),
        _ => (words.saved)(&saved.author, &scene.zone().clock(saved.at, scene.language)),
    }
}

fn state(scene: &Scene, saved: &Saved) -> StateView {
    let text = |(language, sheet): (&Language, &Sheet)| {
        let passages = passage::fields(scene, *language, sheet);
        let said = passages.iter().filter(|one| !one.text.trim().is_empty());
        let said: String = said.map(|one| format!("\n\n{}\n{}", one.head, one.text)).collect();
        format!("{}\n\n{}{said}", sheet.headline, sheet.body)
    };
    StateView { said: said(scene, saved), texts: saved.draft.0.iter().map(text).collect() }
}

/// Whether a second person must read it.
fn approval(scene: &Scene) -> bool {
    scene.policy().is_some_and(|policy| policy.approval)
}

fn note(scene: &Scene, slot: Slot) -> String {
    let words = &scene.words.room.editor;
    if approval(scene) {
        return scene.words.panel.second.hint.to_owned();
    }
    let approver = scene.may(Permission::Approver);
    let who = if approver { (words.goes_to)(&scene.people()) } else { words.needs_approver.into() };
    match slot {
        Slot::Pending(_) => format!("{} {who}", words.take_hint),
        _ => who,
    }
}

fn next(scene: &Scene, slot: Slot, chosen: Option<Span>) -> Vec<(String, String, bool)> {
    let (Slot::Update | Slot::Correction(_), Some(plan)) = (slot, scene.plan()) else {
        return vec![];
    };
    let words = &scene.words.room.editor;
    let span = |span: Span| (scene.words.span)(span.as_seconds());
    let first = (String::new(), (words.by_plan)(&span(plan.policy.rhythm)), chosen.is_none());
    let choice = |minutes: &u64| {
        let label = (words.within)(&span(Span::minutes(*minutes)));
        (minutes.to_string(), label, chosen == Some(Span::minutes(*minutes)))
    };
    std::iter::once(first).chain(NEXT.iter().map(choice)).collect()
}

/// What each hole would be filled with at the moment at which it would go out.
fn holes(scene: &Scene, slot: Slot) -> Vec<(String, String)> {
    let (language, next) = (scene.language, promised(scene, slot, None));
    let value = |name: &str| {
        let text = Text { headline: format!("{{{name}}}"), ..Text::default() };
        filled(scene, language, text, next).headline
    };
    let line = |name: &str| (format!("{{{name}}}"), value(name));
    HOLES.iter().map(|hole| line(hole.name)).filter(|(_, value)| !value.is_empty()).collect()
}

fn faults(scene: &Scene, draft: &Draft) -> String {
    let words = &scene.words.room.editor;
    let faults = draft.texts().err().unwrap_or_default();
    let line = |fault: &DraftFault| {
        let language = fault.language.words().name;
        (words.fault)(language, fault.line, &wrong(scene, &fault.fault))
    };
    let faults = Faults { head: words.faults, faults: faults.iter().map(line).collect() };
    faults.render().unwrap_or_default()
}

fn wrong(scene: &Scene, fault: &BadText) -> String {
    let words = &scene.words.room.editor;
    match fault {
        BadText::NoHeadline => words.no_headline.to_owned(),
        BadText::SecondHeadline { .. } => words.second_headline.to_owned(),
        BadText::UnknownHeading { found, known, .. } => (words.unknown_heading)(found, known),
        BadText::TwiceHeading { found, .. } => (words.twice_heading)(found),
        BadText::EmptyHeading { found, .. } => (words.empty_heading)(found),
    }
}

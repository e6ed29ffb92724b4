//! What a draft does not say yet, as a careful editor sees it. It advises and blocks nothing.

use std::collections::BTreeSet;

use askama::Template;
use model::draft::{Draft, Sheet, Slot};
use model::incident;
use model::language::{Language, Words};
use model::value::Span;
use model::words::{Finding, Item, Jargon, Judgement, Occasion, judge_with};

use super::Scene;
use super::look::{as_of, filled, promised};

/// One thing that is missing, or that should not be there.
struct Missing {
    what: &'static str,
    because: Option<String>,
    snippet: Option<String>,
}

/// The advice for the text in one language.
struct Advice {
    tag: &'static str,
    head: String,
    missing: Vec<Missing>,
    jargon: Vec<String>,
}

#[derive(Template)]
#[template(path = "console/room/rubric.html")]
struct Rubric {
    words: &'static Words,
    advice: Vec<Advice>,
}

/// The advice for every language in which something was typed.
pub(super) fn rubric(scene: &Scene, slot: Slot, draft: &Draft, next: Option<Span>) -> String {
    let typed = draft.0.iter().filter(|(_, sheet)| !sheet.is_blank());
    let advice = typed.map(|(language, sheet)| {
        let judgement = judged(scene, slot, *language, sheet, next);
        advice(scene, *language, &judgement)
    });
    Rubric { words: scene.words, advice: advice.collect() }.render().unwrap_or_default()
}

/// What people need and this draft leaves out, in any of its languages.
pub(super) fn left_out(
    scene: &Scene,
    slot: Slot,
    draft: &Draft,
    next: Option<Span>,
) -> BTreeSet<Item> {
    let (handbook, incident) = (&scene.case.handbook, scene.incident());
    let at = (promised(scene, slot, next), as_of(scene, slot));
    let texts = draft.texts().unwrap_or_default();
    incident::left_out(handbook, incident, slot.kind(), &texts, at)
}

/// Asks whether that is meant; nothing where nothing is left out.
pub(super) fn on_purpose(items: &BTreeSet<Item>, language: Language) -> Option<String> {
    let asks = language.words().rubric.before;
    (!items.is_empty()).then(|| asks(&Item::names(items, language)))
}

/// The text is judged as people will read it; where it cannot be read yet, as it was typed.
fn judged(
    scene: &Scene,
    slot: Slot,
    language: Language,
    sheet: &Sheet,
    next: Option<Span>,
) -> Judgement {
    let next = promised(scene, slot, next);
    let text = match sheet.text(language) {
        Ok(text) => filled(scene, language, text, next).to_markdown(language),
        Err(_) => format!("# {}\n\n{}", sheet.headline, sheet.body),
    };
    judge_with(&text, language, Occasion::from(slot.kind()), &scene.case.handbook.jargon)
}

fn advice(scene: &Scene, language: Language, judgement: &Judgement) -> Advice {
    let words = &scene.words.rubric;
    let zone = scene.zone().abbreviation(scene.now, language);
    let missing = |finding: &Finding| Missing {
        what: finding.item.asks(scene.language),
        because: finding.because.clone(),
        snippet: finding.snippet.map(|snippet| snippet.replace("{zone}", &zone)),
    };
    let missing: Vec<Missing> = judgement.missing().map(missing).collect();
    let jargon = |jargon: &Jargon| (words.jargon)(&jargon.word, &jargon.instead);
    Advice {
        tag: language.tag(),
        head: (words.head)(language.words().name, missing.len()),
        missing,
        jargon: judgement.jargon.iter().map(jargon).collect(),
    }
}

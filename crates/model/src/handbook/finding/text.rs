use std::collections::BTreeMap;

use super::sort::{BLAMING_TEXT, BOLD_TEXT, HARD_TEXT, JARGON_TEXT, LACKING_TEXT};
use super::{About, Finding, Scene};
use crate::handbook::plan::Plan;
use crate::language::{Language, Localized};
use crate::notice::{Filling, Kind, Text};
use crate::value::{Key, Span, Timestamp};
use crate::words::{Item, Judgement, Occasion, judge_with};

/// A prepared text: which kind of notice, and in which language.
type Prepared<'a> = (Kind, Language, &'a Text);

/// Each prepared notice says what people need, in words that they know. What serves several plans is
/// looked at once.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut plans: BTreeMap<Prepared<'_>, Vec<(&Key, &Plan)>> = BTreeMap::new();
    for (key, plan) in &scene.handbook.plans {
        for (kind, texts) in &plan.texts {
            for (language, text) in texts {
                plans.entry((*kind, *language, text)).or_default().push((key, plan));
            }
        }
    }
    for ((kind, language, text), plans) in plans {
        let [(key, plan), others @ ..] = plans.as_slice() else { continue };
        let folder = if others.is_empty() { key.as_str() } else { "default" };
        let file = format!("texts/{folder}/{}.{language}.md", kind.word());
        let judged = judged(scene, plan, (kind, language, text));
        let label = Localized(Language::all().map(|one| (one, kind.label(one).into())).collect());
        let about = |what| {
            let (label, title) = (About::from(&label), About::from(&plan.title));
            [label, title, About::new(&language.words().name), what]
        };
        for (sort, what) in of(&judged) {
            found.push(Finding::new(sort, (&file, ""), about(what)));
        }
    }
}

/// As people would read it half an hour after the parts of the plan had gone down.
fn judged(scene: &Scene<'_>, plan: &Plan, (kind, language, text): Prepared<'_>) -> Judgement {
    let handbook = scene.handbook;
    let first = handbook.components.first().map(|part| &part.key);
    // A plan for whatever has none of its own names no parts.
    let down = &plan.trigger.components;
    let is_down = |key: &Key| {
        if down.is_empty() { Some(key) == first } else { down.contains(key) }
    };
    let parts = |down: bool| {
        let parts = handbook.components.iter().filter(|part| is_down(&part.key) == down);
        parts.map(|part| part.name.get(language)).collect()
    };
    let now = Timestamp(0).after(Span::minutes(30));
    let filling = Filling {
        community: &handbook.community,
        broken: parts(true),
        works: parts(false),
        since: Timestamp(0),
        now,
        next_update: Some(now.after(plan.policy.rhythm)),
        expected_end: None,
        page: &handbook.page,
        zone: &handbook.zone,
        language,
    };
    let text = filling.fill(text).to_markdown(language);
    judge_with(&text, language, Occasion::from(kind), &handbook.jargon)
}

/// What is to be said of a text, and about what.
fn of(judged: &Judgement) -> Vec<(&'static super::Sort, About)> {
    let mut found = Vec::new();
    let left_out: Vec<Item> = judged.left_out().collect();
    if !left_out.is_empty() {
        let names = Language::all().map(|one| (one, Item::names(&left_out, one))).collect();
        found.push((&LACKING_TEXT, About::Named(Localized(names))));
    }
    for (item, sort) in
        [(Item::NoPromise, &BOLD_TEXT), (Item::NoBlame, &BLAMING_TEXT), (Item::Plain, &HARD_TEXT)]
    {
        if let Some(one) = judged.missing().find(|one| one.item == item) {
            let said = one.because.as_deref().unwrap_or("…");
            found.push((sort, About::new(&said.trim_end_matches('.'))));
        }
    }
    if !judged.jargon.is_empty() {
        let words: Vec<&str> = judged.jargon.iter().map(|one| one.word.as_str()).collect();
        found.push((&JARGON_TEXT, About::new(&words.join(", "))));
    }
    found
}

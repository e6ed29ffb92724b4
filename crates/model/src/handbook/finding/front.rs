use super::sort::{
    NO_APPROVAL, NO_CARD, NO_COPIES, NO_CRITERIA, NO_DECLARER, NO_OWNER, NO_REVIEW, OLD_REVIEW,
};
use super::{About, Finding, Scene, proof};
use crate::handbook::plan::Level;
use crate::language::{Language, Localized};

const FILE: &str = "handbook.toml";

/// Somebody answers for the handbook, it is read again in time, and it can be used without a screen.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let (handbook, control) = (scene.handbook, &scene.handbook.control);
    let mut lacks = |sort, path| found.push(Finding::new(sort, (FILE, path), []));
    if control.owner.is_none() {
        lacks(&NO_OWNER, "document.owner");
    }
    if control.approval.is_none() {
        lacks(&NO_APPROVAL, "document.approval");
    }
    if control.copies.is_empty() {
        lacks(&NO_COPIES, "document.copies");
    }
    if handbook.card.as_ref().is_none_or(|card| card.call.is_empty()) {
        lacks(&NO_CARD, "card.call");
    }
    let stale = scene.stale(control.reviewed_on, control.review_every);
    let place = (FILE, "document.reviewed_on");
    proof(found, stale, [&NO_REVIEW, &OLD_REVIEW], place, About::Named(itself()));
    for level in Level::ALL {
        let threshold = handbook.levels.get(&level);
        let path = |key| format!("level.{}.{key}", level.word());
        let labels = Language::all().map(|language| (language, level.label(language).to_owned()));
        let name = About::Named(Localized(labels.collect()));
        if threshold.is_none_or(|threshold| threshold.criteria.is_none()) {
            found.push(Finding::new(&NO_CRITERIA, (FILE, &path("criteria")), [name.clone()]));
        }
        if threshold.is_none_or(|threshold| threshold.declared_by.is_none()) {
            found.push(Finding::new(&NO_DECLARER, (FILE, &path("declared_by")), [name]));
        }
    }
}

fn itself() -> Localized {
    let words = [(Language::DE, "Das Handbuch"), (Language::EN, "The handbook")];
    Localized(words.into_iter().map(|(language, word)| (language, word.to_owned())).collect())
}

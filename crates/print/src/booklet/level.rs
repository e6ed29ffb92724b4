//! Incident, emergency, crisis: what each means and which plans begin there.

use model::handbook::plan::Level;

use super::Section;
use super::block::{Block, Fact, Part};
use super::source::Source;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = source.words();
    let part = |level: Level| {
        let plans = source.plans().into_iter().filter(|plan| plan.level == level);
        let titles: Vec<String> = plans.map(|plan| source.said(&plan.title).to_owned()).collect();
        let threshold = source.handbook.levels.get(&level);
        let criteria = threshold.and_then(|one| one.criteria.as_ref());
        let declared = threshold.and_then(|one| one.declared_by.as_ref());
        let facts = [
            Fact::some(words.criteria, criteria.map(|text| source.said(text))),
            Fact::some(words.declared_by, declared.map(|role| source.role_with_holder(role))),
            Fact::some(words.plans, Some(titles.join(" · "))),
        ];
        Block::Part(Part {
            title: level.label(source.language).to_owned(),
            blocks: vec![
                Block::Paragraph(means(source, level).to_owned()),
                Block::Facts(facts.into_iter().flatten().collect()),
            ],
            whole: true,
        })
    };
    vec![Section {
        anchor: "levels".to_owned(),
        title: words.levels.to_owned(),
        lede: Some(words.levels_lede.to_owned()),
        own_page: true,
        blocks: Level::ALL.map(part).into(),
    }]
}

fn means(source: &Source<'_>, level: Level) -> &'static str {
    let words = source.words();
    match level {
        Level::Incident => words.level_incident,
        Level::Emergency => words.level_emergency,
        Level::Crisis => words.level_crisis,
    }
}

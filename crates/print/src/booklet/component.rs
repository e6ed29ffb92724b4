//! What can fail, what it needs, and in which order it is started again.

use model::handbook::Handbook;
use model::handbook::system::Component;
use model::value::Span;

use super::Section;
use super::block::{Block, Fact, Part, Table};
use super::source::Source;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = source.words();
    let handbook = source.handbook;
    if handbook.components.is_empty() {
        return Vec::new();
    }
    let order = order(handbook).into_iter().map(|one| source.said(&one.name).to_owned());
    let mut blocks = vec![Block::Part(Part {
        title: words.restart.to_owned(),
        blocks: vec![
            Block::Paragraph(words.restart_lede.to_owned()),
            Block::Numbered(order.collect()),
        ],
        whole: true,
    })];
    blocks.extend(times(source));
    blocks.extend(handbook.components.iter().map(|one| part(source, one)));
    blocks.extend(lifeline(source));
    vec![Section {
        anchor: "components".to_owned(),
        title: words.components.to_owned(),
        lede: Some(words.components_lede.to_owned()),
        own_page: true,
        blocks,
    }]
}

fn part(source: &Source<'_>, component: &Component) -> Block {
    let words = source.words();
    let owner = component.owner.as_ref().map(|role| source.role_with_holder(role));
    let needs: Vec<String> = component.depends_on.iter().map(|key| source.component(key)).collect();
    let channels = source.handbook.channels.values();
    let falls: Vec<String> = channels
        .filter(|channel| channel.depends_on.contains(&component.key))
        .map(|channel| channel.key.to_string())
        .collect();
    let facts = [
        Fact::some(words.minimum, component.minimum.as_ref().map(|text| source.said(text))),
        Fact::some(words.workaround, component.workaround.as_ref().map(|text| source.said(text))),
        Fact::some(words.owner, owner),
        Fact::some(words.needs, Some(source.list(&needs))),
        Fact::some(words.runs_on, Some(source.places(&component.runs_on))),
        Fact::some(words.restored_on, component.restored_on.map(|day| source.day(day))),
        Fact::some(words.channels_fall, Some(source.list(&falls))),
    ];
    Block::Part(Part {
        title: source.said(&component.name).to_owned(),
        blocks: vec![
            Block::Paragraph(source.said(&component.about).to_owned()),
            Block::Facts(facts.into_iter().flatten().collect()),
        ],
        whole: true,
    })
}

/// How long each can be missing, where that is written.
fn times(source: &Source<'_>) -> Option<Block> {
    let words = source.words();
    let span = |span: Option<Span>| span.map_or_else(String::new, |span| source.span(span));
    let components = source.handbook.components.iter();
    let timed = components.filter(|one| one.mtpd.or(one.rto).or(one.rpo).is_some());
    let rows: Vec<_> = timed
        .map(|one| {
            let name = source.said(&one.name).to_owned();
            vec![name, span(one.mtpd), span(one.rto), span(one.rpo)]
        })
        .collect();
    let head = [words.part, words.mtpd, words.rto, words.rpo].map(str::to_owned).into();
    let table = Table { head, widths: vec![4, 4, 4, 4], rows, by_hand: false };
    let title = words.times.to_owned();
    (!table.rows.is_empty())
        .then(|| Block::Part(Part { title, blocks: vec![Block::Table(table)], whole: true }))
}

/// Without these nobody hears of an outage.
fn lifeline(source: &Source<'_>) -> Option<Block> {
    let words = source.words();
    let lifeline = &source.handbook.lifeline;
    let facts = [
        Fact::some(words.public_page, Some(source.places(&lifeline.page))),
        Fact::some(words.dns, Some(source.places(&lifeline.dns))),
        Fact::some(words.sign_in, Some(source.places(&lifeline.sign_in))),
    ];
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    let title = words.lifeline.to_owned();
    (!facts.is_empty())
        .then(|| Block::Part(Part { title, blocks: vec![Block::Facts(facts)], whole: true }))
}

/// Whatever another needs comes before it; else the order of the handbook stays. A circle, which
/// the check finds, ends the search and nobody is left out.
fn order(handbook: &Handbook) -> Vec<&Component> {
    let mut order: Vec<&Component> = Vec::new();
    for component in &handbook.components {
        place(handbook, component, &mut Vec::new(), &mut order);
    }
    order
}

fn place<'a>(
    handbook: &'a Handbook,
    component: &'a Component,
    path: &mut Vec<&'a Component>,
    order: &mut Vec<&'a Component>,
) {
    let known = |list: &[&Component]| list.iter().any(|one| one.key == component.key);
    if known(path) || known(order) {
        return;
    }
    path.push(component);
    for need in component.depends_on.iter().filter_map(|key| handbook.component(key)) {
        place(handbook, need, path, order);
    }
    path.pop();
    order.push(component);
}

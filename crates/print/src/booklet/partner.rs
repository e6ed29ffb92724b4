//! Whom to call in from outside, and what to say.

use model::handbook::people::{Partner, fill_callout};

use super::Section;
use super::block::{Block, Fact, Frame, Part};
use super::source::Source;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = source.words();
    let partners = &source.handbook.partners;
    if partners.is_empty() {
        return Vec::new();
    }
    vec![Section {
        anchor: "partners".to_owned(),
        title: words.partners.to_owned(),
        lede: Some(words.partners_lede.to_owned()),
        own_page: false,
        blocks: partners.values().map(|partner| part(source, partner)).collect(),
    }]
}

fn part(source: &Source<'_>, partner: &Partner) -> Block {
    let words = source.words();
    let card = source.card(&partner.key);
    let facts = [
        Some(Fact::new(words.phone, source.phone(&partner.key))),
        Fact::some(words.email, card.and_then(|card| card.email.clone())),
        Fact::some(words.hours, partner.hours.clone()),
        Fact::some(words.response, partner.response.map(|span| source.span(span))),
        Fact::some(words.can_do, partner.reach.as_ref().map(|reach| source.said(reach))),
        Fact::some(words.contract, partner.contract.clone()),
        Fact::some(words.called_on, partner.called_on.map(|day| source.day(day))),
    ];
    let mut blocks = vec![
        Block::Paragraph(source.said(&partner.what).to_owned()),
        Block::Facts(facts.into_iter().flatten().collect()),
    ];
    blocks.extend(partner.callout.as_ref().map(|text| callout(source, partner, source.said(text))));
    let slots = [words.called_at, words.spoke_with, words.ticket];
    blocks.push(Block::Write(slots.map(str::to_owned).into()));
    Block::Part(Part { title: source.name(&partner.key), blocks, whole: true })
}

/// What to say on the telephone, with lines for what only the moment knows.
fn callout(source: &Source<'_>, partner: &Partner, text: &str) -> Block {
    let known = |hole: &str| match hole {
        "community" => Some(source.handbook.community.clone()),
        "contract" => partner.contract.clone(),
        _ => None,
    };
    let filled = fill_callout(text, known);
    let paragraphs = filled.split("\n\n").map(|part| part.trim().to_owned());
    Block::Frame(Frame {
        title: source.words().callout.to_owned(),
        language: source.language.tag(),
        headline: None,
        paragraphs: paragraphs.filter(|part| !part.is_empty()).collect(),
        facts: Vec::new(),
        whole: true,
    })
}

//! Duties to report: whom to tell what by when, with lines for the times from which limits run.

use model::handbook::duty::{Clock, Delay, Duty, Limit, Stage};
use model::value::Span;

use super::Section;
use super::block::{Block, Fact, Part, Step};
use super::source::Source;

/// The longest span that is told in hours.
const HOURS: Span = Span::days(5);

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = &source.words().duty;
    let duties = &source.handbook.duties;
    if duties.is_empty() {
        return Vec::new();
    }
    vec![Section {
        anchor: "duties".to_owned(),
        title: words.title.to_owned(),
        lede: Some(words.lede.to_owned()),
        own_page: true,
        blocks: duties.values().map(|duty| part(source, duty)).collect(),
    }]
}

fn part(source: &Source<'_>, duty: &Duty) -> Block {
    let words = &source.words().duty;
    let facts = [
        Some(Fact::new(words.law, source.said(&duty.law))),
        Fact::some(words.who, Some(source.said(&duty.who))),
        Fact::some(words.trigger, Some(source.said(&duty.trigger))),
        Fact::some(words.to, Some(source.said(&duty.to))),
        Fact::some(words.owner, duty.owner.as_ref().map(|role| source.role_with_holder(role))),
        Some(Fact::new(words.verified_on, source.day(duty.verified_on))),
        Fact::some(words.source, Some(duty.source.as_str())),
        Fact::some(words.unconfirmed, duty.unconfirmed.as_ref().map(|text| source.said(text))),
    ];
    let limits = || duty.stages.iter().flat_map(|stage| &stage.due);
    let mut slots = vec![words.aware_at.to_owned()];
    if limits().any(|limit| limit.clock == Clock::Classified) {
        slots.push(words.classified_at.to_owned());
    }
    let steps = duty.stages.iter().enumerate();
    Block::Part(Part {
        title: source.said(&duty.title).to_owned(),
        blocks: vec![
            Block::Facts(facts.into_iter().flatten().collect()),
            Block::Write(slots),
            Block::Steps(steps.map(|(at, stage)| step(source, duty, at + 1, stage)).collect()),
        ],
        whole: false,
    })
}

fn step(source: &Source<'_>, duty: &Duty, number: usize, stage: &Stage) -> Step {
    let words = &source.words().duty;
    let due: Vec<String> = stage.due.iter().map(|one| limit(source, duty, one)).collect();
    let content = stage.content.iter().map(|text| format!("– {}", source.said(text)));
    let content: Vec<String> = content.collect();
    let facts = [
        Fact::some(if due.len() > 1 { words.earliest } else { words.due }, Some(due.join("\n"))),
        Fact::some(words.only_if, stage.only_if.as_ref().map(|text| source.said(text))),
        Fact::some(words.content, Some(content.join("\n"))),
    ];
    Step {
        number,
        what: source.said(&stage.title).to_owned(),
        facts: facts.into_iter().flatten().collect(),
        whole: true,
    }
}

/// A law that says 72 hours does not mean three days: hours stay hours.
fn hours(source: &Source<'_>, span: Span) -> String {
    let seconds = span.as_seconds();
    if seconds.is_multiple_of(3_600) && span <= HOURS {
        (source.words().duty.hours)(seconds / 3_600)
    } else {
        source.span(span)
    }
}

fn limit(source: &Source<'_>, duty: &Duty, limit: &Limit) -> String {
    let words = &source.words().duty;
    let clock = match &limit.clock {
        Clock::Aware => words.aware.to_owned(),
        Clock::Classified => words.classified.to_owned(),
        Clock::Fixed => words.fixed.to_owned(),
        Clock::Sent(key) => {
            let stage = duty.stages.iter().find(|stage| stage.key == *key);
            (words.sent)(stage.map_or(key.as_str(), |stage| source.said(&stage.title)))
        }
    };
    match limit.after {
        Delay::AtOnce => (words.at_once)(&clock),
        Delay::Span(span) => (words.at_most)(&hours(source, span), &clock),
        Delay::Months(count) => (words.at_most)(&(words.months)(count), &clock),
    }
}

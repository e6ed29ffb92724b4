//! Document control: how this paper is kept true.

use model::handbook::Edition;
use model::handbook::front::{Control, Rhythm};

use super::Section;
use super::block::{Block, Fact, Part, Table};
use super::source::Source;

/// How many lines there are for changes by hand.
const LINES: usize = 6;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = &source.words().control;
    let mut blocks = vec![Block::Facts(facts(source, &source.handbook.control))];
    // Where the program does not know who approved it, a person signs.
    let approved = matches!(source.edition, Edition::Version { approved_by: Some(_), .. });
    if !approved {
        blocks.push(Block::Write([words.approved_by, words.on].map(str::to_owned).into()));
    }
    blocks.push(part(words.rhythm_of_proofs, Block::Facts(rhythm(source, source.handbook.rhythm))));
    let copies = &source.handbook.control.copies;
    if !copies.is_empty() {
        blocks.push(part(words.copies, Block::Bullets(copies.clone())));
    }
    let changes = Block::Table(Table {
        head: [words.on, words.change, words.initials].map(str::to_owned).into(),
        widths: vec![2, 9, 3],
        rows: vec![vec![String::new(); 3]; LINES],
        by_hand: true,
    });
    blocks.push(Block::Part(Part {
        title: words.changes.to_owned(),
        blocks: vec![Block::Paragraph(words.changes_lede.to_owned()), changes],
        whole: true,
    }));
    vec![Section {
        anchor: "control".to_owned(),
        title: words.title.to_owned(),
        lede: Some(words.lede.to_owned()),
        own_page: true,
        blocks,
    }]
}

fn part(title: &str, block: Block) -> Block {
    Block::Part(Part { title: title.to_owned(), blocks: vec![block], whole: true })
}

fn facts(source: &Source<'_>, control: &Control) -> Vec<Fact> {
    let words = &source.words().control;
    let facts = [
        Fact::some(words.keeper, control.owner.as_ref().map(|key| source.name(key))),
        Fact::some(
            words.approval,
            control.approval.as_ref().map(|key| source.role_with_holder(key)),
        ),
        Fact::some(source.words().reviewed_on, control.reviewed_on.map(|day| source.day(day))),
        Some(Fact::new(words.review_every, source.span(control.review_every))),
    ];
    facts.into_iter().flatten().collect()
}

/// How often what is tried.
fn rhythm(source: &Source<'_>, rhythm: Rhythm) -> Vec<Fact> {
    let words = &source.words().control;
    vec![
        Fact::new(words.proof_contact, source.span(rhythm.contact)),
        Fact::new(words.proof_alarm, source.span(rhythm.alarm)),
        Fact::new(words.proof_channel, source.span(rhythm.channel)),
        Fact::new(words.proof_plan, source.span(rhythm.plan)),
        Fact::new(words.proof_restore, source.span(rhythm.restore)),
    ]
}

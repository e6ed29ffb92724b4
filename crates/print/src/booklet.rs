//! The content of all pages, of which both renderings are made.
//!
//! It is one tree of few kinds of [`Block`]: a section that is added here is on paper and on the
//! screen at once, and neither rendering can forget a part.

use model::language::Language;
use serde::Serialize;

mod block;
mod card;
mod chain;
mod channel;
mod component;
mod contact;
mod control;
mod cover;
mod duty;
mod level;
mod log;
mod partner;
mod plan;
mod role;
mod rota;
mod source;
mod text;

pub use block::{Block, Fact, Frame, Part, Step, Table};
pub use card::{Call, Card, Finding, Size};
pub use cover::Cover;
pub use source::Source;

/// A handbook as it is printed, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Booklet {
    /// The tag of its language: readers hyphenate and speak by it.
    pub language: &'static str,
    /// The day on which it was printed: 2026-11-30.
    pub day: String,
    /// What stands on every page: whose handbook, which version, of which day.
    pub running: String,
    /// The title page.
    pub cover: Cover,
    /// The one page for the wall.
    pub card: Card,
    /// Everything else, in this order.
    pub sections: Vec<Section>,
    /// The words that the pages themselves need.
    pub labels: Labels,
    /// What does not come out as it should: for whoever prints, not for whoever reads.
    #[serde(skip)]
    pub findings: Vec<Finding>,
}

/// A section: a heading and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// A name that only stands in links: unique in the booklet.
    pub anchor: String,
    /// The heading.
    pub title: String,
    /// A sentence below the heading.
    pub lede: Option<String>,
    /// Whether it begins a page.
    pub own_page: bool,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// The words that the pages themselves need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// Heading of the table of contents.
    pub contents: &'static str,
    /// Before the number of a page.
    pub page: &'static str,
    /// Between the number of a page and how many there are.
    pub of_pages: &'static str,
    /// Before the line for who did a step.
    pub done_by: &'static str,
    /// Before the line for when.
    pub done_at: &'static str,
    /// Heading of what is to be told on the phone.
    pub tell: &'static str,
    /// Heading of whom to call.
    pub call: &'static str,
    /// Heading of what to do.
    pub doing: &'static str,
    /// Heading of what not to do.
    pub dont: &'static str,
}

impl Booklet {
    /// The pages of this handbook.
    #[must_use]
    pub fn new(source: &Source<'_>) -> Self {
        let words = source.words();
        let (card, findings) = card::card(source);
        let sections = [
            level::sections(source),
            chain::sections(source),
            role::sections(source),
            rota::sections(source),
            contact::sections(source),
            partner::sections(source),
            plan::sections(source),
            log::sections(source),
            duty::sections(source),
            component::sections(source),
            channel::sections(source),
            text::sections(source),
            control::sections(source),
        ];
        let mut sections: Vec<Section> = sections.into_iter().flatten().collect();
        sections.iter_mut().flat_map(|one| &mut one.blocks).for_each(Block::settle);
        Self {
            language: source.language.tag(),
            day: source.handbook.zone.day(source.now).to_string(),
            running: source.running(),
            cover: cover::cover(source),
            card,
            sections,
            labels: Labels {
                contents: words.contents,
                page: words.page,
                of_pages: words.of,
                done_by: words.done_by,
                done_at: words.done_at,
                tell: words.tell,
                call: words.call,
                doing: words.doing,
                dont: words.dont,
            },
            findings,
        }
    }

    /// The language that it is written in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language.parse().unwrap_or(Language::DE)
    }
}

//! What pages are built of.

use serde::Serialize;

/// One thing below a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A list.
    Bullets(Vec<String>),
    /// A list whose order counts.
    Numbered(Vec<String>),
    /// Labels, each with what holds.
    Facts(Vec<Fact>),
    /// A table.
    Table(Table),
    /// Boxes to tick.
    Steps(Vec<Step>),
    /// A text that is read out or sent as it stands.
    Frame(Frame),
    /// Labels, each with a line to write on.
    Write(Vec<String>),
    /// A heading of its own within a section.
    Part(Part),
}

/// A label and what holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// What holds.
    pub value: String,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The heads of the columns.
    pub head: Vec<String>,
    /// How wide the columns are, one against the other.
    pub widths: Vec<u8>,
    /// The rows, each as long as the head. An empty cell is written into by hand.
    pub rows: Vec<Vec<String>>,
    /// Whether its rows are high enough to write in.
    pub by_hand: bool,
}

/// Something to do, with a box to tick and lines for who and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Counted from 1.
    pub number: usize,
    /// What to do.
    pub what: String,
    /// Who, how to see that it is done, how long it may take, what then.
    pub facts: Vec<Fact>,
    /// Whether it stays on one page.
    pub whole: bool,
}

/// A text that is read out or sent as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// What it is: kind and language.
    pub title: String,
    /// The tag of the text's own language.
    pub language: &'static str,
    /// The headline, where there is one.
    pub headline: Option<String>,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
    /// The facts below them.
    pub facts: Vec<Fact>,
    /// Whether it stays on one page.
    pub whole: bool,
}

/// A heading of its own within a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The heading.
    pub title: String,
    /// What stands below it.
    pub blocks: Vec<Block>,
    /// Whether it stays on one page.
    pub whole: bool,
}

/// What is higher than so many lines may be broken, wherever it would rather stay on one page: it
/// could be higher than a page.
const WHOLE: usize = 40;

impl Block {
    /// Lets everything be broken that could be higher than a page.
    pub(super) fn settle(&mut self) {
        let high = self.lines() > WHOLE;
        match self {
            Self::Part(part) => {
                part.whole &= !high;
                part.blocks.iter_mut().for_each(Self::settle);
            }
            Self::Steps(steps) => {
                steps.iter_mut().for_each(|step| step.whole &= step.lines() <= WHOLE);
            }
            Self::Frame(frame) => frame.whole &= !high,
            _ => {}
        }
    }

    /// About how many lines it takes, rather too many than too few.
    fn lines(&self) -> usize {
        match self {
            Self::Paragraph(text) => lines(text),
            Self::Bullets(all) | Self::Numbered(all) => all.iter().map(|text| lines(text)).sum(),
            Self::Facts(facts) => facts.iter().map(Fact::lines).sum(),
            Self::Table(table) => table.rows.iter().map(|row| 1 + cells(row)).sum(),
            Self::Steps(steps) => steps.iter().map(Step::lines).sum(),
            Self::Frame(frame) => {
                let said = frame.headline.iter().chain(&frame.paragraphs).map(|text| lines(text));
                3 + said.sum::<usize>() + frame.facts.iter().map(Fact::lines).sum::<usize>()
            }
            Self::Write(labels) => labels.len(),
            Self::Part(part) => 2 + part.blocks.iter().map(Self::lines).sum::<usize>(),
        }
    }
}

impl Step {
    fn lines(&self) -> usize {
        3 + lines(&self.what) + self.facts.iter().map(Fact::lines).sum::<usize>()
    }
}

/// How many lines a text takes beside a label.
fn lines(text: &str) -> usize {
    text.lines().map(|line| 1 + line.chars().count() / 55).sum()
}

/// How many lines a row of a table takes.
fn cells(row: &[String]) -> usize {
    row.iter().map(|cell| if cell.len() > 20 { 4 * lines(cell) } else { 1 }).max().unwrap_or(1)
}

impl Table {
    /// How wide each column is, in whole hundredths of the table.
    pub(crate) fn shares(&self) -> impl Iterator<Item = usize> {
        let all: usize = self.widths.iter().copied().map(usize::from).sum();
        self.widths.iter().map(move |width| usize::from(*width) * 100 / all.max(1))
    }
}

impl Fact {
    /// A fact.
    pub(super) fn new(label: &str, value: impl Into<String>) -> Self {
        Self { label: label.to_owned(), value: value.into() }
    }

    fn lines(&self) -> usize {
        lines(&self.value).max(if self.label.len() > 25 { 4 * lines(&self.label) } else { 1 })
    }

    /// A fact, where there is something to say.
    pub(super) fn some(label: &str, value: Option<impl Into<String>>) -> Option<Self> {
        let value = value?.into();
        (!value.trim().is_empty()).then(|| Self::new(label, value))
    }
}

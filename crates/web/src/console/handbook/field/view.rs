//! A field as its template shows it.

use askama::Template;
use model::language::Handbook as Words;

use super::pick::Pick;
use crate::console::handbook::finding::Finding;

/// A text in one language.
pub(super) struct Tongue {
    pub(super) tag: &'static str,
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) was: String,
}

/// A thing of a list, with its fields.
pub(super) struct Item {
    pub(super) path: String,
    pub(super) head: String,
    /// Whether there is something to do in it.
    pub(super) open: bool,
    pub(super) fields: Vec<String>,
}

/// How a value is typed.
pub(super) enum Control {
    Line {
        value: String,
        mode: &'static str,
    },
    Date(String),
    Moment(String),
    Area(String),
    Flag(bool),
    Select(Vec<Pick>),
    Boxes(Vec<Pick>),
    /// Choices in an order, and one more to add.
    Order(Vec<Vec<Pick>>),
    Tongues {
        tongues: Vec<Tongue>,
        long: bool,
        many: bool,
    },
    /// Fields that belong together; what need not be there can be closed.
    Group {
        fields: Vec<String>,
        closed: bool,
    },
    Items {
        items: Vec<Item>,
        named: bool,
    },
    Ways {
        ways: Vec<Pick>,
        fields: Vec<String>,
    },
}

#[derive(Template)]
#[template(path = "console/handbook/field.html")]
pub(super) struct View {
    pub(super) words: &'static Words,
    /// The name in the form: the path inside the thing.
    pub(super) name: String,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) example: &'static str,
    pub(super) need: bool,
    /// Whether other fields depend on what is chosen here.
    pub(super) shapes: bool,
    /// Whether it needs no more than half the width.
    pub(super) short: bool,
    /// A mark of what it holds now.
    pub(super) was: String,
    pub(super) wrong: Vec<Finding>,
    pub(super) control: Control,
}

impl View {
    /// Whether something is wrong that must be mended.
    fn is_wrong(&self) -> bool {
        self.wrong.iter().any(Finding::is_grave)
    }
}

//! A part of the handbook as overviews show it.

use super::book::Wrong;

/// A part with how much there is of it.
pub(super) struct Summary {
    pub(super) href: String,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    /// How many things it has, where it has things.
    pub(super) count: Option<usize>,
    /// Whether there must be something.
    pub(super) need: bool,
    pub(super) wrong: Option<Wrong>,
    /// The first thing that must be mended.
    pub(super) worst: Option<String>,
}

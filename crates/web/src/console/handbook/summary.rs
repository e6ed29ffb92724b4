//! A part of the handbook as overviews show it.

/// A part with how much there is of it.
pub(super) struct Summary {
    pub(super) href: String,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    /// How many things it has, where it has things.
    pub(super) count: Option<usize>,
    /// Whether there must be something.
    pub(super) need: bool,
    pub(super) wrong: Option<(&'static str, usize)>,
    /// The first thing that must be mended.
    pub(super) worst: Option<String>,
}

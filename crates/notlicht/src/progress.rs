//! Shows how far a long command is: a bar at a terminal, nothing elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use store::import::Stage;

/// A bar. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar for so many people, on standard error if that is a terminal.
    pub(crate) fn new(all: u64) -> Self {
        let bar = ProgressBar::new(all);
        let style = "{wide_bar} {human_pos} of {human_len} {msg}";
        bar.set_style(ProgressStyle::with_template(style).expect("a fixed text"));
        Self(bar)
    }

    /// Shows a stage of an import.
    pub(crate) fn show(&self, stage: Stage) {
        match stage {
            Stage::Through(people) => self.0.set_position(people),
            Stage::Saving => {
                self.0.set_position(self.0.length().unwrap_or(0));
                self.0.set_message("saving");
            }
            Stage::Saved => self.0.set_message("tidying up"),
        }
    }

    /// Takes it away.
    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }
}

//! How the story is told: what happens, and when.

use model::value::Timestamp;

use crate::rim::now;
use crate::say::{BAD, GOOD, LIGHT, QUIET};

/// Tells the story with the time since its beginning.
#[derive(Debug)]
pub(super) struct Teller {
    begun: Timestamp,
}

impl Teller {
    /// The story begins now.
    pub(super) fn begin() -> Self {
        Self { begun: now() }
    }

    fn clock(&self) -> String {
        let millis = now().since(self.begun).micros() / 1000;
        format!("{QUIET}{:>4}.{} s{QUIET:#}", millis / 1000, millis % 1000 / 100)
    }

    /// A new act.
    pub(super) fn act(&self, title: &str) {
        anstream::println!("\n{} {LIGHT}{title}{LIGHT:#}", self.clock());
    }

    /// Something happened.
    pub(super) fn say(&self, text: &str) {
        anstream::println!("{}   {text}", self.clock());
    }

    /// Something came out as it must.
    pub(super) fn good(&self, text: &str) {
        anstream::println!("{} {GOOD}✓{GOOD:#} {text}", self.clock());
    }

    /// Something broke.
    pub(super) fn bad(&self, text: &str) {
        anstream::println!("{} {BAD}✗{BAD:#} {text}", self.clock());
    }
}

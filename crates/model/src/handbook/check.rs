//! Whether the parts of a handbook fit together: every gap that can be found before an outage.
//!
//! Errors refuse the handbook. Hints advise.

use super::channel::{Channel, Descriptor, Reaches};
use super::fault::{Clause, Fault, Severity, in_order};
use super::parse::{Draft, draft};
use super::place::Places;
use super::{Files, Handbook};
use crate::value::Key;

mod channel;
mod fall_back;
mod link;
mod people;
mod place;
mod plan;
mod system;
mod trigger;

/// What checking gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The handbook, unless an error refuses it.
    pub handbook: Option<Handbook>,
    /// What could be read of a handbook that an error refuses, unless a whole file could not. It is
    /// good for advice to whoever writes it, and for nothing else.
    pub so_far: Option<Handbook>,
    /// All errors and hints, in the order of the files.
    pub faults: Vec<Fault>,
    /// Where each part is written, as far as it could be read.
    pub places: Places,
}

/// Reads and checks a handbook, and tells all that is wrong at once.
///
/// A part that cannot be read stays out of the further checks, so that one slip gives one fault.
#[must_use]
pub fn check(files: &Files, kinds: &[&Descriptor]) -> Checked {
    let Draft { handbook, places, links, mut faults, broken, .. } = draft(files, kinds);
    let mut scene = Scene { handbook: &handbook, places: &places, files, kinds, found: Vec::new() };
    link::lead_somewhere(&mut scene, &links, &broken);
    people::check(&mut scene);
    place::check(&mut scene);
    system::check(&mut scene);
    channel::check(&mut scene);
    fall_back::check(&mut scene);
    plan::check(&mut scene);
    trigger::check(&mut scene);
    let found = std::mem::take(&mut scene.found);
    let unread = |fault: &Fault| {
        let inside = |one: &&Fault| {
            one.is_error()
                && one.file == fault.file
                && one.span.start >= fault.span.start
                && one.span.end <= fault.span.end
        };
        // What a broken file declares is not known, so that advice on gaps would mislead.
        let misled = !broken.is_empty() && (!fault.is_error() || broken.contains(&fault.file));
        misled || faults.iter().any(|one| inside(&one))
    };
    let found: Vec<_> = found.into_iter().filter(|fault| !unread(fault)).collect();
    faults.extend(found);
    in_order(&mut faults);
    let refused = faults.iter().any(Fault::is_error);
    let (handbook, so_far) = match refused {
        false => (Some(handbook), None),
        true => (None, broken.is_empty().then_some(handbook)),
    };
    Checked { handbook, so_far, faults, places }
}

/// What the rules look at, and what they find.
struct Scene<'a> {
    handbook: &'a Handbook,
    places: &'a Places,
    files: &'a Files,
    kinds: &'a [&'a Descriptor],
    found: Vec<Fault>,
}

impl<'a> Scene<'a> {
    /// The kinds of channel that reach so.
    fn kinds_that(&self, reach: impl Fn(Reaches) -> bool) -> String {
        let fitting = self.kinds.iter().filter(|kind| reach(kind.reaches));
        fitting.map(|kind| kind.kind).collect::<Vec<_>>().join(", ")
    }

    fn error(&mut self, file: &str, path: &str, what: Clause, help: Clause) {
        let fault = self.fault(file, path, Severity::Error).saying(what, help);
        self.found.push(fault);
    }

    fn hint(&mut self, file: &str, path: &str, what: Clause, help: Clause) {
        let fault = self.fault(file, path, Severity::Hint).saying(what, help);
        self.found.push(fault);
    }

    fn fault(&self, file: &str, path: &str, severity: Severity) -> Fault {
        let text = self.files.get(file).map_or("", String::as_str);
        Fault::new(file, text, &self.places.at(file, path), severity).at(path)
    }

    /// The channel of this key and what its adapter says of itself, where both are known.
    fn channel(&self, key: &Key) -> Option<(&'a Channel, &'a Descriptor)> {
        let channel = self.handbook.channels.get(key)?;
        let kind = self.kinds.iter().copied().find(|kind| kind.kind == channel.kind)?;
        Some((channel, kind))
    }
}

//! Where each thing of a handbook is written.

use std::collections::BTreeMap;
use std::ops::Range;

/// Where each thing is written: by file and by path inside it (`role.lead.person`, `step.0.what`;
/// lists count from 0).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<String, BTreeMap<String, Range<usize>>>);

impl Places {
    /// The bytes where this is written. What is not written itself (a default) is looked for where
    /// its surroundings are, at last at the beginning of the file.
    #[must_use]
    pub fn at(&self, file: &str, path: &str) -> Range<usize> {
        let Some(paths) = self.0.get(file) else { return 0..0 };
        let mut path = path;
        loop {
            if let Some(span) = paths.get(path) {
                return span.clone();
            }
            match path.rsplit_once('.') {
                Some((parent, _)) => path = parent,
                None => return 0..0,
            }
        }
    }

    pub(super) fn note(&mut self, file: &str, path: &str, span: Range<usize>) {
        self.0.entry(file.to_owned()).or_default().insert(path.to_owned(), span);
    }
}

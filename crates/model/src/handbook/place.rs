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

    /// The path of the innermost thing that stands around these bytes; empty where it is only the
    /// file.
    #[must_use]
    pub fn path_at(&self, file: &str, span: &Range<usize>) -> &str {
        let around = |place: &Range<usize>| place.start <= span.start && span.end <= place.end;
        let places = self.0.get(file).into_iter().flatten();
        let found = places.filter(|(_, place)| !place.is_empty() && around(place));
        // Of a table and what alone stands in it, the thing itself.
        let inner = found.min_by_key(|(path, place)| (place.len(), std::cmp::Reverse(path.len())));
        inner.map_or("", |(path, _)| path)
    }

    pub(super) fn note(&mut self, file: &str, path: &str, span: Range<usize>) {
        self.0.entry(file.to_owned()).or_default().insert(path.to_owned(), span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_somewhere_is_found_by_its_place() {
        let mut places = Places::default();
        places.note("f", "role", 10..14);
        places.note("f", "role.lead", 10..14);
        places.note("f", "role.lead.title", 20..60);
        places.note("f", "role.lead.title.de", 30..40);
        assert_eq!(places.path_at("f", &(32..35)), "role.lead.title.de");
        assert_eq!(places.path_at("f", &(20..60)), "role.lead.title");
        assert_eq!(places.path_at("f", &(10..14)), "role.lead");
        assert_eq!(places.path_at("f", &(0..0)), "");
        assert_eq!(places.path_at("g", &(32..35)), "");
    }
}

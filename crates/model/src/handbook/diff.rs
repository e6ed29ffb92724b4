//! What is different between two versions of a handbook, as people read it.

use std::collections::BTreeSet;
use std::fmt;

use similar::{ChangeTag, TextDiff};

use super::Files;

pub mod value;

/// Unchanged lines that are shown around a change.
const AROUND: usize = 2;

/// How a file is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Lines of it are different.
    Changed,
}

/// One file that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The path inside the handbook's folder.
    pub file: String,
    /// How it is different.
    pub kind: ChangeKind,
    /// The places where lines are different, each with what stands around it.
    pub places: Vec<Vec<Line>>,
}

/// One line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the old file, counted from 1, if it stands there.
    pub old: Option<usize>,
    /// Its number in the new file, counted from 1, if it stands there.
    pub new: Option<usize>,
    /// What it says, without the end of line.
    pub text: String,
}

/// What has to be done to `old` to get `new`, by file.
#[must_use]
pub fn diff(old: &Files, new: &Files) -> Vec<Change> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    names.into_iter().filter_map(|name| change(name, old.get(name), new.get(name))).collect()
}

fn change(file: &str, old: Option<&String>, new: Option<&String>) -> Option<Change> {
    let kind = match (old, new) {
        (Some(old), Some(new)) if old == new => return None,
        (None, None) => return None,
        (Some(_), Some(_)) => ChangeKind::Changed,
        (None, Some(_)) => ChangeKind::Added,
        (Some(_), None) => ChangeKind::Removed,
    };
    let text = |side: Option<&String>| side.cloned().unwrap_or_default();
    let (old, new) = (text(old), text(new));
    let lines = TextDiff::from_lines(&old, &new);
    let groups = lines.grouped_ops(AROUND);
    let places = groups.iter().map(|group| {
        let changes = group.iter().flat_map(|part| lines.iter_changes(part));
        let line = |one: similar::Change<&str>| Line {
            old: one.old_index().filter(|_| one.tag() != ChangeTag::Insert).map(|at| at + 1),
            new: one.new_index().filter(|_| one.tag() != ChangeTag::Delete).map(|at| at + 1),
            text: one.value().trim_end_matches(['\n', '\r']).to_owned(),
        };
        changes.map(line).collect()
    });
    Some(Change { file: file.to_owned(), kind, places: places.collect() })
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.kind {
            ChangeKind::Added => "new file",
            ChangeKind::Removed => "file is gone",
            ChangeKind::Changed => "changed",
        };
        writeln!(f, "{}: {word}", self.file)?;
        for place in &self.places {
            let line = place.iter().find_map(|line| line.new.or(line.old)).unwrap_or(1);
            writeln!(f, "  from line {line}:")?;
            for line in place {
                let sign = match (line.old, line.new) {
                    (Some(_), None) => '-',
                    (None, Some(_)) => '+',
                    _ => ' ',
                };
                writeln!(f, "  {sign} {}", line.text)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_shows_each_line_with_its_sign() {
        let files = |parts: &[(&str, &str)]| -> Files {
            parts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        let old = files(&[("a", "1\n2\n3\n4\n5\n"), ("b", "x\n"), ("same", "s\n")]);
        let new = files(&[("a", "1\n2\n3\nfour\n5\n"), ("c", "y\n"), ("same", "s\n")]);
        let said: String = diff(&old, &new).iter().map(Change::to_string).collect();
        assert_eq!(
            said,
            "a: changed\n  from line 2:\n    2\n    3\n  - 4\n  + four\n    5\n\
             b: file is gone\n  from line 1:\n  - x\nc: new file\n  from line 1:\n  + y\n"
        );
        assert!(diff(&old, &old).is_empty());
    }
}

//! A TOML file as it is written: headings and pairs with everything that stands around them. Put
//! together again it is the same to the last character, so whoever changes one line changes
//! nothing else.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::DeTable;

use super::fault::{Fault, Severity, said};

mod path;
mod read;

pub use path::{BadPath, Path};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// `[table]`
    Table,
    /// `[[item of a list]]`
    Item,
    /// `key = value`
    Pair,
}

/// One key as it is written in the head of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// What it says.
    pub(super) text: String,
    /// Where it stands in the head.
    pub(super) span: Range<usize>,
}

/// A heading or a pair; a pair's value may go over many lines of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) sort: Sort,
    /// Empty lines and comments before it, and what indents it.
    pub(super) above: String,
    /// The heading, or the key with its equals sign.
    pub(super) head: String,
    /// The keys in the head.
    pub(super) names: Vec<Name>,
    /// The value of a pair.
    pub(super) value: String,
    /// What follows up to the end of the line, and that end.
    pub(super) after: String,
}

/// A TOML file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) lines: Vec<Line>,
    /// What stands below the last line.
    pub(super) end: String,
}

impl Line {
    /// A pair of these keys, written on a line of its own.
    pub(super) fn pair(keys: &[String], value: String, newline: &str) -> Self {
        let (head, names) = path::written(keys, "", " = ");
        Self { sort: Sort::Pair, above: String::new(), head, names, value, after: newline.into() }
    }

    /// A heading of these keys.
    pub(super) fn heading(sort: Sort, keys: &[String], newline: &str) -> Self {
        let (open, close) = if sort == Sort::Item { ("[[", "]]") } else { ("[", "]") };
        let (head, names) = path::written(keys, open, close);
        let (above, value) = (newline.to_owned(), String::new());
        Self { sort, above, head, names, value, after: newline.to_owned() }
    }

    /// Cuts what stands above into what belongs to the surroundings and what belongs to this line:
    /// the comment right above it, without an empty line in between, and its indent.
    pub(super) fn surroundings(&self) -> (&str, &str) {
        let mut own = self.above.rfind('\n').map_or(0, |at| at + 1);
        while let Some(before) = self.above.get(..own).filter(|before| !before.is_empty()) {
            let whole = before.strip_suffix('\n').unwrap_or(before);
            let line = whole.rfind('\n').map_or(0, |at| at + 1);
            if !before.get(line..).is_some_and(|line| line.trim_start().starts_with('#')) {
                break;
            }
            own = line;
        }
        self.above.split_at(own)
    }

    /// How this line reads.
    pub(super) fn text(&self) -> String {
        [&self.above, &self.head, &self.value, &self.after].map(String::as_str).concat()
    }
}

impl Source {
    /// Takes a text apart.
    ///
    /// # Errors
    ///
    /// The first place where it is no TOML.
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, Box<Fault>> {
        if let Err(error) = DeTable::parse(text) {
            let span = error.span().unwrap_or(0..0);
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            let fault = Fault::new(file, text, &span, Severity::Error);
            return Err(Box::new(fault.saying(
                said!("das ist kein TOML: {message}", "this is no TOML: {message}"),
                said!(
                    "bearbeiten Sie es als Text, bis es das ist",
                    "edit it as a text until it is, then go on"
                ),
            )));
        }
        Ok(read::read(text))
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        let mut text: String = self.lines.iter().map(Line::text).collect();
        text.push_str(&self.end);
        text
    }

    /// How lines end in this file.
    pub(super) fn newline(&self) -> &'static str {
        let first = self.lines.iter().find(|line| line.after.ends_with('\n'));
        if first.is_some_and(|line| line.after.ends_with("\r\n")) { "\r\n" } else { "\n" }
    }

    /// What each line is about: `step.0.what.de`, lists counted from 0.
    pub(super) fn paths(&self) -> Vec<Path> {
        let mut items: BTreeMap<Path, usize> = BTreeMap::new();
        let mut table = Path::default();
        let mut paths = Vec::new();
        for line in &self.lines {
            if line.sort == Sort::Pair {
                paths.push(table.and(line.names.iter().map(|name| &*name.text)));
                continue;
            }
            table = Path::default();
            for (at, name) in line.names.iter().enumerate() {
                table.push(&name.text);
                let is_last = at + 1 == line.names.len();
                if is_last && line.sort == Sort::Item {
                    let number = items.entry(table.clone()).and_modify(|it| *it += 1).or_insert(0);
                    table.push(&number.to_string());
                } else if let Some(number) = items.get(&table) {
                    table.push(&number.to_string());
                }
            }
            paths.push(table.clone());
        }
        paths
    }

    /// Takes a line out with the comment that belongs to it; what belongs to its surroundings
    /// stays.
    pub(super) fn take_out(&mut self, at: usize) -> Line {
        let line = self.lines.remove(at);
        let (kept, _) = line.surroundings();
        if kept.contains('#') {
            let below = self.above_mut(at);
            *below = joined(kept, below);
        }
        line
    }

    /// Puts a line before the line of this number. Nothing stands on a line with another.
    pub(super) fn put_in(&mut self, at: usize, line: Line) {
        let newline = self.newline();
        if let Some(before) = at.checked_sub(1).and_then(|before| self.lines.get_mut(before))
            && !before.after.ends_with('\n')
        {
            before.after.push_str(newline);
        }
        self.lines.insert(at, line);
    }

    fn above_mut(&mut self, at: usize) -> &mut String {
        match self.lines.get_mut(at) {
            Some(line) => &mut line.above,
            None => &mut self.end,
        }
    }
}

/// Two pieces of surroundings after one another, with one gap between them.
pub(super) fn joined(first: &str, second: &str) -> String {
    let gap = second.len() - second.trim_start_matches(['\n', '\r']).len();
    let is_apart = first.is_empty() || first.ends_with("\n\n") || first.ends_with("\n\r\n");
    let second = if is_apart { second.get(gap..).unwrap_or_default() } else { second };
    format!("{first}{second}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "# Front\n\n# of a\na.\"b.c\" = 1 # one\n\n[x]\n  y = [\n  1, # first\n]\n\
                        [[s]]\nk = { z = 1 }\n\n[s.t]\n'ä' = ''\n[[s]] # second\n[[s.u]]\n# end";

    #[test]
    fn a_file_that_is_taken_apart_and_put_together_is_the_same() {
        let source = Source::parse("f", TEXT).expect("it is TOML");
        assert_eq!(source.text(), TEXT);
        let crlf = TEXT.replace('\n', "\r\n");
        let source = Source::parse("f", &crlf).expect("it is TOML");
        assert_eq!((source.text(), source.newline()), (crlf, "\r\n"));
    }

    proptest! {
        #[test]
        fn whatever_toml_somebody_typed_is_put_together_the_same(
            kinds in prop::collection::vec(0..9_usize, 0..30), windows: bool,
        ) {
            let line = |(at, kind): (usize, &usize)| match kind {
                0 => "# a comment\n".to_owned(),
                1 => "\n".to_owned(),
                2 => format!("[t{at}] # table\n"),
                3 => format!("[[list]]\nn = {at}\n"),
                4 => format!("  k{at} . 'ä b' = \"\"\"\nx # no comment\n\"\"\" # one\n"),
                5 => format!("k{at}=[ # first\n  1, {{ a = [2] }},\n] \n"),
                6 => format!("\tk{at} = {{ a.b = 1, c = '#' }}\n"),
                7 => format!("k{at} = 2026-11-30 07:00:00 # day\n"),
                _ => "\t \n".to_owned(),
            };
            let text: String = kinds.iter().enumerate().map(line).collect();
            let text = if windows { text.replace('\n', "\r\n") } else { text };
            let text = text.trim_end_matches(['\n', '\r']);
            let source = Source::parse("f", text).expect("it is TOML");
            prop_assert_eq!(source.text(), text);
            prop_assert_eq!(source.paths().len(), source.lines.len());
        }
    }

    #[test]
    fn each_line_knows_what_it_is_about() {
        let source = Source::parse("f", TEXT).expect("it is TOML");
        let paths: Vec<_> = source.paths().iter().map(Path::to_string).collect();
        let known =
            ["a.\"b.c\"", "x", "x.y", "s.0", "s.0.k", "s.0.t", "s.0.t.\"ä\"", "s.1", "s.1.u.0"];
        assert_eq!(paths, known);
        assert_eq!(source.lines[0].surroundings(), ("# Front\n\n", "# of a\n"));
    }
}

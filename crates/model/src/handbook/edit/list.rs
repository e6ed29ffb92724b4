//! A list as it is written: `[ "a", "b" ]`, or over lines with a comment to each part. Parts come,
//! go and move with the comments that belong to them.

use toml_edit::Array;
use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, parse_value};

/// A part with what belongs to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    /// Gaps, and comments on the lines above.
    before: String,
    pub(super) value: String,
    /// A comment on the same line.
    comment: String,
}

/// A list.
#[derive(Debug, Clone, Default)]
pub(super) struct List {
    pub(super) parts: Vec<Part>,
    /// What stands between the last part and the end.
    tail: String,
    has_last_comma: bool,
}

impl List {
    /// Takes the text of a list apart.
    pub(super) fn of(text: &str) -> Self {
        let text = text.trim();
        let tokens = Source::new(text).lex().into_vec();
        let mut list = Self::default();
        // How deep, where the part begins, from where on the text is a gap.
        let (mut depth, mut begin, mut gap) = (0_usize, 0_usize, 1_usize);
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
        let mut see = |event: Event| {
            let (start, end) = (event.span().start(), event.span().end());
            let is_end = match event.kind() {
                EventKind::ArrayOpen | EventKind::InlineTableOpen => {
                    depth += 1;
                    if depth == 2 {
                        begin = start;
                    }
                    false
                }
                EventKind::ArrayClose | EventKind::InlineTableClose => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        list.finish(part(gap..start));
                    }
                    depth == 1
                }
                EventKind::Scalar if depth == 1 => {
                    begin = start;
                    true
                }
                EventKind::ValueSep if depth == 1 => {
                    list.see_comma(part(gap..start));
                    gap = end;
                    false
                }
                _ => false,
            };
            if is_end {
                list.begin(part(gap..begin), part(begin..end));
                gap = end;
            }
        };
        parse_value(&tokens, &mut see, &mut ());
        list
    }

    /// A gap and the value after it: what is left of the line before belongs to the part before.
    fn begin(&mut self, mut before: String, value: String) {
        if let Some(last) = self.parts.last_mut() {
            last.comment.push_str(&cut_comment(&mut before));
        }
        self.has_last_comma = false;
        self.parts.push(Part { before, value, comment: String::new() });
    }

    fn see_comma(&mut self, gap: String) {
        self.has_last_comma = true;
        if let Some(last) = self.parts.last_mut().filter(|_| gap.contains('#')) {
            last.comment.push_str(gap.trim_end());
        }
    }

    fn finish(&mut self, mut gap: String) {
        if let Some(last) = self.parts.last_mut() {
            last.comment.push_str(&cut_comment(&mut gap));
        }
        self.tail = gap;
    }

    fn goes_over_lines(&self) -> bool {
        self.tail.contains('\n') || self.parts.iter().any(|part| part.before.contains('\n'))
    }

    /// The text of the list with these parts instead.
    pub(super) fn with(&self, mut parts: Vec<Part>) -> String {
        if self.goes_over_lines() {
            let indents = self.parts.iter().map(|part| part.before.as_str());
            let indent = indents
                .filter_map(|before| before.rfind('\n').map(|at| before.split_at(at).1))
                .next();
            let indent = indent.unwrap_or("\n  ");
            for part in parts.iter_mut().filter(|part| part.before.is_empty()) {
                part.before = indent.to_owned();
            }
        } else {
            // On one line gaps belong to places, not to parts.
            for (at, part) in parts.iter_mut().enumerate() {
                let known = self.parts.get(at).map(|part| part.before.as_str());
                part.before = known.unwrap_or(if at == 0 { "" } else { " " }).to_owned();
            }
        }
        let (mut text, count) = (String::from("["), parts.len());
        let mut in_comment = false;
        for (at, part) in parts.iter().enumerate() {
            text.push_str(line_end(in_comment, &part.before));
            text.push_str(&part.before);
            text.push_str(&part.value);
            if at + 1 < count || self.has_last_comma && count > 0 {
                text.push(',');
            }
            text.push_str(&part.comment);
            in_comment = !part.comment.is_empty();
        }
        text.push_str(line_end(in_comment, &self.tail));
        text.push_str(&self.tail);
        text.push(']');
        text
    }

    /// A new part.
    pub(super) fn part(value: String) -> Part {
        Part { value, ..Part::default() }
    }
}

/// A comment ends with its line, whatever comes next.
fn line_end(in_comment: bool, next: &str) -> &'static str {
    if in_comment && !next.starts_with(['\n', '\r']) { "\n" } else { "" }
}

/// Cuts off a comment that stands on the same line.
fn cut_comment(gap: &mut String) -> String {
    let line = gap.find(['\n', '\r']).unwrap_or(gap.len());
    if gap.get(..line).is_some_and(|line| line.trim_start().starts_with('#')) {
        let rest = gap.split_off(line);
        return std::mem::replace(gap, rest);
    }
    String::new()
}

/// Changes the parts of a list and leaves how it is written.
pub(super) fn rewrite(list: &mut Array, by: impl FnOnce(&mut Vec<Part>)) {
    let whole = list.to_string();
    let apart = List::of(&whole);
    let mut parts = apart.parts.clone();
    by(&mut parts);
    if let Ok(toml_edit::Value::Array(mut new)) = apart.with(parts).parse() {
        *new.decor_mut() = list.decor().clone();
        *list = new;
    }
}

//! Takes a text that is TOML apart.

use toml_parser::Raw;
use toml_parser::parser::{Event, EventKind, parse_document};

use super::{Line, Name, Sort, Source};

struct Reader<'t> {
    text: &'t str,
    source: Source,
    /// Up to here the text belongs to a line.
    done: usize,
    /// Where the head of the line being read begins, its keys, and where its value does.
    head: Option<(Sort, usize)>,
    names: Vec<Name>,
    value: Option<usize>,
    /// How many lists and tables inside a value are open.
    depth: usize,
}

/// Takes a text apart that is known to be TOML.
pub(super) fn read(text: &str) -> Source {
    let source = toml_parser::Source::new(text);
    let tokens = source.lex().into_vec();
    let (head, names, value) = (None, Vec::new(), None);
    let mut reader =
        Reader { text, source: Source::default(), done: 0, head, names, value, depth: 0 };
    parse_document(&tokens, &mut |event: Event| reader.see(&event), &mut ());
    reader.source.end = text.get(reader.done..).unwrap_or_default().to_owned();
    reader.source
}

impl Reader<'_> {
    fn see(&mut self, event: &Event) {
        let (start, end) = (event.span().start(), event.span().end());
        match event.kind() {
            EventKind::StdTableOpen => self.head = Some((Sort::Table, start)),
            EventKind::ArrayTableOpen => self.head = Some((Sort::Item, start)),
            EventKind::StdTableClose | EventKind::ArrayTableClose => self.finish(end, end),
            EventKind::SimpleKey if self.value.is_none() => {
                let begin = self.head.get_or_insert((Sort::Pair, start)).1;
                let mut text = String::new();
                let raw = self.text.get(start..end).unwrap_or_default();
                let raw = Raw::new_unchecked(raw, event.encoding(), event.span());
                raw.decode_key(&mut text, &mut ());
                self.names.push(Name { text, span: start - begin..end - begin });
            }
            EventKind::ArrayOpen | EventKind::InlineTableOpen => {
                self.value.get_or_insert(start);
                self.depth += 1;
            }
            EventKind::ArrayClose | EventKind::InlineTableClose => {
                self.depth = self.depth.saturating_sub(1);
                self.end_value(end);
            }
            EventKind::Scalar => {
                self.value.get_or_insert(start);
                self.end_value(end);
            }
            _ => {}
        }
    }

    fn end_value(&mut self, end: usize) {
        if self.depth == 0
            && let Some(start) = self.value.take()
        {
            self.finish(start, end);
        }
    }

    /// A line is complete: its value is this part of the text.
    fn finish(&mut self, value: usize, end: usize) {
        let Some((sort, begin)) = self.head.take() else { return };
        let part =
            |range: std::ops::Range<usize>| self.text.get(range).unwrap_or_default().to_owned();
        let rest = self.text.get(end..).unwrap_or_default();
        let stop = end + rest.find('\n').map_or(rest.len(), |at| at + 1);
        self.source.lines.push(Line {
            sort,
            above: part(self.done..begin),
            head: part(begin..value),
            names: std::mem::take(&mut self.names),
            value: part(value..end),
            after: part(end..stop),
        });
        self.done = stop;
    }
}

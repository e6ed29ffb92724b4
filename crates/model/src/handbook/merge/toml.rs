//! TOML files, put together value by value.

use std::collections::{BTreeMap, BTreeSet};

use super::align::named;
use super::pieces::{Piece, pieces};
use super::{Desk, Side};
use crate::handbook::source::{Line, Path, Sort, Source};

/// The lines of a text by what they are about, in their order by table.
struct Text {
    lines: BTreeMap<Path, Line>,
    /// The tables, the front part first.
    tables: Vec<Path>,
    pairs: BTreeMap<Path, Vec<Path>>,
    end: String,
}

impl Text {
    fn of(source: Source, paths: Vec<Path>) -> Self {
        let mut text = Self {
            lines: BTreeMap::new(),
            tables: vec![Path::default()],
            pairs: BTreeMap::new(),
            end: source.end,
        };
        let mut table = Path::default();
        for (line, path) in source.lines.into_iter().zip(paths) {
            if line.sort == Sort::Pair {
                text.pairs.entry(table.clone()).or_default().push(path.clone());
            } else {
                table = path.clone();
                text.tables.push(table.clone());
            }
            text.lines.insert(path, line);
        }
        text
    }

    fn pairs(&self, table: &Path) -> &[Path] {
        self.pairs.get(table).map_or(&[], Vec::as_slice)
    }

    /// Whether something inside this table is not as in the other text.
    fn differs_inside(&self, other: &Self, table: &Path) -> bool {
        let inside = |text: &Self| -> Vec<(Path, String)> {
            let lines = text.lines.iter().filter(|(path, _)| path.inside(table).is_some());
            lines.map(|(path, line)| (path.clone(), line.value.clone())).collect()
        };
        inside(self) != inside(other)
    }

    /// How a table and all inside it read.
    fn written(&self, table: &Path) -> Option<String> {
        let tables = self.tables.iter().filter(|path| path.inside(table).is_some());
        let lines = tables.flat_map(|table| std::iter::once(table).chain(self.pairs(table)));
        let text: String = lines.filter_map(|path| self.lines.get(path)).map(Line::text).collect();
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }
}

/// Puts together what both made of a file; nothing where one of the texts is no TOML, or the whole
/// would be none.
pub(super) fn merge(desk: &mut Desk<'_>, texts: [&str; 3]) -> Option<String> {
    let [base, mine, theirs] = texts.map(|text| Source::parse(desk.file, text).ok());
    let (base, mine, theirs) = (base?, mine?, theirs?);
    let (my_paths, their_paths) = (named(&base, &mine, "m"), named(&base, &theirs, "t"));
    let base_paths = base.paths();
    let before = desk.conflicts.len();
    let mut work = Work {
        base: Text::of(base, base_paths),
        mine: Text::of(mine, my_paths),
        theirs: Text::of(theirs, their_paths),
        wanted: BTreeMap::new(),
        gone: BTreeSet::new(),
    };
    work.decide_tables(desk);
    work.decide_lines(desk);
    let text = work.put_together().text();
    if Source::parse(desk.file, &text).is_ok() {
        return Some(text);
    }
    desk.conflicts.truncate(before);
    None
}

struct Work {
    base: Text,
    mine: Text,
    theirs: Text,
    /// The lines of the whole.
    wanted: BTreeMap<Path, Line>,
    /// Tables that are not in it.
    gone: BTreeSet<Path>,
}

impl Work {
    /// What one took out and the other changed.
    fn decide_tables(&mut self, desk: &mut Desk<'_>) {
        let mut decided: Vec<Path> = Vec::new();
        for table in self.base.tables.clone().iter().skip(1) {
            let has = |text: &Text| text.lines.contains_key(table);
            let (in_mine, in_theirs) = (has(&self.mine), has(&self.theirs));
            if in_mine && in_theirs || decided.iter().any(|outer| table.inside(outer).is_some()) {
                continue;
            }
            decided.push(table.clone());
            let kept = if in_mine { &self.mine } else { &self.theirs };
            if !in_mine && !in_theirs || !kept.differs_inside(&self.base, table) {
                self.gone.insert(table.clone());
                continue;
            }
            let [old, one, two] =
                [&self.base, &self.mine, &self.theirs].map(|text| text.written(table));
            let place = table.to_string();
            let side = desk.choose(&place, old.as_deref(), one.as_deref(), two.as_deref());
            if (side == Side::Mine) != in_mine {
                self.gone.insert(table.clone());
            } else {
                self.keep(table, side);
            }
        }
    }

    /// Takes all lines of a table as one side has them.
    fn keep(&mut self, table: &Path, side: Side) {
        let text = if side == Side::Mine { &self.mine } else { &self.theirs };
        let lines = text.lines.iter().filter(|(path, _)| path.inside(table).is_some());
        self.wanted.extend(lines.map(|(path, line)| (path.clone(), line.clone())));
    }

    fn decide_lines(&mut self, desk: &mut Desk<'_>) {
        let all: BTreeSet<Path> =
            self.mine.lines.keys().chain(self.theirs.lines.keys()).cloned().collect();
        for path in all {
            let is_gone = self.gone.iter().any(|table| path.inside(table).is_some());
            if is_gone || self.wanted.contains_key(&path) {
                continue;
            }
            let line = |text: &Text| text.lines.get(&path).cloned();
            let (base, mine, theirs) = (line(&self.base), line(&self.mine), line(&self.theirs));
            if let Some(line) = one_line(desk, &path, base, mine, theirs) {
                self.wanted.insert(path, line);
            }
        }
    }

    fn put_together(&self) -> Source {
        let texts = [&self.base, &self.mine, &self.theirs];
        let tables = order(texts.map(|text| text.tables.as_slice()));
        let mut source = Source::default();
        for table in items_together(tables) {
            if let Some(line) = self.wanted.get(&table) {
                source.put_in(source.lines.len(), line.clone());
            } else if !table.keys().is_empty() {
                continue;
            }
            for pair in order(texts.map(|text| text.pairs(&table))) {
                if let Some(line) = self.wanted.get(&pair) {
                    source.put_in(source.lines.len(), line.clone());
                }
            }
        }
        source.end = around(&self.base.end, &self.mine.end, &self.theirs.end);
        source
    }
}

/// What both made of one line.
fn one_line(
    desk: &mut Desk<'_>,
    path: &Path,
    base: Option<Line>,
    mine: Option<Line>,
    theirs: Option<Line>,
) -> Option<Line> {
    let value = |line: &Option<Line>| line.as_ref().map(|line| line.value.clone());
    let [old, one, two] = [value(&base), value(&mine), value(&theirs)];
    let side = if one == two || two == old {
        Side::Mine
    } else if one == old {
        Side::Theirs
    } else {
        desk.choose(&path.to_string(), old.as_deref(), one.as_deref(), two.as_deref())
    };
    let (mut line, other) = match (side, mine, theirs) {
        (Side::Mine, mine, theirs) => (mine?, theirs),
        (Side::Theirs, mine, theirs) => (theirs?, mine),
    };
    let Some(other) = other else { return Some(line) };
    let base = base.unwrap_or_else(|| other.clone());
    line.above = around(&base.above, &line.above, &other.above);
    line.after = if line.after == base.after { other.after } else { line.after };
    line.head = if line.head == base.head { other.head } else { line.head };
    Some(line)
}

/// Comments and gaps: what both wrote there.
fn around(base: &str, one: &str, other: &str) -> String {
    if one == other || other == base {
        return one.to_owned();
    }
    if one == base {
        return other.to_owned();
    }
    let more =
        other.split_inclusive('\n').filter(|line| line.contains('#') && !one.contains(*line));
    let more: String = more.collect();
    let indent = one.rfind('\n').map_or(0, |at| at + 1);
    let (lines, indent) = one.split_at(indent);
    format!("{lines}{more}{indent}")
}

/// The order of both: what is new stands where its side put it.
fn order(texts: [&[Path]; 3]) -> Vec<Path> {
    let [base, mine, theirs] = texts;
    let mut all: Vec<Path> = Vec::new();
    for piece in pieces(base, mine, theirs) {
        match piece {
            Piece::Settled(paths) => all.extend_from_slice(paths),
            Piece::Open { base, mine, theirs, .. } => {
                all.extend(theirs.iter().chain(mine).chain(base).cloned());
            }
        }
    }
    // What one took out and the other keeps stands behind what it stood behind there.
    for side in [theirs, mine] {
        for (at, path) in side.iter().enumerate().filter(|(_, path)| base.contains(path)) {
            if !all.contains(path) {
                let before = side.iter().take(at).rev();
                let place = before.filter_map(|one| all.iter().position(|path| path == one)).next();
                all.insert(place.map_or(0, |place| place + 1), path.clone());
            }
        }
    }
    let mut seen = BTreeSet::new();
    all.retain(|path| seen.insert(path.clone()));
    all
}

/// Tables inside an item follow it, before the next item.
fn items_together(tables: Vec<Path>) -> Vec<Path> {
    let mut whole: Vec<Path> = Vec::new();
    for table in tables {
        let is_inside = |outer: &Path| {
            !outer.keys().is_empty() && *outer != table && table.inside(outer).is_some()
        };
        match whole.iter().rposition(is_inside) {
            Some(outer) => {
                let outer_path = whole.get(outer).cloned().unwrap_or_default();
                let rest = whole.get(outer + 1..).unwrap_or_default();
                let inner = rest.iter().take_while(|path| path.inside(&outer_path).is_some());
                let place = outer + 1 + inner.count();
                whole.insert(place, table);
            }
            None => whole.push(table),
        }
    }
    whole
}

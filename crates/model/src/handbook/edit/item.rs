//! Items of lists and things with keys: added and moved.

use toml_edit::{Array, InlineTable, Value as Written};

use super::list::{List, rewrite};
use super::set::{Found, find, inside, set};
use super::value::{insert, plain};
use super::{EditError, Fields, Sheet};
use crate::handbook::fault::said;
use crate::handbook::source::{Line, Path, Sort};

/// Puts a new item into a list.
pub(super) fn add(
    sheet: &mut Sheet<'_>,
    list: &Path,
    at: Option<usize>,
    fields: &Fields,
) -> Result<(), EditError> {
    let paths = sheet.source.paths();
    match find(&paths, sheet, list) {
        Found::Pair(line) => {
            let mut value = sheet.source.lines.get(line).and_then(|it| it.value.parse().ok());
            let Some(Written::Array(written)) = &mut value else {
                return Err(sheet.unfit(list, said!("keine Liste", "no list")));
            };
            if !put_among(written, at, on_one_line(fields)?) {
                return Err(sheet.missing(list));
            }
            if let (Some(value), Some(line)) = (value, sheet.source.lines.get_mut(line)) {
                line.value = value.to_string();
            }
            Ok(())
        }
        Found::Inside(line) => {
            let item = on_one_line(fields)?;
            inside(sheet, line, paths.get(line), list, |around, key| {
                let place = match around {
                    Written::InlineTable(table) => table.get_mut(key),
                    Written::Array(list) => key.parse().ok().and_then(|at: usize| list.get_mut(at)),
                    _ => None,
                };
                let list = place.and_then(Written::as_array_mut);
                list.is_some_and(|list| put_among(list, at, item))
            })
        }
        found => {
            let items = items(&paths, list);
            if items.is_empty() && matches!(found, Found::Table(_)) {
                return Err(sheet.unfit(list, said!("keine Liste", "no list")));
            }
            let place = at.unwrap_or(items.len());
            if place > items.len() {
                return Err(sheet.missing(&list.and([place.to_string()])));
            }
            let begin = match items.get(place) {
                Some(next) => next.first().copied().unwrap_or_default(),
                None => below(sheet, &paths, list, items.last())?,
            };
            put_heading(sheet, begin, Sort::Item, list, place < items.len());
            fill(sheet, &list.and([place.to_string()]), fields)
        }
    }
}

/// Makes something with a key of its own.
pub(super) fn add_named(
    sheet: &mut Sheet<'_>,
    path: &Path,
    fields: &Fields,
) -> Result<(), EditError> {
    let paths = sheet.source.paths();
    let Some((parent, key)) = path.split_last() else {
        return Err(sheet.unfit(path, said!("die ganze Datei", "the whole file")));
    };
    match find(&paths, sheet, path) {
        Found::Pair(_) | Found::Table(_) => Err(sheet.taken(path)),
        Found::Inside(line) => {
            let taken = sheet.taken(path);
            let item = on_one_line(fields)?;
            let key = key.to_owned();
            let mut is_taken = false;
            inside(sheet, line, paths.get(line), path, |around, _| match around {
                Written::InlineTable(table) => {
                    is_taken = table.contains_key(&key);
                    if !is_taken {
                        insert(table, &key, Written::InlineTable(item));
                    }
                    true
                }
                _ => false,
            })?;
            if is_taken { Err(taken) } else { Ok(()) }
        }
        Found::Nothing => {
            let siblings: Vec<_> =
                (0..paths.len()).filter(|at| is_below(&paths, *at, &parent)).collect();
            let begin = below(sheet, &paths, path, Some(&siblings).filter(|it| !it.is_empty()))?;
            put_heading(sheet, begin, Sort::Table, path, false);
            fill(sheet, path, fields)
        }
    }
}

/// Moves an item of a list.
pub(super) fn move_to(
    sheet: &mut Sheet<'_>,
    list: &Path,
    from: usize,
    to: usize,
) -> Result<(), EditError> {
    let paths = sheet.source.paths();
    let number = |at: usize| list.and([at.to_string()]);
    match find(&paths, sheet, list) {
        Found::Nothing => Err(sheet.missing(list)),
        Found::Pair(line) => {
            let mut value = sheet.source.lines.get(line).and_then(|it| it.value.parse().ok());
            let Some(Written::Array(written)) = &mut value else {
                return Err(sheet.unfit(list, said!("keine Liste", "no list")));
            };
            if !shift(written, from, to) {
                return Err(sheet.missing(&number(from.max(to))));
            }
            if let (Some(value), Some(line)) = (value, sheet.source.lines.get_mut(line)) {
                line.value = value.to_string();
            }
            Ok(())
        }
        Found::Inside(line) => inside(sheet, line, paths.get(line), list, |around, key| {
            let Written::InlineTable(table) = around else { return false };
            let list = table.get_mut(key).and_then(Written::as_array_mut);
            list.is_some_and(|list| shift(list, from, to))
        }),
        Found::Table(_) => {
            let items = items(&paths, list);
            if from.max(to) >= items.len() {
                return Err(sheet.missing(&number(from.max(to))));
            }
            reorder(sheet, &items, from, to);
            Ok(())
        }
    }
}

/// The lines of each item of a list that is written as `[[…]]`.
fn items(paths: &[Path], list: &Path) -> Vec<Vec<usize>> {
    let lines = |number: usize| {
        let item = list.and([number.to_string()]);
        let lines: Vec<_> = (0..paths.len()).filter(|at| is_below(paths, *at, &item)).collect();
        Some(lines).filter(|lines| !lines.is_empty())
    };
    (0..).map_while(lines).collect()
}

fn is_below(paths: &[Path], at: usize, outer: &Path) -> bool {
    paths.get(at).is_some_and(|path| path.inside(outer).is_some())
}

/// Before which line something new belongs: after these lines, else after what is around it.
fn below(
    sheet: &Sheet<'_>,
    paths: &[Path],
    path: &Path,
    siblings: Option<&Vec<usize>>,
) -> Result<usize, EditError> {
    if let Some(last) = siblings.and_then(|lines| lines.last()) {
        // A pair of the front part cannot stand below a heading.
        let is_heading =
            |at: &usize| sheet.source.lines.get(*at).is_some_and(|it| it.sort != Sort::Pair);
        return Ok((last + 1..paths.len()).find(is_heading).unwrap_or(paths.len()));
    }
    let around = path.split_last().map(|(parent, _)| parent).unwrap_or_default();
    if around.keys().len() < 2 {
        return Ok(paths.len());
    }
    match (0..paths.len()).rfind(|at| is_below(paths, *at, &around)) {
        Some(last) => Ok(last + 1),
        None => Err(sheet.missing(&around)),
    }
}

/// A heading before this line; `takes_place`: where an item stands that it pushes down.
fn put_heading(sheet: &mut Sheet<'_>, at: usize, sort: Sort, path: &Path, takes_place: bool) {
    let newline = sheet.source.newline();
    let mut line = Line::heading(sort, &path.heading(), newline);
    if let Some(next) = sheet.source.lines.get_mut(at).filter(|_| takes_place) {
        let (around, own) = next.surroundings();
        let (around, own) = (around.to_owned(), own.to_owned());
        line.above = around;
        next.above = format!("{newline}{own}");
    } else if at == sheet.source.lines.len() {
        // What stands at the end of the file stays above what is new.
        let end = std::mem::take(&mut sheet.source.end);
        let gap = if end.is_empty() || end.ends_with('\n') { "" } else { newline };
        line.above = format!("{end}{gap}");
        if !line.above.ends_with("\n\n") && !line.above.ends_with("\n\r\n") {
            line.above.push_str(newline);
        }
        if at == 0 && line.above.trim().is_empty() {
            line.above.clear();
        }
    }
    sheet.source.put_in(at, line);
}

fn fill(sheet: &mut Sheet<'_>, item: &Path, fields: &Fields) -> Result<(), EditError> {
    fields
        .iter()
        .try_for_each(|(path, value)| set(sheet, &item.and(path.keys().iter().cloned()), value))
}

/// Fields as a table on one line.
fn on_one_line(fields: &Fields) -> Result<InlineTable, EditError> {
    let mut whole = InlineTable::new();
    for (path, value) in fields {
        put_at(&mut whole, path.keys(), value.written()?);
    }
    Ok(whole)
}

fn put_at(table: &mut InlineTable, way: &[String], value: Written) {
    let Some((first, rest)) = way.split_first() else { return };
    if rest.is_empty() {
        table.insert(first, value);
        return;
    }
    let inner = table.entry(first).or_insert_with(|| InlineTable::new().into());
    if let Written::InlineTable(inner) = inner {
        put_at(inner, rest, value);
    }
}

fn put_among(list: &mut Array, at: Option<usize>, item: InlineTable) -> bool {
    let place = at.unwrap_or(list.len());
    let fits = place <= list.len();
    if fits {
        let part = List::part(plain(&item.into()));
        rewrite(list, |parts| parts.insert(place, part));
    }
    fits
}

/// Moves a part of a list that is written on one line, or over lines with what belongs to each.
fn shift(list: &mut Array, from: usize, to: usize) -> bool {
    if from.max(to) >= list.len() {
        return false;
    }
    rewrite(list, |parts| {
        let moved = parts.remove(from);
        parts.insert(to, moved);
    });
    true
}

/// Puts the item `from` at the place `to`. What belongs to the surroundings stays at its place.
fn reorder(sheet: &mut Sheet<'_>, items: &[Vec<usize>], from: usize, to: usize) {
    let newline = sheet.source.newline();
    let lines = &sheet.source.lines;
    let mut chunks: Vec<Vec<Line>> = Vec::new();
    let mut surroundings = Vec::new();
    for item in items {
        let mut chunk: Vec<Line> = item.iter().filter_map(|at| lines.get(*at).cloned()).collect();
        if let Some(first) = chunk.first_mut() {
            let (around, own) = first.surroundings();
            surroundings.push(around.to_owned());
            first.above = own.to_owned();
        }
        chunks.push(chunk);
    }
    let moved = chunks.remove(from);
    chunks.insert(to, moved);
    let mut chunks = chunks.into_iter().zip(surroundings);
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match items.iter().find(|item| item.contains(&at)) {
            None => all.push(line.clone()),
            Some(item) if item.first() == Some(&at) => {
                let Some((mut chunk, around)) = chunks.next() else { continue };
                if let Some(first) = chunk.first_mut() {
                    first.above.insert_str(0, &around);
                }
                all.extend(chunk);
            }
            Some(_) => {}
        }
    }
    let end = all.len().saturating_sub(1);
    for line in all.iter_mut().take(end).filter(|line| !line.after.ends_with('\n')) {
        line.after.push_str(newline);
    }
    sheet.source.lines = all;
}

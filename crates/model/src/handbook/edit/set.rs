//! Values: set and removed.

use toml_edit::Value as Written;

use super::list::rewrite;
use super::value::{insert, renew};
use super::{EditError, Sheet, Value};
use crate::handbook::fault::said;
use crate::handbook::source::{Line, Path, Sort};
use crate::language::Language;

/// What is at a place.
pub(super) enum Found {
    /// The pair on this line.
    Pair(usize),
    /// Something inside the value of the pair on this line.
    Inside(usize),
    /// A table, or an item of a list, on these lines.
    Table(Vec<usize>),
    /// Nothing.
    Nothing,
}

/// What is at a place.
pub(super) fn find(paths: &[Path], sheet: &Sheet<'_>, path: &Path) -> Found {
    let is_pair = |at: usize| sheet.source.lines.get(at).is_some_and(|it| it.sort == Sort::Pair);
    if let Some(at) = (0..paths.len()).find(|at| is_pair(*at) && paths.get(*at) == Some(path)) {
        return Found::Pair(at);
    }
    let lines: Vec<_> =
        paths.iter().enumerate().filter(|(_, it)| it.inside(path).is_some()).collect();
    if !lines.is_empty() {
        return Found::Table(lines.into_iter().map(|(at, _)| at).collect());
    }
    let around =
        |at: &usize| is_pair(*at) && paths.get(*at).is_some_and(|it| path.inside(it).is_some());
    (0..paths.len()).find(around).map_or(Found::Nothing, Found::Inside)
}

/// Writes a value.
pub(super) fn set(sheet: &mut Sheet<'_>, path: &Path, value: &Value) -> Result<(), EditError> {
    if path.keys().is_empty() {
        return Err(sheet.unfit(path, said!("die ganze Datei", "the whole file")));
    }
    let paths = sheet.source.paths();
    let found = find(&paths, sheet, path);
    if let (Value::Words(words), Found::Table(_) | Found::Nothing) = (value, &found) {
        for (language, text) in words {
            set(sheet, &path.and([language.tag()]), &Value::Text(text.clone()))?;
        }
        return Ok(());
    }
    match found {
        Found::Pair(at) => {
            let Some(line) = sheet.source.lines.get_mut(at) else { return Ok(()) };
            let mut value = value.clone();
            if let Value::Words(words) = &mut value {
                keep_other_languages(words, &line.value);
            }
            line.value = value.in_place_of(&line.value)?;
            Ok(())
        }
        Found::Table(_) => {
            Err(sheet.unfit(path, said!("mehr als ein Wert", "more than one value")))
        }
        Found::Inside(at) => {
            let new = value.written()?;
            inside(sheet, at, paths.get(at), path, |around, key| match around {
                Written::InlineTable(table) => {
                    match table.get_mut(key) {
                        Some(old) => renew(old, new),
                        None => insert(table, key, new),
                    }
                    true
                }
                Written::Array(list) => {
                    let place = key.parse().ok().and_then(|at: usize| list.get_mut(at));
                    place.map(|old| renew(old, new)).is_some()
                }
                _ => false,
            })
        }
        Found::Nothing => put(sheet, &paths, path, value.written()?.to_string()),
    }
}

fn keep_other_languages(words: &mut std::collections::BTreeMap<Language, String>, older: &str) {
    let Ok(Written::InlineTable(table)) = older.parse::<Written>() else { return };
    for (tag, text) in table.iter() {
        if let (Ok(language), Some(text)) = (tag.parse(), text.as_str()) {
            words.entry(language).or_insert_with(|| text.to_owned());
        }
    }
}

/// Changes what is around a place inside the value of a line.
pub(super) fn inside(
    sheet: &mut Sheet<'_>,
    at: usize,
    outer: Option<&Path>,
    path: &Path,
    by: impl FnOnce(&mut Written, &str) -> bool,
) -> Result<(), EditError> {
    let missing = sheet.missing(path);
    let keys = outer.and_then(|outer| path.inside(outer)).unwrap_or_default();
    let Some(line) = sheet.source.lines.get_mut(at) else { return Err(missing) };
    let Ok(mut whole) = line.value.parse::<Written>() else { return Err(missing) };
    let Some((last, way)) = keys.split_last() else { return Err(missing) };
    let mut place = &mut whole;
    for key in way {
        let next = match place {
            Written::InlineTable(table) => table.get_mut(key),
            Written::Array(list) => key.parse().ok().and_then(|at: usize| list.get_mut(at)),
            _ => None,
        };
        place = match next {
            Some(next) => next,
            None => return Err(missing),
        };
    }
    if !by(place, last) {
        return Err(missing);
    }
    line.value = whole.to_string();
    Ok(())
}

/// Writes a value where none was: beside its siblings, else at the end of the table it belongs to,
/// else in a new table.
fn put(sheet: &mut Sheet<'_>, paths: &[Path], path: &Path, value: String) -> Result<(), EditError> {
    let Some((parent, last)) = path.split_last() else { return Ok(()) };
    let newline = sheet.source.newline();
    let is_pair = |at: &usize| sheet.source.lines.get(*at).is_some_and(|it| it.sort == Sort::Pair);
    let is_sibling = |at: &usize| {
        is_pair(at) && paths.get(*at).and_then(Path::split_last).is_some_and(|(it, _)| it == parent)
    };
    if let Some(at) = (0..paths.len()).rfind(is_sibling) {
        let names = sheet.source.lines.get(at).map(|line| line.names.as_slice());
        let way =
            names.and_then(|names| names.split_last()).map(|(_, way)| way).unwrap_or_default();
        let mut keys: Vec<_> = way.iter().map(|name| name.text.clone()).collect();
        keys.push(last.to_owned());
        let mut line = Line::pair(&keys, value, newline);
        line.above = indent(sheet, at);
        sheet.source.put_in(at + 1, line);
        return Ok(());
    }
    let table = (1..=parent.keys().len()).rev().find_map(|length| {
        let outer = Path::default().and(parent.keys().iter().take(length));
        let is_heading = |at: &usize| !is_pair(at) && paths.get(*at) == Some(&outer);
        (0..paths.len()).find(is_heading).map(|at| (outer, at))
    });
    let is_root = table.is_none();
    let (outer, heading) = table.unwrap_or_default();
    let keys = path.inside(&outer).unwrap_or_default();
    let is_item = |key: &String| key.bytes().all(|byte| byte.is_ascii_digit());
    if keys.iter().any(is_item) {
        return Err(sheet.missing(&parent));
    }
    // A text in a language stands in the table of its text: criteria.de.
    let tail = if last.parse::<Language>().is_ok() { 2 } else { 1 };
    if is_root && keys.len() > tail {
        let (table, rest) = keys.split_at(keys.len() - tail);
        let end = sheet.source.lines.len();
        let heading = Path::default().and(table.iter().cloned()).heading();
        sheet.source.put_in(end, Line::heading(Sort::Table, &heading, newline));
        sheet.source.put_in(end + 1, Line::pair(rest, value, newline));
        return Ok(());
    }
    let begin = if is_root { 0 } else { heading + 1 };
    let end = (begin..paths.len()).find(|at| !is_pair(at)).unwrap_or(paths.len());
    let mut line = Line::pair(keys, value, newline);
    if end > begin {
        line.above = indent(sheet, end - 1);
    } else if is_root && let Some(first) = sheet.source.lines.first_mut() {
        // What stands at the head of a file stays there.
        let (front, own) = first.surroundings();
        let (front, own) = (front.to_owned(), own.to_owned());
        line.above = front;
        first.above = format!("{newline}{own}");
    } else if is_root {
        line.above = std::mem::take(&mut sheet.source.end);
    }
    sheet.source.put_in(end, line);
    Ok(())
}

/// How a line is indented.
fn indent(sheet: &Sheet<'_>, at: usize) -> String {
    let above = sheet.source.lines.get(at).map_or("", |line| line.above.as_str());
    above.rsplit('\n').next().unwrap_or_default().to_owned()
}

/// Takes out whatever is at a place.
pub(super) fn remove(sheet: &mut Sheet<'_>, path: &Path) -> Result<(), EditError> {
    let paths = sheet.source.paths();
    if path.keys().is_empty() {
        return Err(sheet.unfit(path, said!("die ganze Datei", "the whole file")));
    }
    match find(&paths, sheet, path) {
        Found::Nothing => Err(sheet.missing(path)),
        Found::Pair(at) => {
            sheet.source.take_out(at);
            Ok(())
        }
        Found::Table(lines) => {
            for at in lines.iter().rev() {
                // Inside what is taken out, all belongs to it.
                if lines.contains(&at.wrapping_sub(1)) {
                    sheet.source.lines.remove(*at);
                } else {
                    sheet.source.take_out(*at);
                }
            }
            Ok(())
        }
        Found::Inside(at) => inside(sheet, at, paths.get(at), path, |around, key| match around {
            Written::InlineTable(table) => table.remove(key).is_some(),
            Written::Array(list) => match key.parse() {
                Ok(at) if at < list.len() => {
                    rewrite(list, |parts| drop(parts.remove(at)));
                    true
                }
                _ => false,
            },
            _ => false,
        }),
    }
}

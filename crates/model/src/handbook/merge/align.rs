//! Which item of a list is which in another text: items have no names, so they are known by their
//! key, by what they say, and at last by where they stand.

use std::collections::BTreeMap;

use crate::handbook::source::{Path, Sort, Source};

/// What lines are about, so that the same thing has the same path in both texts: items that were
/// there before have the number that they had in the base, new ones a mark of their side.
pub(in crate::handbook) fn named(base: &Source, side: &Source, mark: &str) -> Vec<Path> {
    let base = Lines::of(base);
    let own = Lines::of(side);
    let mut known: BTreeMap<Path, Path> = BTreeMap::new();
    for path in &own.paths {
        let mut renamed = Path::default();
        let mut so_far = Path::default();
        for key in path.keys() {
            let list = so_far.clone();
            so_far.push(key);
            if own.items.contains_key(&so_far) {
                if let Some(found) = known.get(&so_far) {
                    renamed = found.clone();
                    continue;
                }
                let pairs = align(&base, &renamed, &own, &list, mark);
                known.extend(pairs);
                renamed = known.get(&so_far).cloned().unwrap_or_default();
            } else {
                renamed.push(key);
            }
        }
        known.insert(path.clone(), renamed);
    }
    own.paths.iter().map(|path| known.get(path).cloned().unwrap_or_default()).collect()
}

/// The lines of a text with what they are about, and its items.
struct Lines<'a> {
    source: &'a Source,
    paths: Vec<Path>,
    /// Items by their place, with the line where each begins.
    items: BTreeMap<Path, usize>,
}

impl<'a> Lines<'a> {
    fn of(source: &'a Source) -> Self {
        let paths = source.paths();
        let is_item = |at: &usize| source.lines.get(*at).is_some_and(|it| it.sort == Sort::Item);
        let begins = (0..paths.len()).filter(is_item);
        let items = begins.filter_map(|at| Some((paths.get(at)?.clone(), at))).collect();
        Self { source, paths, items }
    }

    /// How many items a list has.
    fn count(&self, list: &Path) -> usize {
        (0..).take_while(|at: &usize| self.items.contains_key(&list.and([at.to_string()]))).count()
    }

    /// What an item says: where inside it, and what.
    fn said(&self, item: &Path) -> Vec<(&[String], &str)> {
        let lines = self.paths.iter().zip(&self.source.lines);
        lines.filter_map(|(path, line)| Some((path.inside(item)?, line.value.as_str()))).collect()
    }
}

/// The items of a list with the names that they have from now on.
fn align(
    base: &Lines<'_>,
    base_list: &Path,
    own: &Lines<'_>,
    list: &Path,
    mark: &str,
) -> Vec<(Path, Path)> {
    let number = |list: &Path, at: usize| list.and([at.to_string()]);
    let before: Vec<_> =
        (0..base.count(base_list)).map(|at| base.said(&number(base_list, at))).collect();
    let after: Vec<_> = (0..own.count(list)).map(|at| own.said(&number(list, at))).collect();
    let mut pairs: Vec<(i64, usize, usize)> = Vec::new();
    for (one, old) in before.iter().enumerate() {
        for (other, new) in after.iter().enumerate() {
            let likeness = likeness(old, new);
            let distance = i64::try_from(one.abs_diff(other)).unwrap_or(i64::MAX);
            // Of a single value nothing can be left when it changes.
            let is_small = old.len().max(new.len()) <= 2;
            if likeness > 0 || is_small && before.len() == after.len() && one == other {
                pairs.push((likeness * 1000 - distance.min(999), one, other));
            }
        }
    }
    pairs.sort_by_key(|(score, one, other)| (-score, *one, *other));
    let mut found: Vec<Option<usize>> = vec![None; after.len()];
    for (_, one, other) in pairs {
        if !found.contains(&Some(one))
            && let Some(place) = found.get_mut(other)
        {
            place.get_or_insert(one);
        }
    }
    let name = |(at, old): (usize, &Option<usize>)| {
        let name = match old {
            Some(old) => number(base_list, *old),
            None => base_list.and([format!("{mark}{at}")]),
        };
        (number(list, at), name)
    };
    found.iter().enumerate().map(name).collect()
}

/// How alike two items are, in percent; those with keys are alike if the keys are the same.
fn likeness(one: &[(&[String], &str)], other: &[(&[String], &str)]) -> i64 {
    fn key<'a>(said: &[(&[String], &'a str)]) -> Option<&'a str> {
        said.iter().find(|(path, _)| *path == ["key"]).map(|(_, value)| *value)
    }
    if let (Some(one), Some(other)) = (key(one), key(other)) {
        return if one == other { 100 } else { 0 };
    }
    let said =
        |all: &[(&[String], &str)]| all.iter().filter(|(_, value)| !value.is_empty()).count();
    let same = one.iter().filter(|(_, value)| !value.is_empty());
    let same = same.filter(|pair| other.contains(pair)).count();
    let most = said(one).max(said(other)).max(1);
    i64::try_from(same * 100 / most).unwrap_or(0)
}

//! A thousand changes by chance, each looked at from outside.

use model::handbook::edit::{Edit, EditError, Value, edit};
use model::handbook::{Files, Path};
use proptest::prelude::*;
use toml_edit::{DocumentMut, Item};

use crate::sample::{KINDS, example};

pub(crate) type Leaves = Vec<(String, String)>;

fn path(text: &str) -> Path {
    text.parse().unwrap()
}

fn said(word: &str) -> String {
    toml_edit::Value::from(word).to_string()
}

/// Every value in the order in which it is written: where it is, and what it says.
pub(crate) fn leaves(text: &str) -> Leaves {
    fn walk(item: &Item, at: &str, found: &mut Leaves) {
        let below = |key: &str| if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") };
        match item {
            Item::Table(table) => {
                table.iter().for_each(|(key, inner)| walk(inner, &below(key), found))
            }
            Item::ArrayOfTables(list) => {
                for (number, table) in list.iter().enumerate() {
                    walk(&Item::Table(table.clone()), &below(&number.to_string()), found);
                }
            }
            Item::Value(value) => {
                found.push((at.to_owned(), value.clone().decorated("", "").to_string()))
            }
            Item::None => {}
        }
    }
    let mut found = Vec::new();
    let document: DocumentMut = text.parse().unwrap();
    walk(document.as_item(), "", &mut found);
    found
}

/// Every comment, sorted.
pub(crate) fn comments(text: &str) -> Vec<String> {
    let part = |line: &str| Some(line.get(line.find('#')?..)?.to_owned());
    let mut all: Vec<_> =
        text.lines().filter(|line| !line.contains("\\#")).filter_map(part).collect();
    all.sort();
    all
}

fn lists(leaves: &[(String, String)]) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for (place, _) in leaves {
        let keys: Vec<_> = place.split('.').collect();
        for at in 1..keys.len() {
            let Ok(number) = keys[at].parse::<usize>() else { continue };
            let list = keys[..at].join(".");
            match found.iter_mut().find(|(one, _)| *one == list) {
                Some((_, count)) => *count = (*count).max(number + 1),
                None => found.push((list, number + 1)),
            }
        }
    }
    found
}

/// The same place after the item `from` of a list went to `to`.
fn after_move(place: &str, list: &str, from: usize, to: usize) -> String {
    let Some(rest) = place.strip_prefix(&format!("{list}.")) else { return place.into() };
    let (number, tail) = rest.split_once('.').unwrap();
    let number: usize = number.parse().unwrap();
    let mut order: Vec<usize> = (0..=from.max(to).max(number)).collect();
    let moved = order.remove(from);
    order.insert(to, moved);
    let now = order.iter().position(|one| *one == number).unwrap();
    format!("{list}.{now}.{tail}")
}

/// What chance says.
pub(crate) type Chance = (usize, u8, usize, String);

/// A change of this file, and what it must lead to where that can be said for each value.
pub(crate) fn choose(file: &str, before: &Leaves, chance: &Chance) -> (Edit, Option<Leaves>) {
    let (_, what, which, word) = chance;
    let (place, _) = &before[which % before.len()];
    let lists = lists(before);
    let list = (!lists.is_empty()).then(|| lists[which % lists.len()].clone());
    let (file, value, at) = (file.to_owned(), Value::Text(word.clone()), path(place));
    let fields = |inside: &str| vec![(path(inside), Value::Text(word.clone()))];
    match (what % 6, list) {
        (0, _) => {
            let one = |(one, old): &(String, String)| {
                (one.clone(), if one == place { said(word) } else { old.clone() })
            };
            let after = before.iter().map(one).collect();
            (Edit::Set { file, path: at, value }, Some(after))
        }
        (1, _) => {
            let after = before.iter().filter(|(one, _)| one != place).cloned().collect();
            (Edit::Remove { file, path: at }, Some(after))
        }
        (2, Some((list, count))) => {
            let (from, to) = (which % count, (which / 7) % count);
            let one =
                |(one, said): &(String, String)| (after_move(one, &list, from, to), said.clone());
            let after = before.iter().map(one).collect();
            (Edit::Move { file, list: path(&list), from, to }, Some(after))
        }
        (3, Some((list, count))) => {
            let at = Some(which % (count + 1));
            (Edit::AddItem { file, list: path(&list), at, fields: fields("x-new") }, None)
        }
        (4, _) => {
            let (parent, _) = at.split_last().unwrap();
            let path = parent.and([format!("z-{}", which % 97)]);
            (Edit::Set { file, path, value }, None)
        }
        _ => {
            let path = path(&format!("named.k{which}"));
            (Edit::AddNamed { file, path, fields: fields("a.b") }, None)
        }
    }
}

/// One change chosen by chance, carried out and looked at.
fn step(files: &Files, chance: &Chance) -> Files {
    let names: Vec<_> = files.keys().filter(|name| name.ends_with(".toml")).collect();
    let file = names[chance.0 % names.len()].clone();
    let old = &files[&file];
    let before = leaves(old);
    let (change, expected) = choose(&file, &before, chance);
    let after = match edit(files, &change, &KINDS) {
        Ok(after) => after,
        Err(EditError::Taken { .. }) => return files.clone(),
        Err(why) => panic!("{change:?}: {why}\n{old}"),
    };
    let new = &after[&file];
    for (name, text) in files.iter().filter(|(name, _)| **name != file) {
        assert_eq!(&after[name], text, "another file");
    }
    look_at_values(&change, &before, new, expected, &chance.3);
    look_at_comments(&change, old, new);
    after
}

fn look_at_values(change: &Edit, before: &Leaves, new: &str, expected: Option<Leaves>, word: &str) {
    let mut found = leaves(new);
    let Some(mut expected) = expected else {
        let mut rest = found.iter().map(|(_, said)| said);
        for (_, said) in before {
            assert!(rest.any(|one| one == said), "{change:?}: {said} is lost\n{new}");
        }
        assert!(found.iter().any(|(_, one)| *one == said(word)), "{change:?}\n{new}");
        return;
    };
    if matches!(change, Edit::Move { .. }) {
        found.sort();
        expected.sort();
    }
    assert_eq!(found, expected, "{change:?}\n{new}");
}

fn look_at_comments(change: &Edit, old: &str, new: &str) {
    let (had, has) = (comments(old), comments(new));
    if !matches!(change, Edit::Remove { .. }) {
        assert_eq!(has, had, "{change:?}\n{old}\n---\n{new}");
        return;
    }
    assert!(has.iter().all(|one| had.contains(one)), "{change:?}\n{new}");
    let gone = gone(old, new);
    let lines: Vec<_> = gone.iter().skip_while(|line| line.trim().is_empty()).collect();
    let above = lines.iter().take_while(|line| line.starts_with('#')).count();
    let own = lines.get(above..).unwrap_or_default();
    let is_apart = above > 0 && own.first().is_none_or(|line| line.trim().is_empty());
    assert!(!is_apart, "{change:?}: takes along what stands apart: {gone:?}");
    let more = own.iter().any(|line| line.trim_start().starts_with('#'));
    assert!(!more, "{change:?}: takes too much along: {gone:?}");
}

/// The lines that are not there any more, from the first that is different to the last.
fn gone<'a>(old: &'a str, new: &str) -> Vec<&'a str> {
    let (mut old, mut new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    while old.last().is_some() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    let same = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    old.split_off(same)
}

/// So many changes, chosen by chance.
pub(crate) fn chances(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Chance>> {
    let word = "[a-zäß \"'\\\\]{0,9}";
    prop::collection::vec((any::<usize>(), any::<u8>(), any::<usize>(), word), count)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_thousand_random_edits_lose_no_comment_no_order_and_no_value_that_they_do_not_name(
        steps in chances(1..40),
    ) {
        let mut files = example();
        for one in &steps {
            files = step(&files, one);
        }
    }
}

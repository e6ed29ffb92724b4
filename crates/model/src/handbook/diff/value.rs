//! What is different between two versions of a handbook, value by value, in words that whoever
//! decides about it knows: “Shop · RTO: 2h → 4h”.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::Value;

use crate::handbook::Files;
use crate::handbook::merge::named;
use crate::handbook::shape::Document;
use crate::handbook::source::{Path, Sort, Source};
use crate::language::Language;

/// A value, a thing or a text that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// In which file.
    pub file: String,
    /// Where in it; as in the new version, or in the old one for what is gone. Empty for the whole
    /// file.
    pub place: Path,
    /// The thing that it belongs to, by its name.
    pub thing: Option<String>,
    /// What people call the value; the thing itself where nothing is said.
    pub label: Option<String>,
    /// What it was; nothing for what is new.
    pub old: Option<String>,
    /// What it is; nothing for what is gone.
    pub new: Option<String>,
}

impl Difference {
    /// What it is about, in one line: “Shop · RTO”.
    #[must_use]
    pub fn subject(&self) -> String {
        let parts = [self.thing.as_deref(), self.label.as_deref()];
        let said = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        if said.is_empty() { self.file.clone() } else { said }
    }
}

/// A TOML file as a tree that was cut into its leaves.
struct Leaves {
    /// Items by their list, in their order.
    lists: BTreeMap<Path, Vec<Path>>,
    /// What each line is about, in both versions alike → where it is in this one, and what it says.
    values: BTreeMap<Path, (Path, String)>,
    tables: BTreeMap<Path, Path>,
}

/// What has to be done to `old` to get `new`, value by value; labels are in this language. A file
/// that is no TOML, and each text, is one difference as a whole.
#[must_use]
pub fn differences(old: &Files, new: &Files, language: Language) -> Vec<Difference> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut found = Vec::new();
    for file in names {
        let (before, after) = (old.get(file), new.get(file));
        if before == after {
            continue;
        }
        let texts = [before, after].map(|text| text.map_or("", String::as_str));
        let sources = texts.map(|text| Source::parse(file, text).ok());
        match sources {
            [Some(before), Some(after)] if file.ends_with(".toml") => {
                found.extend(in_file(file, &before, &after, language));
            }
            _ => found.push(Difference {
                file: file.clone(),
                place: Path::default(),
                thing: None,
                label: None,
                old: before.cloned(),
                new: after.cloned(),
            }),
        }
    }
    found
}

fn in_file(file: &str, old: &Source, new: &Source, language: Language) -> Vec<Difference> {
    let before = Leaves::of(old, old.paths());
    let after = Leaves::of(new, named(old, new, "+"));
    let mut found = Vec::new();
    // What is wholly new or gone is one difference.
    let mut whole: Vec<&Path> = Vec::new();
    for path in before.tables.keys().chain(after.tables.keys()) {
        let is_in = |leaves: &Leaves| leaves.tables.contains_key(path);
        let is_inside = whole.iter().any(|outer| path.inside(outer).is_some());
        if is_inside || is_in(&before) == is_in(&after) {
            continue;
        }
        whole.push(path);
        let here = if is_in(&after) { &after } else { &before };
        let name = Some(here.name(path, language));
        found.push(Difference {
            file: file.to_owned(),
            place: here.tables.get(path).cloned().unwrap_or_default(),
            thing: here.thing(path, language).filter(|thing| Some(thing) != name.as_ref()),
            label: label(file, path, language).or_else(|| {
                let (parent, _) = path.split_last()?;
                label(file, &parent, language)
            }),
            old: name.clone().filter(|_| is_in(&before)),
            new: name.filter(|_| is_in(&after)),
        });
    }
    found.extend(moved(file, &before, &after, language));
    let paths: BTreeSet<&Path> = before.values.keys().chain(after.values.keys()).collect();
    for path in paths {
        let (old, new) = (before.values.get(path), after.values.get(path));
        let said = |leaf: Option<&(Path, String)>| leaf.map(|(_, said)| said.clone());
        if said(old) == said(new) || whole.iter().any(|outer| path.inside(outer).is_some()) {
            continue;
        }
        let here = if new.is_some() { &after } else { &before };
        found.push(Difference {
            file: file.to_owned(),
            place: new.or(old).map(|(place, _)| place.clone()).unwrap_or_default(),
            thing: here.thing(path, language),
            label: label(file, path, language).or_else(|| Some(path.to_string())),
            old: said(old),
            new: said(new),
        });
    }
    found
}

/// Lists whose items stand in another order.
fn moved(file: &str, before: &Leaves, after: &Leaves, language: Language) -> Vec<Difference> {
    let order = |here: &Leaves, there: &Leaves, list: &Path| -> Vec<Path> {
        let items = here.lists.get(list).into_iter().flatten();
        items.filter(|item| there.tables.contains_key(*item)).cloned().collect()
    };
    let said = |here: &Leaves, items: Vec<Path>| {
        let names = items.iter().map(|item| here.name(item, language));
        Some(names.collect::<Vec<_>>().join(" · "))
    };
    let one = |list: &Path| {
        let (old, new) = (order(before, after, list), order(after, before, list));
        (old != new).then(|| Difference {
            file: file.to_owned(),
            place: list.clone(),
            thing: after.thing(list, language),
            label: label(file, list, language).or_else(|| Some(list.to_string())),
            old: said(before, old),
            new: said(after, new),
        })
    };
    after.lists.keys().filter_map(one).collect()
}

impl Leaves {
    fn of(source: &Source, paths: Vec<Path>) -> Self {
        let mut leaves =
            Self { lists: BTreeMap::new(), values: BTreeMap::new(), tables: BTreeMap::new() };
        for ((line, path), place) in source.lines.iter().zip(paths).zip(source.paths()) {
            if line.sort == Sort::Pair {
                let said = line.value.parse().map_or_else(|_| line.value.clone(), |it| said(&it));
                leaves.values.insert(path, (place, said));
            } else {
                if let Some((list, _)) = path.split_last().filter(|_| line.sort == Sort::Item) {
                    leaves.lists.entry(list).or_default().push(path.clone());
                }
                leaves.tables.insert(path, place);
            }
        }
        leaves
    }

    /// The innermost thing around a place that has a name.
    fn thing(&self, path: &Path, language: Language) -> Option<String> {
        let mut outer = path.split_last().map(|(outer, _)| outer);
        while let Some(around) = outer.filter(|path| !path.keys().is_empty()) {
            if let Some(name) = self.called(&around, language) {
                return Some(name);
            }
            outer = around.split_last().map(|(outer, _)| outer);
        }
        self.called(&Path::default(), language)
    }

    /// What people call a thing, if it says so.
    fn called(&self, path: &Path, language: Language) -> Option<String> {
        let tag = language.tag();
        let ways: [&[&str]; 7] = [
            &["name", tag],
            &["title", tag],
            &["what", tag],
            &["name"],
            &["title"],
            &["what"],
            &["key"],
        ];
        let said = |way: &&[&str]| self.values.get(&path.and(way.iter().copied()));
        ways.iter().find_map(said).map(|(_, said)| said.clone())
    }

    fn name(&self, path: &Path, language: Language) -> String {
        let place =
            || self.tables.get(path).unwrap_or(path).split_last().map(|(_, key)| key.to_owned());
        self.called(path, language).or_else(place).unwrap_or_default()
    }
}

/// What a value says, without its quotation marks.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.value().clone(),
        Value::Array(list) => list.iter().map(said).collect::<Vec<_>>().join(", "),
        other => other.clone().decorated("", "").to_string(),
    }
}

/// What people call what stands at a place.
fn label(file: &str, path: &Path, language: Language) -> Option<String> {
    let field = Document::of(file)?.field(&path.to_string())?;
    let label = field.label.get(language).to_owned();
    match path.keys().last().and_then(|last| last.parse::<Language>().ok()) {
        Some(tag) => Some(format!("{label} ({tag})")),
        None => Some(label),
    }
}

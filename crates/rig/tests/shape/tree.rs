//! The workspace as texts, and where each Rust file stands in it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use crate::facts::Facts;

/// Folders and files that are made, not written.
const MADE: [&str; 4] = [".git", "target", "demo-data", "Cargo.lock"];

/// The workspace that this test belongs to.
pub(crate) static WORKSPACE: LazyLock<Tree> = LazyLock::new(|| {
    let root = Path::new(ROOT).canonicalize().unwrap();
    let mut texts = BTreeMap::new();
    gather(&root, &root, &mut texts);
    Tree::new(texts)
});

/// Where the workspace lies.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Texts by their path from the root, and what was read out of those that are Rust.
pub(crate) struct Tree {
    pub(crate) texts: BTreeMap<String, String>,
    pub(crate) sources: Vec<Source>,
}

/// A Rust file of one of our crates.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) krate: String,
    /// Where it stands among the modules of its crate; nothing outside `src`.
    pub(crate) module: Option<Vec<String>>,
    /// Whether all of it is only there for tests.
    pub(crate) test: bool,
    pub(crate) lines: usize,
    pub(crate) facts: Facts,
}

impl Source {
    /// Whether this line is only there for tests.
    pub(crate) fn in_test(&self, line: usize) -> bool {
        self.test || self.facts.test_lines.iter().any(|range| range.contains(&line))
    }

    /// How many lines are not there for tests.
    pub(crate) fn lines_without_tests(&self) -> usize {
        (1..=self.lines).filter(|line| !self.in_test(*line)).count()
    }
}

impl Tree {
    pub(crate) fn new(texts: BTreeMap<String, String>) -> Self {
        let mut sources: Vec<Source> =
            texts.iter().filter_map(|(path, text)| Self::source(path, text)).collect();
        let tests: Vec<(String, Vec<String>)> = sources.iter().flat_map(tests_of).collect();
        for source in &mut sources {
            let Some(module) = &source.module else { continue };
            source.test |= tests
                .iter()
                .any(|(krate, test)| *krate == source.krate && module.starts_with(test.as_slice()));
        }
        Self { texts, sources }
    }

    /// A small tree to try a check on.
    pub(crate) fn sample(texts: &[(&str, &str)]) -> Self {
        Self::new(texts.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect())
    }

    fn source(path: &str, text: &str) -> Option<Source> {
        let (krate, rest) = path.strip_prefix("crates/")?.split_once('/')?;
        let stem = rest.strip_suffix(".rs")?;
        let facts = Facts::read(text).unwrap_or_else(|why| panic!("{path} is not Rust: {why}"));
        Some(Source {
            path: path.to_owned(),
            krate: krate.to_owned(),
            module: stem.strip_prefix("src/").and_then(module),
            test: rest.starts_with("tests/"),
            lines: text.lines().count(),
            facts,
        })
    }

    /// The text of a file, or a panic that says what is missing.
    pub(crate) fn text(&self, path: &str) -> &str {
        self.texts.get(path).unwrap_or_else(|| panic!("{path} is missing"))
    }

    /// The names of our crates.
    pub(crate) fn crates(&self) -> Vec<&str> {
        let manifest = |path: &'_ str| -> Option<usize> {
            let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
            (!name.contains('/')).then_some(name.len())
        };
        self.texts
            .keys()
            .filter_map(|path| manifest(path).map(|length| &path["crates/".len()..][..length]))
            .collect()
    }
}

/// Fails with all faults, one a line.
pub(crate) fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n\n{}\n", faults.join("\n"));
}

/// The modules below this file that are declared for tests only.
fn tests_of(source: &Source) -> Vec<(String, Vec<String>)> {
    let Some(module) = &source.module else { return Vec::new() };
    let below = |name: &String| [module.as_slice(), std::slice::from_ref(name)].concat();
    source.facts.test_modules.iter().map(|name| (source.krate.clone(), below(name))).collect()
}

/// `incident/route` is `incident::route`; a program beside the library has no place among them.
fn module(stem: &str) -> Option<Vec<String>> {
    match stem {
        "lib" | "main" => Some(Vec::new()),
        _ if stem.starts_with("bin/") => None,
        _ => Some(stem.split('/').map(str::to_owned).collect()),
    }
}

fn gather(root: &Path, folder: &Path, texts: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let (name, path) = (entry.file_name(), entry.path());
        if folder == root && MADE.iter().any(|made| name == *made) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            gather(root, &path, texts);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            // What is not UTF-8 is a picture.
            let path = path.strip_prefix(root).unwrap();
            texts.insert(path.to_str().unwrap().replace('\\', "/"), text);
        }
    }
}

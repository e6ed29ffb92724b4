//! Crates know only those below them.

use std::collections::BTreeMap;

use crate::tree::{Tree, WORKSPACE, assert_none};

/// Whom each crate may know. The rig is never shipped: it may know all, and nobody knows it.
const ARROWS: [(&str, &[&str]); 8] = [
    ("model", &[]),
    ("store", &["model"]),
    ("outside", &["model"]),
    ("print", &["model"]),
    ("engine", &["model", "store", "outside"]),
    ("web", &["model", "engine", "print"]),
    ("notlicht", &["model", "store", "outside", "engine", "web", "print"]),
    ("rig", &["model", "store", "outside", "engine", "web", "print", "notlicht"]),
];

/// What the rules must not depend on: they have no I/O, no async, no clock and no chance.
const IMPURE: [&str; 8] =
    ["tokio", "reqwest", "rusqlite", "tokio-postgres", "axum", "rand", "futures", "tracing"];

/// What the rules must not name, for the same reason.
const IMPURE_PATHS: [&[&str]; 8] = [
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "time", "SystemTime"],
    &["std", "time", "Instant"],
    &["jiff", "Timestamp", "now"],
];

fn faults(tree: &Tree) -> Vec<String> {
    let allowed = BTreeMap::from(ARROWS);
    let crates = tree.crates();
    let mut faults = Vec::new();
    for krate in &crates {
        let path = format!("crates/{krate}/Cargo.toml");
        let Some(below) = allowed.get(krate) else {
            faults.push(format!("{path}: a new crate; say in ARROWS whom it may know"));
            continue;
        };
        for name in dependencies(tree.text(&path)) {
            if crates.contains(&name.as_str()) && !below.contains(&name.as_str()) {
                faults.push(format!(
                    "{path}: {krate} must not know {name}, only {below:?}; move what is needed down"
                ));
            }
            if *krate == "model" && IMPURE.contains(&name.as_str()) {
                faults.push(format!(
                    "{path}: the rules must not need {name}; decide here, carry out in engine"
                ));
            }
        }
    }
    for source in tree.sources.iter().filter(|one| one.krate == "model") {
        let named = source.facts.paths.iter().filter(|named| !source.in_test(named.line));
        for named in named.filter(|named| IMPURE_PATHS.iter().any(|path| has(&named.path, path))) {
            faults.push(format!(
                "{}:{}: the rules must not name {}; let it be given as a parameter",
                source.path,
                named.line,
                named.path.join("::")
            ));
        }
    }
    faults
}

fn has(path: &[String], start: &[&str]) -> bool {
    path.len() >= start.len() && path.iter().zip(start).all(|(one, other)| one == other)
}

/// All that a manifest names: for the program, for its build and for its tests.
fn dependencies(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let places = targets.into_iter().flat_map(toml::Table::values).filter_map(|one| one.as_table());
    places
        .chain([&manifest])
        .flat_map(|place| {
            ["dependencies", "dev-dependencies", "build-dependencies"]
                .into_iter()
                .filter_map(|name| place.get(name)?.as_table())
        })
        .flat_map(|table| table.keys().cloned())
        .collect()
}

#[test]
fn crates_know_only_those_below_them() {
    assert_none(&faults(&WORKSPACE));
}

#[test]
fn an_arrow_upwards_is_found_also_if_only_tests_need_it() {
    for table in ["dependencies", "dev-dependencies", "build-dependencies", "target.x.dependencies"]
    {
        let manifest = format!("[{table}]\nengine.workspace = true\n");
        let tree = Tree::sample(&[
            ("crates/store/Cargo.toml", &manifest),
            ("crates/engine/Cargo.toml", "[dependencies]\nstore.workspace = true"),
        ]);
        let faults = faults(&tree);
        assert_eq!(faults.len(), 1, "{table}: {faults:?}");
        assert!(faults[0].contains("store must not know engine"), "{faults:?}");
    }
}

#[test]
fn whoever_needs_the_rig_is_found() {
    let tree = Tree::sample(&[
        ("crates/notlicht/Cargo.toml", "[dependencies]\nrig = { path = \"../rig\" }"),
        ("crates/rig/Cargo.toml", ""),
    ]);
    assert!(faults(&tree)[0].contains("notlicht must not know rig"));
}

#[test]
fn a_crate_without_a_place_is_found() {
    assert!(faults(&Tree::sample(&[("crates/extra/Cargo.toml", "")]))[0].contains("ARROWS"));
}

#[test]
fn a_clock_a_file_or_a_runtime_in_the_rules_is_found() {
    let tree = Tree::sample(&[
        ("crates/model/Cargo.toml", "[dependencies]\ntokio.workspace = true"),
        ("crates/model/src/lib.rs", "use std::fs::File;\nfn f() { std::time::Instant::now(); }"),
        ("crates/model/src/x.rs", "#[cfg(test)]\nmod tests { use std::fs::File; }"),
    ]);
    let faults = faults(&tree);
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert!(faults[1].starts_with("crates/model/src/lib.rs:1:"), "{faults:?}");
}

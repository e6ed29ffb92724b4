//! The rig kills at every mark in the code, and there is no other.

use std::collections::BTreeSet;

use crate::tree::{Tree, WORKSPACE, assert_none};

fn faults(tree: &Tree, known: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut found = BTreeSet::new();
    for source in tree.sources.iter().filter(|one| one.module.is_some() && one.krate != "rig") {
        for (at, line) in tree.text(&source.path).lines().enumerate() {
            let Some((_, rest)) = line.split_once("mark(\"") else { continue };
            let name = rest.split('"').next().unwrap_or_default();
            if !known.contains(&name) {
                faults.push(format!(
                    "{}:{}: the rig does not know the mark “{name}”; add it to rig::MARKS, and let \
                     “rig kill --marks” pass it",
                    source.path,
                    at + 1
                ));
            }
            found.insert(name.to_owned());
        }
    }
    let gone = known.iter().filter(|name| !found.contains(**name));
    faults.extend(gone.map(|name| {
        format!("rig::MARKS names “{name}”, which nobody passes; put it where it belongs")
    }));
    faults
}

#[test]
fn the_rig_kills_at_every_mark_in_the_code() {
    assert_none(&faults(&WORKSPACE, &rig::MARKS));
}

#[test]
fn a_mark_that_the_rig_does_not_know_and_one_that_is_gone_are_found() {
    let tree = Tree::sample(&[("crates/engine/src/a.rs", "fn f() { mark(\"a.done\"); }")]);
    assert_none(&faults(&tree, &["a.done"]));
    assert!(faults(&tree, &[])[0].starts_with("crates/engine/src/a.rs:1:"));
    assert!(faults(&tree, &["a.done", "b.gone"])[0].contains("b.gone"));
}

//! Files and functions stay short enough to be read at once.

use crate::tree::{Tree, WORKSPACE, assert_none};

/// What a file should not pass; tests are not counted.
const LONG: usize = 300;

/// What no file may pass.
const LIMIT: usize = 600;

/// What a function may not pass, from its signature on.
const FUNCTION: usize = 70;

/// Files that are longer than they should be, with the lines they may have. A figure here may only
/// become smaller, and no file may be added.
const KNOWN: [(&str, usize); 0] = [];

fn faults(tree: &Tree, known: &[(&str, usize)]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in tree.sources.iter().filter(|source| !source.test) {
        let lines = source.lines_without_tests();
        let granted = known.iter().find(|(path, _)| *path == source.path).map(|(_, lines)| *lines);
        if lines > LIMIT || lines > granted.unwrap_or(LONG) {
            let most = granted.unwrap_or(LONG).min(LIMIT);
            faults.push(format!(
                "{}: {lines} lines without tests, more than {most}; make it a folder of verb files",
                source.path
            ));
        }
    }
    for (path, most) in known {
        let lines = tree.sources.iter().find(|one| one.path == *path);
        match lines.map(crate::tree::Source::lines_without_tests) {
            Some(lines) if lines < *most && lines > LONG => {
                faults.push(format!("{path}: has become shorter; write {lines} in KNOWN"));
            }
            Some(lines) if lines > LONG => {}
            _ => faults.push(format!("{path}: is no longer long; remove it from KNOWN")),
        }
    }
    for source in &tree.sources {
        for function in source.facts.functions.iter().filter(|one| one.lines > FUNCTION) {
            faults.push(format!(
                "{}:{}: “{}” has {} lines, more than {FUNCTION}; take a part out and give it a name",
                source.path, function.line, function.name, function.lines
            ));
        }
    }
    faults
}

#[test]
fn files_and_functions_are_short_enough_to_be_read_at_once() {
    assert_none(&faults(&WORKSPACE, &KNOWN));
}

const FILE: &str = "crates/store/src/a.rs";

#[test]
fn a_long_file_is_found_but_its_tests_are_not_counted() {
    let long = "//\n".repeat(301);
    let tested = format!("#[cfg(test)]\nmod tests {{\n{long}}}\n");
    assert_none(&faults(&Tree::sample(&[(FILE, &tested)]), &[]));
    assert_none(&faults(&Tree::sample(&[("crates/store/tests/a.rs", &long)]), &[]));
    let tree = Tree::sample(&[(FILE, &long)]);
    assert!(faults(&tree, &[])[0].contains("301 lines"));
    assert_none(&faults(&tree, &[(FILE, 301)]));
}

#[test]
fn what_a_long_file_is_granted_only_shrinks_and_never_passes_the_limit() {
    let tree = Tree::sample(&[(FILE, &"//\n".repeat(350))]);
    assert!(faults(&tree, &[(FILE, 400)])[0].contains("write 350"));
    assert!(faults(&tree, &[(FILE, 340)])[0].contains("more than 340"));
    assert!(faults(&Tree::sample(&[]), &[(FILE, 340)])[0].contains("remove it"));
    let tree = Tree::sample(&[(FILE, &"//\n".repeat(601))]);
    assert!(faults(&tree, &[(FILE, 601)])[0].contains("more than 600"));
}

#[test]
fn a_long_function_is_found() {
    let body = "    f();\n".repeat(69);
    let text = format!("/// A.\nfn a() {{\n{body}}}\nimpl B {{\nfn b() {{\n{body}}}\n}}\n");
    let faults = faults(&Tree::sample(&[(FILE, &text)]), &[]);
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].contains("a.rs:2: “a” has 71 lines"), "{faults:?}");
}

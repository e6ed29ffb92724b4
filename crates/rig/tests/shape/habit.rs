//! Habits that we do not take up.

use crate::tree::{Source, Tree, WORKSPACE, assert_none};

/// Names that say nothing.
const EMPTY_NAMES: [&str; 5] = ["util", "common", "helpers", "manager", "types"];

/// What nobody writes, and what to do instead.
const HABITS: [(&str, &str); 4] = [
    ("#[allow]", "take away the cause, or write #[expect(lint, reason = \"…\")]"),
    ("todo!", "finish it, or leave it out altogether"),
    ("unimplemented!", "finish it, or leave it out altogether"),
    ("dbg!", "take it out"),
];

/// What no test waits with.
const SLEEPS: [&str; 2] = ["sleep(", "sleep_until("];

fn faults(tree: &Tree) -> Vec<String> {
    tree.sources.iter().flat_map(|source| [written(source), named(source)].concat()).collect()
}

fn written(source: &Source) -> Vec<String> {
    let fault = |(line, habit): &(usize, String)| {
        let known = HABITS.iter().find(|(name, _)| name == habit);
        let sleeps = SLEEPS.contains(&habit.as_str()) && source.in_test(*line);
        let (name, advice) = match (known, sleeps) {
            (Some(known), _) => *known,
            (None, true) => (
                "a test that sleeps",
                "call the public step, pause tokio's clock, or wait for what is to happen",
            ),
            (None, false) => return None,
        };
        Some(format!("{}:{line}: {name}; {advice}", source.path))
    };
    source.facts.habits.iter().filter_map(fault).collect()
}

fn named(source: &Source) -> Vec<String> {
    let path = &source.path;
    let mut faults = Vec::new();
    // Cargo makes a test of its own from each file in `tests/`: for what several of them share
    // there is no other way.
    if path.ends_with("/mod.rs") && !source.test {
        faults.push(format!("{path}: write x.rs beside the folder x/ instead of x/mod.rs"));
    }
    let mut names = path.trim_end_matches(".rs").split('/').skip(2);
    if let Some(name) = names.find(|name| EMPTY_NAMES.contains(name)) {
        faults.push(format!("{path}: “{name}” says nothing; name the noun that lives there"));
    }
    faults
}

#[test]
fn nobody_silences_a_warning_leaves_a_gap_or_gives_a_name_that_says_nothing_and_no_test_sleeps() {
    assert_none(&faults(&WORKSPACE));
}

/// The faults of this text as a file of the crate “store”.
fn faults_of(path: &str, text: &str) -> Vec<String> {
    faults(&Tree::sample(&[(&format!("crates/store/{path}"), text)]))
}

#[test]
fn a_silenced_warning_is_found() {
    for text in [
        "#[allow(dead_code)]\nfn a() {}",
        "#![allow(missing_docs)]",
        "#[cfg_attr(test, allow(dead_code))]\nfn a() {}",
        "macro_rules! m { () => { #[allow(x)] fn a() {} } }",
    ] {
        assert_eq!(faults_of("src/a.rs", text).len(), 1, "{text}");
    }
    assert_none(&faults_of("src/a.rs", "fn a() { b(vec![allow(c)]) }"));
    assert_none(&faults_of("src/a.rs", "#[expect(x, reason = \"allow\")]\nfn allow() {}"));
}

#[test]
fn a_gap_is_found() {
    for text in
        ["fn a() { todo!() }", "fn a() { b(|| unimplemented!(\"c\")) }", "fn a() { dbg!(1); }"]
    {
        assert_eq!(faults_of("src/a.rs", text).len(), 1, "{text}");
    }
}

#[test]
fn a_sleep_is_found_in_tests_only() {
    let text = "fn a() { std::thread::sleep(b); }";
    assert_none(&faults_of("src/a.rs", text));
    assert_eq!(faults_of("tests/a.rs", text).len(), 1);
    assert_eq!(faults_of("src/a.rs", &format!("#[cfg(test)]\nmod tests {{ {text} }}")).len(), 1);
    assert_eq!(faults_of("tests/a.rs", "fn a() { m!(tokio::time::sleep(b).await); }").len(), 1);
}

#[test]
fn a_name_that_says_nothing_is_found() {
    assert_eq!(faults_of("src/a/mod.rs", "").len(), 1);
    assert_eq!(faults_of("src/util.rs", "").len(), 1);
    assert_eq!(faults_of("src/types/a.rs", "").len(), 1);
    assert_none(&faults_of("tests/a/mod.rs", ""));
}

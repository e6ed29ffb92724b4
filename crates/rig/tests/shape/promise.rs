//! What `docs/PROMISES.md` promises is kept by tests that exist.
//!
//! Every word there of four or more parts joined by underscores is taken as the name of a test,
//! with or without the modules before it.

use std::collections::BTreeSet;

use crate::tree::{Tree, WORKSPACE, assert_none};

const PAGE: &str = "docs/PROMISES.md";

/// How many underscores make a word the name of a test.
const UNDERSCORES: usize = 3;

fn faults(tree: &Tree) -> Vec<String> {
    let Some(page) = tree.texts.get(PAGE) else { return Vec::new() };
    let tests: BTreeSet<&str> =
        tree.sources.iter().flat_map(|one| &one.facts.tests).map(String::as_str).collect();
    let mut faults = Vec::new();
    let mut found = 0;
    for (at, line) in page.lines().enumerate() {
        let words = line.split(|one: char| !one.is_ascii_alphanumeric() && one != '_');
        for name in words.filter(|word| word.matches('_').count() >= UNDERSCORES) {
            found += 1;
            if !tests.contains(name) {
                faults.push(format!(
                    "{PAGE}:{}: there is no test “{name}”; write its name as it is, or write the test",
                    at + 1
                ));
            }
        }
    }
    if found == 0 {
        faults.push(format!("{PAGE}: names no test; say behind each promise which test keeps it"));
    }
    faults
}

/// Tests whose name is too short to promise anything.
fn wordless(tree: &Tree) -> Vec<String> {
    let short = |name: &&String| name.matches('_').count() < 2;
    let sources = tree.sources.iter();
    let names =
        sources.flat_map(|one| one.facts.tests.iter().filter(short).map(move |name| (one, name)));
    names
        .map(|(one, name)| {
            format!(
                "{}: the test “{name}” promises nothing; name what a person can rely on",
                one.path
            )
        })
        .collect()
}

#[test]
fn each_test_that_the_promises_name_exists() {
    assert_none(&faults(&WORKSPACE));
}

#[test]
fn each_test_is_named_for_a_promise() {
    assert_none(&wordless(&WORKSPACE));
}

const TESTS: &str = "#[test]\nfn nobody_is_ever_lost() {}\n\
                     #[tokio::test(flavor = \"multi_thread\")]\nasync fn all_is_said_once() {}\n\
                     proptest! { #![a]\n /// Doc.\n #[test]\n fn it_holds_for_all(a in 0..9) {} }\n\
                     both! { async fn each_database_keeps_it(db: &Db) { fn not_a_test_either() {} } }\n\
                     macro_rules! m { () => { #[test]\nfn short() {} } }\n\
                     #[cfg(test)] use a::b;\n fn no_test_at_all() {}";

#[test]
fn a_promise_without_its_test_is_found() {
    let page = "| a | `nobody_is_ever_lost` |\n| b | cargo test x::all_is_said_once |\n\
                | c | `it_holds_for_all` | `each_database_keeps_it` |\n";
    let faults_of =
        |page: &str| faults(&Tree::sample(&[(PAGE, page), ("crates/store/tests/a.rs", TESTS)]));
    assert_none(&faults_of(page));
    for name in ["no_test_at_all", "not_a_test_either", "not_there_at_all"] {
        let broken = faults_of(&format!("{page}| d | `{name}` |"));
        assert_eq!(broken.len(), 1, "{broken:?}");
        assert!(broken[0].starts_with("docs/PROMISES.md:4: "), "{broken:?}");
    }
    assert_none(&wordless(&Tree::sample(&[("crates/store/tests/a.rs", TESTS)])));
    assert!(faults_of("Much is promised.")[0].contains("names no test"));
    assert_none(&faults(&Tree::sample(&[])));
}

#[test]
fn a_test_without_a_promise_is_found() {
    let tree = Tree::sample(&[("crates/store/src/a.rs", "#[test]\nfn works() {}")]);
    assert_eq!(wordless(&tree).len(), 1);
}

//! What is only true on one machine stands nowhere in the project.

use crate::tree::{Tree, WORKSPACE, assert_none};

/// Places of machines, and hosts that packages come from: cut in two, so that they do not stand
/// here either.
const PLACES: [(&str, &str); 12] = [
    ("/wo", "rk/"),
    ("/ro", "ot/"),
    ("/ho", "me/"),
    ("/Us", "ers/"),
    ("/tmp/", "spec"),
    ("/tmp/", "t-"),
    ("../sh", "ared"),
    ("crates", ".io"),
    ("npmjs", ".org"),
    ("pypi", ".org"),
    ("proxy.golang", ".org"),
    ("arti", "factory"),
];

fn faults(tree: &Tree) -> Vec<String> {
    let places = PLACES.map(|(start, end)| [start, end].concat());
    let mut faults = Vec::new();
    for (path, text) in &tree.texts {
        for (at, line) in text.lines().enumerate() {
            let found = places.iter().filter(|place| names(line, place));
            faults.extend(found.map(|place| {
                format!(
                    "{path}:{}: “{place}” is only true here; say it relative to the project, or \
                     leave it out",
                    at + 1
                )
            }));
        }
    }
    faults
}

/// Whether the line names this place, and not a longer path or address that only contains it.
fn names(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !place.starts_with('/')
            || !before.is_some_and(|one| one.is_alphanumeric() || "}.-_".contains(one))
    })
}

#[test]
fn no_path_of_a_machine_and_no_host_of_packages_stands_in_any_file() {
    assert_none(&faults(&WORKSPACE));
}

#[test]
fn a_path_of_a_machine_is_found_with_its_line() {
    for (start, end) in PLACES {
        let text = format!("fine\nsee {start}{end}x\n");
        let faults = faults(&Tree::sample(&[("docs/A.md", &text)]));
        assert!(
            faults.iter().any(|fault| fault.starts_with("docs/A.md:2: ")),
            "{start}: {faults:?}"
        );
    }
}

#[test]
fn an_address_on_the_web_is_no_path_of_a_machine() {
    let text = ["https://shop.example/ro", "ot/a ", "${X}/wo", "rk/b"].concat();
    assert_none(&faults(&Tree::sample(&[("docs/A.md", &text)])));
}

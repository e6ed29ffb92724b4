use model::handbook::check::check;
use model::handbook::diff::diff;

use crate::example::told;
use crate::sample::{KINDS, example, replace};

/// Each slip by itself, as somebody writes it on a busy day.
const SLIPS: [(&str, &str, &str); 12] = [
    ("handbook.toml", "Europe/Berlin", "Berlin"),
    ("people.toml", "person = \"amira\"", "person = \"amirra\""),
    ("people.toml", "title.en = \"Engineering\"\n", ""),
    ("system.toml", "depends_on = [\"login\"]", "depends_on = [\"app\"]"),
    ("system.toml", "every = \"1m\"", "evry = \"1m\""),
    ("system.toml", "tcp.port = 5432", "tcp.port = \"5432\""),
    ("channels.toml", "kind = \"email\"", "kind = \"e-mail\""),
    ("channels.toml", "https://chat.example.com", "https://bot:geheim@chat.example.com"),
    ("plans/shop-down.toml", "rhythm = \"30m\"", "rhythm = \"30 minutes\""),
    ("plans/shop-down.toml", "components = [\"shop\"]", "components = [\"shop\", \"login\"]"),
    ("texts/shop-down/first.de.md", "{next_update}", "{naechste}"),
    ("texts/default/update.en.md", "## What works", "## That works"),
];

#[test]
fn a_handbook_with_many_kinds_of_fault_gives_one_clear_error_for_each_in_one_run() {
    let mut files = example();
    for (file, old, new) in SLIPS {
        replace(&mut files, file, old, new);
    }
    files.remove("texts/login-down/holding.en.md").unwrap();
    files.insert("plans/notes.txt".to_owned(), "milk, bread".to_owned());
    let checked = check(&files, &KINDS);
    assert_eq!(checked.handbook, None);
    insta::assert_snapshot!(told(&checked.faults));
}

#[test]
fn each_slip_alone_gives_one_fault_where_it_stands() {
    for (file, old, new) in SLIPS {
        let mut files = example();
        replace(&mut files, file, old, new);
        let checked = check(&files, &KINDS);
        let faults = told(&checked.faults);
        assert!(checked.handbook.is_none(), "{new}");
        assert_eq!(checked.faults.len(), 1, "{new}: {faults}");
        let changed = diff(&example(), &files);
        let lines: Vec<_> = changed[0].places[0]
            .iter()
            .filter(|line| line.old.is_none() != line.new.is_none())
            .filter_map(|line| line.new.or(line.old))
            .collect();
        let fault = &checked.faults[0];
        assert_eq!(fault.file, file, "{faults}");
        let near = lines.iter().any(|line| fault.line.abs_diff(*line) <= 2);
        assert!(near, "{new}: changed in {lines:?}, told at {faults}");
    }
}

//! Two who change the handbook at once: both are there afterwards, and what both changed is shown.

use std::collections::BTreeSet;

use model::handbook::Files;
use model::handbook::edit::{EditError, edit};
use model::handbook::merge::{Chosen, Conflict, Merged, Side, merge};
use proptest::prelude::*;

use crate::random::{Chance, chances, choose, comments, leaves};
use crate::sample::{KINDS, example};

fn one(file: &str, text: &str) -> Files {
    [(file.to_owned(), text.to_owned())].into()
}

fn merged(file: &str, [base, mine, theirs]: [&str; 3], chosen: &Chosen) -> Merged {
    merge(&one(file, base), &one(file, mine), &one(file, theirs), chosen)
}

const PLAN: &str = "# Front\ntitle = 'x'\n\n# Steps.\n\n# first\n[[step]]\nwhat = 'a'\nrole = 'r'\n\n\
                    [[step]]\nwhat = 'b' # why\n\n[notice]\nhold = '5m'\nrhythm = '30m'\n";

#[test]
fn two_values_of_one_table_and_two_new_items_go_together() {
    let mine = PLAN.replace("'5m'", "'7m'").replace(
        "\n[notice]",
        "\n[[step]]\nwhat = 'mine'\nrole = 'm'\n[step.in]\nz = 1\n\n[notice]",
    );
    let theirs = PLAN
        .replace("'30m'\n", "'20m'\n# theirs\nremind = '2m'\n")
        .replace("\n[notice]", "\n[[step]]\nwhat = 'theirs'\n\n[notice]")
        .replace("'b' # why", "'bb' # because");
    let found = merged("system.toml", [PLAN, &mine, &theirs], &Chosen::new());
    assert_eq!(found.conflicts, []);
    insta::assert_snapshot!(found.files["system.toml"]);
}

#[test]
fn an_item_that_one_moves_and_the_other_changes_is_moved_and_changed() {
    let mine = "a = 1\n[[step]]\nwhat = 'b'\n\n[[step]]\nwhat = 'a'\nrole = 'r'\n";
    let base = "a = 1\n[[step]]\nwhat = 'a'\nrole = 'r'\n\n[[step]]\nwhat = 'b'\n";
    let theirs = base.replace("'r'", "'other'");
    let found = merged("system.toml", [base, mine, &theirs], &Chosen::new());
    assert_eq!(found.conflicts, []);
    assert_eq!(found.files["system.toml"], mine.replace("'r'", "'other'"));
}

#[test]
fn what_both_changed_is_shown_with_both_and_either_can_be_chosen() {
    let mine = PLAN.replace("'5m'", "'7m'").replace("'a'", "'mine'");
    let theirs = PLAN.replace("'5m'", "'9m'").replace("'x'", "'theirs'");
    let found = merged("system.toml", [PLAN, &mine, &theirs], &Chosen::new());
    let [conflict] = found.conflicts.as_slice() else { panic!("{:?}", found.conflicts) };
    let Conflict { place, base, mine: one, theirs: two, .. } = conflict;
    assert_eq!((place.as_str(), base.as_deref()), ("notice.hold", Some("'5m'")));
    assert_eq!((one.as_deref(), two.as_deref()), (Some("'7m'"), Some("'9m'")));
    let text = &found.files["system.toml"];
    assert!(text.contains("'7m'") && text.contains("'mine'") && text.contains("'theirs'"));
    let chosen = [(conflict.id(), Side::Theirs)].into();
    let found = merged("system.toml", [PLAN, &mine, &theirs], &chosen);
    assert_eq!(found.conflicts, []);
    let text = &found.files["system.toml"];
    assert!(text.contains("'9m'") && text.contains("'mine'") && text.contains("'theirs'"));
}

#[test]
fn what_one_takes_out_and_the_other_changes_is_shown() {
    let mine = PLAN.replace("# first\n[[step]]\nwhat = 'a'\nrole = 'r'\n\n", "");
    let theirs = PLAN.replace("'r'", "'rr'");
    let found = merged("system.toml", [PLAN, &mine, &theirs], &Chosen::new());
    let [conflict] = found.conflicts.as_slice() else { panic!("{:?}", found.conflicts) };
    assert_eq!((conflict.place.as_str(), &conflict.mine), ("step.0", &None));
    assert!(conflict.theirs.as_deref().unwrap().contains("'rr'"));
    let chosen = [(conflict.id(), Side::Theirs)].into();
    let found = merged("system.toml", [PLAN, &mine, &theirs], &chosen);
    let text = &found.files["system.toml"];
    let place = |part: &str| text.find(part).unwrap();
    assert!(place("# first") < place("'rr'") && place("'rr'") < place("'b'"), "{text}");
    let untouched = PLAN.replace("'30m'", "'20m'");
    let found = merged("system.toml", [PLAN, &mine, &untouched], &Chosen::new());
    assert_eq!(found.conflicts, []);
    assert_eq!(found.files["system.toml"], mine.replace("'30m'", "'20m'"));
}

#[test]
fn texts_go_together_line_by_line() {
    let base = "# Kopf\n\nEins.\nZwei.\nDrei.\n";
    let mine = "# Kopf\n\nEins.\nZwei, neu.\nDrei.\n";
    let theirs = "# Kopf\n\nEins.\nZwei.\nDrei.\nVier.\n";
    let found = merged("texts/a.de.md", [base, mine, theirs], &Chosen::new());
    assert_eq!(found.files["texts/a.de.md"], "# Kopf\n\nEins.\nZwei, neu.\nDrei.\nVier.\n");
    let theirs = base.replace("Zwei.", "Zwei!");
    let found = merged("texts/a.de.md", [base, mine, &theirs], &Chosen::new());
    let [conflict] = found.conflicts.as_slice() else { panic!("{:?}", found.conflicts) };
    assert_eq!((conflict.place.as_str(), conflict.theirs.as_deref()), ("line 4", Some("Zwei!\n")));
}

#[test]
fn a_file_that_one_takes_out_and_the_other_changes_is_shown() {
    let (base, theirs) = (one("a.md", "x\n"), one("a.md", "y\n"));
    let found = merge(&base, &Files::new(), &theirs, &Chosen::new());
    assert_eq!((found.files.len(), found.conflicts.len()), (0, 1));
    let chosen = [(found.conflicts[0].id(), Side::Theirs)].into();
    assert_eq!(merge(&base, &Files::new(), &theirs, &chosen).files, theirs);
    assert_eq!(merge(&base, &Files::new(), &base, &Chosen::new()).files, Files::new());
}

/// The example after these random changes.
fn changed(files: &Files, steps: &[Chance]) -> Files {
    let mut files = files.clone();
    for chance in steps {
        let names: Vec<_> = files.keys().filter(|name| name.ends_with(".toml")).collect();
        let file = names[chance.0 % names.len()].clone();
        let (change, _) = choose(&file, &leaves(&files[&file]), chance);
        match edit(&files, &change, &KINDS) {
            Ok(after) => files = after,
            Err(EditError::Taken { .. }) => {}
            Err(why) => panic!("{change:?}: {why}"),
        }
    }
    files
}

fn values(files: &Files) -> BTreeSet<(String, String)> {
    let toml = files.iter().filter(|(file, _)| file.ends_with(".toml"));
    toml.flat_map(|(file, text)| {
        leaves(text).into_iter().map(move |(_, said)| (file.clone(), said))
    })
    .collect()
}

/// What stands in just one place of its file.
fn once(files: &Files) -> BTreeSet<(String, String)> {
    let mut all = values(files);
    all.retain(|(file, said)| {
        leaves(&files[file]).iter().filter(|(_, other)| other == said).count() == 1
    });
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_that_one_of_two_typed_is_lost(mine in chances(1..8), theirs in chances(1..8)) {
        let base = example();
        let (mine, theirs) = (changed(&base, &mine), changed(&base, &theirs));
        let both = merge(&base, &mine, &theirs, &Chosen::new());
        let there = values(&both.files);
        let before = values(&base);
        let shown: String = both.conflicts.iter().map(|one| format!("{one:?}")).collect();
        for typed in values(&mine).union(&values(&theirs)).filter(|one| !before.contains(one)) {
            let escaped = format!("{:?}", typed.1);
            let is_shown = shown.contains(escaped.trim_matches('"'));
            prop_assert!(there.contains(typed) || is_shown, "{typed:?} is lost");
        }
        // Of what stands in two places, each of them may have changed another one.
        let (one, two) = (values(&mine), values(&theirs));
        for kept in once(&base).iter().filter(|kept| one.contains(*kept) && two.contains(*kept)) {
            prop_assert!(there.contains(kept) || shown.contains(&kept.1), "{kept:?} is lost");
        }
        for (file, text) in &both.files {
            let has = comments(text);
            let (one, two) = (comments(&mine[file]), comments(&theirs[file]));
            for comment in one.iter().filter(|comment| two.contains(comment)) {
                let is_shown = both.conflicts.iter().any(|conflict| conflict.file == *file);
                prop_assert!(has.contains(comment) || is_shown, "{comment} is lost in {file}");
            }
        }
        let mirrored = merge(&base, &theirs, &mine, &Chosen::new());
        prop_assert_eq!(mirrored.conflicts.len(), both.conflicts.len());
        let sides = both.conflicts.iter().map(|one| (one.id(), Side::Mine)).collect();
        prop_assert_eq!(merge(&base, &mine, &theirs, &sides).conflicts, []);
        prop_assert_eq!(merge(&base, &mine, &mine, &Chosen::new()).files, mine);
    }
}

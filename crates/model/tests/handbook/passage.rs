//! Passages: what single audiences are told in addition to a notice.

use model::handbook::check::check;
use model::handbook::edit::{Edit, edit};
use model::handbook::finding::findings;
use model::handbook::parse::parse;
use model::handbook::{Files, Handbook};
use model::language::Language;
use model::notice::Kind;
use model::value::{Day, Key};
use proptest::prelude::*;

use crate::example::told;
use crate::random::{chances, choose, leaves};
use crate::sample::{KINDS, example, replace};

const SHOP: &str = "plans/shop-down.toml";
const TEAM: [&str; 2] = ["texts/shop-down/first.team.de.md", "texts/shop-down/first.team.en.md"];

fn key(name: &str) -> Key {
    name.parse().unwrap()
}

fn read(files: &Files) -> Handbook {
    parse(files, &KINDS).unwrap_or_else(|faults| panic!("{}", told(&faults))).handbook
}

/// What this audience is told in addition to the first notice of a plan, in German.
fn said(handbook: &Handbook, plan: &str, audience: &str) -> Option<String> {
    let passages = handbook.plans[&key(plan)].passages.get(&Kind::First)?;
    passages.get(&key(audience)).map(|said| said[&Language::DE].to_markdown())
}

#[test]
fn a_passage_is_told_to_its_audience_alone_and_the_plans_own_before_that_for_every_plan() {
    let mut files = example();
    for (tag, text) in [("de", "Für alle Pläne"), ("en", "For every plan")] {
        files.insert(format!("texts/default/first.team.{tag}.md"), text.to_owned());
    }
    let handbook = read(&files);
    assert!(said(&handbook, "shop-down", "team").unwrap().starts_with("Bitte verweisen Sie"));
    assert_eq!(said(&handbook, "forum-down", "team").as_deref(), Some("Für alle Pläne"));
    assert_eq!(said(&handbook, "shop-down", "partners"), None);
    assert_eq!(said(&handbook, "shop-down", "everybody"), None);
    // A plan that does not tell the team has nothing to say to it.
    replace(
        &mut files,
        SHOP,
        "audiences = [\"everybody\", \"team\"]",
        "audiences = [\"everybody\"]",
    );
    for file in TEAM {
        files.remove(file).unwrap();
    }
    assert_eq!(said(&read(&files), "shop-down", "team"), None);
}

#[test]
fn each_slip_in_a_passage_is_told_where_it_stands() {
    let file = |name: &str| format!("texts/shop-down/{name}.md");
    for (name, text, says) in [
        ("first.partnrs.de", "Bitte warten Sie.", "did you mean “partners”?"),
        ("first.nobody.de", "Bitte warten Sie.", "there is no audience “nobody”"),
        ("frist.partners.de", "Bitte warten Sie.", "did you mean “first”?"),
        ("first.partners.fr", "Attendez.", "“fr” is no language"),
        ("first.team.de", " \n\n", "this passage is empty"),
        ("first.team.de", "Bitte.\n\n## Das geht\nViel.", "3:1: error: a passage has no headings"),
        ("first.team.de", "Seit {sinse}.", "1:6: error: there is no hole {sinse}"),
        ("update.team.de", "Bitte.", "“team” with “update” is missing in the language “en”"),
    ] {
        let mut files = example();
        files.insert(file(name), text.to_owned());
        let checked = check(&files, &KINDS);
        let faults = told(&checked.faults);
        assert!(checked.handbook.is_none() && faults.contains(says), "{name}: {faults}");
        assert_eq!(checked.faults.len(), 1, "{name}: {faults}");
        for language in [Language::DE, Language::EN] {
            assert!(!checked.faults[0].help.get(language).is_empty(), "{name}: {faults}");
        }
    }
}

#[test]
fn a_passage_that_nobody_would_get_is_found_before_the_outage() {
    let mut files = example();
    for tag in ["de", "en"] {
        let text = "Bitte.".to_owned();
        files.insert(format!("texts/shop-down/first.partners.{tag}.md"), text);
    }
    let found = |files: &Files| {
        let today = Day::new(2026, 11, 30).unwrap();
        let all = findings(&read(files), None, today);
        all.into_iter().filter(|one| one.sort.code == "plan.passage-untold").collect::<Vec<_>>()
    };
    assert_eq!(found(&example()), []);
    let untold = found(&files);
    assert_eq!(untold.len(), 1);
    assert_eq!((&*untold[0].file, &*untold[0].path), (SHOP, "notice.audiences"));
    let what = untold[0].what(Language::DE);
    assert!(what.contains("„Unsere Partner“") && what.contains("Shop"), "{what}");
    let told = "audiences = [\"everybody\", \"team\", \"partners\"]";
    replace(&mut files, SHOP, "audiences = [\"everybody\", \"team\"]", told);
    assert_eq!(found(&files), []);
}

#[test]
fn another_key_of_a_plan_or_an_audience_takes_its_passages_along() {
    use model::handbook::Noun;
    let rename = |files: &Files, noun, from: &str, to: &str| {
        edit(files, &Edit::Rename { noun, from: key(from), to: key(to) }, &KINDS).unwrap()
    };
    let files = rename(&example(), Noun::Audience, "team", "wir");
    let files = rename(&files, Noun::Plan, "shop-down", "laden-zu");
    assert!(files.contains_key("texts/laden-zu/first.wir.de.md"));
    assert!(said(&read(&files), "laden-zu", "wir").is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_change_of_anything_else_loses_a_passage(steps in chances(1..20)) {
        let mut files = example();
        let passages = |files: &Files| -> Vec<(String, String)> {
            let is_one = |file: &&String| file.starts_with("texts/") && file.matches('.').count() == 3;
            let names = files.keys().filter(is_one);
            names.map(|file| (file.clone(), files[file].clone())).collect()
        };
        let before = passages(&files);
        prop_assert!(!before.is_empty());
        for chance in &steps {
            let names: Vec<_> = files.keys().filter(|name| name.ends_with(".toml")).collect();
            let file = names[chance.0 % names.len()].clone();
            let (change, _) = choose(&file, &leaves(&files[&file]), chance);
            if let Ok(after) = edit(&files, &change, &KINDS) {
                files = after;
            }
        }
        prop_assert_eq!(passages(&files), before);
    }
}

//! What is different between two versions, as whoever decides about it reads it.

use model::handbook::Path;
use model::handbook::diff::value::{Difference, differences};
use model::handbook::edit::{Edit, Value, edit};
use model::language::Language;

use crate::sample::{KINDS, example};

fn told(found: &[Difference]) -> String {
    let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".into());
    let line = |one: &Difference| {
        format!("{}: {} → {}\n", one.subject(), side(&one.old), side(&one.new)).replace('\n', " ")
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_difference_is_told_by_the_names_that_people_know() {
    let old = example();
    let path = |text: &str| text.parse::<Path>().unwrap();
    let text = |text: &str| Value::Text(text.into());
    let plan = || "plans/shop-down.toml".to_owned();
    let edits = [
        Edit::Set { file: "system.toml".into(), path: path("component.2.rto"), value: text("90m") },
        Edit::Set { file: plan(), path: path("step.1.within"), value: text("7m") },
        Edit::Move { file: plan(), list: path("step"), from: 0, to: 2 },
        Edit::Remove { file: plan(), path: path("step.3") },
        Edit::AddItem {
            file: plan(),
            list: path("step"),
            at: None,
            fields: vec![(path("what.de"), text("Neu")), (path("what.en"), text("New"))],
        },
        Edit::Set {
            file: "people.toml".into(),
            path: path("role.lead.deputies"),
            value: Value::List(vec![text("noor"), text("jonas")]),
        },
        Edit::AddNamed {
            file: "people.toml".into(),
            path: path("person.toni"),
            fields: vec![(path("language"), text("en"))],
        },
        Edit::Write { file: "README.md".into(), text: "neu\n".into() },
    ];
    let new = edits.iter().fold(old.clone(), |files, one| edit(&files, one, &KINDS).unwrap());
    insta::assert_snapshot!("de", told(&differences(&old, &new, Language::DE)));
    insta::assert_snapshot!("en", told(&differences(&old, &new, Language::EN)));
    assert_eq!(differences(&new, &new, Language::DE), []);
}

//! Whoever changes one thing in the console changes nothing else in the files.

use model::handbook::check::check;
use model::handbook::edit::{Edit, EditError, Fields, Value, edit};
use model::handbook::{Files, Noun, Path};
use model::language::Language;

use crate::example::told;
use crate::sample::{KINDS, example};

fn path(text: &str) -> Path {
    text.parse().unwrap()
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// Changes one file with this text.
fn changed(before: &str, edits: &[Edit]) -> String {
    let mut files = Files::from([("system.toml".to_owned(), before.to_owned())]);
    for one in edits {
        files = edit(&files, one, &KINDS).unwrap();
    }
    files["system.toml"].clone()
}

fn set(place: &str, value: Value) -> Edit {
    Edit::Set { file: "system.toml".into(), path: path(place), value }
}

fn remove(place: &str) -> Edit {
    Edit::Remove { file: "system.toml".into(), path: path(place) }
}

fn move_to(list: &str, from: usize, to: usize) -> Edit {
    Edit::Move { file: "system.toml".into(), list: path(list), from, to }
}

fn add(list: &str, at: Option<usize>, fields: Fields) -> Edit {
    Edit::AddItem { file: "system.toml".into(), list: path(list), at, fields }
}

#[test]
fn a_value_that_is_set_leaves_all_around_it_as_it_was_typed() {
    let before =
        "# Front\n\na  =  'one'   # why\nb.c = [ 'x',  \"y\" ] \r\n\n[t]\nd = { e = 1, f = 'z' }\n";
    assert_eq!(changed(before, &[set("a", text("one"))]), before, "it says so already");
    let edits = [
        set("a", text("two „quoted“ \"x\"")),
        set("b.c", Value::List(vec![text("x"), text("n"), text("y")])),
        set("t.d.e", Value::Number(2)),
        set("t.d.g", Value::Flag(true)),
        set("t.h", Value::Date("2026-11-30".into())),
        set("b.n", text("beside")),
        set("o", text("root")),
        set("new.i", text("j")),
    ];
    let after = changed(before, &edits);
    insta::assert_snapshot!(after.replace('\r', "␍"));
}

#[test]
fn a_list_over_many_lines_keeps_the_comments_of_what_stays() {
    let before = "who = [\n  # the first\n  \"a\", # one\n  \"b\", # two\n  \"c\",\n]\n";
    let list = |words: &[&str]| Value::List(words.iter().map(|word| text(word)).collect());
    insta::assert_snapshot!(changed(before, &[set("who", list(&["c", "a", "d"]))]));
}

#[test]
fn what_is_taken_out_takes_its_comment_along_and_leaves_that_of_its_surroundings() {
    let before =
        "# Roles.\n\n# The lead.\n[role.lead]\nx = 1 # one\n# of y\ny = 2\n\n[role.tech]\n# end\n";
    insta::assert_snapshot!(changed(before, &[remove("role.lead")]));
    insta::assert_snapshot!(changed(before, &[remove("role.lead.y")]));
    insta::assert_snapshot!(changed(before, &[remove("role.tech"), remove("role.lead.x")]));
}

#[test]
fn an_item_moves_with_its_comments_and_its_inner_tables() {
    let before = "title = 'x'\n\n# Steps.\n\n# first\n[[step]]\nn = 1\n[step.in]\nz = 1\n\n# second\n\
                  [[step]]\nn = 2\n\n[notice]\nh = 1\n\n[[step]]\nn = 3";
    insta::assert_snapshot!(changed(before, &[move_to("step", 0, 2)]));
    assert_eq!(
        changed(before, &[move_to("step", 2, 0), move_to("step", 0, 2)]),
        format!("{before}\n")
    );
    let list = "l = [ {a = 1}, {a = 2},{a = 3} ]\n";
    assert_eq!(changed(list, &[move_to("l", 2, 0)]), "l = [ {a = 3}, {a = 1},{a = 2} ]\n");
}

#[test]
fn what_is_new_stands_beside_its_like() {
    let words = Value::Words(
        [("de".parse().unwrap(), "ja".into()), ("en".parse().unwrap(), "yes".into())].into(),
    );
    let before = "title.de = 'x'\n\n# Steps.\n\n[[step]]\nn = 1\n\n[notice]\nh = 1 # end\n";
    let fields = vec![(path("what"), words.clone()), (path("role"), text("lead"))];
    let edits = [
        set("title", words.clone()),
        add("step", Some(0), fields.clone()),
        add("step", None, vec![(path("n"), Value::Number(9))]),
        add("step.1.inner", None, fields),
        Edit::AddNamed {
            file: "system.toml".into(),
            path: path("role.lead"),
            fields: vec![(path("title"), words)],
        },
        Edit::AddNamed { file: "system.toml".into(), path: path("role.tech"), fields: vec![] },
        set("level.crisis.criteria.de", text("Ja.\nNein.")),
        set("level.crisis.criteria.en", text("yes")),
    ];
    insta::assert_snapshot!(changed(before, &edits));
}

#[test]
fn a_wrong_place_is_told_and_changes_nothing() {
    let files = example();
    let on = |file: &str, place: &str| Edit::Set {
        file: file.into(),
        path: path(place),
        value: text("x"),
    };
    let why = |one: &Edit| {
        let why = edit(&files, one, &KINDS).unwrap_err();
        assert_ne!(why.said().get(Language::DE), why.said().get(Language::EN));
        why
    };
    assert!(matches!(why(&on("people.toml", "role.lead")), EditError::Unfit { .. }));
    assert!(matches!(why(&on("plans/shop-down.toml", "step.9.role")), EditError::Missing { .. }));
    assert!(matches!(why(&on("contacts.toml", "erika.name")), EditError::NoFile(_)));
    assert!(matches!(why(&on("../x.toml", "a")), EditError::NoFile(_)));
    assert!(matches!(why(&on("people.toml", "")), EditError::Unfit { .. }));
    let named =
        Edit::AddNamed { file: "people.toml".into(), path: path("role.lead"), fields: vec![] };
    assert!(matches!(why(&named), EditError::Taken { .. }));
    let date = Edit::Set {
        file: "people.toml".into(),
        path: path("role.lead.on"),
        value: Value::Date("soon".into()),
    };
    assert!(why(&date).to_string().contains("write it like 2026-11-30"));
    let gone = Edit::Delete { file: "plans/none.toml".into() };
    assert!(matches!(why(&gone), EditError::Gone(_)));
    let broken = Files::from([("people.toml".to_owned(), "[x".to_owned())]);
    let broken = edit(&broken, &on("people.toml", "a"), &KINDS).unwrap_err();
    assert!(broken.to_string().contains("edit it as a text"), "{broken}");
}

#[test]
fn an_edit_reads_back_from_how_it_is_kept() {
    let one = add(
        "step",
        Some(1),
        vec![(path("what.de"), text("ä")), (path("\"a.b\""), Value::Flag(true))],
    );
    let kept = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<Edit>(&kept).unwrap(), one);
}

#[test]
fn another_key_is_used_wherever_the_thing_is_named() {
    let files = example();
    for (noun, from, to) in [
        (Noun::Person, "jonas", "jo"),
        (Noun::Role, "communication", "lage"),
        (Noun::Component, "shop", "laden"),
        (Noun::Channel, "mail", "post"),
        (Noun::Endpoint, "team-chat", "chat-raum"),
        (Noun::Audience, "team", "wir"),
        (Noun::Partner, "hoster", "haus"),
        (Noun::Monitor, "shop-page", "startseite"),
        (Noun::Plan, "shop-down", "laden-zu"),
    ] {
        let change = |from: &str, to: &str| Edit::Rename {
            noun,
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        };
        let renamed = edit(&files, &change(from, to), &KINDS).unwrap();
        let faults = check(&renamed, &KINDS).faults;
        assert!(faults.iter().all(|fault| !fault.is_error()), "{noun:?}: {}", told(&faults));
        assert_ne!(renamed, files);
        let old = format!(".{from}.");
        let left = noun == Noun::Audience && renamed.keys().any(|file| file.contains(&old));
        assert!(!left, "its passages are named after it");
        assert_eq!(edit(&renamed, &change(to, from), &KINDS).unwrap(), files, "{noun:?}");
        let again = edit(&renamed, &change(from, "x"), &KINDS).unwrap_err();
        assert!(matches!(again, EditError::Unknown { .. }), "{again}");
        let taken = edit(&renamed, &change(to, to), &KINDS).unwrap_err();
        assert!(matches!(taken, EditError::KeyTaken { .. }), "{taken}");
    }
}

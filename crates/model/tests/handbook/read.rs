use std::sync::LazyLock;

use model::handbook::check::check;
use model::handbook::parse::{parse, parse_contacts};
use model::handbook::system::{ComponentState, Probe};
use model::handbook::{Fault, Files, Handbook};
use model::language::Language;
use model::value::Span;
use proptest::prelude::*;

use crate::example::told;
use crate::sample::{KINDS, example, replace};

fn faults(slips: &[(&str, &str, &str)]) -> Vec<Fault> {
    let mut files = example();
    for (file, old, new) in slips {
        replace(&mut files, file, old, new);
    }
    check(&files, &KINDS).faults
}

#[test]
fn a_file_that_is_no_toml_gives_its_own_faults_and_no_false_ones() {
    let found = faults(&[
        ("people.toml", "[person.erika]", "[person.erika"),
        ("people.toml", "person = \"amira\"", "person = amira"),
        ("system.toml", "[monitor.db]", "[monitor.db]\nport 5432"),
        ("plans/other.toml", "role = \"lead\"", "role ="),
    ]);
    let said = told(&found);
    assert_eq!(found.len(), 4, "{said}");
    assert!(
        found.iter().all(|fault| fault.what.get(Language::EN).starts_with("this is no TOML")),
        "{said}"
    );
    let lines: Vec<_> = found.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [8, 55, 41, 159], "{said}");
}

#[test]
fn a_bracket_that_swallows_half_a_file_does_not_make_the_rest_look_wrong() {
    let found = faults(&[("system.toml", "http.status = [200]", "http.status = [200")]);
    let said = told(&found);
    assert!(!found.is_empty());
    assert!(
        found.iter().all(|fault| fault.what.get(Language::EN).starts_with("this is no TOML")),
        "{said}"
    );
    assert!(found.iter().all(|fault| fault.file == "system.toml"), "{said}");
}

#[test]
fn an_empty_folder_is_told_what_belongs_in_it() {
    insta::assert_snapshot!(told(&check(&Files::new(), &KINDS).faults));
}

#[test]
fn what_the_writer_keeps_beside_the_handbook_is_left_alone() {
    let mut files = example();
    for beside in [".git/config", "texts/.swp", "plans/README.md", ".editorconfig"] {
        files.insert(beside.to_owned(), "x".to_owned());
    }
    assert_eq!(told(&check(&files, &KINDS).faults), "");
}

#[test]
fn a_file_in_the_wrong_place_is_not_passed_over_in_silence() {
    for (file, says) in [
        ("system.tml", "did you mean system.toml?"),
        ("plans/deep/x.toml", "is no file of a handbook"),
        ("plans/Shop Down.toml", "cannot be the key of a plan"),
        ("plans/default.toml", "cannot be the key of a plan"),
        ("texts/shop-dwn/first.de.md", "did you mean texts/shop-down/?"),
        ("texts/shop-down/frist.de.md", "did you mean “first”?"),
        ("texts/shop-down/first.fr.md", "“fr” is no language"),
        ("texts/shop-down/first.txt", "is no text of a handbook"),
        ("texts/legal.de.md", "“legal” is no text"),
    ] {
        let mut files = example();
        files.insert(file.to_owned(), "# x".to_owned());
        let checked = check(&files, &KINDS);
        let said = told(&checked.faults);
        assert!(checked.handbook.is_none() && said.contains(says), "{file}: {said}");
    }
}

#[test]
fn a_text_that_is_missing_is_named_by_its_file() {
    let without = |gone: &[&str]| {
        let mut files = example();
        for file in gone {
            files.remove(*file).unwrap();
        }
        told(&check(&files, &KINDS).faults)
    };
    let said = without(&["texts/imprint.en.md"]);
    assert!(said.starts_with("texts/imprint.en.md:1:1: error: “imprint” is missing"), "{said}");
    let said = without(&["texts/shop-down/first.de.md"]);
    assert!(said.contains("write texts/shop-down/first.de.md"), "{said}");
    let said = without(&["texts/default/correction.de.md", "texts/default/correction.en.md"]);
    assert_eq!(said.matches("has no text for: correction").count(), 4, "{said}");
    assert_eq!(without(&["texts/shop-down/first.de.md", "texts/shop-down/first.en.md"]), "");
}

#[test]
fn every_hole_that_is_none_is_shown_where_it_stands() {
    let found = faults(&[
        ("texts/default/first.de.md", "Das tun wir\nWir", "Das tun wir\n{wer}"),
        ("texts/default/first.de.md", "{since}", "{sinse}"),
    ]);
    let said = told(&found);
    let places: Vec<_> = found.iter().map(|fault| (fault.line, fault.column)).collect();
    assert_eq!(places, [(3, 6), (16, 1)], "{said}");
    assert!(said.contains("did you mean {since}?"), "{said}");
}

#[test]
fn a_page_address_that_mails_cannot_use_is_noticed() {
    let page = "https://lage.lindenhof.example";
    for (new, says) in [
        ("ftp://lage.lindenhof.example", "is no web address"),
        ("lage.lindenhof.example", "is no web address"),
        ("https://", "is no web address"),
        ("https://lage.lindenhof.example/?x=1", "must not have"),
        ("https://lage.lindenhof.example/#x", "must not have"),
        ("https://erika:geheim@lage.lindenhof.example", "a name or password"),
        ("http://lage.lindenhof.example", "hint: visitors would read the page unencrypted"),
    ] {
        let said = told(&faults(&[("handbook.toml", page, new)]));
        assert!(said.contains(says), "{new}: {said}");
    }
    for good in ["http://127.0.0.1:7600/", "http://localhost:7600", "http://[::1]:1"] {
        assert_eq!(told(&faults(&[("handbook.toml", page, good)])), "", "{good}");
    }
}

#[test]
fn a_schema_of_the_future_is_refused_by_its_number() {
    let said = told(&faults(&[("handbook.toml", "schema = 1", "schema = 2")]));
    assert!(said.contains("does not know schema 2"), "{said}");
}

#[test]
fn a_text_in_a_language_that_is_not_shown_is_noticed_not_refused() {
    let files = {
        let mut files = example();
        replace(&mut files, "handbook.toml", "[\"de\", \"en\"]", "[\"de\"]");
        files
    };
    let checked = check(&files, &KINDS);
    assert!(checked.handbook.is_some(), "{}", told(&checked.faults));
    assert!(
        checked.faults.iter().all(|fault| fault.what.get(Language::EN).contains("is never shown"))
    );
}

#[test]
fn what_is_not_written_has_the_values_that_the_docs_name() {
    let mut files = example();
    let slips = [
        (
            "system.toml",
            "fails = 3\nof = 5\nrecover = 2\nhttp.url = \"https://app",
            "http.url = \"https://app",
        ),
        ("plans/shop-down.toml", "remind = \"10m\"\n", ""),
        ("plans/shop-down.toml", "holding = true\n", ""),
        ("plans/shop-down.toml", "at_least = \"partial\"\n", ""),
        ("people.toml", "[person.erika]\nlanguage = \"de\"", "[person.erika]"),
        (
            "channels.toml",
            "secret = \"chat-signing\"\nlanguage = \"de\"",
            "secret = \"chat-signing\"",
        ),
    ];
    for (file, old, new) in slips {
        replace(&mut files, file, old, new);
    }
    let parsed = parse(&files, &KINDS).unwrap();
    let handbook = &parsed.handbook;
    let app = &handbook.monitors["app"];
    assert_eq!((app.rule.fails, app.rule.of, app.rule.recover), (3, 3, 2));
    assert_eq!(app.shows, ComponentState::Major);
    let Probe::Http { timeout, status, follow, .. } = &app.probe else { panic!("it is a page") };
    assert_eq!((*timeout, status.as_slice(), *follow), (Span::seconds(5), &[200][..], false));
    let plan = &handbook.plans["shop-down"];
    assert_eq!(plan.policy.remind, Span::minutes(5));
    assert!(!plan.policy.holding);
    assert_eq!(plan.trigger.at_least, ComponentState::Partial);
    assert_eq!(handbook.people["erika"].language.tag(), "de");
    let span = parsed.places.at("system.toml", "monitor.db.tcp.port");
    assert_eq!(&files["system.toml"][span], "5432");
}

/// A file of the example, cut and patched at random places.
fn mangled() -> impl Strategy<Value = Files> {
    let files: Vec<_> = example().into_iter().collect();
    (0..files.len(), any::<prop::sample::Index>(), 0_usize..40, ".{0,12}").prop_map(
        move |(which, at, length, patch)| {
            let (name, text) = &files[which];
            let mut chars: Vec<char> = text.chars().collect();
            let from = at.index(chars.len());
            let to = (from + length).min(chars.len());
            chars.splice(from..to, patch.chars());
            let mut all: Files = files.iter().cloned().collect();
            all.insert(name.clone(), chars.into_iter().collect());
            all
        },
    )
}

fn noise() -> impl Strategy<Value = String> {
    let bytes = prop::collection::vec(any::<u8>(), 0..300);
    bytes.prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Pieces of the language in any order: deeper into the reader than noise comes.
fn almost_toml() -> impl Strategy<Value = String> {
    let pieces = vec![
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        " = ",
        ".",
        ",",
        "\n",
        "\n[",
        "]\n",
        "\"",
        "''",
        "#",
        "1",
        "-5",
        "1.5",
        "true",
        "1979-05-27",
        "\"de\"",
        "\"ü\"",
        "[]",
        "{}",
        "schema",
        "person",
        "erika",
        "role",
        "component",
        "key",
        "monitor",
        "http",
        "url",
        "title",
        "de",
        "channel",
        "kind",
        "\"email\"",
        "audience",
        "who",
        "step",
        "notice",
        "hold",
        "\"5m\"",
        "trigger",
        "{since}",
        "# ",
        "## Das geht\n",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|parts| parts.concat())
}

static HANDBOOK: LazyLock<Handbook> = LazyLock::new(|| parse(&example(), &KINDS).unwrap().handbook);

/// Every fault can be shown: its span is in its file and its words are there.
fn can_be_shown(files: &Files, faults: &[Fault]) {
    for fault in faults {
        let text = files.get(&fault.file).map_or("", String::as_str);
        assert!(text.get(fault.span.clone()).is_some(), "{fault}");
        assert!(
            !fault.what.get(Language::EN).is_empty() && !fault.help.get(Language::EN).is_empty(),
            "{fault}"
        );
        assert!(fault.line <= text.lines().count().max(1) + 1, "{fault}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_the_bytes_reading_never_panics(
        text in prop_oneof![noise(), almost_toml()],
        file in prop::sample::select(vec![
            "handbook.toml", "people.toml", "system.toml", "channels.toml", "plans/other.toml",
            "texts/default/first.de.md",
        ]),
    ) {
        let mut files = example();
        files.insert(file.to_owned(), text.clone());
        can_be_shown(&files, &check(&files, &KINDS).faults);
        if let Err(faults) = parse_contacts(&text, &HANDBOOK) {
            can_be_shown(&Files::from([("contacts.toml".to_owned(), text)]), &faults);
        }
    }

    #[test]
    fn a_handbook_that_was_cut_anywhere_is_read_or_told_where(files in mangled()) {
        let checked = check(&files, &KINDS);
        can_be_shown(&files, &checked.faults);
        let refused = checked.faults.iter().any(Fault::is_error);
        prop_assert_eq!(checked.handbook.is_none(), refused);
        if let Some(handbook) = checked.handbook {
            prop_assert_eq!(parse(&files, &KINDS).unwrap().handbook, handbook);
        }
    }
}

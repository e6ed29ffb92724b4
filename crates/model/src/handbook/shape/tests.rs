//! The description is held against the reader: a handbook is written from it, with every key that
//! it names, and what the reader asks for is compared with it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]
use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{DOCUMENTS, Document, Field, Kind, Name, Said, setting};
use crate::handbook::channel::{self, Abilities, Descriptor, Form, Reaches};
use crate::handbook::parse::{CONTACTS, draft, parse_contacts};
use crate::handbook::{Fault, Files};
use crate::language::Language;

const fn field(name: &'static str, required: bool, form: Form) -> channel::Field {
    channel::Field { name, hint: ["so", "so"], required, form }
}

const KIND: Descriptor = Descriptor {
    kind: "post",
    label: ["Post", "post"],
    reaches: Reaches::PeopleByMail,
    fields: &[
        field("host", true, Form::Line),
        field("port", false, Form::Number(1, 9)),
        field("how", false, Form::OneOf(&["fast", "slow"])),
        field("from", false, Form::Email),
        field("box", false, Form::Mailbox),
        field("password", false, Form::SecretName),
    ],
    abilities: Abilities {
        edit: false,
        thread: false,
        receipt: false,
        replies: false,
        limit: None,
    },
};

/// A value as the description says that it is written.
fn value(field: &Field) -> String {
    let text = |text: &str| format!("\"{text}\"");
    let example = field.example.get(Language::EN);
    match field.kind {
        Kind::Localized | Kind::LocalizedLong => {
            format!("{{ de = \"{}\", en = \"{example}\" }}", field.example.get(Language::DE))
        }
        Kind::LocalizedTexts => {
            format!("{{ de = [\"{}\"], en = [\"{example}\"] }}", field.example.get(Language::DE))
        }
        Kind::Date | Kind::Moment => example.to_owned(),
        Kind::Texts | Kind::OneOrMoreTexts | Kind::Links { .. } | Kind::Members { .. } => {
            format!("[{}]", text(example))
        }
        Kind::Languages => "[\"de\", \"en\"]".to_owned(),
        Kind::Pairs => "{ \"/a\" = \"b\" }".to_owned(),
        Kind::Whole(low, _) => low.to_string(),
        Kind::OneOrMoreWhole(low, _) => format!("[{low}]"),
        Kind::Flag => "false".to_owned(),
        Kind::Choice(choices) | Kind::Clock(choices) => text(choices[0].word),
        Kind::Word(words) => text(words[0]),
        Kind::Email => text("a@example.org"),
        Kind::Mailbox => text("imaps://me@example.org"),
        Kind::SecretName => text("name"),
        Kind::Adapter => text(KIND.kind),
        _ if example.is_empty() => text("something"),
        _ => text(example),
    }
}

/// Writes a table with all its keys, and of several ways the one of this number.
fn write_table(out: &mut String, path: &str, fields: &[Field], way: usize) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let mut tables = Vec::new();
    for field in fields {
        match field.kind {
            Kind::Table(_) | Kind::List(_) | Kind::Named(..) => tables.push(field),
            Kind::OneOf(ways) => tables.push(&ways[way % ways.len()]),
            Kind::Adapter => {
                writeln!(out, "{} = {}", field.key, value(field)).unwrap();
                for setting in KIND.fields.iter().map(setting) {
                    writeln!(out, "{} = {}", setting.key, value(&setting)).unwrap();
                }
            }
            _ => writeln!(out, "{} = {}", field.key, value(field)).unwrap(),
        }
    }
    for field in tables {
        let path = below(field.key);
        match field.kind {
            Kind::Table(fields) => {
                writeln!(out, "[{path}]").unwrap();
                write_table(out, &path, fields, way);
            }
            Kind::List(fields) => {
                writeln!(out, "[[{path}]]").unwrap();
                write_table(out, &path, fields, way);
            }
            Kind::Named(_, fields) => write_named(out, &format!("{path}."), fields),
            _ => unreachable!("these are tables"),
        }
    }
}

fn write_named(out: &mut String, before: &str, fields: &[Field]) {
    let ways = fields.iter().map(|field| match field.kind {
        Kind::OneOf(ways) => ways.len(),
        _ => 1,
    });
    for way in 0..ways.max().unwrap_or(1) {
        writeln!(out, "[{before}k{way}]").unwrap();
        write_table(out, &format!("{before}k{way}"), fields, way);
    }
}

/// A handbook in which every key that the description names is written.
fn full() -> Files {
    let files = DOCUMENTS.iter().map(|document| {
        let mut text = String::new();
        match document.body {
            Kind::Table(fields) => write_table(&mut text, "", fields, 0),
            Kind::Named(_, fields) => write_named(&mut text, "", fields),
            _ => unreachable!("a file is a table"),
        }
        let name = match document.file {
            Name::Fixed(name) => name.to_owned(),
            Name::Each(folder, _) => format!("{folder}/k0.toml"),
        };
        (name, text)
    });
    files.collect()
}

/// Whether a fault is about a key or how a value is written, not about how things fit together.
fn is_of_form(fault: &Fault) -> bool {
    let said = ["not known here", "must be", "is missing in", " is no ", "is empty", "no TOML"];
    fault.file.ends_with(".toml")
        && said.iter().any(|said| fault.what.get(Language::EN).contains(said))
}

fn told(faults: &[Fault]) -> String {
    faults.iter().filter(|fault| is_of_form(fault)).map(|fault| format!("{fault}\n")).collect()
}

#[test]
fn a_handbook_written_from_the_description_is_read_without_a_fault_of_form() {
    let mut files = full();
    let contacts = files.remove(CONTACTS).unwrap();
    let draft = draft(&files, &[&KIND]);
    assert_eq!(told(&draft.faults), "");
    let mut handbook = draft.handbook;
    let somebody = handbook.people["k0"].clone();
    handbook.people.insert("k1".parse().unwrap(), somebody);
    let read = parse_contacts(&contacts, &handbook);
    assert_eq!(told(read.as_ref().err().map_or(&[], Vec::as_slice)), "", "{contacts}");
}

#[test]
fn the_reader_asks_for_exactly_what_the_description_names() {
    /// Needed only where we look ourselves; the hint says so.
    const DEPENDS: [&str; 1] = ["every"];
    let mut files = full();
    files.remove(CONTACTS).unwrap();
    let asked = draft(&files, &[&KIND]).asked;
    let settings: Vec<&str> = KIND.fields.iter().map(|field| field.name).collect();
    let mut met = BTreeSet::new();
    for (file, path, need) in &asked {
        let key = path.rsplit('.').next().unwrap();
        if file == "channels.toml" && settings.contains(&key) {
            continue;
        }
        let found = Document::of(file).and_then(|document| document.field(path));
        let field = found.unwrap_or_else(|| panic!("{file} {path} is not described"));
        let needed = field.need || DEPENDS.contains(&key);
        assert!(needed || !need, "{file} {path} must be there, the description says may");
        met.insert((std::ptr::from_ref(field), *need));
    }
    for document in DOCUMENTS.iter().filter(|document| document.file != Name::Fixed(CONTACTS)) {
        for (path, field) in all(document) {
            let pattern = document.file.pattern();
            assert!(
                met.contains(&(std::ptr::from_ref(field), field.need)),
                "{pattern}{path}: nobody asks for it so",
            );
        }
    }
}

/// Every field of a document that stands under a key, with its path.
fn all(document: &Document) -> Vec<(String, &'static Field)> {
    let mut found = Vec::new();
    let mut todo = vec![(" ".to_owned(), document.body)];
    while let Some((path, kind)) = todo.pop() {
        let (Kind::Table(fields)
        | Kind::List(fields)
        | Kind::Named(_, fields)
        | Kind::OneOf(fields)) = kind
        else {
            continue;
        };
        for field in fields {
            if !matches!(field.kind, Kind::OneOf(_)) {
                found.push((format!("{path}.{}", field.key), field));
            }
            todo.push((format!("{path}.{}", field.key), field.kind));
        }
    }
    found
}

#[test]
fn every_key_is_explained_in_each_language() {
    for document in &DOCUMENTS {
        for (path, field) in all(document) {
            for Said(texts) in [field.label, field.hint] {
                assert!(texts.iter().all(|text| !text.is_empty()), "{path}");
            }
            let [german, english] = field.hint.0;
            assert!(german.ends_with('.') && english.ends_with('.'), "{path}: a sentence");
        }
    }
}

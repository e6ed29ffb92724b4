use model::handbook::parse::{parse, parse_contacts};
use model::language::{Language, Zone};
use model::notice::{Filling, Kind, Text};
use model::value::{Span, Timestamp};

use crate::sample::{KINDS, contacts, example, gather};

fn handbook() -> model::handbook::Handbook {
    let parsed = parse(&example(), &KINDS);
    parsed.unwrap_or_else(|faults| panic!("{}", told(&faults))).handbook
}

/// The faults as the command line tells them; each says the same in German.
pub(crate) fn told(faults: &[model::handbook::Fault]) -> String {
    for fault in faults {
        for clause in [&fault.what, &fault.help] {
            let [german, english] = [Language::DE, Language::EN].map(|it| clause.get(it));
            assert_ne!(german, english, "{fault}");
            assert!(!german.is_empty() && !german.contains('”'), "{german}");
        }
    }
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

#[test]
fn the_example_can_be_read() {
    let handbook = handbook();
    assert_eq!(handbook.community, "Lindenhof");
    assert_eq!(handbook.languages, [Language::DE, Language::EN]);
    let keys: Vec<_> = handbook.components.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["login", "app", "shop", "forum"]);
    assert_eq!(handbook.plans["shop-down"].policy.hold, Span::minutes(5));
    assert_eq!(handbook.monitors["shop-page"].rule.of, 5);
}

#[test]
fn everybody_in_the_example_can_be_reached() {
    let contacts = parse_contacts(&contacts(), &handbook()).unwrap();
    assert_eq!(told(&contacts.hints), "");
    assert_eq!(contacts.cards.len(), 5);
}

#[test]
fn a_handbook_that_was_written_out_reads_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in example() {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut back = model::handbook::Files::new();
    gather(folder.path(), "", &mut back);
    assert_eq!(back, example());
    assert_eq!(parse(&back, &KINDS).unwrap().handbook, handbook());
}

/// All texts of the example, filled as in an outage that began a day ago.
fn filled(next_update: bool, works: bool) -> Vec<(String, Text)> {
    let handbook = handbook();
    let zone = Zone::named("Europe/Berlin").unwrap();
    let mut texts = Vec::new();
    for plan in handbook.plans.values() {
        for (kind, by_language) in &plan.texts {
            for (language, template) in by_language {
                let now = Timestamp(1_795_524_420_000_000);
                let filling = Filling {
                    community: &handbook.community,
                    broken: vec!["Shop"],
                    works: if works { vec!["Forum", "App"] } else { Vec::new() },
                    since: now.before(Span::minutes(60 * 24)),
                    now,
                    next_update: next_update.then(|| now.after(Span::minutes(30))),
                    expected_end: next_update.then(|| now.after(Span::minutes(90))),
                    page: &handbook.page,
                    zone: &zone,
                    language: *language,
                };
                let name = format!("{}/{}.{language}", plan.key, kind.word());
                texts.push((name, filling.fill(template)));
            }
        }
    }
    assert_eq!(texts.len(), 4 * Kind::ALL.len() * 2);
    texts
}

#[test]
fn no_reader_of_the_example_meets_a_brace() {
    for (name, text) in filled(true, true).iter().chain(&filled(false, false)) {
        let language = if name.ends_with(".de") { Language::DE } else { Language::EN };
        let plain = text.to_plain(language);
        assert!(!plain.contains(['{', '}']), "{name}: {plain}");
        assert!(!plain.contains(" ,") && !plain.contains(": ."), "{name}: {plain}");
    }
}

#[test]
fn every_text_of_the_example_says_what_people_need() {
    for (name, text) in filled(true, true) {
        let over = name.contains("all-clear");
        assert!(text.doing.is_some() && text.you_can.is_some() && text.data.is_some(), "{name}");
        assert_eq!(text.broken.is_none(), over, "{name} says what does not work");
        assert_eq!(text.works.is_none(), over, "{name} says what works");
        let body = text.body.join(" ");
        assert!(body.contains("tut uns leid") || body.contains("sorry"), "{name}: {body}");
        assert!(body.contains("13:47"), "{name} says since when: {body}");
        assert!(over || body.contains("14:17"), "{name} says when the next comes: {body}");
    }
}

#[test]
fn no_sentence_of_the_example_has_more_than_fifteen_words() {
    // Moments are cut to one word, as a reader takes them in as one.
    for (name, text) in filled(true, true) {
        let language = if name.ends_with(".de") { Language::DE } else { Language::EN };
        let plain = text.to_plain(language).replace("23. November 2026, ", "");
        for sentence in plain.replace("\n\n", ". ").split_inclusive(['.', '?', '!', ':']) {
            let words = sentence.split_whitespace().filter(|word| !word.starts_with('(')).count();
            assert!(words <= 15, "{name}: {words} words in: {sentence}");
        }
    }
}

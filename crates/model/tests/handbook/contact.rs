use model::handbook::check::check;
use model::handbook::parse::parse_contacts;
use model::language::Language;

use crate::example::told;
use crate::sample::{KINDS, contacts, example};

fn handbook() -> model::handbook::Handbook {
    check(&example(), &KINDS).handbook.unwrap()
}

#[test]
fn every_slip_in_the_contacts_is_told_at_once_with_its_line() {
    let written = contacts()
        .replace("[erika]", "[erica]")
        .replace("phone = \"+49 30 23125 102\"", "mobil = \"0170\"")
        .replace("amira@lindenhof.example", "amira at lindenhof")
        .replace("+49 30 23125 104", "call me")
        .replace("name = \"Hoster Beispiel GmbH, Leitstand\"\n", "");
    insta::assert_snapshot!(told(&parse_contacts(&written, &handbook()).unwrap_err()));
}

#[test]
fn whoever_cannot_be_reached_is_named() {
    let written =
        contacts().replace("email = \"noor@lindenhof.example\"\nemail_verified = 2026-11-09\n", "");
    let written = written.split("[hoster]").next().unwrap();
    let contacts = parse_contacts(written, &handbook()).unwrap();
    let hints = told(&contacts.hints);
    assert_eq!(contacts.hints.len(), 2, "{hints}");
    assert!(hints.contains("“hoster” has no card"), "{hints}");
    assert!(hints.contains("“noor” has no mail address"), "{hints}");
}

#[test]
fn contacts_that_are_no_toml_do_not_make_people_look_missing() {
    let written = contacts().replace("[jonas]", "[jonas");
    let faults = parse_contacts(&written, &handbook()).unwrap_err();
    assert!(
        faults.iter().all(|fault| fault.what.get(Language::EN).starts_with("this is no TOML")),
        "{faults:?}"
    );
}

#[test]
fn contacts_never_become_part_of_a_version() {
    let mut files = example();
    files.insert("contacts.toml".to_owned(), contacts());
    let faults = told(&check(&files, &KINDS).faults);
    assert!(faults.contains("are not part of a handbook"), "{faults}");
}

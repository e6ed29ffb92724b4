//! `contacts.toml`: names and addresses of people, which are no part of a version.

use crate::handbook::fault::{Clause, Fault, Severity, in_order, said};
use crate::handbook::form::is_email;
use crate::handbook::near::nearest;
use crate::handbook::people::ContactCard;
use crate::handbook::read::{Log, Table};
use crate::handbook::{Files, Handbook};
use crate::value::{Day, Key};

/// The file's name.
pub const CONTACTS: &str = "contacts.toml";

/// The contacts of a handbook's people and partners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts {
    /// A card for each.
    pub cards: Vec<ContactCard>,
    /// Who has no card, or none that helps.
    pub hints: Vec<Fault>,
}

/// Reads `contacts.toml` beside a handbook.
///
/// # Errors
///
/// Every fault in the order of the lines, hints among them: no TOML, unknown keys, addresses that
/// are none, people whom the handbook does not know.
pub fn parse_contacts(written: &str, handbook: &Handbook) -> Result<Contacts, Vec<Fault>> {
    let files = Files::from([(CONTACTS.to_owned(), written.to_owned())]);
    let log = Log::new(&files);
    let document = log.document(CONTACTS);
    let mut cards = Vec::new();
    for (name, span, item) in Table::root(&log, CONTACTS, document.get_ref()).all() {
        let Some(key) = known(name, handbook) else {
            let keys = handbook.people.keys().chain(handbook.partners.keys()).map(Key::as_str);
            let help = match nearest(name, keys) {
                Some(meant) => said!("meinten Sie [{meant}]?", "did you mean [{meant}]?"),
                None => said!("nehmen Sie den Menschen oder Partner ins Handbuch auf, oder nehmen Sie den Eintrag heraus", "add the person or partner to people.toml, or take the card out").to_owned(),
            };
            log.error(
                CONTACTS,
                &span,
                said!("das Handbuch kennt „{name}“ nicht", "the handbook knows no “{name}”"),
                help,
            );
            continue;
        };
        cards.extend(item.table().map(|table| read_card(&table, key)));
    }
    if !log.is_broken(CONTACTS) {
        advise(&cards, handbook, &log);
    }
    drop(document);
    let mut faults = log.faults.into_inner();
    in_order(&mut faults);
    if faults.iter().any(Fault::is_error) {
        return Err(faults);
    }
    Ok(Contacts { cards, hints: faults })
}

/// A card as `contacts.toml` has it.
#[must_use]
pub fn written_card(card: &ContactCard) -> String {
    let text = |text: &str| toml::Value::from(text).to_string();
    let ways =
        [("email", &card.email, card.email_verified), ("phone", &card.phone, card.phone_verified)];
    let mut lines = format!("[{}]\nname = {}\n", card.key, text(&card.name));
    for (name, address, verified) in ways {
        let Some(address) = address else { continue };
        lines.push_str(&format!("{name} = {}\n", text(address)));
        if let Some(day) = verified {
            lines.push_str(&format!("{name}_verified = {day}\n"));
        }
    }
    lines
}

fn known(name: &str, handbook: &Handbook) -> Option<Key> {
    let person = handbook.people.get_key_value(name).map(|(key, _)| key);
    person.or_else(|| handbook.partners.get_key_value(name).map(|(key, _)| key)).cloned()
}

fn read_card(table: &Table<'_>, key: Key) -> ContactCard {
    let email = table.may("email").and_then(|item| {
        let email = item.text()?;
        if !is_email(&email) {
            let help =
                said!("schreiben Sie sie wie name@example.org", "write it like name@example.org");
            item.error(
                said!("„{email}“ ist keine Mailadresse", "“{email}” is no mail address"),
                help,
            );
        }
        Some(email)
    });
    let phone = table.may("phone").and_then(|item| {
        let phone = item.text()?;
        if !is_phone(&phone) {
            let help = said!(
                "schreiben Sie sie mit dem Land, wie +49 30 1234567",
                "write it with its country, like +49 30 1234567"
            );
            item.error(
                said!("„{phone}“ ist keine Telefonnummer", "“{phone}” is no telephone number"),
                help,
            );
        }
        Some(phone)
    });
    let name = table.need("name", "name = \"…\"").and_then(|item| item.text());
    ContactCard {
        email_verified: read_verified(table, "email_verified", email.is_some()),
        phone_verified: read_verified(table, "phone_verified", phone.is_some()),
        email,
        phone,
        ..ContactCard::new(key, name.unwrap_or_default())
    }
}

/// When an address was last seen to work; without an address there is nothing that could.
fn read_verified(table: &Table<'_>, key: &'static str, is_there: bool) -> Option<Day> {
    let item = table.may(key)?;
    let day = item.day()?;
    if !is_there {
        item.hint(
            said!(
                "hier steht keine Adresse, die jemand geprüft haben kann",
                "there is no address here that could be verified"
            ),
            said!("schreiben Sie sie, oder nehmen Sie das heraus", "write it, or take this out"),
        );
    }
    Some(day).filter(|_| is_there)
}

fn is_phone(text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    rest.chars().all(|c| c.is_ascii_digit() || " -/().".contains(c)) && (3..=20).contains(&digits)
}

fn advise(cards: &[ContactCard], handbook: &Handbook, log: &Log<'_>) {
    let hint = |what: Clause, help: Clause| {
        let fault = Fault::new(CONTACTS, "", &(0..0), Severity::Hint).saying(what, help);
        log.faults.borrow_mut().push(fault);
    };
    for key in handbook.people.keys().chain(handbook.partners.keys()) {
        match cards.iter().find(|card| card.key == *key) {
            None => hint(
                said!(
                    "zu „{key}“ gibt es keine Adresse: Niemand kann sie erreichen",
                    "“{key}” has no card: nobody can reach them"
                ),
                said!(
                    "tragen Sie Name, Mailadresse und Telefonnummer ein",
                    "add [{key}] with name, email and phone"
                ),
            ),
            Some(card) if card.email.is_none() && handbook.people.contains_key(key) => hint(
                said!(
                    "zu „{key}“ gibt es keine Mailadresse: Alarme per Mail kommen nicht an",
                    "“{key}” has no mail address: alerts by mail do not reach them"
                ),
                said!("tragen Sie die Mailadresse ein", "add email = \"…\" below [{key}]"),
            ),
            Some(_) => {}
        }
    }
}

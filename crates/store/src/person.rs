//! Names and contact data of people. They stand in no version of the handbook, so that a person
//! can be erased; who was erased does not come back with the next import.

use std::collections::BTreeMap;

use model::handbook::people::ContactCard;
use model::recipient::RecipientKind;
use model::value::{Day, Key, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::recipient::leave_named_steps;
use crate::sql::statements;
use crate::value::row;
use crate::write::Step;

statements! {
    CLEAR = "person.clear", "DELETE FROM person WHERE erased_at IS NULL";
    ADD = "person.add",
        "INSERT INTO person (key, name) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING";
    ADD_CONTACT = "person.add-contact",
        "INSERT INTO person_contact (person, way, address, verified_on)
         SELECT key, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT) FROM person
         WHERE key = $1 AND erased_at IS NULL";
    ERASE = "person.erase", "UPDATE person SET name = '', erased_at = $2 WHERE key = $1";
    ERASE_CONTACTS = "person.erase-contacts", "DELETE FROM person_contact WHERE person = $1";
    LIST = "person.list", "SELECT key, name FROM person WHERE erased_at IS NULL ORDER BY key";
    CONTACTS = "person.contacts", "SELECT person, way, address, verified_on FROM person_contact";
    ERASED = "person.erased", "SELECT key FROM person WHERE erased_at IS NOT NULL ORDER BY key";
}

const EMAIL: &str = "email";
const PHONE: &str = "phone";

/// Puts these cards in the place of all others. Erased people stay erased.
#[must_use]
pub fn replace_steps(cards: &[ContactCard]) -> Vec<Step> {
    let people = cards.iter().map(|card| row![&card.key, card.name.as_str()]).collect();
    let contacts = cards
        .iter()
        .flat_map(|card| {
            let ways = [
                (EMAIL, &card.email, card.email_verified),
                (PHONE, &card.phone, card.phone_verified),
            ];
            ways.into_iter().filter_map(|(way, address, verified)| {
                address.as_deref().map(|address| row![&card.key, way, address, verified])
            })
        })
        .collect();
    vec![
        Step::any(&CLEAR, row![]),
        Step::each_any(&ADD, people),
        Step::each_any(&ADD_CONTACT, contacts),
    ]
}

/// Erases a person: the name, all contact data, and the same of the recipient that the person
/// was. A conflict means that nobody has this key.
#[must_use]
pub fn erase_steps(key: &Key, at: Timestamp) -> Vec<Step> {
    let mut steps = vec![Step::one(&ERASE, row![key, at]), Step::any(&ERASE_CONTACTS, row![key])];
    steps.extend(leave_named_steps(RecipientKind::Staff, key, at));
    steps
}

impl Store {
    /// The cards of all people who were not erased, by key.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn people(&self) -> Result<Vec<ContactCard>, StoreError> {
        let contacts = self
            .rows(&CONTACTS, row![], |mut row| {
                Ok(((row.take()?, row.take()?), (row.take()?, row.take()?)))
            })
            .await?;
        let mut contacts: BTreeMap<(Key, String), (String, Option<Day>)> =
            contacts.into_iter().collect();
        self.rows(&LIST, row![], |mut row| {
            let key: Key = row.take()?;
            let mut contact = |way: &str| contacts.remove(&(key.clone(), way.to_owned())).unzip();
            let (email, email_verified) = contact(EMAIL);
            let (phone, phone_verified) = contact(PHONE);
            Ok(ContactCard {
                email,
                email_verified: email_verified.flatten(),
                phone,
                phone_verified: phone_verified.flatten(),
                ..ContactCard::new(key, row.take()?)
            })
        })
        .await
    }

    /// The keys of those who were erased.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn erased_people(&self) -> Result<Vec<Key>, StoreError> {
        self.rows(&ERASED, row![], |mut row| row.take()).await
    }
}

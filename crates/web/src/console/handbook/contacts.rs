//! Names and addresses of people and partners: apart from every version, and in force at once.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use model::handbook::Handbook;
use model::handbook::people::ContactCard;
use model::value::{Day, Key};

use crate::console::account::status;
use crate::console::frame::{self, Area, Shell, show};
use crate::console::sent::Sent;
use crate::console::signed::Signed;
use crate::page::serve::to;

/// A person or partner with a card, or without one.
struct Row {
    key: String,
    what: String,
    name: String,
    email: String,
    /// When somebody last saw that it works.
    mail_on: String,
    phone: String,
    phone_on: String,
    missing: bool,
}

#[derive(Template)]
#[template(path = "console/handbook/contacts.html")]
struct Page {
    shell: Shell,
    hint: Option<&'static str>,
    done: bool,
    rows: Vec<Row>,
}

/// All cards.
pub(crate) async fn look(signed: Signed, RawQuery(query): RawQuery) -> Response {
    page(&signed, query.as_deref() == Some("done"), None).await
}

/// Saves one card.
pub(crate) async fn save(signed: Signed, Path(key): Path<String>, sent: Sent) -> Response {
    let Ok(key) = key.parse::<Key>() else { return frame::nothing(&signed.shell()) };
    let field = |name| Some(sent.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    let day = |name| field(name).and_then(|text| text.parse::<Day>().ok());
    let (email, phone) = (field("mail"), field("phone"));
    let card = ContactCard {
        email_verified: day("mail_on").filter(|_| email.is_some()),
        phone_verified: day("phone_on").filter(|_| phone.is_some()),
        email,
        phone,
        ..ContactCard::new(key, field("name").unwrap_or_default())
    };
    match signed.engine.keep_card(&card, signed.name()).await {
        Ok(()) => to(&format!("{}/contacts?done", super::HERE), StatusCode::SEE_OTHER),
        Err(EngineError::Faults(_)) => page(&signed, false, Some(&card)).await,
        Err(error) => frame::failed(&signed, &error),
    }
}

/// How many people of a handbook nobody can reach.
pub(super) fn missing(handbook: &Handbook, cards: &[ContactCard]) -> usize {
    let keys = handbook.people.keys().chain(handbook.partners.keys());
    keys.filter(|key| is_missing(cards.iter().find(|card| card.key == **key))).count()
}

fn is_missing(card: Option<&ContactCard>) -> bool {
    card.is_none_or(|card| card.email.is_none() && card.phone.is_none())
}

async fn page(signed: &Signed, done: bool, wrong: Option<&ContactCard>) -> Response {
    let words = signed.language().words().drafts;
    match rows(signed, wrong).await {
        Ok(rows) => {
            let shell = signed.shell().at(Area::Handbook, words.contacts);
            let hint = wrong.map(|_| words.bad_card);
            show(status(wrong.is_some()), Page { shell, hint, done, rows }.render())
        }
        Err(error) => frame::failed(signed, &error),
    }
}

async fn rows(signed: &Signed, typed: Option<&ContactCard>) -> Result<Vec<Row>, EngineError> {
    let handbook = signed.engine.handbook().await?.handbook;
    let cards = signed.engine.cards().await?;
    let language = signed.language();
    let partners = handbook.partners.values();
    let partners = partners.map(|one| (&one.key, one.what.get(language).to_owned()));
    let people = handbook.people.keys().map(|key| {
        let roles = handbook.roles.values().filter(|role| role.everybody().any(|one| one == key));
        let roles: Vec<_> = roles.map(|role| role.title.get(language)).collect();
        (key, roles.join(", "))
    });
    let row = |(key, what): (&Key, String)| {
        let known = cards.iter().find(|card| card.key == *key);
        let card = typed.filter(|card| card.key == *key).or(known);
        let text = |of: fn(&ContactCard) -> Option<String>| card.and_then(of).unwrap_or_default();
        Row {
            key: key.to_string(),
            what,
            name: text(|card| Some(card.name.clone())),
            email: text(|card| card.email.clone()),
            mail_on: text(|card| card.email_verified.map(|day| day.to_string())),
            phone: text(|card| card.phone.clone()),
            phone_on: text(|card| card.phone_verified.map(|day| day.to_string())),
            missing: is_missing(known),
        }
    };
    Ok(people.chain(partners).map(row).collect())
}

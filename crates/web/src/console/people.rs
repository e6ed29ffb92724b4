//! Accounts of all, their sessions, and the tokens of programs: for administrators.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use engine::account::{Account, AccountError};
use model::language::Language;
use model::permission::Permission;
use model::value::Key;

use super::account::{Shown, Tongue, done, shown, status, tongues, wrong, zone};
use super::frame::{self, Area, Shell, show};
use super::sent::Sent;
use super::signed::Signed;

pub(crate) mod token;

use token::TokenRow;

const HERE: &str = "/console/people";

/// A permission to choose.
pub(super) struct May {
    word: &'static str,
    label: &'static str,
    on: bool,
}

/// An account as the list shows it.
struct Row {
    name: String,
    since: String,
    /// One's own: its password is set on another page.
    own: bool,
    may: Vec<May>,
    end: String,
}

/// What was typed into which form, to be shown again. Never a password.
#[derive(Default)]
struct Typed {
    hint: Option<String>,
    name: String,
    may: Option<Permission>,
    language: Option<Language>,
    token_name: String,
    token_may: Option<Permission>,
    /// The account whose password did not fit: its form stays open.
    open: Option<Key>,
}

#[derive(Template)]
#[template(path = "console/people.html")]
struct People {
    shell: Shell,
    hint: Option<String>,
    done: bool,
    accounts: Vec<Row>,
    /// Name and when, of accounts that ended.
    ended: Vec<(String, String)>,
    name: String,
    may: Vec<May>,
    tongues: Vec<Tongue>,
    /// The name of the account whose form is open.
    open: String,
    sessions: Vec<Shown>,
    tokens: Vec<TokenRow>,
    token_name: String,
    token_may: Vec<May>,
}

/// The page.
pub(crate) async fn look(signed: Signed, RawQuery(query): RawQuery) -> Response {
    page(&signed, query.as_deref() == Some("done"), Typed::default()).await
}

/// Adds an account.
pub(crate) async fn add(signed: Signed, sent: Sent) -> Response {
    let words = signed.language().words().console;
    let may = sent.get("may").parse().ok();
    let language: Option<Language> = sent.get("language").parse().ok();
    let typed = |hint: &str| Typed {
        hint: Some(hint.to_owned()),
        name: sent.get("name").to_owned(),
        may,
        language,
        ..Typed::default()
    };
    let Ok(name) = sent.get("name").trim().parse::<Key>() else {
        return page(&signed, false, typed(words.bad_name)).await;
    };
    let Some(permission) = may else {
        return page(&signed, false, typed(words.bad_may)).await;
    };
    let language = language.unwrap_or_else(|| signed.language());
    let password = sent.get("password");
    let added = signed.engine.add_account(&name, permission, language, password, signed.name());
    match added.await {
        Ok(()) => done(HERE),
        Err(AccountError::Taken(_)) => page(&signed, false, typed(words.taken)).await,
        Err(AccountError::Password) => page(&signed, false, typed(words.bad_password)).await,
        Err(error) => wrong(&signed, error),
    }
}

/// Gives another permission.
pub(crate) async fn permit(signed: Signed, Path(name): Path<String>, sent: Sent) -> Response {
    let Ok(name) = name.parse::<Key>() else { return frame::nothing(&signed.shell()) };
    let Ok(permission) = sent.get("may").parse() else {
        let hint = Some(signed.language().words().console.bad_may.to_owned());
        return page(&signed, false, Typed { hint, ..Typed::default() }).await;
    };
    match signed.engine.permit(&name, permission, signed.name()).await {
        Ok(()) => done(HERE),
        Err(AccountError::Last(_)) => last(&signed).await,
        Err(error) => wrong(&signed, error),
    }
}

/// Sets somebody else's password. One's own needs the one so far, so that whoever finds an open
/// browser cannot lock its owner out.
pub(crate) async fn password(signed: Signed, Path(name): Path<String>, sent: Sent) -> Response {
    let Ok(name) = name.parse::<Key>() else { return frame::nothing(&signed.shell()) };
    if name == signed.session.account.name {
        return crate::page::serve::to("/console/account", StatusCode::SEE_OTHER);
    }
    match signed.engine.set_password(&name, sent.get("password"), None, signed.name()).await {
        Ok(()) => done(HERE),
        Err(AccountError::Password) => {
            let words = signed.language().words().console;
            let hint = Some(format!("{name}: {}", words.bad_password));
            page(&signed, false, Typed { hint, open: Some(name), ..Typed::default() }).await
        }
        Err(error) => wrong(&signed, error),
    }
}

/// Ends an account.
pub(crate) async fn end(signed: Signed, Path(name): Path<String>, _: Sent) -> Response {
    let Ok(name) = name.parse::<Key>() else { return frame::nothing(&signed.shell()) };
    match signed.engine.end_account(&name, signed.name()).await {
        Ok(()) => done(HERE),
        Err(AccountError::Last(_)) => last(&signed).await,
        Err(error) => wrong(&signed, error),
    }
}

/// Nothing was changed: it is the last account that may administer.
async fn last(signed: &Signed) -> Response {
    let hint = Some(signed.language().words().console.last_administrator.to_owned());
    page(signed, false, Typed { hint, ..Typed::default() }).await
}

async fn page(signed: &Signed, done: bool, typed: Typed) -> Response {
    let status = status(typed.hint.is_some());
    match gather(signed, done, typed).await {
        Ok(page) => show(status, page.render()),
        Err(error) => frame::failed(signed, &error),
    }
}

async fn gather(signed: &Signed, done: bool, typed: Typed) -> Result<People, EngineError> {
    let (engine, language) = (&signed.engine, signed.language());
    let (words, zone, now) = (language.words().console, zone(engine).await, engine.now());
    let (ended, going): (Vec<Account>, Vec<Account>) =
        engine.accounts().await?.into_iter().partition(|one| one.ended_at.is_some());
    let row = |one: &Account| Row {
        name: one.name.to_string(),
        since: (words.since)(&zone.moment(one.created_at, now, language)),
        own: one.name == signed.session.account.name,
        may: choices(language, &Permission::ALL, Some(one.permission)),
        end: (words.end_account)(one.name.as_str()),
    };
    let ended = ended.iter().filter_map(|one| {
        let when = zone.moment(one.ended_at?, now, language);
        Some((one.name.to_string(), (words.ended)(&when)))
    });
    let chosen = typed.may.or(Some(Permission::Writer));
    let for_token = typed.token_may.or(Some(Permission::Viewer));
    Ok(People {
        shell: signed.shell().at(Area::People, words.people),
        hint: typed.hint,
        done,
        accounts: going.iter().map(row).collect(),
        ended: ended.collect(),
        name: typed.name,
        may: choices(language, &Permission::ALL, chosen),
        tongues: tongues(typed.language.unwrap_or(language)),
        open: typed.open.map(|name| name.to_string()).unwrap_or_default(),
        sessions: shown(signed, |_| true).await?,
        tokens: token::rows(engine.tokens().await?, &zone, now, language),
        token_name: typed.token_name,
        token_may: choices(language, &token::ALLOWED, for_token),
    })
}

fn choices(language: Language, all: &[Permission], chosen: Option<Permission>) -> Vec<May> {
    all.iter()
        .map(|one| May { word: one.word(), label: one.label(language), on: Some(*one) == chosen })
        .collect()
}

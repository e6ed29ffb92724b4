//! One's own account: password, language, sessions.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use engine::account::AccountError;
use engine::session::Session;
use engine::{Engine, EngineError};
use model::language::{Language, Zone};
use model::permission::Permission;
use model::value::PublicId;

use super::frame::{self, Area, Shell, show};
use super::sent::Sent;
use super::signed::Signed;
use super::{agent, sign};
use crate::page::serve::to;

const HERE: &str = "/console/account";

/// A session as lists show it.
pub(super) struct Shown {
    pub(super) id: String,
    pub(super) who: String,
    pub(super) agent: String,
    pub(super) since: String,
    pub(super) seen: String,
    /// The one that somebody looks with.
    pub(super) this: bool,
}

/// A language to choose: its tag, its own name, whether it is chosen.
pub(super) struct Tongue {
    pub(super) tag: &'static str,
    pub(super) name: &'static str,
    pub(super) on: bool,
}

#[derive(Template)]
#[template(path = "console/account.html")]
struct Account {
    shell: Shell,
    name: String,
    may: &'static str,
    hint: Option<&'static str>,
    done: bool,
    tongues: Vec<Tongue>,
    sessions: Vec<Shown>,
}

/// The account.
pub(crate) async fn look(signed: Signed, RawQuery(query): RawQuery) -> Response {
    page(&signed, query.as_deref() == Some("done"), None).await
}

/// Sets a new password for whoever knows the one so far. All other sessions of theirs end.
pub(crate) async fn password(signed: Signed, sent: Sent) -> Response {
    let words = signed.language().words().console;
    let name = &signed.session.account.name;
    match signed.engine.is_password(name, sent.get("old")).await {
        Ok(true) => {}
        Ok(false) => return page(&signed, false, Some(words.wrong_password)).await,
        Err(error) => return frame::failed(&signed, &error),
    }
    let keep = Some(&signed.session.id);
    let set = signed.engine.set_password(name, sent.get("new"), keep, signed.name()).await;
    match set {
        Ok(()) => done(HERE),
        Err(AccountError::Password) => page(&signed, false, Some(words.bad_password)).await,
        Err(error) => wrong(&signed, error),
    }
}

/// Sets the language of the console.
pub(crate) async fn language(signed: Signed, sent: Sent) -> Response {
    // What is no language of ours was typed by no person: nothing changes.
    let language = sent.get("language").parse().unwrap_or_else(|_| signed.language());
    match signed.engine.set_language(&signed.session.account.name, language).await {
        Ok(()) => done(HERE),
        Err(error) => wrong(&signed, error),
    }
}

/// Ends a session: one's own, or as an administrator anybody's.
pub(crate) async fn end(
    signed: Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    _: Sent,
) -> Response {
    let Ok(id) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    if id == signed.session.id {
        return sign::out(&signed, &headers).await;
    }
    let sessions = match signed.engine.sessions().await {
        Ok(sessions) => sessions,
        Err(error) => return frame::failed(&signed, &error),
    };
    // Whatever is not there is over already.
    let whose = sessions.into_iter().find(|one| one.id == id).map(|one| one.account.name);
    let own = whose.as_ref().is_none_or(|name| *name == signed.session.account.name);
    if !own && !signed.may(Permission::Administrator) {
        return frame::forbidden(&signed.shell(), Permission::Administrator);
    }
    match signed.engine.end_session(&id).await {
        Ok(()) => done(if own { HERE } else { "/console/people" }),
        Err(error) => frame::failed(&signed, &error),
    }
}

async fn page(signed: &Signed, done: bool, hint: Option<&'static str>) -> Response {
    let sessions = match shown(signed, |one| one.account.name == signed.session.account.name).await
    {
        Ok(sessions) => sessions,
        Err(error) => return frame::failed(signed, &error),
    };
    let (account, language) = (&signed.session.account, signed.language());
    let page = Account {
        shell: signed.shell().at(Area::Account, language.words().console.account),
        name: account.name.to_string(),
        may: account.permission.label(language),
        hint,
        done,
        tongues: tongues(account.language),
        sessions,
    };
    show(status(hint.is_some()), page.render())
}

/// The sessions that fit, the last used first.
pub(super) async fn shown(
    signed: &Signed,
    fits: impl Fn(&Session) -> bool,
) -> Result<Vec<Shown>, EngineError> {
    let (language, now, zone) =
        (signed.language(), signed.engine.now(), zone(&signed.engine).await);
    let words = language.words().console;
    let sessions = signed.engine.sessions().await?.into_iter();
    Ok(sessions
        .filter(fits)
        .map(|one| Shown {
            id: one.id.to_string(),
            who: one.account.name.to_string(),
            agent: agent::name(&one.agent, language),
            since: (words.signed_in)(&zone.moment(one.created_at, now, language)),
            seen: (words.last_seen)(&zone.moment(one.seen_at, now, language)),
            this: one.id == signed.session.id,
        })
        .collect())
}

/// The community's zone; universal time where there is no handbook yet.
pub(super) async fn zone(engine: &Engine) -> Zone {
    engine.handbook().await.map_or_else(|_| Zone::utc(), |version| version.handbook.zone.clone())
}

/// The languages to choose from.
pub(super) fn tongues(chosen: Language) -> Vec<Tongue> {
    let all = Language::all();
    all.map(|one| Tongue { tag: one.tag(), name: one.words().name, on: one == chosen }).collect()
}

/// Of a page that says what is wrong, or nothing.
pub(super) fn status(wrong: bool) -> StatusCode {
    if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
}

/// Back to a page, which says that it is done.
pub(super) fn done(path: &str) -> Response {
    to(&format!("{path}?done"), StatusCode::SEE_OTHER)
}

/// What a verb on accounts said that no hint beside the form explains.
pub(super) fn wrong(signed: &Signed, error: AccountError) -> Response {
    match error {
        AccountError::Store(why) => frame::failed(signed, &why.into()),
        AccountError::Missing(_) => frame::nothing(&signed.shell()),
        error => {
            tracing::error!(%error, "an account could not be changed");
            frame::dark(&signed.site, signed.language())
        }
    }
}

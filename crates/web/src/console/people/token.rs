//! Tokens: made here, and shown once.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::token::Token;
use model::language::{Language, Zone};
use model::permission::Permission;
use model::value::{Key, PublicId, Timestamp};

use super::{HERE, Typed, page};
use crate::console::account::done;
use crate::console::frame::{self, Area, Shell, show};
use crate::console::sent::Sent;
use crate::console::signed::Signed;

/// What a token may do: a program administers no accounts.
pub(super) const ALLOWED: [Permission; 3] =
    [Permission::Viewer, Permission::Writer, Permission::Approver];

/// A token as the list shows it.
pub(super) struct TokenRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) may: &'static str,
    pub(super) made: String,
    pub(super) used: String,
    pub(super) end: String,
    /// When it ended, where it did.
    pub(super) ended: Option<String>,
}

#[derive(Template)]
#[template(path = "console/token.html")]
struct Once {
    shell: Shell,
    name: String,
    may: &'static str,
    secret: String,
}

/// Makes a token. Its secret stands on the answer and nowhere else.
pub(crate) async fn add(signed: Signed, sent: Sent) -> Response {
    let (language, words) = (signed.language(), signed.language().words().console);
    let permission = sent.get("may").parse().ok().filter(|one| ALLOWED.contains(one));
    let typed = |hint: &str| Typed {
        hint: Some(hint.to_owned()),
        token_name: sent.get("name").to_owned(),
        token_may: permission,
        ..Typed::default()
    };
    let Ok(name) = sent.get("name").trim().parse::<Key>() else {
        return page(&signed, false, typed(words.bad_name)).await;
    };
    let Some(permission) = permission else {
        return page(&signed, false, typed(words.bad_may)).await;
    };
    match signed.engine.add_token(&name, permission, signed.name()).await {
        Ok(secret) => {
            let shell = signed.shell().at(Area::People, words.token_made);
            let (name, may) = (name.to_string(), permission.label(language));
            show(StatusCode::OK, Once { shell, name, may, secret }.render())
        }
        Err(error) => frame::failed(&signed, &error),
    }
}

/// Ends a token.
pub(crate) async fn end(signed: Signed, Path(id): Path<String>, _: Sent) -> Response {
    let Ok(id) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    match signed.engine.end_token(&id, signed.name()).await {
        Ok(()) => done(HERE),
        Err(error) => frame::failed(&signed, &error),
    }
}

/// The tokens for the list: those that go on first.
pub(super) fn rows(
    tokens: Vec<Token>,
    zone: &Zone,
    now: Timestamp,
    language: Language,
) -> Vec<TokenRow> {
    let words = language.words().console;
    let moment = |at| zone.moment(at, now, language);
    let mut rows: Vec<TokenRow> = tokens
        .into_iter()
        .map(|one| TokenRow {
            id: one.id.to_string(),
            name: one.name.to_string(),
            may: one.permission.label(language),
            made: (words.made_by)(&one.author, &moment(one.created_at)),
            used: match one.used_at {
                Some(at) => (words.last_used)(&moment(at)),
                None => words.never_used.to_owned(),
            },
            end: (words.end_token)(one.name.as_str()),
            ended: one.ended_at.map(|at| (words.ended)(&moment(at))),
        })
        .collect();
    rows.sort_by_key(|row| row.ended.is_some());
    rows
}

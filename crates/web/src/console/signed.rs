//! Somebody who is signed in, as every handler of the console gets it.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use engine::Engine;
use engine::session::Session;
use model::incident::Actor;
use model::language::Language;
use model::permission::Permission;

use crate::page::Site;

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(super) engine: Engine,
    pub(super) session: Arc<Session>,
    pub(super) site: Arc<Site>,
}

impl Signed {
    pub(super) fn language(&self) -> Language {
        self.session.account.language
    }

    pub(super) fn may(&self, needed: Permission) -> bool {
        self.session.account.permission.allows(needed)
    }

    /// Who acts: the person of the handbook whose key the account's name is, else the account.
    pub(super) async fn actor(&self) -> Actor {
        let name = self.session.account.name.clone();
        match self.engine.handbook().await {
            Ok(version) if version.handbook.people.contains_key(&name) => Actor::Person(name),
            _ => Actor::Account(name),
        }
    }

    /// The account's name.
    pub(super) fn name(&self) -> &str {
        self.session.account.name.as_str()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        parts.extensions.get::<Self>().cloned().ok_or_else(unsigned)
    }
}

/// A handler behind the guard was reached without it: a fault of ours.
pub(super) fn unsigned() -> Response {
    tracing::error!("a page of the console was reached without the guard, please report this");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

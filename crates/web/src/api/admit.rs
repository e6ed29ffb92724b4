//! Which token is shown, and whether it is enough.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::Engine;
use engine::token::Token;
use model::incident::Actor;
use model::permission::Permission;

use super::problem::{Kind, Problem};
use crate::page::serve::House;

/// A program that showed a token which may do what the route needs.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(super) engine: Engine,
    pub(super) token: Arc<Token>,
}

impl Caller {
    /// Who acts.
    pub(super) fn actor(&self) -> Actor {
        Actor::Token(self.token.name.clone())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Only reached where a route asks for a caller without letting one in.
        let missing = || Problem::new(Kind::NoToken, "this needs a token");
        parts.extensions.get::<Self>().cloned().ok_or_else(missing)
    }
}

/// Lets those in whose token may do what this route needs. Cookies count for nothing here.
pub(crate) async fn admitted(
    State((house, needed)): State<(House, Permission)>,
    mut request: Request,
    next: Next,
) -> Response {
    match caller(&house, needed, request.headers()).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn caller(house: &House, needed: Permission, headers: &HeaderMap) -> Result<Caller, Problem> {
    let Some(secret) = secret(headers) else {
        let detail = "show a token in the header “Authorization: Bearer notlicht_…”; make one \
                      with “notlicht token add NAME” or in the console";
        return Err(Problem::new(Kind::NoToken, detail));
    };
    let Some(engine) = house.door.current() else {
        let detail = "the database is not open yet: try again in some seconds";
        return Err(Problem::new(Kind::Unavailable, detail));
    };
    let Some(token) = engine.token(secret).await? else {
        let detail = "this token is unknown or has ended: “notlicht token list” shows which there \
                      are; make a new one";
        return Err(Problem::new(Kind::BadToken, detail));
    };
    if !token.permission.allows(needed) {
        let (name, may) = (&token.name, token.permission);
        let detail = format!(
            "this needs the permission {needed}, the token “{name}” is {may}: make one with \
             “notlicht token add NAME --may {needed}”"
        );
        return Err(Problem::new(Kind::MayNot, detail));
    }
    Ok(Caller { engine, token: Arc::new(token) })
}

/// What stands behind `Bearer`, in whatever case that is written (RFC 9110).
fn secret(headers: &HeaderMap) -> Option<&str> {
    let mut shown = headers.get_all(header::AUTHORIZATION).iter();
    let (scheme, secret) = shown.next()?.to_str().ok()?.split_once(' ')?;
    // Two of them: nobody can say which is meant.
    (shown.next().is_none() && scheme.eq_ignore_ascii_case("bearer")).then(|| secret.trim())
}

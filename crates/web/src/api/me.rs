//! Which token this is.

use axum::Json;
use schemars::JsonSchema;
use serde::Serialize;

use super::admit::Caller;
use super::doc::Doc;
use super::moment::Moment;
use super::word::May;

/// The token that was shown.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Me {
    /// What lists call it; no secret.
    id: String,
    /// What timelines call it.
    name: String,
    /// What it may do.
    permission: May,
    /// Since when there is it.
    created_at: Moment,
}

pub(crate) const LOOK: Doc = Doc::read::<Me>("getMe", "Meta")
    .says("Which token this is, and what it may do", "The simplest way to try a token.");

/// Which token this is.
pub(crate) async fn look(caller: Caller) -> Json<Me> {
    let token = &caller.token;
    Json(Me {
        id: token.id.to_string(),
        name: token.name.to_string(),
        permission: token.permission.into(),
        created_at: Moment(token.created_at),
    })
}

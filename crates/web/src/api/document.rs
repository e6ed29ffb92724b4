//! The API's own document (OpenAPI 3.1). It is made from the routes and the types, is part of
//! the docs, and a test fails where the two differ.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use super::doc::Doc;

const DOCUMENT: &[u8] = include_bytes!("../../../../docs/reference/openapi.json");

pub(crate) const LOOK: Doc = Doc::read::<Map<String, Value>>("getDocument", "Meta")
    .says("This document", "An OpenAPI 3.1 document. It needs no token.");

/// The document.
pub(crate) async fn look() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT).into_response()
}

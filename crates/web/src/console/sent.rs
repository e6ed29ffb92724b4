//! A form of the console, as it was sent.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};

use super::frame;
use super::signed::{self, Signed};

/// No form of ours has so many fields.
const FIELDS: usize = 500;

/// The fields of a form that was shown to this session: without its token nothing is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent(Vec<(String, String)>);

impl Sent {
    pub(super) fn read(body: &[u8]) -> Self {
        let fields = url::form_urlencoded::parse(body).take(FIELDS);
        // No field of ours holds NUL, and no database does.
        Self(fields.map(|(name, value)| (name.into_owned(), value.replace('\0', ""))).collect())
    }

    /// A field; empty where it is missing.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(one, _)| one == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Whether there is such a field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(one, _)| one == name)
    }

    /// The fields whose name begins so, by the rest of it.
    pub(super) fn below<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(start)?, &**value)))
    }

    /// All fields of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(one, _)| one == name).map(|(_, value)| value.as_str())
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let signed = request.extensions().get::<Signed>().cloned();
        let Some(signed) = signed else { return Err(signed::unsigned()) };
        let body = Bytes::from_request(request, state).await;
        let sent = Self::read(&body.map_err(IntoResponse::into_response)?);
        if signed.engine.is_form_token(&signed.session.id, sent.get("form")) {
            Ok(sent)
        } else {
            Err(frame::foreign(&signed.shell()))
        }
    }
}

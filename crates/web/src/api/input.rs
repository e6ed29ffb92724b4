//! Bodies and queries of requests, and where in them something is wrong.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse as _;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use super::problem::{Fault, Kind, Problem};

/// A JSON body. No body is the same as one in which nothing is said.
pub(crate) struct Sent<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let says_json = is_json(request.headers());
        let body = Bytes::from_request(request, state).await.map_err(|why| {
            if why.into_response().status() == 413 {
                Problem::new(Kind::TooLarge, "the body is too large: send less than 256 KiB")
            } else {
                Problem::new(Kind::Malformed, "the body could not be read: send it again")
            }
        })?;
        if body.is_empty() {
            return read(b"{}").map(Self);
        }
        if !says_json {
            let detail = "send JSON, and say so with “Content-Type: application/json”";
            return Err(Problem::new(Kind::NotJson, detail));
        }
        read(&body).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let mut from = serde_json::Deserializer::from_slice(body);
    let malformed = |why: &serde_json::Error| Problem::new(Kind::Malformed, why.to_string());
    let value = serde_path_to_error::deserialize(&mut from).map_err(|why| {
        if why.inner().is_data() {
            let detail = why.inner().to_string();
            Problem::invalid(vec![Fault::at(pointer(why.path(), &detail), detail)])
        } else {
            malformed(why.inner())
        }
    })?;
    from.end().map_err(|why| malformed(&why))?;
    Ok(value)
}

/// Where it is (RFC 6901). Of a field that is too much or missing the path says only in what.
fn pointer(path: &Path, detail: &str) -> String {
    let mut parts: Vec<String> = path.iter().filter_map(part).collect();
    let named = ["unknown field `", "missing field `"]
        .iter()
        .find_map(|start| detail.strip_prefix(start))
        .and_then(|rest| rest.split('`').next());
    if let Some(name) = named
        && parts.last().is_none_or(|last| last != name)
    {
        parts.push(name.to_owned());
    }
    parts.iter().map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect()
}

fn part(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    }
}

/// What stands behind `?`.
pub(crate) struct Asked<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Query(asked) = Query::try_from_uri(&parts.uri).map_err(|why| {
            let detail = std::error::Error::source(&why)
                .map_or(why.to_string(), |source| source.to_string());
            Problem::invalid(vec![Fault { detail, pointer: None, parameter: None }])
        })?;
        Ok(Self(asked))
    }
}

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::form::status;
use super::serve::House;
use crate::desk::{Said, Taken};

/// POST of another program's reports. Without a database it is told to come again.
pub(crate) async fn take(
    State(house): State<House>,
    Path((source, token)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    match house.desk.intake(&source, &token, &body).await {
        Ok(Taken::Understood(said)) => format!("{said}\n").into_response(),
        Ok(Taken::Unreadable(said)) => {
            (StatusCode::BAD_REQUEST, format!("{said}\n")).into_response()
        }
        Err(error) => (status(&error), format!("{error}\n")).into_response(),
    }
}

/// POST of what somebody answered to a message. A gateway sends what it is told back to them, so
/// where there is nothing to say the answer is empty.
pub(crate) async fn reply(
    State(house): State<House>,
    Path((channel, token)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let query = query.as_deref().unwrap_or("");
    match house.desk.reply(&channel, &token, Said { query, kind, body: &body }).await {
        Ok(Taken::Understood(said)) => said.into_response(),
        Ok(Taken::Unreadable(said)) => {
            (StatusCode::BAD_REQUEST, format!("{said}\n")).into_response()
        }
        Err(error) => (status(&error), format!("{error}\n")).into_response(),
    }
}

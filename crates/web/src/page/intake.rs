use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::form::status;
use super::serve::House;
use crate::desk::Taken;

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

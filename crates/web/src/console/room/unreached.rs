//! The list of those who do not have a notice, to be saved as a file.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::EngineError;
use engine::reach::table::{HEAD, lines};
use futures_util::stream::{self, StreamExt as _};
use model::value::PublicId;

use crate::console::frame;
use crate::console::signed::Signed;

/// Everybody who does not have this notice, with their addresses, as CSV. The look is noted.
pub(crate) async fn list(signed: Signed, Path((id, number)): Path<(String, String)>) -> Response {
    let (Ok(id), Ok(number)) = (id.parse::<PublicId>(), number.parse::<u32>()) else {
        return frame::nothing(&signed.shell());
    };
    let found = async {
        let case = signed.engine.case(&id).await?;
        signed.engine.unreached(&case, number, signed.name()).await
    };
    let unreached = match found.await {
        Ok(unreached) => Arc::new(unreached),
        Err(EngineError::Refused(_)) => return frame::nothing(&signed.shell()),
        Err(error) => return frame::failed(&signed, &error),
    };
    let kept = format!("attachment; filename=\"unreached-{id}-{number}.csv\"");
    let kind = "text/csv; charset=utf-8".to_owned();
    // A million do not fit into memory twice: they are read span by span. Where the database fails
    // in the middle the line is cut, so that half a list is not taken for the whole.
    let spans: Vec<i64> = unreached.spans(0).collect();
    let engine = signed.engine;
    let parts = stream::iter(spans).then(move |base| {
        let (engine, unreached) = (engine.clone(), Arc::clone(&unreached));
        async move { engine.unreached_in(&unreached, base).await.map(|people| lines(&people)) }
    });
    let head = stream::once(async { Ok::<_, EngineError>(HEAD.to_owned()) });
    let body = Body::from_stream(head.chain(parts));
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, kept)], body).into_response()
}

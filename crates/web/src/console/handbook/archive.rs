//! A version as one file, to keep elsewhere and to edit with other tools. Names and addresses of
//! people are not in it.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use engine::EngineError;
use model::handbook::archive::pack;

use crate::console::frame;
use crate::console::signed::Signed;

/// The archive of a version.
pub(crate) async fn get(signed: Signed, Path(number): Path<String>) -> Response {
    let Ok(number) = number.parse::<u32>() else { return frame::nothing(&signed.shell()) };
    let files = match signed.engine.handbook_texts(number).await {
        Ok((_, files)) => files,
        Err(EngineError::BadHandbook(..)) => return frame::nothing(&signed.shell()),
        Err(error) => return frame::failed(&signed, &error),
    };
    let name = format!("attachment; filename=\"handbook-{number}.zip\"");
    match (pack(&files, None), HeaderValue::from_str(&name)) {
        (Ok(bytes), Ok(name)) => {
            let kind = HeaderValue::from_static("application/zip");
            let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
            (headers, bytes).into_response()
        }
        (Err(why), _) => {
            tracing::error!(%why, number, "a version of the handbook cannot be packed");
            frame::dark(&signed.site, signed.language())
        }
        (_, Err(_)) => frame::nothing(&signed.shell()),
    }
}

//! All versions of the handbook: who made which, when and why; and one of them with its texts.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use engine::handbook::decide::Submitted;
use model::permission::Permission;

use crate::console::account::{status, zone};
use crate::console::frame::{self, Area, Shell, show};
use crate::console::sent::Sent;
use crate::console::signed::Signed;
use crate::page::serve::to;

/// A version as the list shows it.
struct Row {
    number: u32,
    made: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "console/handbook/versions.html")]
struct Versions {
    shell: Shell,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "console/handbook/version.html")]
struct Version {
    shell: Shell,
    row: Row,
    in_force: bool,
    /// Whether whoever looks may return to it.
    returns: bool,
    hint: Option<&'static str>,
    files: Vec<(String, String)>,
}

/// The list, the newest first.
pub(crate) async fn list(signed: Signed) -> Response {
    match rows(&signed).await {
        Ok(rows) => {
            let title = signed.language().words().handbook.versions;
            let shell = signed.shell().at(Area::Handbook, title);
            show(StatusCode::OK, Versions { shell, rows }.render())
        }
        Err(error) => frame::failed(&signed, &error),
    }
}

async fn rows(signed: &Signed) -> Result<Vec<Row>, EngineError> {
    let (engine, language) = (&signed.engine, signed.language());
    let (words, zone, now) = (language.words().handbook, zone(engine).await, engine.now());
    let versions = engine.handbook_history().await?.into_iter();
    Ok(versions
        .map(|one| Row {
            number: one.number,
            made: (words.made)(&zone.moment(one.created_at, now, language), &one.author),
            reason: one.reason,
        })
        .collect())
}

/// One version with its texts.
pub(crate) async fn version(signed: Signed, Path(number): Path<String>) -> Response {
    let Ok(number) = number.parse::<u32>() else { return frame::nothing(&signed.shell()) };
    shown(&signed, number, None).await
}

/// Makes a new version that says what this one said.
pub(crate) async fn restore(signed: Signed, Path(number): Path<String>, sent: Sent) -> Response {
    let Ok(number) = number.parse::<u32>() else { return frame::nothing(&signed.shell()) };
    let words = signed.language().words().drafts;
    match signed.engine.roll_back_handbook(number, sent.get("reason"), signed.name()).await {
        Ok(Submitted::Waiting { .. } | Submitted::Conflicts(_)) => {
            to(super::HERE, StatusCode::SEE_OTHER)
        }
        Ok(Submitted::Version(_)) => to(&format!("{}?done", super::HERE), StatusCode::SEE_OTHER),
        Err(EngineError::NoReason) => shown(&signed, number, Some(words.no_reason)).await,
        Err(EngineError::NothingChanged) => {
            shown(&signed, number, Some(words.nothing_changed)).await
        }
        Err(EngineError::Faults(_)) => shown(&signed, number, Some(words.has_faults)).await,
        Err(EngineError::BadHandbook(..)) => frame::nothing(&signed.shell()),
        Err(error) => frame::failed(&signed, &error),
    }
}

async fn shown(signed: &Signed, number: u32, hint: Option<&'static str>) -> Response {
    match page(signed, number, hint).await {
        Ok(Some(page)) => show(status(hint.is_some()), page.render()),
        Ok(None) => frame::nothing(&signed.shell()),
        Err(error) => frame::failed(signed, &error),
    }
}

async fn page(
    signed: &Signed,
    number: u32,
    hint: Option<&'static str>,
) -> Result<Option<Version>, EngineError> {
    let rows = rows(signed).await?;
    let newest = rows.first().map(|row| row.number);
    let Some(row) = rows.into_iter().find(|row| row.number == number) else { return Ok(None) };
    let (_, files) = signed.engine.handbook_texts(number).await?;
    let title = (signed.language().words().handbook.version)(number);
    Ok(Some(Version {
        shell: signed.shell().at(Area::Handbook, title),
        in_force: newest == Some(number),
        returns: newest != Some(number) && signed.may(Permission::Approver),
        hint,
        row,
        files: files.into_iter().collect(),
    }))
}

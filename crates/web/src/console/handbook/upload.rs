//! An archive of the handbook is brought: it becomes a draft.

use askama::Template;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::Response;
use engine::EngineError;
use model::handbook::archive::unpack;
use model::handbook::{Fault, Severity};
use model::permission::Permission;

use super::brought::word;
use super::draft::{Note, shown};
use super::finding::Finding;
use super::{HERE, desk};
use crate::console::account::status;
use crate::console::frame::{self, Area, Shell, show};
use crate::console::sent::Sent;
use crate::console::signed::{self, Signed};
use crate::page::serve::to;

/// An archive may have so many bytes, with the form around it.
pub(crate) const LARGEST: usize = 4 << 20;

/// What is wrong in an archive, and where.
struct Row {
    place: String,
    finding: Finding,
}

#[derive(Template)]
#[template(path = "console/handbook/upload.html")]
struct Page {
    shell: Shell,
    hint: Option<String>,
    rows: Vec<Row>,
    may: bool,
    /// Whether names and addresses may be taken.
    sees: bool,
}

/// What was sent with the form.
#[derive(Default)]
pub(crate) struct Sending {
    archive: Bytes,
    contacts: bool,
    /// It was more than may be sent.
    large: bool,
}

impl<S: Send + Sync> FromRequest<S> for Sending {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let signed = request.extensions().get::<Signed>().cloned();
        let Some(signed) = signed else { return Err(signed::unsigned()) };
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            // A form without a file.
            return Sent::from_request(request, state).await.map(|_| Self::default());
        }
        let foreign = || frame::foreign(&signed.shell());
        let parts = Multipart::from_request(request, state).await.map_err(|_| foreign())?;
        match Self::read(parts, &signed).await {
            Ok(sending) => sending.ok_or_else(foreign),
            Err(why) if why.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Ok(Self { large: true, ..Self::default() })
            }
            Err(_) => Ok(Self::default()),
        }
    }
}

impl Sending {
    /// The parts of the form. What proves that it was shown comes first: without it nothing is read.
    async fn read(mut parts: Multipart, signed: &Signed) -> Result<Option<Self>, MultipartError> {
        let first = parts.next_field().await?.filter(|part| part.name() == Some("form"));
        let Some(first) = first else { return Ok(None) };
        if !signed.engine.is_form_token(&signed.session.id, &first.text().await?) {
            return Ok(None);
        }
        let mut sending = Self::default();
        while let Some(part) = parts.next_field().await? {
            match part.name() {
                Some("archive") => sending.archive = part.bytes().await?,
                Some("contacts") => sending.contacts = true,
                _ => {}
            }
        }
        Ok(Some(sending))
    }
}

/// The form.
pub(crate) async fn look(signed: Signed) -> Response {
    page(&signed, None, Vec::new())
}

/// Takes the archive into the draft.
pub(crate) async fn take(signed: Signed, sending: Sending) -> Response {
    let words = signed.language().words().uploads;
    if sending.large {
        return page(&signed, Some((words.too_large)(LARGEST >> 20)), Vec::new());
    }
    if sending.archive.is_empty() {
        return page(&signed, Some(words.no_file.to_owned()), Vec::new());
    }
    let archive = match unpack(&sending.archive) {
        Ok(archive) => archive,
        Err(why) => {
            let said = why.said().get(signed.language()).to_owned();
            return page(&signed, Some(said), Vec::new());
        }
    };
    let cards = sending.contacts && signed.may(Permission::SEES_ADDRESSES);
    match signed.engine.bring_handbook(archive, cards, signed.name()).await {
        Ok((opened, cards)) if opened.conflicts.is_empty() => {
            to(&format!("{HERE}/draft?{}", word(cards)), StatusCode::SEE_OTHER)
        }
        Ok((opened, _)) => {
            let said = desk::meanwhile(&signed, &opened.conflicts);
            shown(&signed, opened, said.map_or(Note::None, Note::Wrong)).await
        }
        Err(EngineError::Faults(faults)) => {
            let count = faults.iter().filter(|fault| fault.is_error()).count();
            page(&signed, Some((words.has_faults)(count)), faults)
        }
        Err(EngineError::NothingChanged) => page(&signed, Some(words.same.to_owned()), Vec::new()),
        Err(error) => frame::failed(&signed, &error),
    }
}

fn page(signed: &Signed, hint: Option<String>, faults: Vec<Fault>) -> Response {
    let language = signed.language();
    let words = language.words().uploads;
    let row = |fault: &Fault| Row {
        place: (words.at_line)(&fault.file, fault.line),
        finding: Finding::of(fault, language),
    };
    // What must go comes first.
    let grave = faults.iter().filter(|fault| fault.is_error());
    let hints = faults.iter().filter(|fault| fault.severity == Severity::Hint);
    let page = Page {
        shell: signed.shell().at(Area::Handbook, words.head),
        rows: grave.chain(hints).map(row).collect(),
        may: signed.may(Permission::Writer),
        sees: signed.may(Permission::SEES_ADDRESSES),
        hint,
    };
    show(status(page.hint.is_some()), page.render())
}

//! The handbook as a file for paper, for whoever is signed in; names and numbers only for those who
//! may see addresses.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::handbook::paper::Paper;
use model::handbook::Edition;
use model::permission::Permission;
use print::booklet::{Booklet, Source};

use super::frame;
use super::signed::Signed;

/// Whether the typesetter is built in.
pub(crate) const PDF: bool = cfg!(feature = "pdf");

/// The newest version as HTML.
pub(crate) async fn html(signed: Signed) -> Response {
    match signed.engine.handbook_on_paper(None).await {
        Ok(paper) => {
            let page = print::html::html(&booklet(&signed, &paper));
            file(&paper, "html", "text/html; charset=utf-8", page.into_bytes())
        }
        Err(error) => frame::failed(&signed, &error),
    }
}

/// The newest version as PDF; where that is not built in there is no such file.
#[cfg(feature = "pdf")]
pub(crate) async fn pdf(signed: Signed) -> Response {
    let paper = match signed.engine.handbook_on_paper(None).await {
        Ok(paper) => paper,
        Err(error) => return frame::failed(&signed, &error),
    };
    let booklet = booklet(&signed, &paper);
    // It takes a second of work, in which others want to be answered.
    let set = tokio::task::spawn_blocking(move || print::pdf::pdf(&booklet)).await;
    match set {
        Ok(Ok(set)) => file(&paper, "pdf", "application/pdf", set.bytes),
        Ok(Err(why)) => {
            tracing::error!(%why, "the handbook could not be set as PDF");
            frame::nothing(&signed.shell())
        }
        Err(why) => {
            tracing::error!(%why, "the typesetter broke off, please report this");
            frame::nothing(&signed.shell())
        }
    }
}

/// The newest version as PDF; here it is not built in, so there is no such file.
#[cfg(not(feature = "pdf"))]
pub(crate) async fn pdf(signed: Signed) -> Response {
    frame::nothing(&signed.shell())
}

fn booklet(signed: &Signed, paper: &Paper) -> Booklet {
    let sees = signed.may(Permission::SEES_ADDRESSES);
    Booklet::new(&Source {
        handbook: &paper.handbook,
        cards: sees.then_some(&paper.cards[..]),
        edition: &paper.edition,
        now: signed.engine.now(),
        language: signed.language(),
    })
}

/// A file to keep: the console's own pages have no style in themselves, this one has.
fn file(paper: &Paper, ending: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let number = match paper.edition {
        Edition::Version { number, .. } => number,
        Edition::Draft => 0,
    };
    let kept = format!("attachment; filename=\"handbook-{number}.{ending}\"");
    let head = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, kept)];
    (head, bytes).into_response()
}

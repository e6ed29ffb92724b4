//! What can go wrong with a call, in words that say what it means.

use std::error::Error;
use std::time::Duration;

use crate::guard::{Blocked, ConnectError};

/// Why a call brought no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address is forbidden, at the start or behind a redirect.
    #[error("{0}")]
    Blocked(#[from] Blocked),
    /// It is no http or https address.
    #[error("“{0}” is no address that can be called; write https:// and a host")]
    Address(String),
    /// The redirects did not end.
    #[error("more than {} redirects", super::REDIRECTS)]
    Redirects,
    /// Nothing was sent, as no connection came about.
    #[error("{0}")]
    NoConnection(String),
    /// The connection broke before the answer was complete; the request may have arrived.
    #[error("{0}")]
    Broken(String),
    /// The time was over; the request may have arrived.
    #[error("no answer within {} s", .0.as_secs_f32())]
    Timeout(Duration),
    /// The client itself could not be set up.
    #[error("no HTTP client could be set up ({0})")]
    Setup(String),
}

/// Sorts the client's error by what stands in its chain of causes.
pub(super) fn of(error: &reqwest::Error) -> HttpError {
    for cause in chain(error) {
        if let Some(own) = cause.downcast_ref::<HttpError>() {
            return match own {
                HttpError::Blocked(blocked) => HttpError::Blocked(blocked.clone()),
                HttpError::Address(address) => HttpError::Address(address.clone()),
                _ => HttpError::Redirects,
            };
        }
        if let Some(name) = cause.downcast_ref::<ConnectError>() {
            return match name {
                ConnectError::Blocked(blocked) => HttpError::Blocked(blocked.clone()),
                other => HttpError::NoConnection(other.to_string()),
            };
        }
    }
    if let Some(words) = crate::tls::plain(error) {
        return HttpError::NoConnection(words);
    }
    let words = cause(error);
    if error.is_connect() {
        HttpError::NoConnection(format!("no connection ({words})"))
    } else {
        HttpError::Broken(format!("the connection broke ({words})"))
    }
}

/// What the system said, else the innermost cause.
pub(super) fn cause(error: &(dyn Error + 'static)) -> String {
    let io = chain(error).find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.map_or_else(
        || chain(error).last().map_or_else(String::new, ToString::to_string),
        crate::guard::plain,
    )
}

/// An error and its causes.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |link: &&'a (dyn Error + 'static)| {
        let link: &'a (dyn Error + 'static) = *link;
        link.source()
    })
}

//! What a gateway's answer means.

use model::dispatch::Outcome;
use model::value::{Span, Timestamp};

use crate::http::{Answer, HttpError, retry_after};

/// What an answer is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A status.
    Status(u16),
    /// A field of a JSON answer (RFC 6901) that says this.
    Field(String, String),
    /// All of the answer.
    Whole(String),
    /// A part of the answer.
    Part(String),
}

impl Mark {
    /// Reads marks parted by `|`: `429`, `/success=100`, `=900`, `Authorization failed`.
    pub(super) fn list(text: &str) -> Vec<Self> {
        text.split('|').map(str::trim).filter(|one| !one.is_empty()).map(Self::read).collect()
    }

    fn read(text: &str) -> Self {
        if let Some(status) = text.parse().ok().filter(|status| (100..600).contains(status)) {
            return Self::Status(status);
        }
        if let Some(whole) = text.strip_prefix('=') {
            return Self::Whole(whole.trim().to_owned());
        }
        match text.split_once('=') {
            Some((place, value)) if place.starts_with('/') => {
                Self::Field(place.trim().to_owned(), value.trim().to_owned())
            }
            _ => Self::Part(text.to_owned()),
        }
    }

    fn fits(&self, status: u16, body: &str) -> bool {
        match self {
            Self::Status(known) => status == *known,
            Self::Whole(text) => body.trim() == text,
            Self::Part(text) => body.contains(text.as_str()),
            Self::Field(place, value) => {
                let document: Option<serde_json::Value> = serde_json::from_str(body).ok();
                let field = document.as_ref().and_then(|document| document.pointer(place));
                let said = field.map(|field| match field.as_str() {
                    Some(text) => text.to_owned(),
                    None => field.to_string(),
                });
                said.as_ref() == Some(value)
            }
        }
    }
}

/// By what a gateway's answers are known.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    /// Must be there where the status alone does not say it; else each status of 200 and more
    /// means that it was taken.
    pub(super) accepted: Vec<Mark>,
    pub(super) later: Vec<Mark>,
    pub(super) refused: Vec<Mark>,
    pub(super) gone: Vec<Mark>,
    pub(super) down: Vec<Mark>,
}

/// So much of an answer stands in the reason.
const SHOWN: usize = 120;

impl Rules {
    pub(super) fn judge(&self, result: Result<Answer, HttpError>, now: Timestamp) -> Outcome {
        match result {
            Ok(answer) => self.answered(&answer, now),
            Err(error) => broken(&error),
        }
    }

    fn answered(&self, answer: &Answer, now: Timestamp) -> Outcome {
        let (status, body) = (answer.status, String::from_utf8_lossy(&answer.body));
        let fits = |marks: &[Mark]| marks.iter().any(|mark| mark.fits(status, &body));
        let reason = words(status, &body);
        let after = retry_after(&answer.headers, now);
        let is_good = (200..300).contains(&status);
        if is_good && fits(&self.accepted) {
            return Outcome::Accepted { receipt: reason };
        }
        if fits(&self.gone) {
            return Outcome::Gone { reason };
        }
        if fits(&self.refused) {
            return Outcome::Refused { reason };
        }
        if fits(&self.later) {
            return Outcome::Later { after, reason };
        }
        if fits(&self.down) {
            return Outcome::ChannelDown { after, reason };
        }
        match status {
            200..300 if self.accepted.is_empty() => Outcome::Accepted { receipt: reason },
            200..300 => Outcome::Refused {
                reason: format!("{reason}; that is not what “accepted” says"),
            },
            300..=399 => Outcome::ChannelDown {
                after,
                reason: format!("{reason}; redirects are not followed: write the new address"),
            },
            // Login, money, the address of the gateway, or its patience: nobody's fault among the
            // recipients.
            401..=407 | 410 | 415 | 429 | 503 => Outcome::ChannelDown { after, reason },
            408 | 425 | 500.. => Outcome::Later { after, reason },
            _ => Outcome::Refused { reason },
        }
    }
}

/// Gateways do not know a repeat: what may have arrived is not simply sent again.
fn broken(error: &HttpError) -> Outcome {
    let down = |reason| Outcome::ChannelDown { after: Span::ZERO, reason };
    match error {
        HttpError::Broken(_) | HttpError::Timeout(_) => {
            Outcome::Unknown { reason: error.to_string() }
        }
        // The address may hold the password.
        HttpError::Address(_) => down("the gateway's address cannot be called".to_owned()),
        HttpError::Blocked(_)
        | HttpError::Redirects
        | HttpError::NoConnection(_)
        | HttpError::Setup(_) => down(error.to_string()),
    }
}

fn words(status: u16, body: &str) -> String {
    let line: String = body.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if line.is_empty() {
        format!("answered {status}")
    } else {
        format!("answered {status}: {line}")
    }
}

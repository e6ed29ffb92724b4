//! A mail as bytes: pure, so that a repeat is the same to the last byte.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox as Named, Message, MultiPart, SinglePart};
use lettre::{Address, address::Envelope};
use model::language::Language;
use model::value::Timestamp;

use super::smtp::{BadAddress, Mailbox};

/// One mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What the sender is called.
    pub from_name: String,
    /// The sender's address.
    pub from_address: String,
    /// The recipient's address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// When the message was published.
    pub date: Timestamp,
    /// With angle brackets: `<…@…>`.
    pub message_id: String,
    /// The message that this one belongs under, with angle brackets.
    pub in_reply_to: Option<String>,
    /// The language of the texts.
    pub language: Language,
    /// The list's id, without angle brackets; mails to staff have none.
    pub list_id: Option<String>,
    /// Where the recipient leaves with one click (RFC 8058): https.
    pub list_unsubscribe: Option<String>,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Why a mail cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// An address is none.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// A header would not stay one line.
    #[error("the header {name} would not stay one header; use printable characters only")]
    Header {
        /// Its name.
        name: &'static str,
    },
    /// The message could not be put together.
    #[error("the mail could not be put together ({0})")]
    Build(String),
}

/// Puts a mail together: text and HTML as alternatives, in ASCII on the line.
///
/// # Errors
/// [`ComposeError`] if an address or header would not do.
pub fn compose(letter: &Letter) -> Result<Vec<u8>, ComposeError> {
    let to = address(&letter.to)?;
    let from = address(&letter.from_address)?;
    for (name, text) in [("Subject", &letter.subject), ("From", &letter.from_name)] {
        if text.chars().any(char::is_control) {
            return Err(ComposeError::Header { name });
        }
    }
    let seconds = u64::try_from(letter.date.unix_seconds()).unwrap_or(0);
    let name = Some(letter.from_name.clone()).filter(|name| !name.is_empty());
    let envelope = Envelope::new(Some(from.clone()), vec![to.clone()]).map_err(build)?;
    let mut message = Message::builder()
        .envelope(envelope)
        .from(Named::new(name, from))
        .to(Named::new(None, to))
        .subject(letter.subject.as_str())
        .date(UNIX_EPOCH + Duration::from_secs(seconds))
        .raw_header(exact("Message-ID", &letter.message_id)?);
    if let Some(first) = &letter.in_reply_to {
        message = message
            .raw_header(exact("In-Reply-To", first)?)
            .raw_header(exact("References", first)?);
    }
    message = message
        .raw_header(exact("Auto-Submitted", "auto-generated")?)
        .raw_header(exact("Content-Language", letter.language.tag())?);
    if let Some(list) = &letter.list_id {
        message = message.raw_header(exact("List-Id", &format!("<{list}>"))?);
    }
    if let Some(url) = &letter.list_unsubscribe {
        let fits = url.starts_with("https://") || url.starts_with("http://");
        if !fits || url.contains(['<', '>', ' ', ',']) {
            return Err(ComposeError::Header { name: "List-Unsubscribe" });
        }
        message = message
            .raw_header(exact("List-Unsubscribe", &format!("<{url}>"))?)
            .raw_header(exact("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    let parts = MultiPart::alternative()
        .boundary(boundary(&letter.message_id))
        .singlepart(part(ContentType::TEXT_PLAIN, &letter.text)?)
        .singlepart(part(ContentType::TEXT_HTML, &letter.html)?);
    Ok(message.multipart(parts).map_err(build)?.formatted())
}

fn address(text: &str) -> Result<Address, ComposeError> {
    Mailbox::parse(text)?.as_str().parse().map_err(build)
}

fn build(error: impl std::fmt::Display) -> ComposeError {
    ComposeError::Build(error.to_string())
}

/// A header of printable ASCII as it stands: an address must not be cut by folding or coding.
fn exact(name: &'static str, value: &str) -> Result<HeaderValue, ComposeError> {
    let fits = !value.is_empty()
        && value.len() <= 900
        && value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if !fits {
        return Err(ComposeError::Header { name });
    }
    let header = HeaderName::new_from_ascii(name.to_owned()).map_err(build)?;
    Ok(HeaderValue::dangerous_new_pre_encoded(header, value.to_owned(), value.to_owned()))
}

/// `=_` cannot stand in quoted-printable text, so this can only be a boundary.
fn boundary(message_id: &str) -> String {
    let letters = message_id.chars().filter(char::is_ascii_alphanumeric).take(40);
    format!("=_{}", letters.collect::<String>())
}

fn part(kind: ContentType, text: &str) -> Result<SinglePart, ComposeError> {
    let body = Body::new_with_encoding(text.to_owned(), ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| ComposeError::Build("a text cannot be coded".to_owned()))?;
    Ok(SinglePart::builder().header(kind).body(body))
}

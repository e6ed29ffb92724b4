//! A mail as bytes: pure, so that a repeat is the same to the last byte. What all have in common is
//! put together once; each recipient's own lines are set in.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox as Named, Message, MultiPart, SinglePart};
use lettre::{Address, address::Envelope};
use model::language::Language;
use model::value::Timestamp;

use super::slot::{self, Slots};
use super::smtp::{BadAddress, Mailbox};

/// What all mails of a post have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What the sender is called.
    pub from_name: String,
    /// The sender's address.
    pub from_address: String,
    /// The subject.
    pub subject: String,
    /// When the message was published.
    pub date: Timestamp,
    /// The language of the texts.
    pub language: Language,
    /// The list's id, without angle brackets; mails to staff have none.
    pub list_id: Option<String>,
    /// The text, with marks where something personal comes.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The mark of the address where the recipient leaves, and that of the one for their choices.
    pub marks: [String; 2],
}

/// What only one recipient has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal<'a> {
    /// The recipient's address.
    pub to: &'a str,
    /// With angle brackets: `<…@…>`.
    pub message_id: &'a str,
    /// The message that this one belongs under, with angle brackets.
    pub in_reply_to: Option<&'a str>,
    /// Where the recipient leaves with one click (RFC 8058): https.
    pub leave: Option<&'a str>,
    /// Where the recipient chooses.
    pub choices: Option<&'a str>,
}

/// Why a mail cannot be made.
#[derive(Debug, Clone, thiserror::Error)]
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

/// A mail that lacks only what is personal: text and HTML as alternatives, in ASCII on the line.
#[derive(Debug, Clone)]
pub struct Stencil {
    /// The headers that all have, and the body.
    rest: Slots,
}

impl Stencil {
    /// Puts together what all have in common.
    ///
    /// # Errors
    /// [`ComposeError`] if an address or header would not do.
    pub fn new(letter: &Letter) -> Result<Self, ComposeError> {
        let from = address(&letter.from_address)?;
        for (name, text) in [("Subject", &letter.subject), ("From", &letter.from_name)] {
            if text.chars().any(char::is_control) {
                return Err(ComposeError::Header { name });
            }
        }
        let seconds = u64::try_from(letter.date.unix_seconds()).unwrap_or(0);
        let name = Some(letter.from_name.clone()).filter(|name| !name.is_empty());
        let envelope = Envelope::new(Some(from.clone()), vec![from.clone()]).map_err(build)?;
        let mut message = Message::builder()
            .envelope(envelope)
            .from(Named::new(name, from))
            .subject(letter.subject.as_str())
            .date(UNIX_EPOCH + Duration::from_secs(seconds))
            .raw_header(exact("Auto-Submitted", "auto-generated")?)
            .raw_header(exact("Content-Language", letter.language.tag())?);
        if let Some(list) = &letter.list_id {
            message = message.raw_header(exact("List-Id", &format!("<{list}>"))?);
        }
        let parts = MultiPart::alternative()
            .boundary(BOUNDARY)
            .singlepart(part(ContentType::TEXT_PLAIN, &letter.text, &letter.marks, 0))
            .singlepart(part(ContentType::TEXT_HTML, &letter.html, &letter.marks, 2));
        let whole = message.multipart(parts).map_err(build)?.formatted();
        Ok(Self { rest: Slots::new(&whole) })
    }

    /// The mail for one recipient.
    ///
    /// # Errors
    /// [`ComposeError`] if an address or header would not do.
    pub fn fill(&self, own: &Personal<'_>) -> Result<Vec<u8>, ComposeError> {
        let mut out = Vec::with_capacity(self.rest.len() + 1024);
        header(&mut out, "To", Mailbox::parse(own.to)?.as_str());
        header(&mut out, "Message-ID", printable("Message-ID", own.message_id)?);
        if let Some(first) = own.in_reply_to {
            header(&mut out, "In-Reply-To", printable("In-Reply-To", first)?);
            header(&mut out, "References", first);
        }
        if let Some(url) = own.leave {
            let fits = url.starts_with("https://") || url.starts_with("http://");
            if !fits || url.contains(['<', '>', ' ', ',']) {
                return Err(ComposeError::Header { name: "List-Unsubscribe" });
            }
            let url = printable("List-Unsubscribe", url)?;
            header(&mut out, "List-Unsubscribe", &format!("<{url}>"));
            header(&mut out, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        let [leave, choices] = [own.leave, own.choices].map(Option::unwrap_or_default);
        let (leave_html, choices_html) =
            (super::render::escaped(leave), super::render::escaped(choices));
        self.rest.fill([leave, choices, &leave_html, &choices_html], &mut out);
        Ok(out)
    }
}

/// `=_` cannot stand in quoted-printable text, so this can only be a boundary.
const BOUNDARY: &str = "=_notlicht_=";

fn address(text: &str) -> Result<Address, ComposeError> {
    Mailbox::parse(text)?.as_str().parse().map_err(build)
}

fn build(error: impl std::fmt::Display) -> ComposeError {
    ComposeError::Build(error.to_string())
}

/// A header of printable ASCII as it stands: an address must not be cut by folding or coding.
fn exact(name: &'static str, value: &str) -> Result<HeaderValue, ComposeError> {
    let value = printable(name, value)?.to_owned();
    let header = HeaderName::new_from_ascii(name.to_owned()).map_err(build)?;
    Ok(HeaderValue::dangerous_new_pre_encoded(header, value.clone(), value))
}

fn printable<'a>(name: &'static str, value: &'a str) -> Result<&'a str, ComposeError> {
    let fits = !value.is_empty()
        && value.len() <= 900
        && value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if fits { Ok(value) } else { Err(ComposeError::Header { name }) }
}

fn header(out: &mut Vec<u8>, name: &str, value: &str) {
    for piece in [name, ": ", value, "\r\n"] {
        out.extend_from_slice(piece.as_bytes());
    }
}

fn part(kind: ContentType, text: &str, marks: &[String; 2], first: usize) -> SinglePart {
    let coded = slot::coded(text, marks, first);
    let body = Body::dangerous_pre_encoded(coded, ContentTransferEncoding::QuotedPrintable);
    SinglePart::builder().header(kind).body(body)
}

//! The page of the mails that the sink received.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use mail_parser::MessageParser;

use super::sink::{Mail, Sink};
use super::skin::{clock, escaped, page};

/// The page.
pub(super) fn router(sink: Arc<Sink>) -> Router {
    Router::new().route("/", get(list)).route("/mail/{number}", get(one)).with_state(sink)
}

/// What a person sees of a mail.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Letter {
    /// The sender, name and address.
    pub(super) from: String,
    /// The subject.
    pub(super) subject: String,
    /// The text.
    pub(super) text: String,
    /// The same as HTML.
    pub(super) html: String,
}

impl Letter {
    /// Reads a mail as a mail program does.
    pub(super) fn read(raw: &[u8]) -> Self {
        let Some(parsed) = MessageParser::default().parse(raw) else { return Self::default() };
        let from = parsed.from().and_then(|from| from.first()).map(|from| {
            let address = from.address().unwrap_or_default();
            from.name().map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>"))
        });
        Self {
            from: from.unwrap_or_default(),
            subject: parsed.subject().unwrap_or_default().to_owned(),
            text: parsed.body_text(0).unwrap_or_default().into_owned(),
            html: parsed.body_html(0).unwrap_or_default().into_owned(),
        }
    }
}

async fn list(State(sink): State<Arc<Sink>>) -> Response {
    let mut body = String::from("<h2>By notice</h2><table><tr><th>Subject</th>");
    body.push_str("<th class=\"number\">Mails</th><th class=\"number\">Repeated</th></tr>");
    let (tallies, mails, arrivals) = sink.look(|ledger| {
        let mails: Vec<Mail> = ledger.newest().into_iter().cloned().collect();
        (ledger.notices().clone(), mails, ledger.arrivals())
    });
    let mut tallies: Vec<_> = tallies.into_iter().collect();
    tallies.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.first));
    for (notice, tally) in tallies {
        let _ = write!(
            body,
            "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
            escaped(&notice.subject),
            tally.messages,
            tally.arrivals - tally.messages,
        );
    }
    body.push_str("</table><h2>The newest of each</h2><table><tr><th>When</th><th>To</th>");
    body.push_str("<th>Subject</th></tr>");
    for mail in mails {
        let _ = write!(
            body,
            "<tr><td class=\"number\">{}</td><td>{}</td><td><a href=\"/mail/{}\">{}</a></td></tr>",
            clock(mail.at),
            escaped(&mail.recipient),
            mail.number,
            escaped(&Letter::read(&mail.raw).subject),
        );
    }
    body.push_str("</table>");
    let intro = format!("{arrivals} mails arrived; reload for more");
    page("en", "Mails received", &intro, &body)
}

async fn one(State(sink): State<Arc<Sink>>, Path(number): Path<u64>) -> Response {
    let found =
        sink.look(|ledger| ledger.newest().into_iter().find(|mail| mail.number == number).cloned());
    let Some(mail) = found else {
        let gone = page("en", "Not kept", "Only the newest few of each notice are kept", "");
        return (StatusCode::NOT_FOUND, gone).into_response();
    };
    let letter = Letter::read(&mail.raw);
    // The frame runs no script, and the page's own policy holds inside it as well. Links open
    // outside of it, where they work as they do from a mail program.
    let html = letter.html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    let body = format!(
        "<p>From {}<br>To {}<br>{}</p><h2>As HTML</h2>\
         <iframe sandbox=\"allow-popups allow-popups-to-escape-sandbox\" title=\"The mail as HTML\" srcdoc=\"{}\"></iframe>\
         <h2>As text</h2><pre>{}</pre><h2>As it came</h2><pre>{}</pre>",
        escaped(&letter.from),
        escaped(&mail.recipient),
        clock(mail.at),
        escaped(&html),
        escaped(&letter.text),
        escaped(&String::from_utf8_lossy(&mail.raw)),
    );
    page("en", &letter.subject, "A mail that the sink received", &body)
}

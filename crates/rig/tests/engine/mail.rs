//! What people find in their inboxes.

use mail_parser::MessageParser;
use notlicht::demo::sink::Sink;

/// A mail as its recipient reads it.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) id: String,
    pub(crate) reply_to: Option<String>,
    pub(crate) subject: String,
    pub(crate) language: String,
    pub(crate) text: String,
}

impl Mail {
    /// Whether it is for staff: with a look at what will be published, or about ourselves. Only
    /// notices are published in a list that one can leave, or name the incident on the page.
    pub(crate) fn is_for(&self, name: &str) -> bool {
        self.to.starts_with(&format!("{name}@"))
    }

    /// The token of the first link that begins with the page's address and this path.
    pub(crate) fn token(&self, path: &str) -> Option<String> {
        let (_, after) = self.text.split_once(path)?;
        Some(after.chars().take_while(|c| !c.is_whitespace() && *c != '>').collect())
    }
}

/// The mails that are kept whole, oldest first.
pub(crate) fn mails(sink: &Sink) -> Vec<Mail> {
    let mut mails = sink.look(|ledger| {
        let newest = ledger.newest();
        newest.into_iter().map(|mail| read(&mail.recipient, &mail.raw)).collect::<Vec<_>>()
    });
    mails.reverse();
    mails
}

fn read(to: &str, raw: &[u8]) -> Mail {
    let parsed = MessageParser::default().parse(raw).unwrap();
    let head = |name: &str| parsed.header_raw(name).map(|value| value.trim().to_owned());
    Mail {
        to: to.to_owned(),
        id: head("Message-ID").unwrap(),
        reply_to: head("In-Reply-To"),
        subject: parsed.subject().unwrap().to_owned(),
        language: head("Content-Language").unwrap(),
        text: parsed.body_text(0).unwrap().into_owned(),
    }
}

//! What people find in their inboxes.

use mail_parser::MessageParser;
use notlicht::demo::sink::Sink;

/// A mail as its recipient reads it.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// The mails that are kept whole, oldest first.
pub(crate) fn mails(sink: &Sink) -> Vec<Mail> {
    let mut mails: Vec<_> = sink.look(|ledger| {
        ledger.newest().into_iter().map(|mail| read(&mail.recipient, &mail.raw)).collect()
    });
    mails.reverse();
    mails
}

fn read(to: &str, raw: &[u8]) -> Mail {
    let parsed = MessageParser::default().parse(raw).unwrap();
    Mail {
        to: to.to_owned(),
        subject: parsed.subject().unwrap().to_owned(),
        text: parsed.body_text(0).unwrap().into_owned(),
        html: parsed.body_html(0).unwrap().into_owned(),
    }
}

//! Who received what: counted by recipient and Message-ID.

use std::collections::{BTreeMap, HashMap, VecDeque};

use mail_parser::MessageParser;
use model::value::Timestamp;

/// How many whole mails of each notice are kept to be looked at.
const KEPT: usize = 6;
/// How many notices are kept to be looked at.
const NOTICES: usize = 100;

/// One message to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The address in `RCPT TO`.
    pub recipient: String,
    /// With angle brackets.
    pub message_id: String,
    /// Which notice it is one of.
    pub notice: Notice,
    /// When it came first.
    pub first: Timestamp,
    /// How often it came.
    pub arrivals: u32,
}

/// Mails that say the same: those of one notice in one language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Notice {
    /// The subject, decoded.
    pub subject: String,
    /// The header `Date`: when it was published. Two updates may say the same.
    pub date: String,
}

/// The counts of one notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Messages, each counted once.
    pub messages: u64,
    /// Arrivals, repeats included.
    pub arrivals: u64,
    /// When the first came.
    pub first: Timestamp,
    /// When the last came that had not come before.
    pub last: Timestamp,
}

/// A whole mail.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Counts up with each arrival.
    pub number: u64,
    /// When it came.
    pub at: Timestamp,
    /// The address in `RCPT TO`.
    pub recipient: String,
    /// As it came, dots undone.
    pub raw: Vec<u8>,
}

/// Everything that is known.
#[derive(Debug, Default)]
pub struct Ledger {
    arrivals: u64,
    received: Vec<Received>,
    places: HashMap<(String, String), usize>,
    notices: BTreeMap<Notice, Tally>,
    kept: BTreeMap<Notice, VecDeque<Mail>>,
    refused: HashMap<(String, String), u32>,
}

impl Ledger {
    /// How many mails came, repeats included.
    #[must_use]
    pub fn arrivals(&self) -> u64 {
        self.arrivals
    }

    /// How many different messages came.
    #[must_use]
    pub fn messages(&self) -> usize {
        self.received.len()
    }

    /// Every message, in the order of arrival.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.received.clone()
    }

    /// Every message, in the order of arrival, without copying.
    pub fn iter(&self) -> impl Iterator<Item = &Received> {
        self.received.iter()
    }

    /// The counts of each notice.
    #[must_use]
    pub fn notices(&self) -> &BTreeMap<Notice, Tally> {
        &self.notices
    }

    /// The mails that are kept to be looked at, newest first.
    #[must_use]
    pub fn newest(&self) -> Vec<&Mail> {
        let mut mails: Vec<_> = self.kept.values().flatten().collect();
        mails.sort_by_key(|mail| std::cmp::Reverse(mail.number));
        mails
    }

    /// The newest kept mail of a notice.
    #[must_use]
    pub fn sample(&self, notice: &Notice) -> Option<&Mail> {
        self.kept.get(notice)?.back()
    }

    /// Notes one attempt that is to be refused; says how many came before it.
    pub(super) fn refuse(&mut self, recipient: &str, message_id: &str) -> u32 {
        let key = (recipient.to_owned(), message_id.to_owned());
        let count = self.refused.entry(key).or_default();
        *count += 1;
        *count - 1
    }

    /// Takes one mail in.
    pub(super) fn take(&mut self, recipient: &str, head: &Head, raw: &[u8], at: Timestamp) {
        self.arrivals += 1;
        let key = (recipient.to_owned(), head.message_id.clone());
        let fresh = !self.places.contains_key(&key);
        if fresh {
            self.places.insert(key, self.received.len());
            self.received.push(Received {
                recipient: recipient.to_owned(),
                message_id: head.message_id.clone(),
                notice: head.notice.clone(),
                first: at,
                arrivals: 1,
            });
        } else {
            self.received[self.places[&key]].arrivals += 1;
        }
        let none = Tally { messages: 0, arrivals: 0, first: at, last: at };
        let tally = self.notices.entry(head.notice.clone()).or_insert(none);
        tally.arrivals += 1;
        if fresh {
            tally.messages += 1;
            tally.last = tally.last.max(at);
        }
        self.keep(&head.notice, recipient, raw, at);
    }

    fn keep(&mut self, notice: &Notice, recipient: &str, raw: &[u8], at: Timestamp) {
        let (recipient, raw) = (recipient.to_owned(), raw.to_vec());
        let kept = self.kept.entry(notice.clone()).or_default();
        kept.push_back(Mail { number: self.arrivals, at, recipient, raw });
        if kept.len() > KEPT {
            kept.pop_front();
        }
        if self.kept.len() > NOTICES {
            let newest = |kept: &VecDeque<Mail>| kept.back().map(|mail| mail.number);
            let oldest = self.kept.iter().min_by_key(|(_, kept)| newest(kept));
            if let Some(notice) = oldest.map(|(notice, _)| notice.clone()) {
                self.kept.remove(&notice);
            }
        }
    }
}

/// What is counted by.
pub(super) struct Head {
    pub(super) message_id: String,
    notice: Notice,
}

impl Head {
    /// Reads the headers; refuses a message that lacks one that every message of ours has.
    pub(super) fn read(raw: &[u8]) -> Result<Self, &'static str> {
        let end =
            raw.windows(4).position(|four| four == b"\r\n\r\n").map_or(raw.len(), |at| at + 4);
        let parsed = MessageParser::default().parse_headers(&raw[..end]);
        let parsed = parsed.ok_or("554 5.6.0 that message has no headers")?;
        let once = |name: &str| {
            let mut found =
                parsed.headers().iter().filter(|one| one.name().eq_ignore_ascii_case(name));
            found.next().is_some() && found.next().is_none()
        };
        if !["Message-ID", "Date", "From", "Subject"].into_iter().all(once) {
            return Err("554 5.6.0 Message-ID, Date, From and Subject must stand there once each");
        }
        let id = parsed.message_id().ok_or("554 5.6.0 the Message-ID is none")?;
        Ok(Self {
            message_id: format!("<{id}>"),
            notice: Notice {
                subject: parsed.subject().unwrap_or_default().to_owned(),
                date: parsed.date().map(mail_parser::DateTime::to_rfc3339).unwrap_or_default(),
            },
        })
    }
}

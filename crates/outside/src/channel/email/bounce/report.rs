//! What a bounce says (RFC 3464, RFC 3463): only what stands there in its fields. Mails that say it
//! in prose are not guessed at.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use model::dispatch::Bounce;

use crate::channel::email::smtp::Mailbox;
use crate::channel::email::verp;

/// The longest reason that is kept, in characters.
const LONGEST_REASON: usize = 300;

/// What a mail in the mailbox of bounces means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A message came back for good.
    Bounce {
        /// What the address carried that it came back to.
        token: String,
        /// What became of the message.
        bounce: Bounce,
        /// The other side's words.
        reason: String,
    },
    /// It is late, or arrived after all.
    NothingYet,
    /// It is no report, or not about a message of ours, or does not say what became of it.
    Unclear,
}

/// Fields with the address that a mail was delivered to, the most certain first.
const DELIVERED_TO: [&str; 6] =
    ["X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "To"];

/// Reads a mail that came back to `bounces`, or its beginning.
#[must_use]
pub fn meaning(mail: &[u8], bounces: &Mailbox) -> Meaning {
    let Some(mail) = MessageParser::default().parse(mail) else { return Meaning::Unclear };
    let (Some(token), Some(status)) = (token(&mail, bounces), status(&mail)) else {
        return Meaning::Unclear;
    };
    match fate(&status) {
        Fate::Failed(bounce, reason) => Meaning::Bounce { token, bounce, reason },
        Fate::NothingYet => Meaning::NothingYet,
        Fate::Unclear => Meaning::Unclear,
    }
}

/// The token of the return address that the mail was sent to, or that the message had which it
/// brings back.
fn token(mail: &Message<'_>, bounces: &Mailbox) -> Option<String> {
    let to = DELIVERED_TO.iter().flat_map(|name| fields(mail, name));
    let brought_back = mail.parts.iter().flat_map(|part| match &part.body {
        PartType::Message(original) => fields(original, "Return-Path"),
        _ => Vec::new(),
    });
    let mut addresses = to.chain(brought_back);
    addresses.find_map(|text| {
        let mut words = text.split(|c: char| c.is_whitespace() || ",;<>\"()".contains(c));
        words.find_map(|word| verp::token(bounces, word)).map(str::to_owned)
    })
}

fn fields(mail: &Message<'_>, name: &str) -> Vec<String> {
    let all = mail.headers_raw().filter(|(found, _)| found.eq_ignore_ascii_case(name));
    all.map(|(_, text)| text.to_owned()).collect()
}

/// The part that is written for programs.
fn status(mail: &Message<'_>) -> Option<String> {
    let part = mail.parts.iter().find(|part| {
        part.content_type().is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("message")
                && kind.subtype().is_some_and(|subtype| {
                    subtype.eq_ignore_ascii_case("delivery-status")
                        || subtype.eq_ignore_ascii_case("global-delivery-status")
                })
        })
    })?;
    Some(String::from_utf8_lossy(part.contents()).into_owned())
}

/// What a report says in all.
enum Fate {
    Failed(Bounce, String),
    NothingYet,
    Unclear,
}

/// One report may be about several addresses, where one of ours stands for many. Whoever of them
/// got it has it; the address is gone only if all are.
fn fate(status: &str) -> Fate {
    let mut failed: Option<(Bounce, String)> = None;
    let mut waits = false;
    // The first group is about the report itself.
    for group in groups(status) {
        let Some(done) = group.action() else { continue };
        match done {
            Action::Failed => {
                let (bounce, reason) = (group.bounce(), group.reason());
                failed = Some(match failed {
                    Some((Bounce::Gone, _)) | None => (bounce, reason),
                    Some(refused) => refused,
                });
            }
            Action::Delayed => waits = true,
            Action::Arrived => return Fate::NothingYet,
        }
    }
    match failed {
        Some(_) if waits => Fate::NothingYet,
        Some((bounce, reason)) => Fate::Failed(bounce, reason),
        None if waits => Fate::NothingYet,
        None => Fate::Unclear,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Failed,
    Delayed,
    Arrived,
}

/// The fields about one address.
#[derive(Debug, Default)]
struct Group(Vec<(String, String)>);

/// Groups of fields with an empty line between them; a line that begins with a space goes on with
/// the field before.
fn groups(text: &str) -> Vec<Group> {
    let mut groups = vec![Group::default()];
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
            groups.push(Group::default());
            continue;
        }
        let Some(Group(fields)) = groups.last_mut() else { continue };
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim_start());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups
}

impl Group {
    fn field(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// What was done; by the class of the status where the action is missing.
    fn action(&self) -> Option<Action> {
        let status = self.field("status").and_then(|text| code(text).next());
        let Some(action) = self.field("action") else {
            return match status?.0 {
                2 => Some(Action::Arrived),
                4 => Some(Action::Delayed),
                _ => Some(Action::Failed),
            };
        };
        match action.split_whitespace().next()?.to_ascii_lowercase().as_str() {
            "failed" => Some(Action::Failed),
            "delayed" => Some(Action::Delayed),
            "delivered" | "relayed" | "expanded" => Some(Action::Arrived),
            _ => None,
        }
    }

    /// Whether the address does not exist. Some servers write 5.0.0 as the status, and what the
    /// other side said stands only in its words.
    fn bounce(&self) -> Bounce {
        let said = self.field("diagnostic-code").and_then(|text| code(text).next());
        let status = self.field("status").and_then(|text| code(text).next());
        match status.filter(|status| (status.1, status.2) != (0, 0)).or(said) {
            // 5.1.7 and 5.1.8 speak of the sender's address.
            Some((5, 1, 7 | 8)) => Bounce::Refused,
            Some((5, 1, _) | (5, 2, 1)) => Bounce::Gone,
            _ => Bounce::Refused,
        }
    }

    fn reason(&self) -> String {
        let status = self.field("status").unwrap_or_default();
        let said = self.field("diagnostic-code").unwrap_or_default();
        let said = said.split_once(';').map_or(said, |(_, words)| words.trim());
        let plain = |c: char| if c.is_control() { ' ' } else { c };
        format!("{status} {said}").trim().chars().take(LONGEST_REASON).map(plain).collect()
    }
}

/// The enhanced status codes in a text, such as 5.1.1 in “550-5.1.1 no such user”.
fn code(text: &str) -> impl Iterator<Item = (u16, u16, u16)> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.')).filter_map(|word| {
        let mut parts = word.split('.').map(|part| part.parse().ok());
        match (parts.next()??, parts.next()??, parts.next()??, parts.next()) {
            (class @ (2 | 4 | 5), subject, detail, None) => Some((class, subject, detail)),
            _ => None,
        }
    })
}

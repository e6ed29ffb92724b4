//! A message as it goes over the line: its commands, and its bytes with the final dot.

use std::io::Write as _;

use memchr::memchr2;
use model::dispatch::Outcome;

use super::address::Mailbox;
use super::reply::Stage;
use super::session::Able;
use super::{Mail, Mails};

/// A message whose addresses hold nothing that could be taken for a command.
pub(super) struct Ready {
    pub(super) number: u16,
    from: Mailbox,
    to: Mailbox,
    pub(super) body: Vec<u8>,
}

/// The next message with good addresses; those with bad ones are settled.
pub(super) fn take(mails: &mut dyn Mails) -> Option<Ready> {
    loop {
        let Mail { number, from, to, body } = mails.next()?;
        match (Mailbox::parse(&from), Mailbox::parse(&to)) {
            (Ok(from), Ok(to)) => return Some(Ready { number, from, to, body }),
            (Err(wrong), _) | (_, Err(wrong)) => {
                mails.settle(number, Outcome::Refused { reason: wrong.to_string() });
            }
        }
    }
}

/// Why this relay cannot take the message, if so.
pub(super) fn unfit(able: &Able, mail: &Ready) -> Option<String> {
    let Ready { from, to, body, .. } = mail;
    if able.size > 0 && body.len() > able.size {
        return Some(format!("{} bytes are more than the relay takes ({})", body.len(), able.size));
    }
    if (from.needs_utf8() || to.needs_utf8()) && !able.utf8 {
        let odd = if to.needs_utf8() { to } else { from };
        return Some(format!("the relay cannot send to addresses such as {}", odd.as_str()));
    }
    if !able.eight_bit && !able.utf8 && !body.is_ascii() {
        return Some("the relay takes only messages in ASCII".to_owned());
    }
    None
}

/// Writes down the command of this stage for the message.
pub(super) fn command(able: &Able, mail: &Ready, stage: Stage, out: &mut Vec<u8>) {
    let Ready { from, to, body, .. } = mail;
    let written = match stage {
        Stage::Reset => out.write_all(b"RSET"),
        Stage::Mail => write!(out, "MAIL FROM:<{}>", from.as_str()),
        Stage::Rcpt => write!(out, "RCPT TO:<{}>", to.as_str()),
        Stage::Data => out.write_all(b"DATA"),
    };
    written.expect("writing into memory does not fail");
    if stage == Stage::Mail {
        if able.knows_size {
            write!(out, " SIZE={}", body.len()).expect("writing into memory does not fail");
        }
        if able.eight_bit && !body.is_ascii() {
            out.extend_from_slice(b" BODY=8BITMIME");
        }
        if from.needs_utf8() || to.needs_utf8() {
            out.extend_from_slice(b" SMTPUTF8");
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// Writes down the message as it goes over the line: every line ends with CR LF and nothing else, a
/// dot at the beginning of a line is doubled, and the final dot stands at the end. A lone CR or LF
/// would let some servers see an end of the message where there is none.
pub(super) fn stuff(body: &[u8], out: &mut Vec<u8>) {
    out.reserve(body.len() + body.len() / 32 + 8);
    let mut rest = body;
    while !rest.is_empty() {
        if rest[0] == b'.' {
            out.push(b'.');
        }
        let end = memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
        out.extend_from_slice(&rest[..end]);
        out.extend_from_slice(b"\r\n");
        let ends = if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
        rest = rest.get(end + ends..).unwrap_or_default();
    }
    out.extend_from_slice(b".\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_a_message_before_its_end() {
        for (body, sent) in [
            ("a\r\nb\r\n", "a\r\nb\r\n.\r\n"),
            ("a", "a\r\n.\r\n"),
            ("", ".\r\n"),
            (".", "..\r\n.\r\n"),
            ("a\r\n.\r\nb", "a\r\n..\r\nb\r\n.\r\n"),
            ("a\n.\nb", "a\r\n..\r\nb\r\n.\r\n"),
            ("a\r.\rb", "a\r\n..\r\nb\r\n.\r\n"),
            ("a\n\r.\r\nb", "a\r\n\r\n..\r\nb\r\n.\r\n"),
            ("a.b\r\n..c", "a.b\r\n...c\r\n.\r\n"),
        ] {
            let mut out = Vec::new();
            stuff(body.as_bytes(), &mut out);
            assert_eq!(String::from_utf8_lossy(&out), sent, "{body:?}");
        }
    }
}

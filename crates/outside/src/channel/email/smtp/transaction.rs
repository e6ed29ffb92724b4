//! Handing one message over, and what became of it.

use model::dispatch::Outcome;
use model::value::Span;

use super::address::Mailbox;
use super::reply::{Reply, Stage};
use super::session::Session;
use super::talk::Broken;

/// How an attempt ended.
pub(super) enum Attempt {
    /// So it became of the message.
    Done(Outcome),
    /// The connection was gone before the relay took in anything; on a fresh one it means this.
    Stale(Outcome),
}

/// Whether the session can be used for the next message.
type Usable = bool;

/// One transaction. Up to the final dot nothing is accepted, whatever happens; after it only the
/// relay's answer tells.
pub(super) async fn run(
    session: &mut Session,
    from: &Mailbox,
    to: &Mailbox,
    body: &[u8],
) -> (Attempt, Usable) {
    if let Some(reason) = not_for_this_relay(session, from, to, body) {
        return (Attempt::Done(Outcome::Refused { reason }), true);
    }
    match announce(session, from, to, body).await {
        Ok(Announced::Go) => hand_over(session, body).await,
        // A relay that waits for a message all the same would take an empty one, perhaps for
        // somebody: there is no polite way out, so the line is dropped.
        Ok(Announced::No { outcome, waiting }) => {
            let usable = !waiting && clean(session).await;
            (Attempt::Done(outcome), usable)
        }
        Ok(Announced::Closing(outcome)) => (Attempt::Stale(outcome), false),
        Err(CutAt { first: true, broken }) => (Attempt::Stale(later(&broken)), false),
        Err(CutAt { first: false, broken }) => (Attempt::Done(later(&broken)), false),
    }
}

fn later(broken: &Broken) -> Outcome {
    Outcome::Later { after: Span::ZERO, reason: broken.to_string() }
}

fn not_for_this_relay(
    session: &Session,
    from: &Mailbox,
    to: &Mailbox,
    body: &[u8],
) -> Option<String> {
    let able = &session.able;
    if able.size > 0 && body.len() > able.size {
        return Some(format!("{} bytes are more than the relay takes ({})", body.len(), able.size));
    }
    if (from.needs_utf8() || to.needs_utf8()) && !able.utf8 {
        let odd = if to.needs_utf8() { to } else { from };
        return Some(format!("the relay cannot send to addresses such as {}", odd.as_str()));
    }
    if !body.is_ascii() && !able.eight_bit && !able.utf8 {
        return Some("the relay takes only messages in ASCII".to_owned());
    }
    None
}

/// How the announcement of a message was taken.
enum Announced {
    /// The relay waits for the message.
    Go,
    /// It does not want it. `waiting`: it waits for one nevertheless.
    No { outcome: Outcome, waiting: bool },
    /// It closes the connection, and did so before it had heard of the message.
    Closing(Outcome),
}

/// The connection broke while the message was announced; `first`: before the first answer.
struct CutAt {
    first: bool,
    broken: Broken,
}

/// Names sender and recipient and asks to hand over: in one write where the relay can take it.
async fn announce(
    session: &mut Session,
    from: &Mailbox,
    to: &Mailbox,
    body: &[u8],
) -> Result<Announced, CutAt> {
    let commands = [mail_command(session, from, to, body), rcpt_command(to), "DATA\r\n".to_owned()];
    let stages = [Stage::Mail, Stage::Rcpt, Stage::Data];
    let pipelining = session.able.pipelining;
    let limit = session.limits.reply;
    let cut = |first, broken| CutAt { first, broken };
    if pipelining {
        let all = commands.concat();
        session.talk.write(all.as_bytes(), limit).await.map_err(|b| cut(true, b))?;
    }
    let mut refused: Option<Outcome> = None;
    for (at, (command, stage)) in commands.iter().zip(stages).enumerate() {
        let first = at == 0;
        if !pipelining {
            session.talk.write(command.as_bytes(), limit).await.map_err(|b| cut(first, b))?;
        }
        let reply = match session.talk.reply(limit).await {
            Ok(reply) => reply,
            // The refusal stands, whatever became of the rest.
            Err(broken) => match refused {
                Some(outcome) => return Ok(Announced::No { outcome, waiting: false }),
                None => return Err(cut(first, broken)),
            },
        };
        let wanted = if stage == Stage::Data { reply.code == 354 } else { reply.is_positive() };
        if let Some(outcome) = refused.take() {
            if stage == Stage::Data {
                return Ok(Announced::No { outcome, waiting: reply.code == 354 });
            }
            refused = Some(outcome);
        } else if !wanted {
            let outcome = meaning(&reply, stage);
            if first && reply.code == 421 {
                return Ok(Announced::Closing(outcome));
            }
            if !pipelining || reply.code == 421 || stage == Stage::Data {
                return Ok(Announced::No { outcome, waiting: false });
            }
            refused = Some(outcome);
        }
    }
    Ok(Announced::Go)
}

/// A refusal by its code; an answer that fits nowhere is put off.
fn meaning(reply: &Reply, stage: Stage) -> Outcome {
    if reply.is_positive() {
        Outcome::Later { after: Span::ZERO, reason: reply.words() }
    } else {
        reply.meaning(stage)
    }
}

fn mail_command(session: &Session, from: &Mailbox, to: &Mailbox, body: &[u8]) -> String {
    let mut command = format!("MAIL FROM:<{}>", from.as_str());
    if session.able.knows_size {
        command.push_str(&format!(" SIZE={}", body.len()));
    }
    if !body.is_ascii() && session.able.eight_bit {
        command.push_str(" BODY=8BITMIME");
    }
    if from.needs_utf8() || to.needs_utf8() {
        command.push_str(" SMTPUTF8");
    }
    command.push_str("\r\n");
    command
}

fn rcpt_command(to: &Mailbox) -> String {
    format!("RCPT TO:<{}>\r\n", to.as_str())
}

/// Message and final dot in one write, then the answer that decides.
async fn hand_over(session: &mut Session, body: &[u8]) -> (Attempt, Usable) {
    let limit = session.limits.data;
    if let Err(broken) = session.talk.write(&stuffed(body), limit).await {
        return (Attempt::Done(later(&broken)), false);
    }
    match session.talk.reply(limit).await {
        Ok(reply) if (200..300).contains(&reply.code) => {
            (Attempt::Done(Outcome::Accepted { receipt: reply.words() }), true)
        }
        Ok(reply) => (Attempt::Done(meaning(&reply, Stage::Data)), reply.code != 421),
        Err(broken) => {
            let reason = format!("{broken}, after the message was handed over");
            (Attempt::Done(Outcome::Unknown { reason }), false)
        }
    }
}

/// Brings the conversation back to where the next message can begin.
async fn clean(session: &mut Session) -> Usable {
    let limit = session.limits.reply;
    session.talk.write(b"RSET\r\n", limit).await.is_ok()
        && session.talk.reply(limit).await.is_ok_and(|reply| reply.code == 250)
}

/// The message as it goes over the line: every line ends with CR LF and nothing else, a dot at the
/// beginning of a line is doubled, and the final dot stands at the end. A lone CR or LF would let
/// some servers see an end of the message where there is none.
fn stuffed(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + body.len() / 32 + 8);
    let mut line_begins = true;
    let mut bytes = body.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' | b'\n' => {
                if byte == b'\r' && bytes.peek() == Some(&b'\n') {
                    bytes.next();
                }
                out.extend_from_slice(b"\r\n");
                line_begins = true;
            }
            _ => {
                if line_begins && byte == b'.' {
                    out.push(b'.');
                }
                out.push(byte);
                line_begins = false;
            }
        }
    }
    if !line_begins {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
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
            assert_eq!(String::from_utf8_lossy(&stuffed(body.as_bytes())), sent, "{body:?}");
        }
    }
}

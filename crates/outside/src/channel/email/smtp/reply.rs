//! What a mail server answers, and what that means for a message (RFC 5321, RFC 3463, RFC 5248).

use model::dispatch::Outcome;
use model::value::Span;

/// One answer, which may have several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) lines: Vec<String>,
}

/// Where in a transaction an answer was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// The sender was named.
    Mail,
    /// The recipient was named.
    Rcpt,
    /// The message was announced, or handed over.
    Data,
}

impl Reply {
    pub(super) fn is_positive(&self) -> bool {
        (200..400).contains(&self.code)
    }

    /// The answer on one line, with its code.
    pub(super) fn words(&self) -> String {
        format!("{} {}", self.code, self.lines.join(" "))
    }

    /// The enhanced status code, where the text begins with one.
    fn enhanced(&self) -> Option<(u16, u16, u16)> {
        let code = self.lines.first()?.split(' ').next()?;
        let mut parts = code.split('.').map(|part| part.parse().ok());
        match (parts.next()??, parts.next()??, parts.next()??, parts.next()) {
            (class @ (2 | 4 | 5), subject, detail, None) => Some((class, subject, detail)),
            _ => None,
        }
    }

    /// What a refusal means. Waits are the delivery machine's affair: a mail server names none.
    pub(super) fn meaning(&self, stage: Stage) -> Outcome {
        let reason = self.words();
        let after = Span::ZERO;
        match (self.code, self.enhanced()) {
            // The server is about to close, or wants to be signed in to: nobody's mail gets through.
            (421 | 530 | 534 | 535 | 538, _) => Outcome::ChannelDown { after, reason },
            (400..500, _) => Outcome::Later { after, reason },
            // Too big is about this message. Any other refusal of our own address is about us.
            (552, _) | (_, Some((5, 2, 3) | (5, 3, 4))) => Outcome::Refused { reason },
            (_, _) if stage == Stage::Mail => Outcome::ChannelDown { after, reason },
            (_, _) if stage == Stage::Data => Outcome::Refused { reason },
            // 5.1.7 and 5.1.8 speak of the sender's address.
            (_, Some((5, 1, 7 | 8))) => Outcome::Refused { reason },
            (_, Some((5, 1, _) | (5, 2, 1))) => Outcome::Gone { reason },
            // With another reason given (policy, full, …) the address itself may be good.
            (_, Some(_)) => Outcome::Refused { reason },
            (550 | 551 | 553, None) => Outcome::Gone { reason },
            _ => Outcome::Refused { reason },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(stage: Stage, answer: &str) -> &'static str {
        let (code, text) = answer.split_once(' ').unwrap_or((answer, ""));
        let code = code.parse().unwrap_or(0);
        match (Reply { code, lines: vec![text.to_owned()] }).meaning(stage) {
            Outcome::Accepted { .. } => "accepted",
            Outcome::Later { .. } => "later",
            Outcome::Refused { .. } => "refused",
            Outcome::Gone { .. } => "gone",
            Outcome::Unknown { .. } => "unknown",
            Outcome::ChannelDown { .. } => "channel down",
        }
    }

    #[test]
    fn only_an_answer_about_the_address_itself_takes_an_address_out() {
        for (stage, answer, meaning) in [
            (Stage::Rcpt, "450 4.2.0 Greylisted", "later"),
            (Stage::Rcpt, "451 try again", "later"),
            (Stage::Rcpt, "452 4.2.2 full for now", "later"),
            (Stage::Rcpt, "421 4.7.0 closing", "channel down"),
            (Stage::Rcpt, "530 5.7.0 sign in first", "channel down"),
            (Stage::Rcpt, "550 5.1.1 no such user", "gone"),
            (Stage::Rcpt, "550 no such user", "gone"),
            (Stage::Rcpt, "551 moved", "gone"),
            (Stage::Rcpt, "553 not allowed", "gone"),
            (Stage::Rcpt, "556 5.1.10 takes no mail", "gone"),
            (Stage::Rcpt, "550 5.2.1 disabled", "gone"),
            (Stage::Rcpt, "550 5.7.1 looks like spam", "refused"),
            (Stage::Rcpt, "554 5.7.1 relay access denied", "refused"),
            (Stage::Rcpt, "550 5.1.8 sender's domain not found", "refused"),
            (Stage::Rcpt, "552 5.2.2 mailbox full", "refused"),
            (Stage::Rcpt, "554 no", "refused"),
            (Stage::Data, "450 4.7.1 later", "later"),
            (Stage::Data, "550 5.7.1 content refused", "refused"),
            (Stage::Data, "550 no", "refused"),
            (Stage::Data, "421 shutting down", "channel down"),
            (Stage::Mail, "451 4.3.0 busy", "later"),
            (Stage::Mail, "550 5.1.8 unknown sender", "channel down"),
            (Stage::Mail, "552 5.3.4 too big", "refused"),
        ] {
            assert_eq!(word(stage, answer), meaning, "{stage:?} {answer}");
        }
    }
}

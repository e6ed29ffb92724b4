//! What a mail server answers, and what that means for a message (RFC 5321, RFC 3463, RFC 5248).

use model::dispatch::Outcome;
use model::value::Span;
use smtp_proto::Response;

/// One answer, which may have several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    /// The enhanced status code, where one was given; zeros otherwise.
    enhanced: [u8; 3],
    /// The lines without their codes and without control characters, so that no answer can disturb
    /// a log.
    text: String,
}

/// Where in a transaction an answer is given, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// What a message left behind was to be wiped out.
    Reset,
    /// The sender was named.
    Mail,
    /// The recipient was named.
    Rcpt,
    /// The message was announced, or handed over.
    Data,
}

impl Stage {
    /// This one and all that follow.
    pub(super) fn to_data(self) -> &'static [Self] {
        const ALL: [Stage; 4] = [Stage::Reset, Stage::Mail, Stage::Rcpt, Stage::Data];
        match self {
            Self::Reset => &ALL,
            Self::Mail => &ALL[1..],
            Self::Rcpt => &ALL[2..],
            Self::Data => &ALL[3..],
        }
    }
}

impl Reply {
    pub(super) fn new(response: &Response<String>) -> Self {
        let plain = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
        let text = response.message.trim_end().chars().map(plain).collect();
        Self { code: response.code, enhanced: response.esc, text }
    }

    /// The lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }

    /// The answer on one line, with its codes.
    pub(super) fn words(&self) -> String {
        let text = self.text.replace('\n', " ");
        let words = match self.enhanced() {
            Some((class, subject, detail)) => {
                format!("{} {class}.{subject}.{detail} {text}", self.code)
            }
            None => format!("{} {text}", self.code),
        };
        words.trim_end().to_owned()
    }

    fn enhanced(&self) -> Option<(u8, u8, u8)> {
        match self.enhanced {
            [class @ (2 | 4 | 5), subject, detail] => Some((class, subject, detail)),
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
            (_, _) if matches!(stage, Stage::Reset | Stage::Mail) => {
                Outcome::ChannelDown { after, reason }
            }
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
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use smtp_proto::response::parser::ResponseReceiver;

    use super::*;

    fn word(stage: Stage, answer: &str) -> &'static str {
        let line = format!("{answer}\r\n");
        let parsed = ResponseReceiver::default().parse(&mut line.as_bytes().iter()).unwrap();
        match Reply::new(&parsed).meaning(stage) {
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

    #[test]
    fn an_answer_is_told_on_one_line_and_cannot_disturb_a_log() {
        for (heard, told) in [
            ("250 2.0.0 queued as 1\r\n", "250 2.0.0 queued as 1"),
            ("250\r\n", "250"),
            ("250 ok\n", "250 ok"),
            ("451-4.3.0 one\r\n451-4.3.0 two\r\n451 4.3.0 three\r\n", "451 4.3.0 one two three"),
            ("550 5.1.10 no\x1b[2J\0mail\r\n", "550 5.1.10 no [2J mail"),
            ("250 8 of 10.5 taken\r\n", "250 8 of 10.5 taken"),
        ] {
            let parsed = ResponseReceiver::default().parse(&mut heard.as_bytes().iter()).unwrap();
            assert_eq!(Reply::new(&parsed).words(), told, "{heard:?}");
        }
    }
}

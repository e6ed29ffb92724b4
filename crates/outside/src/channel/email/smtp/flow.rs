//! Many messages over one connection, each handed over once (RFC 5321), with as few waits as the
//! relay allows (RFC 2920): a message, its final dot and the announcement of the next one leave in
//! one write, and their answers come back together.
//!
//! Up to the final dot nothing is accepted, whatever happens; after it only the relay's answer
//! tells. A message that was announced while the one before was handed over is nobody's try: the
//! relay gets it again on a fresh connection.

use model::dispatch::Outcome;
use model::value::Span;

use super::Mails;
use super::envelope::{self, Ready};
use super::reply::{Reply, Stage};
use super::session::Session;
use super::talk::{Broken, Unwritten};

/// How the work on a connection came to an end.
pub(super) enum End {
    /// There is no more for now; the connection is good.
    Empty,
    /// The connection is of no more use; on a fresh one it goes on, with this message first, of
    /// which the relay has not heard.
    Again(Option<Ready>),
    /// The connection was of no use at all: if it was fresh, this is what became of the message.
    Useless(Ready, Outcome),
    /// The channel is down; whatever was taken is settled.
    Down,
}

/// How the announcement of a message was taken.
enum Answer {
    /// The relay waits for the message.
    Go,
    /// It does not want it; the connection is good.
    No(Outcome),
    /// So it became of the message, and the connection is of no more use.
    Lost(Outcome),
    /// The connection was of no more use before the relay said anything about the message.
    Unheard(Outcome),
}

/// A connection at work.
struct Flow<'a> {
    session: &'a mut Session,
    mails: &'a mut dyn Mails,
    /// Whether something was settled on this connection.
    worked: bool,
}

/// Hands over this message and all that come after it.
pub(super) async fn run(session: &mut Session, first: Ready, mails: &mut dyn Mails) -> End {
    let mut flow = Flow { session, mails, worked: false };
    let Some(mut mail) = flow.fitting(Some(first)) else { return End::Empty };
    let mut announced = false;
    loop {
        let (next, told) = match flow.announced(&mail, announced).await {
            // Without pipelining the relay may only be spoken to again when it has answered.
            Answer::Go => {
                let pipelining = flow.session.able.pipelining;
                let next = if pipelining { flow.fitting(None) } else { None };
                match flow.hand_over(&mail, next.as_ref()).await {
                    (outcome, true) => {
                        flow.settle(&mail, outcome);
                        (next, pipelining)
                    }
                    (outcome, false) => return flow.lost(&mail, outcome, next),
                }
            }
            Answer::No(outcome) => {
                flow.settle(&mail, outcome);
                (None, false)
            }
            Answer::Lost(outcome) => return flow.lost(&mail, outcome, None),
            Answer::Unheard(_) if flow.worked => return End::Again(Some(mail)),
            Answer::Unheard(outcome) => return End::Useless(mail, outcome),
        };
        announced = told && next.is_some();
        match next.or_else(|| flow.fitting(None)) {
            Some(next) => mail = next,
            None => return End::Empty,
        }
    }
}

impl Flow<'_> {
    /// The next message that this relay can take; those that it cannot are settled.
    fn fitting(&mut self, mut next: Option<Ready>) -> Option<Ready> {
        loop {
            let mail = next.take().or_else(|| envelope::take(self.mails))?;
            match envelope::unfit(&self.session.able, &mail) {
                None => return Some(mail),
                Some(reason) => self.mails.settle(mail.number, Outcome::Refused { reason }),
            }
        }
    }

    fn settle(&mut self, mail: &Ready, outcome: Outcome) {
        self.worked = true;
        self.mails.settle(mail.number, outcome);
    }

    /// The end of a connection that is of no more use after this message.
    fn lost(&mut self, mail: &Ready, outcome: Outcome, next: Option<Ready>) -> End {
        let down = matches!(outcome, Outcome::ChannelDown { .. });
        self.settle(mail, outcome.clone());
        match next {
            next if !down => End::Again(next),
            None => End::Down,
            Some(next) => {
                self.settle(&next, outcome);
                End::Down
            }
        }
    }

    /// Names sender and recipient and asks to hand over, unless that is done; gives the answer.
    async fn announced(&mut self, mail: &Ready, done: bool) -> Answer {
        let session = &mut *self.session;
        let limit = session.limits.reply;
        // What a refused message left behind is wiped out first.
        let begin = if session.dirty { Stage::Reset } else { Stage::Mail };
        if session.able.pipelining && !done {
            let mut all = Vec::new();
            for stage in begin.to_data() {
                envelope::command(&session.able, mail, *stage, &mut all);
            }
            if let Err(Unwritten { broken, .. }) = session.talk.write(&all, limit).await {
                return Answer::Unheard(later(&broken));
            }
        }
        let mut refused: Option<Outcome> = None;
        for stage in begin.to_data() {
            let reply = match ask(session, mail, *stage).await {
                Ok(reply) => reply,
                // The refusal stands, whatever became of the rest.
                Err(broken) => {
                    return match (refused, stage) {
                        (Some(outcome), _) => Answer::Lost(outcome),
                        (None, Stage::Reset | Stage::Mail) => Answer::Unheard(later(&broken)),
                        (None, _) => Answer::Lost(later(&broken)),
                    };
                }
            };
            let early = matches!(stage, Stage::Reset | Stage::Mail);
            if early && (reply.code == 421 || (*stage == Stage::Reset && reply.code != 250)) {
                return Answer::Unheard(meaning(&reply, *stage));
            }
            session.dirty = *stage != Stage::Reset;
            let go = reply.code == 354;
            let wanted = if *stage == Stage::Data { go } else { reply.code / 100 == 2 };
            let outcome = match refused.take() {
                Some(outcome) => outcome,
                None if wanted => continue,
                None => meaning(&reply, *stage),
            };
            match stage {
                _ if matches!(outcome, Outcome::ChannelDown { .. }) => {
                    return Answer::Lost(outcome);
                }
                // A relay that waits for a message all the same would take an empty one, perhaps
                // for somebody; and one that answers what it was not asked is out of step.
                Stage::Data if reply.code < 400 => return Answer::Lost(outcome),
                Stage::Data => return Answer::No(outcome),
                _ if !session.able.pipelining => return Answer::No(outcome),
                _ => refused = Some(outcome),
            }
        }
        Answer::Go
    }

    /// Message, final dot and the announcement of the next message in one write, then the answer
    /// that decides; and whether the connection is good.
    async fn hand_over(&mut self, mail: &Ready, next: Option<&Ready>) -> (Outcome, bool) {
        let session = &mut *self.session;
        let limit = session.limits.data;
        let mut out = std::mem::take(&mut session.out);
        out.clear();
        envelope::stuff(&mail.body, &mut out);
        let end = out.len();
        for stage in Stage::Mail.to_data() {
            if let Some(next) = next {
                envelope::command(&session.able, next, *stage, &mut out);
            }
        }
        let written = session.talk.write(&out, limit).await;
        session.out = out;
        session.dirty = false;
        let good = written.is_ok();
        if let Err(Unwritten { left, broken }) = written
            && left < end
        {
            // A relay that breaks off may have said why.
            let said = session.talk.reply(limit).await.ok().filter(|reply| reply.code >= 400);
            return (said.map_or(later(&broken), |reply| reply.meaning(Stage::Data)), false);
        }
        match session.talk.reply(limit).await {
            Ok(reply) if reply.code / 100 == 2 => {
                (Outcome::Accepted { receipt: reply.words() }, good)
            }
            // Out of step: what it took is not known.
            Ok(reply) if reply.code < 400 => (Outcome::Unknown { reason: reply.words() }, false),
            Ok(reply) => (reply.meaning(Stage::Data), good && reply.code != 421),
            Err(broken) => {
                let reason = format!("{broken}, after the message was handed over");
                (Outcome::Unknown { reason }, false)
            }
        }
    }
}

/// The answer to a command; without pipelining it is given only now.
async fn ask(session: &mut Session, mail: &Ready, stage: Stage) -> Result<Reply, Broken> {
    let limit = session.limits.reply;
    if !session.able.pipelining {
        let mut command = Vec::new();
        envelope::command(&session.able, mail, stage, &mut command);
        let written = session.talk.write(&command, limit).await;
        written.map_err(|unwritten| unwritten.broken)?;
    }
    session.talk.reply(limit).await
}

fn later(broken: &Broken) -> Outcome {
    Outcome::Later { after: Span::ZERO, reason: broken.to_string() }
}

/// A refusal by its code; an answer that fits nowhere is put off.
fn meaning(reply: &Reply, stage: Stage) -> Outcome {
    if reply.code < 400 {
        Outcome::Later { after: Span::ZERO, reason: reply.words() }
    } else {
        reply.meaning(stage)
    }
}

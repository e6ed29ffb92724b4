//! A connection carries what a walk hands out, by turns with other walks.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::dispatch::{Dispatch, Outcome, Real};
use model::value::{Span, Timestamp};
use outside::channel::{Load, Parcel};

use super::outbox::{Answer, Outbox};
use super::way::Way;
use crate::Engine;
use crate::mark::mark;

/// How long a channel rests that cannot even be opened: a setting or secret is wrong.
const BROKEN: Span = Span::seconds(30);
/// After so many messages a connection lets others have their turn.
const TURN: usize = 100;

impl Engine {
    /// Carries until the outbox is closed, or the connection is of no more use.
    pub(super) async fn carry(self, dispatch: Dispatch<Real>, way: Arc<Way>, outbox: Arc<Outbox>) {
        while outbox.work().await {
            let Some(_turn) = way.turn().await else { return };
            let mut line = match way.line(&self.wire) {
                Ok(line) => line,
                Err(why) => {
                    tracing::error!(channel = %way.channel.key, %why, "the channel cannot be opened");
                    let reason = why.to_string();
                    outbox.answer_all(&Outcome::ChannelDown { after: BROKEN, reason });
                    return;
                }
            };
            let mut turn = Turn::new(&self, &way, &outbox);
            line.carry(&dispatch, &mut turn).await;
            let failed = turn.failed.take();
            let broken = failed.is_some();
            turn.end(failed);
            if broken {
                return;
            }
            way.keep(line);
        }
    }
}

/// What one connection carries in one turn.
struct Turn<'a> {
    engine: &'a Engine,
    way: &'a Way,
    outbox: &'a Outbox,
    carried: usize,
    /// Taken, and not answered.
    taken: BTreeSet<u16>,
    /// The connection failed: whose message it could not take, and why.
    failed: Option<(u16, Outcome)>,
    ended: bool,
}

impl<'a> Turn<'a> {
    fn new(engine: &'a Engine, way: &'a Way, outbox: &'a Outbox) -> Self {
        outbox.begin();
        let taken = BTreeSet::new();
        Self { engine, way, outbox, carried: 0, taken, failed: None, ended: false }
    }

    /// A channel is down when its last connection is: until then it only has fewer.
    fn end(&mut self, failed: Option<(u16, Outcome)>) {
        self.ended = true;
        let others_go_on = self.outbox.end();
        if let Some((number, outcome)) = failed {
            let answer = match outcome {
                Outcome::ChannelDown { after, .. } if others_go_on => {
                    self.way.shies(after, self.engine.now());
                    Answer::Returned
                }
                outcome => Answer::Outcome(outcome),
            };
            self.outbox.settle(number, answer);
        }
        // Whoever has no answer because a connection's task broke off may have got it.
        for number in std::mem::take(&mut self.taken) {
            let reason = "sending broke off".into();
            self.outbox.settle(number, Answer::Outcome(Outcome::Unknown { reason }));
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.end(None);
        }
    }
}

impl Load for Turn<'_> {
    fn next(&mut self) -> Option<(u16, Parcel)> {
        if self.carried >= TURN && self.way.is_wanted() {
            return None;
        }
        let (number, parcel) = self.outbox.pop()?;
        mark("send.begun");
        self.carried += 1;
        self.taken.insert(number);
        Some((number, parcel))
    }

    fn settle(&mut self, number: u16, outcome: Outcome) {
        if !self.taken.remove(&number) {
            return;
        }
        if matches!(outcome, Outcome::Accepted { .. }) {
            mark("send.accepted");
        }
        if matches!(outcome, Outcome::ChannelDown { .. }) {
            // A connection can give several back: the first says why, the others were not tried.
            match &self.failed {
                None => self.failed = Some((number, outcome)),
                Some(_) => self.outbox.settle(number, Answer::Returned),
            }
        } else {
            self.outbox.settle(number, Answer::Outcome(outcome));
        }
    }

    fn now(&self) -> Timestamp {
        self.engine.now()
    }
}

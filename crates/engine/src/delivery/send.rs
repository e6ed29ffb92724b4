//! One window goes out over several kept connections at once.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use model::dispatch::{Dispatch, Outcome, Real};
use model::handbook::channel::Channel;
use model::value::{Key, Span, Timestamp};
use outside::channel::{Adapter, ChannelError, Line, Load, Parcel, Wire, adapter};
use tokio::task::JoinSet;

use crate::Engine;
use crate::mark::mark;

/// How many idle connections are kept for a channel.
const KEPT: usize = 16;
/// How long a channel rests that cannot even be opened: a setting or secret is wrong.
const BROKEN: Span = Span::seconds(30);

/// Connections that are kept between windows, by channel as it stands in the handbook.
#[derive(Default)]
pub(crate) struct Lines(Mutex<BTreeMap<Key, Kept>>);

struct Kept {
    channel: Channel,
    idle: Vec<Box<dyn Line>>,
}

impl Lines {
    fn take(&self, wire: &Wire, channel: &Channel) -> Result<Box<dyn Line>, ChannelError> {
        let idle = {
            let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let kept = lines.get_mut(&channel.key).filter(|kept| kept.channel == *channel);
            kept.and_then(|kept| kept.idle.pop())
        };
        match idle {
            Some(line) => Ok(line),
            None => kind(channel)?.open(wire, channel),
        }
    }

    fn give_back(&self, channel: &Channel, line: Box<dyn Line>) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Kept { channel: channel.clone(), idle: Vec::new() };
        let kept = lines.entry(channel.key.clone()).or_insert_with(fresh);
        if kept.channel != *channel {
            // The channel was changed: connections to the old relay are dropped.
            *kept = fresh();
        }
        if kept.idle.len() < KEPT {
            kept.idle.push(line);
        }
    }
}

/// The adapter for a channel.
pub(super) fn kind(channel: &Channel) -> Result<&'static dyn Adapter, ChannelError> {
    adapter(&channel.kind).ok_or_else(|| ChannelError::Setting {
        channel: channel.key.to_string(),
        field: "kind",
        reason: format!("“{}” is no kind of channel", channel.kind),
    })
}

type Queue = Arc<Mutex<VecDeque<(u16, Parcel)>>>;

impl Engine {
    /// Sends a window and says what became of each.
    pub(super) async fn send_window(
        &self,
        dispatch: &Dispatch<Real>,
        channel: &Channel,
        parcels: Vec<(u16, Parcel)>,
    ) -> Vec<(u16, Outcome)> {
        let wanted = parcels.len().min(channel.connections());
        let queue: Queue = Arc::new(Mutex::new(parcels.into()));
        let mut lines = JoinSet::new();
        let mut outcomes = Vec::new();
        let mut down = None;
        for _ in 0..wanted {
            match self.shared.lines.take(&self.wire, channel) {
                Ok(line) => {
                    let (engine, queue) = (self.clone(), Arc::clone(&queue));
                    let (dispatch, channel) = (dispatch.clone(), channel.clone());
                    lines.spawn(
                        async move { engine.drive(line, &dispatch, &channel, &queue).await },
                    );
                }
                Err(why) => {
                    tracing::error!(channel = %channel.key, %why, "the channel cannot be opened");
                    down = Some(Outcome::ChannelDown { after: BROKEN, reason: why.to_string() });
                    break;
                }
            }
        }
        while let Some(done) = lines.join_next().await {
            match done {
                Ok(sent) => outcomes.extend(sent),
                Err(why) => tracing::error!(%why, "a connection broke off"),
            }
        }
        // Whoever no connection got to waits for the channel to come back.
        let last_down = outcomes.iter().rev().find_map(|(_, outcome)| match outcome {
            Outcome::ChannelDown { .. } => Some(outcome.clone()),
            _ => None,
        });
        let gone = Outcome::ChannelDown { after: Span::ZERO, reason: "no connection".into() };
        let down = down.or(last_down).unwrap_or(gone);
        let mut left = queue.lock().unwrap_or_else(PoisonError::into_inner);
        outcomes.extend(left.drain(..).map(|(offset, _)| (offset, down.clone())));
        outcomes
    }

    async fn drive(
        &self,
        mut line: Box<dyn Line>,
        dispatch: &Dispatch<Real>,
        channel: &Channel,
        queue: &Queue,
    ) -> Vec<(u16, Outcome)> {
        let mut load = Share { engine: self, queue, outcomes: Vec::new() };
        line.carry(dispatch, &mut load).await;
        let outcomes = load.outcomes;
        if !matches!(outcomes.last(), Some((_, Outcome::ChannelDown { .. }))) {
            self.shared.lines.give_back(channel, line);
        }
        outcomes
    }
}

/// What one line carries of a window.
struct Share<'a> {
    engine: &'a Engine,
    queue: &'a Queue,
    outcomes: Vec<(u16, Outcome)>,
}

impl Load for Share<'_> {
    fn next(&mut self) -> Option<(u16, Parcel)> {
        mark("send.begun");
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    fn settle(&mut self, number: u16, outcome: Outcome) {
        if matches!(outcome, Outcome::Accepted { .. }) {
            mark("send.accepted");
        }
        self.outcomes.push((number, outcome));
    }

    fn now(&self) -> Timestamp {
        self.engine.now()
    }
}

//! What the walks of one process share of a channel: its connections, how many people may be in
//! flight over it, how fast it is, and whether it works.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::dispatch::Waits;
use model::fare::{Health, Position, Switch};
use model::handbook::channel::Channel;
use model::value::{Key, Span, Timestamp};
use outside::channel::{Adapter, ChannelError, Line, Wire, adapter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use super::rate::{Bucket, Domains};
use super::{IN_FLIGHT, PORTION};

/// How many are handed out at once: at first, and at least.
const FIRST: usize = 100;
const FEWEST: usize = 50;
/// To so many at once a channel is tried that did not work.
const PROBE: usize = 10;
/// A channel that does not work is tried again after so long, and then ever more rarely.
const FIRST_REST: Span = Span::seconds(1);
const LONGEST_REST: Span = Span::seconds(60);
/// How often it is written down that a channel still works.
const NOTE_EVERY: Span = Span::seconds(10);

/// The channels in use, each as it stands in the handbook.
#[derive(Default)]
pub(crate) struct Ways {
    ways: Mutex<BTreeMap<Key, Arc<Way>>>,
    switches: Mutex<BTreeMap<Key, Position>>,
}

impl Ways {
    fn switches(&self) -> MutexGuard<'_, BTreeMap<Key, Position>> {
        self.switches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what was decided about channels.
    pub(crate) fn heed(&self, switches: &[Switch]) {
        *self.switches() = switches.iter().map(|one| (one.channel.clone(), one.position)).collect();
    }

    /// What was decided about this one.
    pub(super) fn position(&self, channel: &Key) -> Position {
        self.switches().get(channel).copied().unwrap_or_default()
    }

    /// How the channels fare that fare otherwise than was written down last.
    pub(crate) fn news(&self, now: Timestamp) -> Vec<(Key, Health)> {
        let ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
        let news = |(key, way): (&Key, &Arc<Way>)| Some((key.clone(), way.news(now)?));
        ways.iter().filter_map(news).collect()
    }

    /// What is shared of this channel. One whose entry in the handbook was changed begins anew:
    /// connections to the old relay are dropped, and nothing held against the new one.
    pub(super) fn of(&self, channel: &Channel, now: Timestamp) -> Arc<Way> {
        let mut ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
        let known = ways.get(&channel.key).filter(|way| way.channel == *channel);
        if let Some(way) = known {
            return Arc::clone(way);
        }
        let way = Arc::new(Way::new(channel, now));
        ways.insert(channel.key.clone(), Arc::clone(&way));
        way
    }
}

/// One channel as this process uses it.
pub(super) struct Way {
    pub(super) channel: Channel,
    begun: Timestamp,
    connections: Semaphore,
    /// Connections that wait for their turn.
    waiting: AtomicUsize,
    /// Room for people in flight: a crash repeats at most so many.
    room: Arc<Semaphore>,
    /// Walks that wait for room.
    wanting: AtomicUsize,
    portion: AtomicUsize,
    idle: Mutex<Vec<Box<dyn Line>>>,
    fare: Mutex<Fare>,
    limit: Option<Mutex<Bucket>>,
    domains: Mutex<Domains>,
}

/// How the channel fares.
#[derive(Default)]
struct Fare {
    /// When it was used for the first time, or last told somebody.
    lived: Timestamp,
    /// It rests until then.
    rests_until: Option<Timestamp>,
    failures: u32,
    /// No more connections are opened until then: it did not want as many.
    shy_until: Option<Timestamp>,
    told_at: Option<Timestamp>,
    reason: Option<String>,
    /// What was written down last.
    noted: Option<Health>,
}

impl Way {
    fn new(channel: &Channel, now: Timestamp) -> Self {
        let connections = channel.connections();
        Self {
            channel: channel.clone(),
            begun: now,
            connections: Semaphore::new(connections),
            waiting: AtomicUsize::new(0),
            wanting: AtomicUsize::new(0),
            room: Arc::new(Semaphore::new(connections * IN_FLIGHT)),
            portion: AtomicUsize::new(FIRST.min(connections * IN_FLIGHT / 2)),
            idle: Mutex::default(),
            fare: Mutex::new(Fare { lived: now, ..Fare::default() }),
            limit: channel.per_second().map(|most| Mutex::new(Bucket::new(most, now))),
            domains: Mutex::default(),
        }
    }

    fn fare(&self) -> MutexGuard<'_, Fare> {
        self.fare.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When this process used it for the first time.
    pub(super) fn begun(&self) -> Timestamp {
        self.begun
    }

    /// How many are handed out at once: what is answered in about a second, so that a slow relay
    /// holds few, and a fast one is worth a commit.
    pub(super) fn portion(&self) -> usize {
        let portion = self.portion.load(Ordering::Relaxed);
        if self.fare().failures > 0 { portion.min(PROBE) } else { portion }
    }

    /// A portion was answered within this time.
    pub(super) fn took(&self, time: std::time::Duration) {
        let portion = self.portion.load(Ordering::Relaxed);
        let most = PORTION.min(self.channel.connections() * IN_FLIGHT / 2);
        let fits = match time.as_millis() {
            0..500 => (portion * 2).min(most),
            500..2000 => portion,
            _ => (portion / 2).max(FEWEST).min(most),
        };
        self.portion.store(fits, Ordering::Relaxed);
    }

    /// Room for so many in flight, as far as there is any now.
    pub(super) fn room_now(&self, most: usize) -> Option<OwnedSemaphorePermit> {
        let free = self.room.available_permits().min(most);
        let free = u32::try_from(free).ok()?;
        Arc::clone(&self.room).try_acquire_many_owned(free).ok().filter(|_| free > 0)
    }

    /// Waits for room for so many, if ever there is as much.
    pub(super) async fn room(&self, wanted: usize) -> Option<OwnedSemaphorePermit> {
        let wanted = u32::try_from(wanted).ok()?;
        self.wanting.fetch_add(1, Ordering::Relaxed);
        let room = Arc::clone(&self.room).acquire_many_owned(wanted).await.ok();
        self.wanting.fetch_sub(1, Ordering::Relaxed);
        room
    }

    /// Whether a walk waits for room.
    pub(super) fn is_room_wanted(&self) -> bool {
        self.wanting.load(Ordering::Relaxed) > 0
    }

    /// How many of so many its limit lets go now.
    pub(super) fn allowed(&self, wanted: usize, now: Timestamp) -> usize {
        let Some(limit) = &self.limit else { return wanted };
        limit.lock().unwrap_or_else(PoisonError::into_inner).take(wanted, now)
    }

    /// Gives back what was allowed and not needed.
    pub(super) fn unused(&self, count: usize) {
        if let Some(limit) = &self.limit {
            limit.lock().unwrap_or_else(PoisonError::into_inner).give_back(count);
        }
    }

    /// How long until its limit lets the next one go.
    pub(super) fn interval(&self) -> Option<Span> {
        let limit = self.limit.as_ref()?;
        Some(limit.lock().unwrap_or_else(PoisonError::into_inner).interval())
    }

    /// Whether a message may go to the domain of this address now.
    pub(super) fn may_go_to(&self, address: &str, now: Timestamp) -> bool {
        let Some(most) = self.channel.per_second_and_domain() else { return true };
        self.domains.lock().unwrap_or_else(PoisonError::into_inner).may(address, most, now)
    }

    /// Waits for a turn on one of the connections.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let turn = self.connections.acquire().await.ok();
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        turn
    }

    /// Whether somebody waits for a turn.
    pub(super) fn is_wanted(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    /// A connection: a kept one, or a new one.
    pub(super) fn line(&self, wire: &Wire) -> Result<Box<dyn Line>, ChannelError> {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match kept {
            Some(line) => Ok(line),
            None => kind(&self.channel)?.open(wire, &self.channel),
        }
    }

    /// Keeps a connection for later.
    pub(super) fn keep(&self, line: Box<dyn Line>) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    /// The channel has told somebody.
    pub(super) fn lives(&self, now: Timestamp) {
        let mut fare = self.fare();
        (fare.lived, fare.told_at) = (now, Some(now));
        (fare.rests_until, fare.failures, fare.reason) = (None, 0, None);
    }

    /// When it last told somebody; before that, when it was used for the first time.
    pub(super) fn lived(&self) -> Timestamp {
        self.fare().lived
    }

    /// Its last connection failed: it rests, at least for so long.
    pub(super) fn fails(&self, after: Span, reason: &str, now: Timestamp) {
        let mut fare = self.fare();
        fare.reason = Some(reason.to_owned());
        if !fare.rests_until.is_some_and(|until| is_ahead(until, now)) {
            let rest = FIRST_REST.times(1 << fare.failures.min(8)).min(LONGEST_REST);
            fare.failures += 1;
            fare.rests_until = Some(now.after(rest.max(after)));
        }
    }

    /// One of its connections failed while others go on: it has fewer for a while.
    pub(super) fn shies(&self, after: Span, now: Timestamp) {
        self.fare().shy_until = Some(now.after(after.max(FIRST_REST)));
    }

    /// Whether no more connections are to be opened now.
    pub(super) fn is_shy(&self, now: Timestamp) -> bool {
        self.fare().shy_until.is_some_and(|until| is_ahead(until, now))
    }

    /// Until when it rests, if it does.
    pub(super) fn rests_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.fare().rests_until.filter(|until| is_ahead(*until, now))
    }

    /// How it fares, if that is otherwise than was written down last.
    fn news(&self, now: Timestamp) -> Option<Health> {
        let mut fare = self.fare();
        let health = Health {
            told_at: fare.told_at,
            rests_until: fare.rests_until,
            failures: fare.failures,
            reason: fare.reason.clone(),
            seen_at: now,
        };
        let same = fare.noted.as_ref().is_some_and(|noted| {
            let lately = noted.seen_at.after(NOTE_EVERY) > now || noted.told_at == health.told_at;
            let like = (noted.rests_until, noted.failures, noted.told_at.is_some());
            lately && like == (health.rests_until, health.failures, health.told_at.is_some())
        });
        if same {
            return None;
        }
        fare.noted = Some(health.clone());
        Some(health)
    }
}

/// Whether this time is still to come. What lies further ahead than any rest was set before the
/// clock was turned back.
fn is_ahead(until: Timestamp, now: Timestamp) -> bool {
    until > now && until <= now.after(Waits::LONGEST)
}

/// The adapter for a channel.
pub(super) fn kind(channel: &Channel) -> Result<&'static dyn Adapter, ChannelError> {
    adapter(&channel.kind).ok_or_else(|| ChannelError::Setting {
        channel: channel.key.to_string(),
        field: "kind",
        reason: format!("“{}” is no kind of channel", channel.kind),
    })
}

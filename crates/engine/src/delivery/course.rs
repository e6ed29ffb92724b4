//! The course of one walk: a portion is handed out while the one before it is still being
//! answered, so that no connection waits. The intent is stored before anything is sent, and with
//! it whatever was answered meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::dispatch::{Dispatch, Next, Outcome, Real, Walk};
use model::fare::Position;
use model::handbook::Handbook;
use model::recipient::Contact;
use model::value::{Span, Timestamp};
use store::dispatch::Stored;
use store::shard::Lease;
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::compose::Composer;
use super::fall_back::stands_in;
use super::outbox::{Answer, Outbox};
use super::rate::domain;
use super::way::Way;
use crate::body::Body;
use crate::{Engine, EngineError};

mod fall_back;
mod ledger;

/// How often is looked whether a paused channel was resumed.
const LOOK_AGAIN: Span = Span::seconds(5);

/// A walk that a limit holds up looks again after so long at the earliest.
const LIMIT_AGAIN: Span = Span::millis(100);

/// Where the messages of a dispatch go.
pub(super) enum Route {
    /// Over a channel.
    Way(Dispatch<Real>, Arc<Way>),
    /// A drill ends here.
    Sink,
    /// The handbook no longer has the channel.
    Nowhere,
}

impl Route {
    pub(super) fn way(&self) -> Option<&Arc<Way>> {
        match self {
            Self::Way(_, way) => Some(way),
            Self::Sink | Self::Nowhere => None,
        }
    }
}

/// One walk under way.
pub(super) struct Course<'a> {
    pub(super) engine: &'a Engine,
    pub(super) lease: Lease,
    pub(super) walk: Walk,
    pub(super) dispatch: Arc<Stored<Body>>,
    pub(super) handbook: Arc<Handbook>,
    route: Route,
    outbox: Arc<Outbox>,
    composer: Composer,
    lines: JoinSet<()>,
    /// Room for those who are in flight by what is stored.
    room: Option<OwnedSemaphorePermit>,
    /// Of that, room for those who are answered by now. It is used again, as the intent of the
    /// next ones is stored together with those answers.
    spare: usize,
    /// Somebody was answered, and that is not stored yet.
    unsaved: bool,
    /// Addresses that turned out to be dead, not stored yet.
    gone: Vec<i64>,
    saved: Instant,
    /// How many were tried, and since when, for the measure of a portion.
    tried: usize,
    measured: Instant,
    superseded: bool,
    /// When the next one may go to a domain that takes no more.
    slots: BTreeMap<String, Timestamp>,
}

impl<'a> Course<'a> {
    pub(super) fn new(
        engine: &'a Engine,
        lease: Lease,
        walk: Walk,
        dispatch: Stored<Body>,
        handbook: Arc<Handbook>,
        route: Route,
    ) -> Self {
        let dispatch = Arc::new(dispatch);
        let composer = Composer {
            handbook: Arc::clone(&handbook),
            dispatch: Arc::clone(&dispatch),
            keys: Arc::clone(&engine.keys),
            forms: BTreeMap::new(),
        };
        Self {
            engine,
            lease,
            walk,
            // An update that nobody had yet when a newer one came is not told any more.
            superseded: dispatch.superseded_by.is_some(),
            dispatch,
            handbook,
            route,
            outbox: Arc::default(),
            composer,
            lines: JoinSet::new(),
            room: None,
            spare: 0,
            unsaved: false,
            gone: Vec::new(),
            saved: Instant::now(),
            tried: 0,
            measured: Instant::now(),
            slots: BTreeMap::new(),
        }
    }

    /// Goes on until everybody is settled, nothing can be done for now, or a newer notice takes
    /// over.
    pub(super) async fn run(mut self) -> Result<(), EngineError> {
        loop {
            self.take_in();
            let stopping = self.engine.is_winding_down();
            if self.superseded || stopping {
                self.recall();
                if self.walk.in_flight() == 0 {
                    let due = (!self.superseded).then(|| self.engine.now());
                    return self.come_to_rest(due).await;
                }
                self.wait().await?;
                continue;
            }
            match self.next().await? {
                Next::Send(offsets) => self.hand_out(offsets).await?,
                Next::Wait(until) => return self.come_to_rest(Some(until)).await,
                Next::Busy => self.wait().await?,
                Next::FallBack => {
                    self.recall();
                    self.fall_back().await?;
                }
                Next::Done => return self.come_to_rest(None).await,
            }
        }
    }

    /// What to do next. A new portion is handed out only when the one before the last is
    /// answered, so that each is worth its commit, and only as far as the channel has room.
    async fn next(&mut self) -> Result<Next, EngineError> {
        let now = self.engine.now();
        let Some(way) = self.route.way().cloned() else {
            return Ok(self.walk.next(now));
        };
        self.rest_with_the_channel(&way, now);
        if self.walk.paused_until(now).is_some() {
            self.recall();
        }
        let portion = way.portion();
        let flying = self.walk.in_flight();
        if flying > portion || self.outbox.queued() >= portion {
            return Ok(self.walk.next_few(now, 0));
        }
        if self.spare > 0 && way.is_room_wanted() {
            // What others wait for is given back, not used again: once it is worth a commit.
            if self.spare < portion && flying > 0 {
                return Ok(self.walk.next_few(now, 0));
            }
            self.save(Some(now), true, vec![]).await?;
        }
        let spare = self.spare.min(portion);
        let mut room = way.room_now(portion - spare);
        if spare == 0 && room.is_none() && flying == 0 {
            room = self.keep_while(way.room(portion)).await?;
        }
        let room_for = spare + room.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let now = self.engine.now();
        let most = way.allowed(room_for, now);
        let next = self.walk.next_few(now, most);
        way.unused(most - if let Next::Send(offsets) = &next { offsets.len() } else { 0 });
        if let (Next::Busy, 0, Some(interval)) = (&next, flying, way.interval()) {
            // The limit lets nobody go now.
            return Ok(Next::Wait(now.after(interval.max(LIMIT_AGAIN))));
        }
        if let Next::Send(offsets) = &next {
            let again = spare.min(offsets.len());
            self.spare -= again;
            let taken = room.and_then(|mut room| room.split(offsets.len() - again));
            match (&mut self.room, taken) {
                (Some(held), Some(taken)) => held.merge(taken),
                (held @ None, taken) => *held = taken,
                (Some(_), None) => {}
            }
        }
        Ok(next)
    }

    fn rest_with_the_channel(&mut self, way: &Way, now: Timestamp) {
        let rests = match self.engine.shared.ways.position(&way.channel.key) {
            Position::Automatic => way.rests_until(now),
            Position::Paused => Some(now.after(LOOK_AGAIN)),
            Position::Forced => None,
        };
        if let Some(until) = rests {
            self.walk.rest_until(until);
        }
        if let Some(step) = stands_in(&self.handbook, &self.dispatch) {
            self.walk.lives_until(way.lived().min(now).after(step.after));
        }
    }

    /// Stores the intent, then hands out.
    async fn hand_out(&mut self, offsets: Vec<u16>) -> Result<(), EngineError> {
        let Route::Way(real, way) = &self.route else {
            self.save(Some(self.engine.now()), true, vec![]).await?;
            self.answer_for_nobody(&offsets);
            return Ok(());
        };
        let (real, way) = (real.clone(), Arc::clone(way));
        if self.walk.in_flight() == offsets.len() {
            (self.measured, self.tried) = (Instant::now(), 0);
        }
        let (engine, base) = (self.engine, self.lease.base);
        let contacts = engine.contacts_of(way.channel.address_book(), base, &offsets);
        let stored = self.save(Some(engine.now()), true, vec![]);
        let (stored, contacts) = tokio::join!(stored, contacts);
        stored?;
        let contacts = contacts?;
        self.superseded = engine.store.is_superseded(self.dispatch.id).await?;
        if self.superseded {
            self.spare += offsets.len();
            offsets.into_iter().for_each(|offset| self.walk.recall(offset));
            return Ok(());
        }
        let mut parcels = Vec::with_capacity(offsets.len());
        for offset in offsets {
            let contact = contacts.get(&(base + i64::from(offset)));
            if let Some(due) = contact.and_then(|contact| self.later_for_its_domain(&way, contact))
            {
                self.walk.postpone(offset, due);
                self.spare += 1;
                continue;
            }
            match self.composer.compose(&way.channel, contact) {
                Ok(parcel) => parcels.push((offset, parcel)),
                Err(outcome) => self.outbox.answer(offset, Answer::Outcome(outcome)),
            }
        }
        self.outbox.push(parcels);
        self.man(&real, &way);
        Ok(())
    }

    /// When somebody may be sent to whose domain takes no more now: each waits for a time of its
    /// own.
    fn later_for_its_domain(&mut self, way: &Way, contact: &Contact) -> Option<Timestamp> {
        let now = self.engine.now();
        let most = way.channel.per_second_and_domain()?;
        if way.may_go_to(&contact.address, now) {
            return None;
        }
        let next = self.slots.entry(domain(&contact.address)).or_insert(now);
        *next = (*next).max(now).after(Span::from_micros(1_000_000 / i64::from(most)));
        Some(*next)
    }

    /// Sees to it that there are connections for what is queued.
    fn man(&mut self, real: &Dispatch<Real>, way: &Arc<Way>) {
        while self.lines.try_join_next().is_some() {}
        let wanted = self.outbox.queued().min(way.channel.connections());
        let first = self.lines.is_empty();
        if way.is_shy(self.engine.now()) && !first {
            return;
        }
        while self.lines.len() < wanted {
            let (engine, real) = (self.engine.clone(), real.clone());
            let (way, outbox) = (Arc::clone(way), Arc::clone(&self.outbox));
            self.lines.spawn(engine.carry(real, way, outbox));
        }
    }

    /// The answers where nothing goes out.
    fn answer_for_nobody(&self, offsets: &[u16]) {
        let outcome = match &self.route {
            Route::Nowhere => {
                let channel = &self.dispatch.order.channel;
                let reason = format!("the handbook no longer has the channel “{channel}”");
                Outcome::ChannelDown { after: Span::minutes(1), reason }
            }
            Route::Sink | Route::Way(..) => Outcome::Accepted { receipt: "drill".into() },
        };
        for offset in offsets {
            self.outbox.answer(*offset, Answer::Outcome(outcome.clone()));
        }
    }
}

//! Bounces: read from where they come back to, noted, and then counted in the reach.

use std::collections::BTreeSet;

use model::dispatch::{Bounce, SHARD};
use model::handbook::Handbook;
use model::handbook::channel::Channel;
use model::value::{Key, Span};
use outside::channel::adapter;
use outside::channel::inbox::{Batch, Inbox};
use store::bounce::{Returned, Uncounted, begin_steps, counted_steps, read_steps, recall_steps};
use store::dispatch::Stored;
use store::recipient::gone_steps;
use store::shard::amend_steps;
use store::{Write, alarm};

use crate::alarm::{BOUNCES_UNREAD, Trouble};
use crate::body::Body;
use crate::{Engine, EngineError};

/// The lease of this task.
const TASK: &str = "bounces";
/// After so long another node reads in the place of one that has died.
const LEASE: Span = Span::minutes(5);
/// A mailbox that could not be read for so long is an alarm: nobody knows then who was not reached.
pub const UNREAD: Span = Span::minutes(30);
/// After so long a message is given up: no other channel begins to tell it then.
const TELLABLE: Span = Span::minutes(24 * 60);
/// So many batches are read in one step, so that a full mailbox keeps no other waiting.
const BATCHES: usize = 100;
/// So many bounces are counted in one step.
const MOST: u32 = 20_000;

impl Engine {
    /// Reads what came back, on one node, and counts it. One public step of the recurring task.
    ///
    /// # Errors
    ///
    /// When the database does not answer. A mailbox that does not is logged, and an alarm after
    /// [`UNREAD`].
    pub async fn bounce_step(&self) -> Result<(), EngineError> {
        let (now, node) = (self.now(), &self.node.name);
        if self.store.take_lease(TASK, node, now, now.after(LEASE)).await?.is_none() {
            return Ok(());
        }
        let handbook = self.handbook().await?.handbook;
        let mut read = BTreeSet::new();
        for channel in handbook.channels.values() {
            let opened = match adapter(&channel.kind).map(|it| it.inbox(&self.wire, channel)) {
                None | Some(Ok(None)) => continue,
                Some(Ok(Some(inbox))) => Ok(inbox),
                Some(Err(why)) => Err(why.to_string()),
            };
            read.insert(channel.key.to_string());
            self.read_or_complain(channel, opened).await?;
        }
        self.calm_the_rest(&read).await?;
        self.count_bounces(&handbook).await
    }

    async fn read_or_complain(
        &self,
        channel: &Channel,
        opened: Result<Box<dyn Inbox>, String>,
    ) -> Result<(), EngineError> {
        let key = &channel.key;
        self.store.write(begin_steps(key, self.now())).await?;
        let read = match opened {
            Ok(mut inbox) => self.read_on(key, &mut *inbox).await?,
            Err(why) => Err(why),
        };
        let Err(why) = read else {
            return self.calm(&Trouble::BouncesUnread(key.clone())).await;
        };
        tracing::warn!(channel = %key, %why, "the mailbox of bounces cannot be read");
        let place = self.store.inbox(key).await?;
        if place.is_some_and(|place| self.now().since(place.read_at) >= UNREAD) {
            self.raise(&Trouble::BouncesUnread(key.clone())).await?;
        }
        Ok(())
    }

    /// Reads until nothing is left. What was read is noted in the same write as how far: after a
    /// crash it is read again and noted once.
    async fn read_on(
        &self,
        channel: &Key,
        inbox: &mut dyn Inbox,
    ) -> Result<Result<(), String>, EngineError> {
        for _ in 0..BATCHES {
            let from = self.store.inbox(channel).await?.map(|place| place.position);
            let from = from.unwrap_or_default();
            let batch = match inbox.read(&from).await {
                Ok(batch) => batch,
                Err(why) => return Ok(Err(why)),
            };
            let (returned, foreign) = self.believed(&batch);
            let unclear = batch.unclear + foreign;
            let steps = read_steps(channel, &from, &batch.position, unclear, &returned, self.now());
            match self.store.write(steps).await {
                Ok(_) => {}
                // Another node has taken over and read on.
                Err(why) if why.is_conflict() => return Ok(Ok(())),
                Err(why) => return Err(why.into()),
            }
            if !returned.is_empty() || unclear > 0 {
                let bounces = returned.len();
                tracing::info!(%channel, bounces, unclear, "read what came back");
            }
            if !batch.more {
                break;
            }
        }
        Ok(Ok(()))
    }

    /// What came back to an address that we made, and how much did not.
    fn believed(&self, batch: &Batch) -> (Vec<Returned>, u64) {
        let mut foreign = 0;
        let mut returned = Vec::new();
        for report in &batch.reports {
            match self.keys.returned(&report.token) {
                Some(whose) => returned.push(Returned {
                    dispatch: whose.dispatch,
                    recipient: whose.recipient,
                    fate: report.bounce,
                    reason: report.reason.clone(),
                }),
                None => foreign += 1,
            }
        }
        (returned, foreign)
    }

    /// Takes into the reach whatever is noted and whose shard nobody works on.
    async fn count_bounces(&self, handbook: &Handbook) -> Result<(), EngineError> {
        let all = self.store.uncounted_bounces(self.now(), MOST).await?;
        let mut counted = false;
        for uncounted in &all {
            counted |= self.count(uncounted, handbook).await?;
        }
        if counted {
            self.changed();
            self.shared.delivery_due.notify_one();
        }
        Ok(())
    }

    /// Corrects one shard, marks the addresses that are gone, and lets whoever steps in for the
    /// channel tell them, all in one write. Says whether that was done, or is left for later.
    async fn count(&self, uncounted: &Uncounted, handbook: &Handbook) -> Result<bool, EngineError> {
        let (found, now) = (&uncounted.found, self.now());
        let dispatch: Option<Stored<Body>> = self.store.dispatch(found.dispatch).await?;
        let shard = self.store.shard(found.dispatch, found.base).await?;
        let (Some(dispatch), Some(mut shard)) = (dispatch, shard) else { return Ok(false) };
        let mut gone = Vec::new();
        for (recipient, bounce) in &uncounted.bounces {
            let Ok(offset) = u16::try_from(recipient % SHARD) else { continue };
            shard.bounce(offset, *bounce);
            if *bounce == Bounce::Gone {
                gone.push(*recipient);
            }
        }
        let mut write =
            Write::from(amend_steps(found, &shard, now)).and(counted_steps(uncounted, now));
        if let Some(channel) = handbook.channels.get(&dispatch.order.channel) {
            write = write.and(gone_steps(channel.address_book(), &gone, now));
            let young = now.since(dispatch.order.created_at) < TELLABLE;
            if channel.falls_back.is_some() && young {
                write = write.and(recall_steps(found, now));
            }
        }
        match self.store.write(write).await {
            Ok(_) => Ok(true),
            // Somebody has begun to work on it: it is counted when they are done.
            Err(why) if why.is_conflict() => Ok(false),
            Err(why) => Err(why.into()),
        }
    }

    /// Nobody waits any more for a mailbox that the handbook no longer has.
    async fn calm_the_rest(&self, read: &BTreeSet<String>) -> Result<(), EngineError> {
        let open = self.store.open_alarms().await?;
        let over = open
            .iter()
            .filter(|one| one.kind == BOUNCES_UNREAD && !read.contains(&one.subject))
            .flat_map(|one| alarm::close_steps(&one.kind, &one.subject, self.now()));
        let over: Vec<_> = over.collect();
        if !over.is_empty() {
            self.store.write(over).await?;
        }
        Ok(())
    }
}

//! The walk over one shard: window by window, intent stored before and result after.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::dispatch::{Next, Outcome, Pace, Shard, Sorted, Walk};
use model::handbook::Handbook;
use model::handbook::channel::Channel;
use model::recipient::Contact;
use model::value::{Span, Timestamp};
use outside::channel::Parcel;
use store::Write;
use store::dispatch::Stored;
use store::recipient::gone_steps;
use store::shard::{Lease, save_steps};
use store::wave::wave_steps;

use super::fall_back::stands_in;
use super::letter::Letters;
use super::{LEASE, PROLONG, WINDOW, send};
use crate::body::Body;
use crate::mark::mark;
use crate::{Engine, EngineError};

/// After so long an undelivered message is given up.
const PATIENCE: Span = Span::minutes(24 * 60);

/// No wait between two tries is longer.
const LONGEST_WAIT: Span = Span::minutes(5);

/// The wait before the next try. A walk ends when it has to wait, and the next one knows nothing
/// of its tries: so waits grow with the age of the message, by an eighth each time.
fn first_wait(age: Span) -> Span {
    Span::from_micros(age.micros() / 8).max(Span::seconds(2)).min(LONGEST_WAIT)
}

/// How long a newer notice waits before it looks again whether the older one's window, which was
/// in flight when the newer came, is answered.
const OLDER_FIRST: Span = Span::millis(200);

impl Engine {
    /// Walks one shard until everybody is settled, nothing can be done for now, or a newer notice
    /// takes over. A lost lease ends it: another holder goes on.
    pub(super) async fn walk(&self, lease: Lease, shard: Shard) -> Result<(), EngineError> {
        mark("walk.leased");
        match self.walk_leased(&lease, shard).await {
            Err(EngineError::Store(why)) if why.is_conflict() => {
                tracing::warn!(dispatch = lease.dispatch, base = lease.base, "lease lost");
                Ok(())
            }
            other => other,
        }
    }

    async fn walk_leased(&self, lease: &Lease, shard: Shard) -> Result<(), EngineError> {
        let Some(dispatch) = self.store.dispatch::<Body>(lease.dispatch).await? else {
            return Ok(());
        };
        let handbook = self.followed(&dispatch).await?;
        let age = self.now().since(dispatch.order.created_at);
        let pace = Pace {
            window: WINDOW,
            first_wait: first_wait(age),
            longest_wait: LONGEST_WAIT,
            give_up_at: dispatch.order.created_at.after(PATIENCE),
            fall_back_at: stands_in(&handbook, &dispatch)
                .map(|step| dispatch.order.created_at.after(step.after)),
        };
        let mut walk = Walk::resume(shard, pace);
        if self.store.older_is_under_way(dispatch.id, lease.base, self.now()).await? {
            let soon = self.now().after(OLDER_FIRST);
            return self.save(lease, &mut walk, Some(soon), false, vec![]).await;
        }
        // An update that nobody had yet when a newer one came is not told any more.
        let mut superseded = dispatch.superseded_by.is_some();
        while !superseded {
            match walk.next(self.now()) {
                Next::Send(offsets) => {
                    self.save(lease, &mut walk, Some(self.now()), true, vec![]).await?;
                    let window = self.attempt(&dispatch, &handbook, walk.shard().base, &offsets);
                    let outcomes = self.hold(lease, &mut walk, window).await?;
                    let gone = self.take(&mut walk, &dispatch, &handbook, &outcomes);
                    // The next window's intent is stored together with this result.
                    if !gone.is_empty() {
                        self.save(lease, &mut walk, Some(self.now()), true, gone).await?;
                    }
                    superseded = self.is_superseded(dispatch.id).await?;
                }
                Next::Wait(until) => {
                    return self.save(lease, &mut walk, Some(until), false, vec![]).await;
                }
                Next::FallBack => self.fall_back(lease, &mut walk, &dispatch, &handbook).await?,
                Next::Busy => unreachable!("every window is answered before the next is asked"),
                Next::Done => break,
            }
        }
        self.save(lease, &mut walk, None, false, vec![]).await?;
        self.finish(&dispatch).await
    }

    /// Waits for a window and prolongs the lease meanwhile, however slow the relay is: else another
    /// node would send to the same people at the same time.
    async fn hold<T>(
        &self,
        lease: &Lease,
        walk: &mut Walk,
        window: impl Future<Output = Result<T, EngineError>>,
    ) -> Result<T, EngineError> {
        let mut window = std::pin::pin!(window);
        loop {
            match tokio::time::timeout(PROLONG, &mut window).await {
                Ok(outcomes) => return outcomes,
                Err(_) => self.save(lease, walk, Some(self.now()), true, vec![]).await?,
            }
        }
    }

    /// The handbook version whose channels count: that which the incident follows now, so that a
    /// wrong relay can be repaired in mid-outage.
    async fn followed(&self, dispatch: &Stored<Body>) -> Result<Arc<Handbook>, EngineError> {
        let number = match &dispatch.order.incident {
            Some(id) => self.case(id).await?.incident.handbook,
            None => self.handbook().await?.number,
        };
        Ok(self.handbook_version(number).await?.handbook)
    }

    async fn is_superseded(&self, dispatch: i64) -> Result<bool, EngineError> {
        let stored = self.store.dispatch::<Body>(dispatch).await?;
        Ok(stored.is_none_or(|one| one.superseded_by.is_some()))
    }

    pub(super) async fn save(
        &self,
        lease: &Lease,
        walk: &mut Walk,
        due_at: Option<Timestamp>,
        keep: bool,
        more: Vec<store::Step>,
    ) -> Result<(), EngineError> {
        let until = keep.then(|| self.now().after(LEASE));
        let steps = save_steps(lease, walk.shard(), due_at, until);
        // In the same write: who lost the lease notes nobody as told.
        let wave = wave_steps(lease, &walk.take_news(), self.now());
        mark("settle.before_commit");
        self.store.write(Write::from(steps).and(wave).and(more)).await?;
        mark("settle.committed");
        Ok(())
    }

    /// Sends one window.
    async fn attempt(
        &self,
        dispatch: &Stored<Body>,
        handbook: &Handbook,
        base: i64,
        offsets: &[u16],
    ) -> Result<Vec<(u16, Outcome)>, EngineError> {
        let order = &dispatch.order;
        let Sorted::Real(real) = dispatch.sorted() else {
            let receipt = || Outcome::Accepted { receipt: "drill".into() };
            return Ok(offsets.iter().map(|offset| (*offset, receipt())).collect());
        };
        let Some(channel) = handbook.channels.get(&order.channel) else {
            let reason = format!("the handbook no longer has the channel “{}”", order.channel);
            let down = Outcome::ChannelDown { after: Span::minutes(1), reason };
            return Ok(offsets.iter().map(|offset| (*offset, down.clone())).collect());
        };
        let contacts = self.contacts_of(channel.address_book(), base, offsets).await?;
        let letters = Letters { handbook, dispatch, keys: &self.keys };
        let mut outcomes = Vec::new();
        let mut parcels = Vec::new();
        for offset in offsets {
            match compose(&letters, channel, contacts.get(&(base + i64::from(*offset)))) {
                Ok(parcel) => parcels.push((*offset, parcel)),
                Err(outcome) => outcomes.push((*offset, outcome)),
            }
        }
        outcomes.extend(self.send_window(&real, channel, parcels).await);
        // Whoever has no answer because a connection's task broke off may have got it.
        let answered: BTreeSet<u16> = outcomes.iter().map(|(offset, _)| *offset).collect();
        let silent = offsets.iter().filter(|offset| !answered.contains(offset));
        let unknown = || Outcome::Unknown { reason: "sending broke off".into() };
        let silent: Vec<_> = silent.map(|offset| (*offset, unknown())).collect();
        outcomes.extend(silent);
        Ok(outcomes)
    }

    /// Where the window's recipients can be reached now: consent is looked at again.
    async fn contacts_of(
        &self,
        channel: &model::value::Key,
        base: i64,
        offsets: &[u16],
    ) -> Result<BTreeMap<i64, Contact>, EngineError> {
        let first = offsets.iter().min().copied().unwrap_or(0);
        let last = offsets.iter().max().copied().unwrap_or(0);
        let (from, to) = (base + i64::from(first), base + i64::from(last) + 1);
        let contacts = self.store.contacts(channel, from, to).await?;
        Ok(contacts.into_iter().map(|contact| (contact.recipient, contact)).collect())
    }

    /// Takes in what became of a window; gives the steps that mark dead addresses.
    fn take(
        &self,
        walk: &mut Walk,
        dispatch: &Stored<Body>,
        handbook: &Handbook,
        outcomes: &[(u16, Outcome)],
    ) -> Vec<store::Step> {
        let now = self.now();
        let base = walk.shard().base;
        let mut gone = Vec::new();
        for (offset, outcome) in outcomes {
            walk.take(*offset, outcome, now);
            let recipient = base + i64::from(*offset);
            if let Outcome::Gone { reason } = outcome
                && reason != LEFT
            {
                gone.push(recipient);
            }
            if !matches!(outcome, Outcome::Accepted { .. }) {
                tracing::debug!(dispatch = dispatch.id, recipient, ?outcome, "not accepted");
            }
        }
        let book = handbook.channels.get(&dispatch.order.channel).map(Channel::address_book);
        book.filter(|_| !gone.is_empty()).map_or(vec![], |book| gone_steps(book, &gone, now))
    }
}

/// The reason where somebody left between freezing and sending: nothing about the address.
const LEFT: &str = "left before it was sent";

/// The reason where a subscribed webhook outlived the key of its secret.
const KEYLESS: &str = "the key of its secret is no longer in keys.json: it must subscribe anew";

fn compose(
    letters: &Letters<'_>,
    channel: &Channel,
    contact: Option<&Contact>,
) -> Result<Parcel, Outcome> {
    let contact = contact.ok_or_else(|| Outcome::Gone { reason: LEFT.into() })?;
    let to = letters.recipient(contact);
    // A stranger's address is never told anything unsigned, nor called as if it were ours.
    if contact.seed.is_some() && to.own.is_none() {
        return Err(Outcome::Refused { reason: KEYLESS.into() });
    }
    let refused =
        |why: outside::channel::ChannelError| Outcome::Refused { reason: why.to_string() };
    let adapter = send::kind(channel).map_err(refused)?;
    adapter.compose(channel, &letters.post(contact), &to).map_err(refused)
}

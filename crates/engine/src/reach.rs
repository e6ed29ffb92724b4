//! Whom each notice has reached, and after how long.

use std::collections::BTreeMap;

use model::dispatch::{Shard, Tally};
use model::incident::Phase;
use model::notice::Kind;
use model::reach::{Curve, Seen, Stand, Sum, Wave, curve, stands, sum, tally};
use model::value::{Key, Timestamp};
use store::dispatch::Stored;

use crate::body::Body;
use crate::incident::Case;
use crate::{Engine, EngineError};

pub(crate) use lately::Pictures;

mod lately;
pub mod table;
pub mod unreached;

/// Whom one notice has reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The notice's number.
    pub number: u32,
    /// What it is for.
    pub kind: Kind,
    /// When it was published.
    pub at: Timestamp,
    /// Over which channel, to which audience.
    pub ways: Vec<Way>,
    /// Each audience over all its channels, each of its people counted once.
    pub audiences: Vec<Audience>,
    /// All people and machines over all channels, each counted once.
    pub sum: Sum,
    /// How many had it after how long.
    pub curve: Curve,
}

/// One notice to one audience over one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The channel.
    pub channel: Key,
    /// The audience.
    pub audience: Key,
    /// Whether it is known yet who is meant.
    pub counted: bool,
    /// Whether a newer notice took over the rest.
    pub taken_over: bool,
    /// How many stand where.
    pub tally: Tally,
}

impl Way {
    /// How its people stand: who is open belongs to the newer notice once that took over.
    #[must_use]
    pub fn sum(&self) -> Sum {
        let Tally { planned, accepted, unsure, refused, gone, open, .. } = self.tally;
        let (open, taken_over) = if self.taken_over { (0, open) } else { (open, 0) };
        Sum { planned, accepted, open, unsure, taken_over, refused, gone }
    }
}

/// One notice to one audience over all its channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    /// Its key in the handbook.
    pub key: Key,
    /// How its people stand.
    pub sum: Sum,
}

/// What is known of one dispatch.
struct Known {
    dispatch: Stored<Body>,
    shards: Vec<Shard>,
}

impl Known {
    fn seen(&self) -> impl Iterator<Item = Seen<'_>> {
        let taken_over = self.dispatch.superseded_by.is_some();
        self.shards.iter().map(move |shard| Seen { shard, taken_over })
    }
}

impl Engine {
    /// Whom each published notice of an incident has reached, the newest first.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn reach(&self, case: &Case) -> Result<Vec<Reached>, EngineError> {
        let dispatches: Vec<Stored<Body>> = self.store.dispatches_of(&case.incident.id).await?;
        let mut all = Vec::new();
        for notice in case.incident.published().rev() {
            let Phase::Published { at, .. } = notice.phase else { continue };
            let mine = dispatches.iter().filter(|one| one.order.notice == Some(notice.number));
            let known = self.known(mine).await?;
            let mut waves: Vec<Wave> = Vec::new();
            for one in &known {
                waves.extend(self.store.waves_of(one.dispatch.id).await?);
            }
            let shards = known.iter().flat_map(|one| &one.shards);
            all.push(Reached {
                number: notice.number,
                kind: notice.kind,
                at,
                ways: ways(&known),
                audiences: audiences(&known),
                sum: sum(stands_of(&known).values()),
                curve: curve(at, shards, &waves),
            });
        }
        Ok(all)
    }

    async fn known(
        &self,
        dispatches: impl Iterator<Item = &Stored<Body>>,
    ) -> Result<Vec<Known>, EngineError> {
        let mut known = Vec::new();
        for dispatch in dispatches {
            let shards = self.store.shards_of(dispatch.id).await?;
            known.push(Known { dispatch: dispatch.clone(), shards });
        }
        Ok(known)
    }
}

fn stands_of(known: &[Known]) -> BTreeMap<i64, Stand> {
    stands(known.iter().flat_map(Known::seen))
}

/// One row for each audience and channel, however many dispatches there were: another channel
/// steps in shard by shard.
fn ways(known: &[Known]) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for Known { dispatch, shards } in known {
        let (order, tally) = (&dispatch.order, tally(shards));
        let same = |way: &&mut Way| way.channel == order.channel && way.audience == order.audience;
        let (counted, taken_over) =
            (dispatch.frozen_at.is_some(), dispatch.superseded_by.is_some());
        if let Some(way) = ways.iter_mut().find(same) {
            way.tally += tally;
            way.counted &= counted;
            way.taken_over |= taken_over;
        } else {
            let (channel, audience) = (order.channel.clone(), order.audience.clone());
            ways.push(Way { channel, audience, counted, taken_over, tally });
        }
    }
    ways
}

/// In the order in which the audiences were told.
fn audiences(known: &[Known]) -> Vec<Audience> {
    let mut keys: Vec<&Key> = Vec::new();
    for one in known {
        let key = &one.dispatch.order.audience;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let audience = |key: &Key| {
        let own = known.iter().filter(|one| one.dispatch.order.audience == *key);
        let stands = stands(own.flat_map(Known::seen));
        Audience { key: key.clone(), sum: sum(stands.values()) }
    };
    keys.into_iter().map(audience).collect()
}

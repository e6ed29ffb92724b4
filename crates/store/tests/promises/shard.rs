use model::dispatch::{Ids, SHARD, Shard, Sorted};
use model::value::PublicId;
use std::collections::BTreeSet;
use store::dispatch::{Order, create_steps, done_steps, take_over_steps};
use store::shard::{freeze_steps, release_steps, save_steps, wake_steps};
use store::{Store, StoreError, Write};

use crate::both::both;
use crate::{at, key};

fn order(kind: &str) -> Order<String> {
    Order {
        incident: None,
        notice: Some(1),
        kind: kind.into(),
        channel: key("mail"),
        audience: key("everybody"),
        body: "Grüße".into(),
        drill: false,
        created_at: at(1),
    }
}

async fn create(store: &Store) -> i64 {
    store.write(create_steps(&order("notice"))).await.unwrap().given[0]
}

/// A dispatch with so many shards of three recipients each.
async fn frozen(store: &Store, shards: i64) -> i64 {
    let id = create(store).await;
    let shards: Vec<_> =
        (0..shards).map(|n| Shard::planned(n * SHARD, Ids::from_iter([1, 2, 65_535]))).collect();
    store.write(freeze_steps(id, &shards, at(2))).await.unwrap();
    id
}

both! {
    async fn what_became_of_everybody_survives_to_the_last_bit(db: &Db) {
        let id = frozen(&db.store, 1).await;
        let (lease, mut shard) = db.store.lease_shard("a", at(2), at(60), &BTreeSet::new()).await.unwrap().unwrap();
        for (n, set) in [
            &mut shard.accepted, &mut shard.refused, &mut shard.gone, &mut shard.unsure,
            &mut shard.delivered, &mut shard.intent, &mut shard.doubted,
        ].into_iter().enumerate() {
            set.insert(u16::try_from(n).unwrap());
        }
        shard.settled = 65_536;
        db.store.write(save_steps(&lease, &shard, None, None)).await.unwrap();
        let store = db.another().await;
        assert_eq!(store.shard(id, 0).await.unwrap(), Some(shard.clone()));
        assert_eq!(store.shards_of(id).await.unwrap(), [shard]);
        assert_eq!(store.unsettled_shards(id).await.unwrap(), 0);
        assert_eq!(store.next_shard_due().await.unwrap(), None);
        assert_eq!(store.lease_shard("a", at(900), at(960), &BTreeSet::new()).await.unwrap(), None);
    }

    async fn a_holder_that_overslept_cannot_undo_what_its_successor_wrote(db: &Db) {
        frozen(&db.store, 1).await;
        let (old, shard) = db.store.lease_shard("a", at(2), at(60), &BTreeSet::new()).await.unwrap().unwrap();
        assert_eq!(db.store.lease_shard("b", at(59), at(90), &BTreeSet::new()).await.unwrap(), None);
        assert_eq!(db.store.next_shard_due().await.unwrap(), Some(at(60)));
        let (new, _) = db.store.lease_shard("b", at(60), at(120), &BTreeSet::new()).await.unwrap().unwrap();
        assert!(new.epoch > old.epoch);
        let why = db.store.write(save_steps(&old, &shard, None, None)).await.unwrap_err();
        assert!(matches!(why, StoreError::Conflict { step: "shard.save" }), "{why}");
        db.store.write(save_steps(&new, &shard, Some(at(61)), Some(at(130)))).await.unwrap();
    }

    async fn many_workers_share_the_shards_and_no_two_get_the_same(db: &Db) {
        frozen(&db.store, 12).await;
        let workers = (0..12).map(|n| {
            let store = db.store.clone();
            tokio::spawn(async move {
                store.lease_shard(&format!("worker {n}"), at(2), at(60), &BTreeSet::new()).await.unwrap()
            })
        });
        let mut bases = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            bases.push(worker.await.unwrap().unwrap().0.base);
        }
        bases.sort_unstable();
        assert_eq!(bases, (0..12).map(|n| n * SHARD).collect::<Vec<_>>());
    }

    async fn a_node_that_was_killed_goes_on_at_once_when_started_again(db: &Db) {
        frozen(&db.store, 1).await;
        let (old, shard) = db.store.lease_shard("node", at(2), at(60), &BTreeSet::new()).await.unwrap().unwrap();
        db.store.write(release_steps("node")).await.unwrap();
        let late = db.store.write(save_steps(&old, &shard, None, None)).await;
        assert!(late.unwrap_err().is_conflict(), "the killed process still writes");
        assert!(db.store.lease_shard("node", at(3), at(60), &BTreeSet::new()).await.unwrap().is_some());
    }

    async fn a_waiting_shard_can_be_woken(db: &Db) {
        let id = frozen(&db.store, 1).await;
        let (lease, shard) = db.store.lease_shard("a", at(2), at(60), &BTreeSet::new()).await.unwrap().unwrap();
        db.store.write(save_steps(&lease, &shard, Some(at(500)), None)).await.unwrap();
        assert_eq!(db.store.lease_shard("a", at(3), at(60), &BTreeSet::new()).await.unwrap(), None);
        db.store.write(wake_steps(id, at(3))).await.unwrap();
        assert!(db.store.lease_shard("a", at(3), at(60), &BTreeSet::new()).await.unwrap().is_some());
    }

    async fn an_audience_is_frozen_once(db: &Db) {
        let id = create(&db.store).await;
        assert_eq!(db.store.undone_dispatches::<String>().await.unwrap()[0].frozen_at, None);
        let shards = [Shard::planned(0, Ids::from_iter([1]))];
        db.store.write(freeze_steps(id, &shards, at(2))).await.unwrap();
        let why = db.store.write(freeze_steps(id, &shards, at(3))).await.unwrap_err();
        assert!(matches!(why, StoreError::Conflict { step: "shard.frozen" }), "{why}");
        let stored = db.store.dispatch::<String>(id).await.unwrap().unwrap();
        assert_eq!((stored.frozen_at, stored.order), (Some(at(2)), order("notice")));
    }

    async fn a_dispatch_is_done_once(db: &Db) {
        let id = create(&db.store).await;
        db.store.write(done_steps(id, at(5))).await.unwrap();
        assert!(db.store.write(done_steps(id, at(6))).await.unwrap_err().is_conflict());
        assert_eq!(db.store.undone_dispatches::<String>().await.unwrap(), []);
    }

    async fn a_newer_notice_takes_over_from_the_older_and_from_nothing_else(db: &Db) {
        let id = PublicId::from_chance(1);
        db.by_hand(&format!(
            "INSERT INTO incident (id, seq, opened_at, drill, listing) VALUES ('{id}', 1, 1, 0, '')"
        ));
        let of = |kind: &str| Order { incident: Some(id.clone()), ..order(kind) };
        let first = [of("notice"), of("alert"), order("notice")];
        let write = first.iter().fold(Write::new(), |write, one| write.and(create_steps(one)));
        let old = db.store.write(write).await.unwrap().given;
        let new = of("notice");
        let write = Write::new().and(create_steps(&new)).and(take_over_steps(&new));
        let new = db.store.write(write).await.unwrap().given[0];
        let mut over = Vec::new();
        for id in old {
            over.push(db.store.dispatch::<String>(id).await.unwrap().unwrap().superseded_by);
        }
        assert_eq!(over, [Some(new), None, None]);
        assert_eq!(db.store.dispatches_of::<String>(&id).await.unwrap().len(), 3);
    }

    async fn a_drill_comes_back_as_a_drill(db: &Db) {
        for drill in [true, false] {
            let order = Order { drill, ..order("notice") };
            let id = db.store.write(create_steps(&order)).await.unwrap().given[0];
            let stored = db.store.dispatch::<String>(id).await.unwrap().unwrap();
            assert_eq!(matches!(stored.sorted(), Sorted::Sink(_)), drill);
        }
    }
}

use std::collections::BTreeSet;

use model::dispatch::{Ids, Shard};
use model::reach::Wave;
use model::value::{PublicId, Timestamp};
use store::dispatch::{Order, create_steps};
use store::shard::{freeze_steps, save_steps};
use store::wave::{replace_steps, wave_steps};
use store::{Store, Write};

use crate::both::both;
use crate::{at, key};

async fn frozen(store: &Store) -> i64 {
    let order = Order {
        incident: None::<PublicId>,
        notice: Some(1),
        kind: "notice".into(),
        channel: key("mail"),
        audience: key("everybody"),
        body: "Grüße".to_owned(),
        drill: false,
        created_at: at(1),
    };
    let id = store.write(create_steps(&order)).await.unwrap().given[0];
    let shard = Shard::planned(0, Ids::from_iter(0..100));
    store.write(freeze_steps(id, &[shard], at(2))).await.unwrap();
    id
}

fn wave(at: Timestamp, accepted: impl IntoIterator<Item = u16>) -> Wave {
    Wave { base: 0, at, accepted: accepted.into_iter().collect() }
}

both! {
    async fn who_was_told_when_is_noted_with_the_save_and_only_if_somebody_is_new(db: &Db) {
        let id = frozen(&db.store).await;
        let (lease, shard) = db.store.lease_shard("a", at(2), at(60), &BTreeSet::new()).await.unwrap().unwrap();
        for (seconds, new) in [(3, 0..10), (4, 10..10), (5, 10..60)] {
            let save = save_steps(&lease, &shard, Some(at(3)), Some(at(60)));
            let wave = wave_steps(&lease, &new.collect(), at(seconds));
            db.store.write(Write::from(save).and(wave)).await.unwrap();
        }
        assert_eq!(db.store.waves_of(id).await.unwrap(), [wave(at(3), 0..10), wave(at(5), 10..60)]);
    }

    async fn a_holder_that_lost_its_lease_notes_nobody_as_told(db: &Db) {
        let id = frozen(&db.store).await;
        let (old, shard) = db.store.lease_shard("a", at(2), at(60), &BTreeSet::new()).await.unwrap().unwrap();
        db.store.lease_shard("b", at(60), at(90), &BTreeSet::new()).await.unwrap().unwrap();
        let save = save_steps(&old, &shard, None, None);
        let late = Write::from(save).and(wave_steps(&old, &Ids::from_iter([1]), at(61)));
        assert!(db.store.write(late).await.unwrap_err().is_conflict());
        assert_eq!(db.store.waves_of(id).await.unwrap(), []);
    }

    async fn thinned_waves_take_the_place_of_all(db: &Db) {
        let id = frozen(&db.store).await;
        let (lease, _) = db.store.lease_shard("a", at(2), at(60), &BTreeSet::new()).await.unwrap().unwrap();
        for offset in 0..3_u16 {
            let steps = wave_steps(&lease, &Ids::from_iter([offset]), at(3));
            db.store.write(steps).await.unwrap();
        }
        db.store.write(replace_steps(id, &[wave(at(3), 0..3)])).await.unwrap();
        assert_eq!(db.store.waves_of(id).await.unwrap(), [wave(at(3), 0..3)]);
    }
}

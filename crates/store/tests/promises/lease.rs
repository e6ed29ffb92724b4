use store::{StoreError, Write};

use crate::at;
use crate::both::both;

both! {
    async fn a_task_is_carried_out_by_one_node_at_a_time(db: &Db) {
        let (one, two) = (db.store.clone(), db.another().await);
        let (first, second) = tokio::join!(
            one.take_lease("probe", "a", at(1), at(10)),
            two.take_lease("probe", "b", at(1), at(10)),
        );
        assert!(first.unwrap().is_some() != second.unwrap().is_some());
    }

    async fn who_lost_a_lease_can_neither_prolong_it_nor_write_under_it(db: &Db) {
        let old = db.store.take_lease("probe", "a", at(1), at(10)).await.unwrap().unwrap();
        db.store.write(old.renew_steps(at(20))).await.unwrap();
        assert_eq!(db.store.take_lease("probe", "b", at(19), at(30)).await.unwrap(), None);
        let new = db.store.take_lease("probe", "b", at(20), at(30)).await.unwrap().unwrap();
        assert!(new.epoch > old.epoch);
        assert!(db.store.write(old.renew_steps(at(40))).await.unwrap_err().is_conflict());
        let write = Write::new().and(old.check_steps()).and(store::page::turn_steps());
        let why = db.store.write(write).await.unwrap_err();
        assert!(matches!(why, StoreError::Conflict { step: "lease.check" }), "{why}");
        let write = Write::new().and(new.check_steps()).and(store::page::turn_steps());
        db.store.write(write).await.unwrap();
        assert_eq!(db.store.page_revision().await.unwrap(), 1);
    }

    async fn a_node_started_again_takes_its_own_lease_without_waiting(db: &Db) {
        let old = db.store.take_lease("probe", "a", at(1), at(100)).await.unwrap().unwrap();
        let new = db.store.take_lease("probe", "a", at(2), at(100)).await.unwrap().unwrap();
        assert!(new.epoch > old.epoch);
    }
}

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use store::backup::{Counts, Inventory, Restored, fill};
use store::page::turn_steps;
use store::recipient::{add_steps, leave_steps};
use store::{Store, StoreError};

use crate::both::{Db, both};
use crate::upgrade::{as_released, is_all_there, newcomer};
use crate::{at, key};

type Blocks = Vec<Vec<u8>>;

async fn dumped(store: &Store) -> (Blocks, Counts) {
    let blocks = Mutex::new(Vec::new());
    let mut sink = |block: &[u8]| {
        blocks.lock().unwrap().push(block.to_vec());
        Ok(())
    };
    let counts = store.dump(&mut sink).await.unwrap();
    (blocks.into_inner().unwrap(), counts)
}

async fn filled(db: &Db, blocks: &Blocks, replace: bool) -> Result<Restored, StoreError> {
    let mut blocks = blocks.clone().into_iter();
    fill(&db.address, replace, &mut || Ok(blocks.next())).await
}

/// An installation of today in the middle of all sorts of things.
async fn lived_in(db: &Db) -> Store {
    as_released(db, 5);
    let store = db.another().await;
    // The highest id is free again, and must not come back after a restore.
    let last = store.write(add_steps(&[newcomer("last@x")], at(9))).await.unwrap().given[0];
    store.write(leave_steps(last, at(10))).await.unwrap();
    store
}

/// Another database of each kind.
async fn empty() -> Vec<Db> {
    let mut all = vec![Db::sqlite().await];
    all.extend(Db::postgres().await);
    all
}

both! {
    async fn a_backup_is_restored_into_either_database_with_every_row(db: &Db) {
        let store = lived_in(db).await;
        let (blocks, counts) = dumped(&store).await;
        let mut seen = Inventory::default();
        blocks.iter().for_each(|block| seen.see(block).unwrap());
        assert_eq!(seen.finish().unwrap().counts, counts);
        for other in empty().await {
            let restored = filled(&other, &blocks, false).await.unwrap();
            assert_eq!(restored.counts, counts);
            let again = other.another().await;
            again.check().await.unwrap();
            is_all_there(&again, 5).await;
            // Nobody is signed in, and nobody holds anything; all else is as it was.
            assert!(again.sessions().await.unwrap().is_empty());
            assert_eq!(again.accounts().await.unwrap().len(), 1);
            let (lease, _) = again.lease_shard("other", at(8), at(60), &BTreeSet::new()).await.unwrap().unwrap();
            assert_eq!(lease.epoch, 6, "whoever held it in the old database is fenced off");
            let taken = again.take_lease("deliver", "other", at(1), at(60)).await.unwrap();
            assert_eq!(taken.unwrap().epoch, 19);
            let next = again.write(add_steps(&[newcomer("next@x")], at(9))).await.unwrap().given;
            assert_eq!(next, [8], "an id came back");
        }
    }

    async fn a_backup_is_of_one_moment_while_others_write(db: &Db) {
        let list: Vec<_> = (0..2_000).map(|n| newcomer(&format!("{n}@x"))).collect();
        db.store.write(add_steps(&list, at(1))).await.unwrap();
        let store = db.store.clone();
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let writing = tokio::spawn(async move {
            let mut number = 0;
            while !told.load(std::sync::atomic::Ordering::Relaxed) {
                number += 1;
                let steps = add_steps(&[newcomer(&format!("late{number}@x"))], at(2));
                store.write(steps).await.unwrap();
            }
        });
        for _ in 0..5 {
            let (_, counts) = dumped(&db.store).await;
            let of = |name: &str| counts.iter().find(|(table, _)| table == name).unwrap().1;
            assert_eq!(of("recipient"), of("contact"));
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        writing.await.unwrap();
    }

    async fn a_backup_goes_over_nothing_unless_told_to(db: &Db) {
        let (blocks, _) = dumped(&lived_in(db).await).await;
        for other in empty().await {
            other.store.write(add_steps(&[newcomer("there@x")], at(1))).await.unwrap();
            let why = filled(&other, &blocks, false).await.unwrap_err();
            assert!(matches!(why, StoreError::NotEmpty { .. }), "{why}");
            let there = other.store.subscriber_at(&key("mail"), "there@x").await.unwrap();
            assert!(there.is_some(), "nothing was changed");
            filled(&other, &blocks, true).await.unwrap();
            let again = other.another().await;
            is_all_there(&again, 5).await;
            assert_eq!(again.subscriber_at(&key("mail"), "there@x").await.unwrap(), None);
        }
    }

    /// By a program whose newest format was the first one.
    async fn a_backup_of_an_older_format_is_brought_to_the_newest(db: &Db) {
        let number = |n: i64| n.to_le_bytes().to_vec();
        let text = |text: &str| {
            let length = u32::try_from(text.len()).unwrap();
            [&length.to_le_bytes(), text.as_bytes()].concat()
        };
        let one = 1_u32.to_le_bytes().to_vec();
        let blocks = vec![
            [b"F".to_vec(), number(1)].concat(),
            [b"T".to_vec(), text("page"), one.clone(), text("revision")].concat(),
            [b"R".to_vec(), one.clone(), one.clone(), vec![1], number(42)].concat(),
            [b"E".to_vec(), one, text("page"), number(1)].concat(),
        ];
        let restored = filled(db, &blocks, false).await.unwrap();
        assert_eq!(restored.format, 1);
        let store = db.another().await;
        store.check().await.unwrap();
        assert_eq!(store.page_revision().await.unwrap(), 42);
    }

    async fn a_backup_that_is_not_whole_changes_nothing(db: &Db) {
        let (blocks, _) = dumped(&lived_in(db).await).await;
        for other in empty().await {
            other.store.write(turn_steps()).await.unwrap();
            for cut in [0, 1, blocks.len() / 2, blocks.len() - 1] {
                let why = filled(&other, &blocks[..cut].to_vec(), true).await.unwrap_err();
                assert!(matches!(why, StoreError::BadBackup(_)), "{why}");
            }
            let mut without = blocks.clone();
            without.remove(2);
            let why = filled(&other, &without, true).await.unwrap_err();
            assert!(matches!(why, StoreError::BadBackup(_)), "{why}");
            assert_eq!(other.store.page_revision().await.unwrap(), 1);
        }
    }
}

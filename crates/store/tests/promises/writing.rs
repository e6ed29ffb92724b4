//! Writes: all or nothing, durable, together.

use store::page::turn_steps;
use store::{StoreError, Write, alarm, audit};
use tokio::task::JoinSet;

use crate::at;
use crate::both::both;

both! {
    async fn writers_at_once_lose_nothing(db: &Db) {
        let mut writers = JoinSet::new();
        for _ in 0..32 {
            let store = db.store.clone();
            writers.spawn(async move {
                for _ in 0..10 {
                    store.write(turn_steps()).await.unwrap();
                }
            });
        }
        writers.join_all().await;
        assert_eq!(db.another().await.page_revision().await.unwrap(), 320);
    }

    async fn a_write_that_fails_in_a_group_leaves_its_neighbours_alone(db: &Db) {
        let mut writers = JoinSet::new();
        for n in 0..60 {
            let store = db.store.clone();
            writers.spawn(async move {
                let free = store::handbook::apply_steps(None, at(1), "", "", &[].into());
                let write = Write::new().and(turn_steps());
                let write = if n % 3 == 0 { write.and(free) } else { write };
                store.write(write).await.is_ok()
            });
        }
        let done = writers.join_all().await.into_iter().filter(|ok| *ok).count();
        assert_eq!(done, 41, "forty free ones, and one of twenty that want the same number");
        assert_eq!(db.store.page_revision().await.unwrap(), 41);
    }

    async fn a_write_whose_caller_went_away_is_whole_or_absent(db: &Db) {
        for n in 0..30 {
            let write = Write::new()
                .and(alarm::raise_steps("test", &n.to_string(), "", at(n)))
                .and(turn_steps());
            let store = db.store.clone();
            let task = tokio::spawn(async move { store.write(write).await });
            for _ in 0..n {
                tokio::task::yield_now().await;
            }
            task.abort();
            let _ = task.await;
        }
        // A last write sorts after all that were under way: rows are locked, or there is one
        // queue.
        db.store.write(turn_steps()).await.unwrap();
        let alarms = db.store.open_alarms().await.unwrap().len();
        assert_eq!(db.store.page_revision().await.unwrap(), i64::try_from(alarms).unwrap() + 1);
    }

    async fn a_text_that_only_one_database_could_hold_is_refused_by_both(db: &Db) {
        let entry = audit::Entry {
            at: at(1),
            actor: "a\0b".into(),
            act: String::new(),
            subject: String::new(),
            detail: String::new(),
        };
        let why = db.store.write(audit::note_steps(&entry)).await.unwrap_err();
        assert!(matches!(why, StoreError::Unstorable { step: "audit.add", .. }), "{why}");
    }

    async fn writing_nothing_needs_no_commit(db: &Db) {
        db.store.write(Write::new()).await.unwrap();
        assert_eq!(db.store.commits(), 0);
    }
}

#[tokio::test]
async fn many_writes_share_a_commit() {
    let db = crate::both::Db::sqlite().await;
    let mut writers = JoinSet::new();
    for _ in 0..200 {
        let store = db.store.clone();
        writers.spawn(async move { store.write(turn_steps()).await.unwrap() });
    }
    writers.join_all().await;
    assert!(db.store.commits() < 100, "{} commits for 200 writes", db.store.commits());
}

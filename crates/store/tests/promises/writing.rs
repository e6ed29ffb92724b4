//! Writes: all or nothing, durable, together.

use store::page::turn_steps;
use store::{StoreError, Write};

use crate::both::both;

both! {
    async fn writers_at_once_lose_nothing(db: &Db) {
        let writers = (0..32).map(|_| {
            let store = db.store.clone();
            tokio::spawn(async move {
                for _ in 0..10 {
                    store.write(turn_steps()).await.unwrap();
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        assert_eq!(db.store.page_revision().await.unwrap(), 320);
        assert!(db.store.commits() <= 320);
    }

    async fn a_write_whose_last_step_fails_changes_nothing(db: &Db) {
        db.store.write(turn_steps()).await.unwrap();
        db.by_hand("INSERT INTO page (revision) VALUES (5)");
        let write = Write::new().and(turn_steps());
        let why = db.store.write(write).await.unwrap_err();
        assert!(matches!(why, StoreError::Conflict { step: "page.turn" }), "{why}");
        db.by_hand("DELETE FROM page WHERE revision <> 1");
        assert_eq!(db.store.page_revision().await.unwrap(), 1);
    }
}

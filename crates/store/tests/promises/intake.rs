use model::intake::{Labels, Source, Subject};
use store::Write;
use store::intake::{clean_steps, put_steps};

use crate::both::both;
use crate::{at, key};

fn subject(down: i64, up: i64) -> Subject {
    Subject {
        labels: Labels::from([("alertname".into(), "Shöp".into())]),
        detail: "antwortet nicht".into(),
        down_at: at(down),
        up_at: at(up),
        up_heard_at: at(up + 1),
    }
}

both! {
    async fn whichever_of_two_processes_writes_last_no_report_is_lost(db: &Db) {
        let source = Source::Alertmanager;
        let put = |one: &Subject| db.store.write(put_steps(&source, "a", one));
        let (begun, over) = (subject(9, 3), subject(5, 7));
        let (one, two) = tokio::join!(put(&begun), put(&over));
        one.unwrap();
        two.unwrap();
        put(&subject(1, 1)).await.unwrap();
        let known = db.store.reported(&source).await.unwrap();
        assert_eq!(known, [("a".to_owned(), subject(9, 7))].into());
    }

    async fn what_is_over_is_forgotten_and_what_is_down_stays(db: &Db) {
        let hook = Source::Hook(key("shop"));
        let write = Write::new()
            .and(put_steps(&hook, "down", &subject(9, 3)))
            .and(put_steps(&hook, "over", &subject(3, 4)))
            .and(put_steps(&hook, "just over", &subject(3, 8)));
        db.store.write(write).await.unwrap();
        assert!(db.store.reported(&Source::Alertmanager).await.unwrap().is_empty());
        db.store.write(clean_steps(at(9))).await.unwrap();
        let known = db.store.reported(&hook).await.unwrap();
        assert_eq!(known.into_keys().collect::<Vec<_>>(), ["down", "just over"]);
    }
}

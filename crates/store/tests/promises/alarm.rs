use model::handbook::system::Rule;
use model::value::PublicId;
use model::verdict::{Observation, Sight, Watch};
use store::alarm::{close_steps, raise_steps};
use store::journal::{Entry, merge_steps};
use store::monitor::{beat_steps, forget_steps, put_steps};
use store::{Write, audit};

use crate::both::both;
use crate::{at, key};

fn watch(seconds: i64) -> Watch {
    let mut watch = Watch::default();
    let seen = Observation {
        at: at(seconds),
        since: None,
        sight: Sight::Failed,
        detail: "antwortet 503".into(),
    };
    watch.observe(Rule { fails: 2, of: 3, recover: 2 }, &seen);
    watch
}

both! {
    async fn an_alarm_is_raised_once_however_many_notice_it(db: &Db) {
        let raise = || raise_steps("monitoring-stopped", "shop", "seit 5 Minuten", at(1));
        let (first, second) = tokio::join!(db.store.write(raise()), db.store.write(raise()));
        let refused = [&first, &second].into_iter().filter_map(|one| one.as_ref().err());
        assert_eq!(refused.map(store::StoreError::is_conflict).collect::<Vec<_>>(), [true]);
        let open = db.store.open_alarms().await.unwrap();
        assert_eq!((open.len(), open[0].subject.as_str()), (1, "shop"));
        db.store.write(close_steps("monitoring-stopped", "shop", at(2))).await.unwrap();
        assert_eq!(db.store.open_alarms().await.unwrap(), []);
        assert_eq!(db.store.write(raise()).await.unwrap().given.len(), 1);
        let all = db.store.newest_alarms(9).await.unwrap();
        assert_eq!(all.iter().map(|one| one.closed_at).collect::<Vec<_>>(), [None, Some(at(2))]);
    }

    async fn older_knowledge_of_a_monitor_never_replaces_newer(db: &Db) {
        for seconds in [5, 9, 7] {
            db.store.write(put_steps(&key("shop"), &watch(seconds))).await.unwrap();
            db.store.write(beat_steps(&key("cron"), at(seconds))).await.unwrap();
        }
        assert_eq!(db.store.monitors().await.unwrap(), [(key("shop"), watch(9))].into());
        assert_eq!(db.store.beats().await.unwrap(), [(key("cron"), at(9))]);
        db.store.write(forget_steps(&key("shop"))).await.unwrap();
        assert_eq!(db.store.monitors().await.unwrap(), [].into());
    }

    async fn an_emergency_notice_is_merged_exactly_once(db: &Db) {
        let entry = Entry { id: PublicId::from_chance(1), written_at: at(1), entry: "Alles aus" };
        let merge = || {
            Write::new().and(merge_steps(&entry, at(9))).and(store::page::turn_steps())
        };
        db.store.write(merge()).await.unwrap();
        assert!(db.store.write(merge()).await.unwrap_err().is_conflict());
        assert_eq!(db.store.page_revision().await.unwrap(), 1);
        let journal = db.store.journal::<String>(9).await.unwrap();
        assert_eq!((journal.len(), journal[0].entry.as_str()), (1, "Alles aus"));
    }

    async fn who_did_what_is_listed_the_newest_first(db: &Db) {
        for seconds in [1, 2, 3] {
            let entry = audit::Entry {
                at: at(seconds),
                actor: "ada".into(),
                act: "handbook.apply".into(),
                subject: seconds.to_string(),
                detail: String::new(),
            };
            db.store.write(audit::note_steps(&entry)).await.unwrap();
        }
        let newest = db.store.newest_audit(2).await.unwrap();
        assert_eq!(newest.iter().map(|one| one.at).collect::<Vec<_>>(), [at(3), at(2)]);
    }
}

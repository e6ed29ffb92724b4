use model::handbook::plan::Level;
use model::incident::{Actor, Cause, Event, Incident, Recorded};
use model::value::PublicId;
use store::incident::{append_steps, open_steps};
use store::{StoreError, Write};

use crate::both::both;
use crate::{at, key};

fn opened(seconds: i64, plan: &str, drill: bool) -> Recorded {
    let event = Event::Opened {
        plan: key(plan),
        handbook: 1,
        drill,
        cause: Cause::Verdict(key("login")),
        level: Level::Incident,
        since: at(seconds - 60),
        affected: [key("login")].into(),
        standing: [].into(),
    };
    Recorded { seq: 1, at: at(seconds), by: Actor::Program, event }
}

fn next(seq: u64, event: Event) -> Recorded {
    Recorded { seq, at: at(100), by: Actor::Person(key("ada")), event }
}

fn folded(id: u64, events: &[Recorded]) -> Incident {
    Incident::fold(&PublicId::from_chance(id), events).unwrap()
}

both! {
    async fn an_incident_is_after_a_restart_what_it_was_before(db: &Db) {
        let story = [
            opened(10, "login", false),
            next(2, Event::EndExpected { at: Some(at(500)) }),
            next(3, Event::Recovered),
        ];
        let before = folded(1, &story[..1]);
        db.store.write(open_steps(&before, &story[..1])).await.unwrap();
        let after = folded(1, &story);
        db.store.write(append_steps(1, &after, &story[1..])).await.unwrap();
        let store = db.another().await;
        assert_eq!(store.incident_events(&after.id).await.unwrap(), story);
        assert_eq!(store.incident(&after.id).await.unwrap(), Some(after.clone()));
        assert_eq!(store.open_incidents().await.unwrap(), [after]);
        assert_eq!(store.incident(&PublicId::from_chance(2)).await.unwrap(), None);
    }

    async fn two_racing_verdicts_open_one_incident(db: &Db) {
        let events = [opened(10, "login", false)];
        let (one, two) = (folded(1, &events), folded(2, &events));
        let (first, second) = tokio::join!(
            db.store.write(open_steps(&one, &events)),
            db.store.write(open_steps(&two, &events)),
        );
        assert!(first.is_ok() != second.is_ok());
        let lost = first.err().or(second.err()).unwrap();
        assert!(matches!(lost, StoreError::Conflict { step: "incident.open" }), "{lost}");
        assert_eq!(db.store.open_incidents().await.unwrap().len(), 1);
    }

    async fn a_drill_does_not_stand_in_the_way_of_the_real_thing(db: &Db) {
        for (id, drill) in [(1, true), (2, false)] {
            let events = [opened(10, "login", drill)];
            db.store.write(open_steps(&folded(id, &events), &events)).await.unwrap();
        }
        assert_eq!(db.store.open_incidents().await.unwrap().len(), 2);
    }

    async fn a_closed_incident_makes_room_for_the_next_one(db: &Db) {
        for id in 1..=3 {
            let story = [opened(10 * id, "login", false), next(2, Event::Closed)];
            let id = id.cast_unsigned();
            db.store.write(open_steps(&folded(id, &story[..1]), &story[..1])).await.unwrap();
            db.store.write(append_steps(1, &folded(id, &story), &story[1..])).await.unwrap();
        }
        assert_eq!(db.store.open_incidents().await.unwrap(), []);
        let page = db.store.newest_incidents(None, 2).await.unwrap();
        let times: Vec<_> = page.iter().map(|one| one.opened_at).collect();
        assert_eq!(times, [at(30), at(20)]);
        assert_eq!(page[0].closed_at, Some(at(100)));
        let before = Some((page[1].opened_at, &page[1].id));
        let rest = db.store.newest_incidents(before, 2).await.unwrap();
        assert_eq!(rest.iter().map(|one| one.opened_at).collect::<Vec<_>>(), [at(10)]);
    }

    async fn who_decided_on_old_knowledge_changes_nothing_anywhere(db: &Db) {
        let story = [opened(10, "login", false), next(2, Event::Recovered)];
        db.store.write(open_steps(&folded(1, &story[..1]), &story[..1])).await.unwrap();
        let both = folded(1, &story);
        db.store.write(append_steps(1, &both, &story[1..])).await.unwrap();
        let late = [next(2, Event::Closed)];
        let write = Write::new().and(store::page::turn_steps()).and(append_steps(1, &both, &late));
        let why = db.store.write(write).await.unwrap_err();
        assert!(matches!(why, StoreError::Conflict { step: "incident.move" }), "{why}");
        assert_eq!(db.store.page_revision().await.unwrap(), 0);
        assert_eq!(db.store.incident_events(&both.id).await.unwrap(), story);
    }
}

use model::dispatch::{Ids, Shard};
use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind};
use model::value::PublicId;
use store::Store;
use store::dispatch::{Order, create_steps, done_steps, take_over_steps};
use store::latecomer::{note_steps, tell_steps};
use store::recipient::add_steps;
use store::shard::freeze_steps;

use crate::both::{Db, both};
use crate::{at, key};

fn order(incident: &PublicId, notice: u32) -> Order<String> {
    Order {
        incident: Some(incident.clone()),
        notice: Some(notice),
        kind: "notice".into(),
        channel: key("mail"),
        audience: key("everybody"),
        body: "Grüße".into(),
        drill: false,
        created_at: at(1),
    }
}

fn incident(db: &Db) -> PublicId {
    let id = PublicId::from_chance(1);
    db.by_hand(&format!(
        "INSERT INTO incident (id, seq, opened_at, drill, listing) VALUES ('{id}', 1, 1, 0, '')"
    ));
    id
}

async fn frozen(store: &Store, incident: &PublicId, notice: u32) -> i64 {
    let order = order(incident, notice);
    let mut steps = create_steps(&order);
    steps.extend(take_over_steps(&order));
    let id = store.write(steps).await.unwrap().given[0];
    let shard = Shard::planned(0, Ids::from_iter([9]));
    store.write(freeze_steps(id, &[shard], at(2))).await.unwrap();
    id
}

async fn somebody(store: &Store, kind: RecipientKind) -> i64 {
    let named = kind != RecipientKind::Subscriber;
    let new = NewRecipient {
        kind,
        key: named.then(|| "erika".into()),
        channel: "mail".into(),
        address: "new@example.org".into(),
        language: Language::DE,
        consent_at: None,
        components: None,
    };
    let given = store.write(add_steps(&[new], at(1))).await.unwrap().given;
    given.first().copied().unwrap_or(1)
}

both! {
    async fn a_subscriber_who_comes_while_a_notice_is_under_way_is_a_latecomer_of_it_once(db: &Db) {
        let store = &db.store;
        let incident = incident(db);
        let person = somebody(store, RecipientKind::Subscriber).await;
        store.write(note_steps(person)).await.unwrap();
        assert_eq!(store.latecomers(9).await.unwrap(), [], "nothing is under way");
        let old = frozen(store, &incident, 1).await;
        let new = frozen(store, &incident, 2).await;
        for _ in 0..2 {
            store.write(note_steps(person)).await.unwrap();
        }
        assert_eq!(store.latecomers(9).await.unwrap(), [(new, person)], "not of {old}");
        store.write(done_steps(new, at(5))).await.unwrap();
        assert_eq!(store.latecomers(9).await.unwrap().len(), 1, "it counts when they came");
        let late = [Shard::planned(0, Ids::from_iter([u16::try_from(person).unwrap()]))];
        store.write(tell_steps(new, &"Hallo", &late, at(6))).await.unwrap();
        let twice = store.write(tell_steps(new, &"Hallo", &late, at(6))).await;
        assert!(twice.unwrap_err().is_conflict(), "another node tells them too");
        assert_eq!(store.latecomers(9).await.unwrap(), []);
        let told = store.dispatches_of::<String>(&incident).await.unwrap().pop().unwrap();
        assert_eq!((told.order.body.as_str(), told.order.notice), ("Hallo", Some(2)));
        assert_eq!(store.shards_of(told.id).await.unwrap()[0].planned, late[0].planned);
        store.write(note_steps(person)).await.unwrap();
        assert_eq!(store.latecomers(9).await.unwrap(), [(told.id, person)]);
    }

    async fn nobody_is_told_late_of_what_a_newer_notice_took_over(db: &Db) {
        let store = &db.store;
        let incident = incident(db);
        let person = somebody(store, RecipientKind::Subscriber).await;
        let old = frozen(store, &incident, 1).await;
        store.write(note_steps(person)).await.unwrap();
        let late = [Shard::planned(0, Ids::from_iter([u16::try_from(person).unwrap()]))];
        store.write(tell_steps(old, &"Hallo", &late, at(3))).await.unwrap();
        store.write(note_steps(person)).await.unwrap();
        let new = frozen(store, &incident, 2).await;
        let all = store.dispatches_of::<String>(&incident).await.unwrap();
        let over: Vec<_> = all.iter().map(|one| one.superseded_by).collect();
        assert_eq!(over, [Some(new), Some(new), None], "also what went to latecomers");
        let why = store.write(tell_steps(old, &"Hallo", &late, at(3))).await.unwrap_err();
        assert!(why.is_conflict(), "{why}");
    }

    async fn who_is_no_subscriber_is_no_latecomer(db: &Db) {
        let incident = incident(db);
        frozen(&db.store, &incident, 1).await;
        let erika = somebody(&db.store, RecipientKind::Staff).await;
        db.store.write(note_steps(erika)).await.unwrap();
        assert_eq!(db.store.latecomers(9).await.unwrap(), []);
    }
}

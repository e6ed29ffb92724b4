//! What came back is noted once and counted once, whoever works on it.

use std::collections::BTreeSet;

use model::dispatch::{Bounce, Ids, Shard};
use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind};
use model::value::PublicId;
use store::bounce::{Returned, Uncounted, begin_steps, counted_steps, read_steps, recall_steps};
use store::dispatch::{Order, create_steps};
use store::recipient::{add_steps, leave_steps};
use store::shard::{amend_steps, freeze_steps, save_steps};
use store::{Store, StoreError, Write};

use crate::both::{Db, Home, both};
use crate::{at, key};

const PEOPLE: i64 = 5;

fn order(notice: u32) -> Order<String> {
    Order {
        incident: Some(PublicId::from_chance(1)),
        notice: Some(notice),
        kind: "notice".into(),
        channel: key("mail"),
        audience: key("everybody"),
        body: String::new(),
        drill: false,
        created_at: at(1),
    }
}

/// A dispatch whose five recipients were all told, and nothing is left to do.
async fn told(db: &Db) -> i64 {
    let (store, incident) = (&db.store, PublicId::from_chance(1));
    db.by_hand(&format!(
        "INSERT INTO incident (id, seq, opened_at, drill, listing)
         VALUES ('{incident}', 1, 1, 0, '')"
    ));
    let people: Vec<_> = (0..PEOPLE)
        .map(|number| NewRecipient {
            kind: RecipientKind::Subscriber,
            key: None,
            channel: "mail".into(),
            address: format!("p{number}@people.example"),
            language: Language::DE,
            consent_at: Some(at(1)),
            components: None,
        })
        .collect();
    let given = store.write(add_steps(&people, at(1))).await.unwrap().given;
    assert_eq!(given, [1, 2, 3, 4, 5]);
    let id = store.write(create_steps(&order(1))).await.unwrap().given[0];
    store.write(freeze_steps(id, &[planned()], at(2))).await.unwrap();
    let (lease, mut shard) =
        store.lease_shard("a", at(2), at(60), &BTreeSet::new()).await.unwrap().unwrap();
    shard.accepted = shard.planned.clone();
    shard.settled = 65_536;
    store.write(save_steps(&lease, &shard, None, None)).await.unwrap();
    id
}

fn planned() -> Shard {
    Shard::planned(0, (1..=5).collect())
}

fn returned(dispatch: i64, recipient: i64) -> Returned {
    let reason = format!("550 5.1.1 <p{recipient}@people.example>: no such user");
    Returned { dispatch, recipient, fate: Bounce::Gone, reason }
}

async fn noted(store: &Store, dispatch: i64, recipients: &[i64]) {
    let all: Vec<_> = recipients.iter().map(|one| returned(dispatch, *one)).collect();
    store.write(begin_steps(&key("mail"), at(3))).await.unwrap();
    let from = store.inbox(&key("mail")).await.unwrap().unwrap().position;
    let to = format!("{from}x");
    store.write(read_steps(&key("mail"), &from, &to, 0, &all, at(4))).await.unwrap();
}

fn who(uncounted: &[Uncounted]) -> Vec<i64> {
    uncounted.iter().flat_map(|one| &one.bounces).map(|(recipient, _)| *recipient).collect()
}

/// Counts as the engine does.
async fn count(store: &Store, uncounted: &Uncounted) -> Result<(), StoreError> {
    let found = &uncounted.found;
    let mut shard = store.shard(found.dispatch, found.base).await?.unwrap();
    for (recipient, bounce) in &uncounted.bounces {
        shard.bounce(u16::try_from(*recipient).unwrap(), *bounce);
    }
    let write = Write::from(amend_steps(found, &shard, at(5)))
        .and(counted_steps(uncounted, at(5)))
        .and(recall_steps(found, at(5)));
    store.write(write).await.map(drop)
}

both! {
    async fn what_came_back_is_noted_once_however_many_read_the_mailbox(db: &Db) {
        let (id, mail) = (told(db).await, key("mail"));
        assert_eq!(db.store.inbox(&mail).await.unwrap(), None);
        db.store.write(begin_steps(&mail, at(3))).await.unwrap();
        db.store.write(begin_steps(&mail, at(9))).await.unwrap();
        let begun = db.store.inbox(&mail).await.unwrap().unwrap();
        assert_eq!((begun.position.as_str(), begun.read_at), ("", at(3)));
        let all = [returned(id, 1), returned(id, 2), returned(id + 1, 1), returned(id, 99)];
        let read = read_steps(&mail, "", "7:2", 3, &all, at(4));
        db.store.write(read.clone()).await.unwrap();
        let why = db.store.write(read).await.unwrap_err();
        assert!(why.is_conflict(), "another node read the same: {why}");
        let place = db.store.inbox(&mail).await.unwrap().unwrap();
        assert_eq!((place.position.as_str(), place.read_at, place.unclear), ("7:2", at(4), 3));
        // A mailbox made anew is read from the beginning.
        let again = read_steps(&mail, "7:2", "8:2", 1, &all, at(5));
        db.store.write(again).await.unwrap();
        assert_eq!(db.store.inbox(&mail).await.unwrap().unwrap().unclear, 4);
        let uncounted = db.store.uncounted_bounces(at(6), 100).await.unwrap();
        assert_eq!(who(&uncounted), [1, 2], "what is of no dispatch or nobody is not noted");
        assert_eq!(who(&db.store.uncounted_bounces(at(6), 1).await.unwrap()), [1]);
    }

    async fn what_came_back_is_counted_once_and_the_rest_stays_as_it_was(db: &Db) {
        let id = told(db).await;
        noted(&db.store, id, &[2, 4]).await;
        let uncounted = db.store.uncounted_bounces(at(5), 100).await.unwrap();
        count(&db.store, &uncounted[0]).await.unwrap();
        let why = count(&db.store, &uncounted[0]).await.unwrap_err();
        assert!(why.is_conflict(), "{why}");
        let shard = db.store.shard(id, 0).await.unwrap().unwrap();
        assert_eq!(shard.gone, Ids::from_iter([2, 4]));
        assert_eq!(shard.accepted, Ids::from_iter([1, 3, 5]));
        assert_eq!(db.store.uncounted_bounces(at(6), 100).await.unwrap(), []);
        noted(&db.store, id, &[2]).await;
        assert_eq!(db.store.uncounted_bounces(at(6), 100).await.unwrap(), [], "it is known");
    }

    async fn what_comes_back_while_somebody_sends_is_not_lost_and_undoes_nothing(db: &Db) {
        let id = told(db).await;
        noted(&db.store, id, &[1]).await;
        let before = db.store.uncounted_bounces(at(5), 100).await.unwrap();
        count(&db.store, &before[0]).await.unwrap();
        // The shard was taken up again; somebody works on it.
        let (lease, mut shard) = db.store.lease_shard("a", at(6), at(60), &BTreeSet::new()).await.unwrap().unwrap();
        noted(&db.store, id, &[2]).await;
        assert_eq!(db.store.uncounted_bounces(at(7), 100).await.unwrap(), [], "not while they do");
        // A node that looked before has found another state than there is now.
        let stale = Uncounted { bounces: vec![(2, Bounce::Gone)], ..before[0].clone() };
        assert!(count(&db.store, &stale).await.unwrap_err().is_conflict());
        shard.passed.insert(1);
        db.store.write(save_steps(&lease, &shard, None, None)).await.unwrap();
        let after = db.store.uncounted_bounces(at(8), 100).await.unwrap();
        assert_eq!(who(&after), [2]);
        count(&db.store, &after[0]).await.unwrap();
        let shard = db.store.shard(id, 0).await.unwrap().unwrap();
        assert_eq!((shard.gone.len(), shard.passed.len()), (2, 1), "both are kept");
        // Whoever overslept writes over nothing.
        let why = db.store.write(save_steps(&lease, &shard, None, None)).await.unwrap_err();
        assert!(why.is_conflict(), "{why}");
    }

    async fn whoever_bounced_is_taken_up_again_unless_a_newer_notice_is_there(db: &Db) {
        let id = told(db).await;
        noted(&db.store, id, &[1]).await;
        let uncounted = db.store.uncounted_bounces(at(5), 100).await.unwrap();
        count(&db.store, &uncounted[0]).await.unwrap();
        assert_eq!(db.store.unsettled_shards(id).await.unwrap(), 1);
        let (lease, shard) = db.store.lease_shard("a", at(6), at(60), &BTreeSet::new()).await.unwrap().unwrap();
        db.store.write(save_steps(&lease, &shard, None, None)).await.unwrap();
        db.store.write(create_steps(&order(2))).await.unwrap();
        noted(&db.store, id, &[2]).await;
        let uncounted = db.store.uncounted_bounces(at(7), 100).await.unwrap();
        count(&db.store, &uncounted[0]).await.unwrap();
        assert_eq!(db.store.shard(id, 0).await.unwrap().unwrap().gone.len(), 2);
        assert_eq!(db.store.unsettled_shards(id).await.unwrap(), 0, "nobody gets an older notice");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_server_said_of_an_address_goes_with_the_address() {
    let db = Db::sqlite().await;
    let Home::Folder(folder) = &db.home else { panic!("a file has a folder") };
    let lies_in = |needle: &str| {
        std::fs::read_dir(folder.path()).unwrap().any(|entry| {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        })
    };
    let id = told(&db).await;
    noted(&db.store, id, &[1, 2]).await;
    db.store.forget().await.unwrap();
    assert!(lies_in("<p1@people.example>") && lies_in("<p2@people.example>"));
    db.store.write(leave_steps(1, at(6))).await.unwrap();
    db.store.forget().await.unwrap();
    assert!(!lies_in("<p1@people.example>"));
    assert!(lies_in("<p2@people.example>"));
}

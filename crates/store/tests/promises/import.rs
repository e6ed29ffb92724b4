use std::sync::Arc;

use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind};
use store::audit::Entry;
use store::import::{Imported, Newcomers, Stage};
use store::recipient::{add_steps, leave_steps};
use store::{Store, StoreError};

use crate::both::{Db, Home, both};
use crate::{at, key};

fn note() -> Entry {
    Entry {
        at: at(5),
        actor: "host".into(),
        act: "recipient.import".into(),
        subject: "a list".into(),
        detail: "list of 3 May".into(),
    }
}

/// A list of so many people, from `n0@x` on.
fn list(people: u32) -> Newcomers {
    let mut list = Newcomers::new(key("mail"), at(5));
    for number in (0..people).rev() {
        list.add(&format!("n{number}@x"), Language::DE, None, number).unwrap();
    }
    list
}

async fn import(store: &Store, mut list: Newcomers, trial: bool) -> Result<Imported, StoreError> {
    list.settle();
    store.import(Arc::new(list), &note(), trial, |_: Stage| ()).await
}

async fn subscribers(store: &Store) -> i64 {
    store.count_recipients(RecipientKind::Subscriber, &key("mail")).await.unwrap()
}

fn one(address: &str) -> NewRecipient {
    NewRecipient {
        kind: RecipientKind::Subscriber,
        key: None,
        channel: "mail".into(),
        address: address.into(),
        language: Language::EN,
        consent_at: Some(at(1)),
        components: None,
    }
}

/// Makes the database refuse this address.
fn refuse(db: &Db, address: &str) {
    db.by_hand(&match db.home {
        Home::Folder(_) => format!(
            "CREATE TRIGGER no BEFORE INSERT ON contact WHEN NEW.address = '{address}'
             BEGIN SELECT RAISE(ABORT, 'no'); END"
        ),
        Home::Server { .. } => {
            format!("ALTER TABLE contact ADD CONSTRAINT no CHECK (address <> '{address}')")
        }
    });
}

both! {
    async fn a_list_registers_everybody_once_and_leaves_whoever_was_there_as_they_were(db: &Db) {
        let before = add_steps(&[one("n7@x"), one("n150@x"), one("last@x")], at(1));
        let before = db.store.write(before).await.unwrap().given;
        // The highest id is free again, and must never come back.
        db.store.write(leave_steps(before[2], at(2))).await.unwrap();

        let mut long = list(300);
        let forum = [key("forum")].into();
        long.add("chooser@x", Language::EN, Some(&forum), 300).unwrap();
        long.add("chooser@x", Language::DE, None, 301).unwrap();
        assert_eq!(long.settle(), 1, "the first line counts");
        let told = db.store.import(Arc::new(long), &note(), false, |_| ()).await.unwrap();
        assert_eq!(told, Imported { new: 299, known: 2 });

        let contacts = db.store.contacts(&key("mail"), 0, i64::MAX).await.unwrap();
        assert_eq!(contacts.len(), 301);
        let of = |address: &str| contacts.iter().find(|one| one.address == address).unwrap();
        assert_eq!((of("n7@x").recipient, of("n7@x").language), (before[0], Language::EN));
        assert_eq!((of("n8@x").kind, of("n8@x").language), (RecipientKind::Subscriber, Language::DE));
        assert_eq!(of("chooser@x").language, Language::EN);
        let new = contacts.iter().filter(|one| one.recipient > before[1]);
        assert!(new.clone().all(|one| one.recipient > before[2]), "an id came back");
        assert_eq!(new.count(), 299);
        let kind = RecipientKind::Subscriber;
        let all = db.store.candidates(kind, &key("mail"), 0, 1_000).await.unwrap();
        let choosing: Vec<_> = all.iter().filter(|one| one.components.is_some()).collect();
        assert_eq!(choosing.len(), 1);
        assert_eq!(choosing[0].components, Some(forum));
        assert_eq!(choosing[0].id, of("chooser@x").recipient);

        let highest = contacts.iter().map(|one| one.recipient).max().unwrap();
        let next = db.store.write(add_steps(&[one("next@x")], at(6))).await.unwrap().given;
        assert!(next[0] > highest);
        let notes = db.store.newest_audit(10).await.unwrap();
        assert_eq!(notes, [note()]);
    }

    async fn the_same_list_again_registers_nobody_and_wastes_no_ids(db: &Db) {
        import(&db.store, list(200), false).await.unwrap();
        let again = import(&db.store, list(200), false).await.unwrap();
        assert_eq!(again, Imported { new: 0, known: 200 });
        let next = db.store.write(add_steps(&[one("next@x")], at(6))).await.unwrap().given;
        assert_eq!(next, [201]);
        let none = import(&db.store, list(0), false).await.unwrap();
        assert_eq!(none, Imported { new: 0, known: 0 });
    }

    async fn a_list_that_breaks_off_in_the_middle_registers_nobody(db: &Db) {
        refuse(db, "n77@x");
        assert!(import(&db.store, list(200), false).await.is_err());
        assert_eq!(subscribers(&db.store).await, 0);
        assert_eq!(db.store.newest_audit(1).await.unwrap(), []);
        import(&db.store, list(77), false).await.unwrap();
        assert_eq!(subscribers(&db.store).await, 77, "the database works on");
    }

    async fn a_trial_says_what_would_come_and_keeps_nothing(db: &Db) {
        import(&db.store, list(10), false).await.unwrap();
        let trial = import(&db.store, list(30), true).await.unwrap();
        assert_eq!(trial, Imported { new: 20, known: 10 });
        assert_eq!(subscribers(&db.store).await, 10);
        assert_eq!(db.store.newest_audit(9).await.unwrap().len(), 1);
    }

    async fn a_write_during_an_import_waits_and_happens(db: &Db) {
        let (importing, writing) = tokio::join!(
            import(&db.store, list(20_000), false),
            db.store.write(store::page::turn_steps()),
        );
        assert_eq!(importing.unwrap().new, 20_000);
        writing.unwrap();
        assert_eq!(db.store.page_revision().await.unwrap(), 1);
    }
}

#[test]
fn an_address_with_nul_is_not_taken_into_a_list() {
    let mut list = Newcomers::new(key("mail"), at(5));
    let why = list.add("a\0@x", Language::DE, None, 1).unwrap_err();
    assert!(matches!(why, StoreError::Unstorable { .. }));
    assert!(list.is_empty());
}

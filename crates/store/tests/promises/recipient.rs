use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind};
use store::recipient::{add_steps, clear_named_steps, gone_steps, leave_steps};
use store::{Store, Write};

use crate::both::both;
use crate::{at, key};

fn subscriber(address: &str) -> NewRecipient {
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

fn staff(name: &str, channel: &str, address: &str) -> NewRecipient {
    NewRecipient {
        kind: RecipientKind::Staff,
        key: Some(name.into()),
        channel: channel.into(),
        consent_at: None,
        ..subscriber(address)
    }
}

async fn addresses(store: &Store, channel: &str) -> Vec<String> {
    let contacts = store.contacts(&key(channel), 0, i64::MAX).await.unwrap();
    contacts.into_iter().map(|contact| contact.address).collect()
}

both! {
    async fn importing_a_list_twice_registers_everybody_once(db: &Db) {
        let list: Vec<_> = (0..500).map(|n| subscriber(&format!("{n}@x"))).collect();
        let first = db.store.write(add_steps(&list, at(1))).await.unwrap();
        assert_eq!(first.given.len(), 500);
        let mut longer = list.clone();
        longer.push(subscriber("new@x"));
        let second = db.store.write(add_steps(&longer, at(2))).await.unwrap();
        assert_eq!(second.given.len(), 1);
        let mail = key("mail");
        let kind = RecipientKind::Subscriber;
        assert_eq!(db.store.count_recipients(kind, &mail).await.unwrap(), 501);
        assert_eq!(db.store.subscriber_at(&mail, "new@x").await.unwrap(), Some(second.given[0]));
        assert_eq!(db.store.subscriber_at(&mail, "other@x").await.unwrap(), None);
    }

    async fn an_audience_is_gone_through_page_by_page_without_gap_or_repeat(db: &Db) {
        let list: Vec<_> = (0..25).map(|n| subscriber(&format!("{n}@x"))).collect();
        let given = db.store.write(add_steps(&list, at(1))).await.unwrap().given;
        let (mut seen, mut after) = (Vec::new(), 0);
        loop {
            let kind = RecipientKind::Subscriber;
            let page = db.store.candidates(kind, &key("mail"), after, 10).await.unwrap();
            let Some(last) = page.last() else { break };
            after = last.id;
            seen.extend(page.iter().map(|one| one.id));
        }
        assert_eq!(seen, given);
        let part = db.store.contacts(&key("mail"), given[5], given[7]).await.unwrap();
        assert_eq!(part.iter().map(|one| one.recipient).collect::<Vec<_>>(), given[5..7]);
        assert_eq!((part[0].address.as_str(), part[0].language), ("5@x", Language::EN));
    }

    async fn who_leaves_gets_nothing_and_whoever_comes_back_gets_a_new_id(db: &Db) {
        let write = add_steps(&[subscriber("a@x"), subscriber("b@x")], at(1));
        let given = db.store.write(write).await.unwrap().given;
        for _ in 0..2 {
            db.store.write(leave_steps(given[1], at(2))).await.unwrap();
        }
        assert_eq!(addresses(&db.store, "mail").await, ["a@x"]);
        let again = db.store.write(add_steps(&[subscriber("b@x")], at(3))).await.unwrap().given;
        assert!(again[0] > given[1], "an id was given twice");
    }

    async fn people_may_share_an_address_and_a_subscriber_may_have_the_same(db: &Db) {
        let new = [
            staff("ada", "mail", "oncall@x"),
            staff("bea", "mail", "oncall@x"),
            staff("ada", "sms", "+49"),
            subscriber("oncall@x"),
        ];
        db.store.write(add_steps(&new, at(1))).await.unwrap();
        assert_eq!(addresses(&db.store, "mail").await, ["oncall@x"; 3]);
        let sms = db.store.candidates(RecipientKind::Staff, &key("sms"), 0, 9).await.unwrap();
        let mail = db.store.candidates(RecipientKind::Staff, &key("mail"), 0, 9).await.unwrap();
        assert_eq!(sms[0], mail[0], "one person, reached over two channels");
        assert_eq!(sms[0].key, Some(key("ada")));
    }

    async fn a_person_with_a_new_address_keeps_the_id(db: &Db) {
        db.store.write(add_steps(&[staff("ada", "mail", "old@x")], at(1))).await.unwrap();
        let before = db.store.named_recipients(RecipientKind::Staff).await.unwrap();
        let write = Write::new()
            .and(clear_named_steps(RecipientKind::Staff, &key("ada")))
            .and(add_steps(&[staff("ada", "mail", "new@x")], at(2)));
        db.store.write(write).await.unwrap();
        assert_eq!(addresses(&db.store, "mail").await, ["new@x"]);
        assert_eq!(db.store.named_recipients(RecipientKind::Staff).await.unwrap(), before);
    }

    async fn an_address_that_does_not_exist_any_more_is_left_alone(db: &Db) {
        let new = [subscriber("a@x"), subscriber("b@x")];
        let given = db.store.write(add_steps(&new, at(1))).await.unwrap().given;
        db.store.write(gone_steps(&key("mail"), &given[..1], at(2))).await.unwrap();
        assert_eq!(addresses(&db.store, "mail").await, ["b@x"]);
        let kind = RecipientKind::Subscriber;
        assert_eq!(db.store.count_recipients(kind, &key("mail")).await.unwrap(), 1);
    }
}

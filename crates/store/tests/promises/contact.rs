use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind};
use store::contact::{attach_steps, end_steps, fence_steps, lift_steps, set_steps, withdraw_steps};
use store::recipient::add_steps;

use crate::both::both;
use crate::{at, key};

fn subscriber(channel: &str, address: &str) -> NewRecipient {
    NewRecipient {
        kind: RecipientKind::Subscriber,
        key: None,
        channel: channel.into(),
        address: address.into(),
        language: Language::DE,
        consent_at: Some(at(1)),
        components: Some([key("shop")].into()),
    }
}

fn named(address: &str) -> NewRecipient {
    NewRecipient {
        kind: RecipientKind::Staff,
        key: Some("erika".into()),
        components: None,
        ..subscriber("sms", address)
    }
}

both! {
    async fn a_number_ends_on_its_own_and_the_mail_address_stays(db: &Db) {
        let (store, sms) = (&db.store, key("sms"));
        let ids = store.write(add_steps(&[subscriber("mail", "a@x")], at(1))).await.unwrap().given;
        let id = ids[0];
        store.write(set_steps(id, &sms, "+49301", "a form", at(2))).await.unwrap();
        let told = store.candidates(RecipientKind::Subscriber, &sms, 0, 9).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].components, Some([key("shop")].into()), "the same is asked for");
        assert_eq!(store.proofs(id).await.unwrap(), ["a form"]);
        store.write(set_steps(id, &sms, "+49302", "another form", at(3))).await.unwrap();
        let ways = store.ways(id).await.unwrap();
        let shown: Vec<_> =
            ways.iter().map(|way| (way.channel.as_str(), way.address.as_str())).collect();
        assert_eq!(shown, [("mail", "a@x"), ("sms", "+49302")]);
        store.write(end_steps(id, &sms, at(4))).await.unwrap();
        assert_eq!(store.ways(id).await.unwrap().len(), 1);
        assert_eq!(store.contacts(&key("mail"), 0, 100).await.unwrap().len(), 1);
    }

    async fn a_number_is_one_persons_and_a_list_takes_none_from_anybody(db: &Db) {
        let (store, mail, sms) = (&db.store, key("mail"), key("sms"));
        let all: Vec<_> = ["a@x", "b@x", "c@x"].map(|one| subscriber("mail", one)).into();
        let ids = store.write(add_steps(&all, at(1))).await.unwrap().given;
        store.write(set_steps(ids[0], &sms, "+49301", "a form", at(2))).await.unwrap();
        let taken = store.write(set_steps(ids[1], &sms, "+49301", "a form", at(2))).await;
        assert!(taken.unwrap_err().is_conflict());
        assert!(store.ways(ids[1]).await.unwrap().len() == 1);
        let nobody = store.write(set_steps(999, &sms, "+49309", "a form", at(2))).await;
        assert!(nobody.unwrap_err().is_conflict());
        let pair = |mail: &str, number: &str| (mail.to_owned(), number.to_owned());
        let pairs = [
            pair("a@x", "+49305"),
            pair("b@x", "+49301"),
            pair("c@x", "+49303"),
            pair("nobody@x", "+49304"),
        ];
        let given = store.write(attach_steps(&mail, &sms, &pairs, at(5))).await.unwrap().given;
        assert_eq!(given.len(), 1);
        let told = store.contacts(&sms, 0, 100).await.unwrap();
        let told: Vec<_> = told.iter().map(|one| (one.recipient, one.address.as_str())).collect();
        assert_eq!(told, [(ids[0], "+49301"), (ids[2], "+49303")]);
        let again = store.write(attach_steps(&mail, &sms, &pairs, at(6))).await.unwrap().given;
        assert_eq!(again, [0; 0], "a second time changes nothing");
    }

    async fn whoever_says_stop_is_told_nothing_more_there_and_is_kept_out(db: &Db) {
        let (store, sms) = (&db.store, key("sms"));
        let both = [subscriber("mail", "a@x"), subscriber("sms", "+49302"), named("+49301")];
        let ids = store.write(add_steps(&both, at(1))).await.unwrap().given;
        store.write(set_steps(ids[0], &sms, "+49301", "a form", at(2))).await.unwrap();
        assert_eq!(store.holders(&sms, "+49301").await.unwrap().len(), 2);
        store.write(withdraw_steps(&sms, "+49301", at(3))).await.unwrap();
        assert_eq!(store.holders(&sms, "+49301").await.unwrap(), [0; 0]);
        assert_eq!(store.ways(ids[0]).await.unwrap().len(), 1, "mail goes on");
        assert!(store.subscription(ids[0]).await.unwrap().is_some());
        store.write(withdraw_steps(&sms, "+49302", at(3))).await.unwrap();
        let left = store.candidates(RecipientKind::Subscriber, &sms, 0, 9).await.unwrap();
        assert!(left.is_empty(), "who had no other way has left");

        store.write(fence_steps(&sms, "h1", at(4))).await.unwrap();
        assert!(store.write(fence_steps(&sms, "h1", at(5))).await.unwrap_err().is_conflict());
        assert_eq!(store.fenced(&sms).await.unwrap(), ["h1".to_owned()].into());
        assert!(store.fenced(&key("mail")).await.unwrap().is_empty());
        store.write(lift_steps(&sms, "h1")).await.unwrap();
        assert!(store.write(lift_steps(&sms, "h1")).await.unwrap_err().is_conflict());
        assert!(store.fenced(&sms).await.unwrap().is_empty());
    }
}

use model::handbook::people::ContactCard;
use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind};
use store::Write;
use store::person::{erase_steps, replace_steps};
use store::recipient::add_steps;

use crate::both::both;
use crate::{at, key};

fn card(name: &str, email: Option<&str>, phone: Option<&str>) -> ContactCard {
    ContactCard {
        email: email.map(Into::into),
        email_verified: email.and_then(|_| "2026-10-12".parse().ok()),
        phone: phone.map(Into::into),
        ..ContactCard::new(key(name), format!("{name} Müller"))
    }
}

both! {
    async fn cards_come_back_as_they_were_and_new_ones_replace_them(db: &Db) {
        let first = [card("ada", Some("a@x"), Some("+49 1")), card("bea", None, None)];
        db.store.write(replace_steps(&first)).await.unwrap();
        assert_eq!(db.store.people().await.unwrap(), first);
        let second = [card("bea", Some("b@x"), None), card("cid", None, Some("2"))];
        db.store.write(replace_steps(&second)).await.unwrap();
        assert_eq!(db.store.people().await.unwrap(), second);
    }

    async fn an_erased_person_is_nowhere_and_does_not_come_back_with_the_next_import(db: &Db) {
        let cards = [card("ada", Some("a@x"), Some("1")), card("bea", Some("b@x"), None)];
        let recipient = NewRecipient {
            kind: RecipientKind::Staff,
            key: Some("ada".into()),
            channel: "mail".into(),
            address: "a@x".into(),
            language: Language::DE,
            consent_at: None,
            components: None,
        };
        let write = Write::new().and(replace_steps(&cards)).and(add_steps(&[recipient], at(1)));
        db.store.write(write).await.unwrap();
        db.store.write(erase_steps(&key("ada"), at(9))).await.unwrap();
        db.store.write(replace_steps(&cards)).await.unwrap();
        assert_eq!(db.store.people().await.unwrap(), cards[1..]);
        assert_eq!(db.store.erased_people().await.unwrap(), [key("ada")]);
        assert_eq!(db.store.contacts(&key("mail"), 0, 100).await.unwrap(), []);
    }

    async fn erasing_somebody_unknown_says_so(db: &Db) {
        let why = db.store.write(erase_steps(&key("nobody"), at(1))).await.unwrap_err();
        assert!(why.is_conflict());
    }
}

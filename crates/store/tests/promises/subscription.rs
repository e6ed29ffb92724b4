use std::collections::BTreeSet;

use model::language::Language;
use model::recipient::{LETTER_REST, NewRecipient, RecipientKind, UNCONFIRMED};
use model::value::{Key, Timestamp};
use store::Store;
use store::dispatch::{Order, done_steps};
use store::recipient::{add_steps, leave_steps};
use store::subscription::{Wish, ask_steps, change_steps, clean_steps, confirm_steps};

use crate::both::both;
use crate::{at, key};

const DAY: i64 = 86_400;
const MOST: u32 = 3;

fn wish(address: &str, components: &[&str]) -> Wish {
    let chosen = components.iter().map(|one| key(one)).collect::<BTreeSet<Key>>();
    Wish {
        address: address.into(),
        language: Language::EN,
        components: (!chosen.is_empty()).then_some(chosen),
    }
}

fn letter(now: Timestamp) -> Order<String> {
    Order {
        incident: None,
        notice: None,
        kind: "letter".into(),
        channel: key("mail"),
        audience: key("one"),
        body: "no address".into(),
        drill: false,
        created_at: now,
    }
}

/// Asks, and gives the dispatch of the letter if there is one.
async fn ask(store: &Store, wish: &Wish, now: Timestamp) -> Option<i64> {
    let before = store.undone_dispatches::<String>().await.unwrap().len();
    store.write(ask_steps(wish, &letter(now), now.before(LETTER_REST), MOST)).await.unwrap();
    let undone = store.undone_dispatches::<String>().await.unwrap();
    (undone.len() > before).then(|| undone.last().unwrap().id)
}

async fn one(store: &Store, address: &str) -> i64 {
    let found = store.subscriptions_of(address).await.unwrap();
    assert_eq!(found.len(), 1, "{address}");
    found[0]
}

async fn confirm(store: &Store, id: i64, now: Timestamp) {
    store.write(confirm_steps(id, "proof", now.before(UNCONFIRMED), now)).await.unwrap();
}

both! {
    async fn who_confirms_is_told_what_was_chosen_last(db: &Db) {
        let store = &db.store;
        let mail = key("mail");
        let letter = ask(store, &wish("a@x", &["forum"]), at(1)).await.unwrap();
        let id = one(store, "a@x").await;
        assert_eq!(store.addressees(letter).await.unwrap(), [id]);
        assert_eq!(ask(store, &wish("a@x", &["shop"]), at(2)).await, None, "one letter an hour");
        let kind = RecipientKind::Subscriber;
        assert_eq!(store.count_recipients(kind, &mail).await.unwrap(), 0, "not confirmed yet");
        confirm(store, id, at(3)).await;
        confirm(store, id, at(4)).await;
        let told = store.candidates(kind, &mail, 0, 9).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].id, &told[0].components), (id, &Some([key("shop")].into())));
        assert_eq!(store.proofs(id).await.unwrap(), ["proof"], "one proof for one consent");
        store.write(change_steps(id, Language::DE, None)).await.unwrap();
        let now = store.subscription(id).await.unwrap().unwrap();
        assert_eq!((now.language, now.components, now.kind), (Language::DE, None, kind));
    }

    async fn asking_again_changes_nothing_for_a_subscriber_but_sends_one_letter_an_hour(db: &Db) {
        let store = &db.store;
        let known = NewRecipient {
            kind: RecipientKind::Subscriber,
            key: None,
            channel: "mail".into(),
            address: "a@x".into(),
            language: Language::DE,
            consent_at: Some(at(1)),
            components: Some([key("shop")].into()),
        };
        let id = store.write(add_steps(&[known], at(1))).await.unwrap().given[0];
        let before = store.subscription(id).await.unwrap().unwrap();
        let mut letters = 0;
        for second in 0..100 {
            let sent = ask(store, &wish("a@x", &[]), at(DAY + second * 72)).await;
            letters += usize::from(sent.is_some());
        }
        assert_eq!(letters, 2, "100 forms in two hours less a minute");
        assert_eq!(one(store, "a@x").await, id);
        let after = store.subscription(id).await.unwrap().unwrap();
        assert_eq!((after.language, after.components), (before.language, before.components));
    }

    async fn who_does_not_confirm_is_forgotten_after_48_hours_and_subscribers_stay(db: &Db) {
        let store = &db.store;
        ask(store, &wish("stays@x", &[]), at(0)).await;
        let stays = one(store, "stays@x").await;
        confirm(store, stays, at(5)).await;
        let letter = ask(store, &wish("goes@x", &[]), at(10)).await.unwrap();
        let goes = one(store, "goes@x").await;
        store.write(done_steps(letter, at(11))).await.unwrap();
        let clean = |now: i64| {
            let (now, ended) = (at(now), at(now - 1000 * DAY));
            store.write(clean_steps("letter", now.before(UNCONFIRMED), ended))
        };
        clean(10 + 2 * DAY - 1).await.unwrap();
        assert_eq!(one(store, "goes@x").await, goes);
        confirm(store, goes, at(10 + 2 * DAY)).await;
        let late = store.subscription(goes).await.unwrap().unwrap();
        assert_eq!(late.kind, RecipientKind::Applicant, "the link is too old");
        clean(10 + 2 * DAY).await.unwrap();
        assert_eq!(store.subscription(goes).await.unwrap(), None);
        assert_eq!(store.subscriptions_of("goes@x").await.unwrap(), [0_i64; 0]);
        clean(11 + 2 * DAY).await.unwrap();
        assert_eq!(store.dispatch::<String>(letter).await.unwrap(), None);
        assert_eq!(one(store, "stays@x").await, stays);
        ask(store, &wish("goes@x", &[]), at(4 * DAY)).await.unwrap();
        assert!(one(store, "goes@x").await > goes, "an id is never given twice");
    }

    async fn an_old_confirmation_link_does_not_bring_back_who_left(db: &Db) {
        let store = &db.store;
        ask(store, &wish("a@x", &[]), at(0)).await;
        let id = one(store, "a@x").await;
        confirm(store, id, at(1)).await;
        store.write(leave_steps(id, at(2))).await.unwrap();
        confirm(store, id, at(3)).await;
        assert_eq!(store.subscription(id).await.unwrap(), None);
        assert_eq!(store.subscriptions_of("a@x").await.unwrap(), [0_i64; 0]);
        assert_eq!(store.proofs(id).await.unwrap(), ["proof"], "kept apart, without the address");
        store.write(clean_steps("letter", at(2), at(2))).await.unwrap();
        assert_eq!(store.proofs(id).await.unwrap(), [""; 0], "and not for ever");
    }

    async fn two_forms_at_once_for_one_address_make_one_applicant_and_one_letter(db: &Db) {
        let (store, other) = (db.store.clone(), db.another().await);
        let run = |store: Store| async move {
            for _ in 0..20 {
                let steps = ask_steps(&wish("a@x", &[]), &letter(at(9)), at(0), MOST);
                match store.write(steps).await {
                    Ok(_) => {}
                    Err(why) => assert!(why.is_conflict(), "{why}"),
                }
            }
        };
        tokio::join!(run(store), run(other));
        one(&db.store, "a@x").await;
        assert_eq!(db.store.undone_dispatches::<String>().await.unwrap().len(), 1);
    }

    async fn no_more_letters_go_than_were_set_and_who_asks_later_gets_one(db: &Db) {
        let store = &db.store;
        for n in 0..3 {
            assert!(ask(store, &wish(&format!("{n}@x"), &[]), at(n)).await.is_some());
        }
        assert_eq!(ask(store, &wish("late@x", &[]), at(9)).await, None);
        assert_eq!(store.letters(at(9).before(LETTER_REST)).await.unwrap(), 3);
        let late = one(store, "late@x").await;
        assert_eq!(store.subscription(late).await.unwrap().unwrap().mailed_at, None);
        assert_eq!(ask(store, &wish("0@x", &[]), at(9)).await, None, "nobody gets a second one");
        assert!(ask(store, &wish("late@x", &[]), at(3600)).await.is_some(), "when the first is old");
        assert_eq!(store.addressees(4).await.unwrap(), [late]);
    }
}

use model::language::Language;
use model::recipient::RecipientKind;
use store::hook::{challenge_steps, clean_steps, subscribe_steps};
use store::recipient::gone_steps;
use store::subscription::Wish;

use crate::both::both;
use crate::{at, key};

fn wish(address: &str) -> Wish {
    let components = Some([key("shop")].into());
    Wish { address: address.into(), language: Language::EN, components }
}

both! {
    async fn one_challenge_an_hour_goes_to_an_address_and_so_many_to_all(db: &Db) {
        let challenge = async |hash: &str, now: i64| {
            db.store.write(challenge_steps(hash, at(now), at(now - 3600), 2)).await
        };
        challenge("a", 10_000).await.unwrap();
        assert!(challenge("a", 10_001).await.unwrap_err().is_conflict());
        challenge("b", 10_002).await.unwrap();
        assert!(challenge("c", 10_003).await.unwrap_err().is_conflict(), "two are out");
        assert!(challenge("a", 13_599).await.unwrap_err().is_conflict());
        challenge("a", 13_600).await.unwrap();
        db.store.write(clean_steps(at(13_599))).await.unwrap();
        assert!(challenge("a", 13_601).await.unwrap_err().is_conflict(), "what counts is kept");
        challenge("c", 13_602).await.unwrap();
    }

    async fn a_webhook_is_subscribed_once_and_anew_after_it_was_gone(db: &Db) {
        let (store, channel) = (&db.store, key("hooks"));
        let subscribe = async |seed: &str| {
            let steps = subscribe_steps(&channel, &wish("https://x/"), seed, "proof", at(9));
            store.write(steps).await.unwrap().given
        };
        let first = subscribe("k1.a").await;
        assert_eq!(first.len(), 1);
        assert_eq!(subscribe("k1.b").await, [0; 0], "who comes second changes nothing");
        let told = store.contacts(&channel, 0, 100).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].seed.as_deref(), told[0].kind), (Some("k1.a"), RecipientKind::Subscriber));
        assert_eq!(store.proofs(first[0]).await.unwrap(), ["proof"]);
        store.write(gone_steps(&channel, &first, at(10))).await.unwrap();
        let second = subscribe("k1.c").await;
        assert!(second[0] > first[0], "an id is never given twice");
        let told = store.contacts(&channel, 0, 100).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].seed.as_deref(), Some("k1.c"));
    }
}

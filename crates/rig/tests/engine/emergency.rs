//! What an operator publishes from the host, and what the world may see at all.

use engine::body::Body;
use engine::emergency::{Emergency, write};
use model::incident::Command;
use model::value::{PublicId, Span};
use store::journal::Entry;

use crate::both::both;
use crate::house::{HOLD, House};

fn said(text: &str) -> Emergency {
    Emergency::Published { text: text.into(), by: "nachtdienst".into() }
}

/// What stands on the page, newest first.
async fn shown(house: &House) -> Vec<String> {
    house.page().await.emergencies.into_iter().map(|one| one.text).collect()
}

both! {
    async fn an_emergency_notice_is_on_the_page_before_and_after_it_is_merged_exactly_once(house) {
        let (first, second) = (PublicId::from_chance(71), PublicId::from_chance(72));
        write(house.data(), &first, house.clock.now(), &said("Alles aus.")).unwrap();
        house.clock.pass(Span::minutes(1));
        write(house.data(), &second, house.clock.now(), &said("Nur noch die Hälfte.")).unwrap();
        let both = ["Nur noch die Hälfte.", "Alles aus."];
        assert_eq!(shown(&house).await, both);
        assert_eq!(house.engine.merge_emergencies().await.unwrap(), 2);
        assert_eq!(house.engine.merge_emergencies().await.unwrap(), 0);
        assert_eq!(shown(&house).await, both);
        let journal: Vec<Entry<Emergency>> = house.engine.store.journal(9).await.unwrap();
        assert_eq!(journal.len(), 2);
        assert!(engine::emergency::pending(house.data()).is_empty());
    }

    async fn a_crash_between_merging_and_putting_the_file_away_merges_nothing_twice(house) {
        let id = PublicId::from_chance(71);
        write(house.data(), &id, house.clock.now(), &said("Alles aus.")).unwrap();
        let folder = house.data().join("emergency");
        let (file, merged) =
            (folder.join(format!("{id}.json")), folder.join(format!("merged/{id}.json")));
        assert_eq!(house.engine.merge_emergencies().await.unwrap(), 1);
        std::fs::rename(&merged, &file).unwrap();
        let again = house.another().await;
        assert_eq!(shown(&house).await, ["Alles aus."], "it stands there once");
        assert_eq!(again.merge_emergencies().await.unwrap(), 0);
        assert!(merged.exists() && !file.exists());
        assert_eq!(shown(&house).await, ["Alles aus."]);
        let journal: Vec<Entry<Emergency>> = again.store.journal(9).await.unwrap();
        assert_eq!(journal.len(), 1);
    }

    async fn an_ended_emergency_notice_leaves_the_page_at_once(house) {
        let (first, second) = (PublicId::from_chance(71), PublicId::from_chance(72));
        write(house.data(), &first, house.clock.now(), &said("Alles aus.")).unwrap();
        house.engine.merge_emergencies().await.unwrap();
        house.clock.pass(Span::minutes(1));
        let ended = Emergency::Ended { which: first, by: "nachtdienst".into() };
        write(house.data(), &second, house.clock.now(), &ended).unwrap();
        assert!(shown(&house).await.is_empty());
        house.engine.merge_emergencies().await.unwrap();
        assert!(shown(&house).await.is_empty());
    }

    async fn one_damaged_file_hides_no_other_emergency_notice(house) {
        let (first, second) = (PublicId::from_chance(71), PublicId::from_chance(72));
        write(house.data(), &first, house.clock.now(), &said("Alles aus.")).unwrap();
        let folder = house.data().join("emergency");
        std::fs::write(folder.join(format!("{second}.json")), "{\"id\":\"").unwrap();
        std::fs::write(folder.join(format!("{second}.tmp")), "").unwrap();
        assert_eq!(shown(&house).await, ["Alles aus."]);
        assert_eq!(house.engine.merge_emergencies().await.unwrap(), 1);
        assert_eq!(shown(&house).await, ["Alles aus."]);
    }

    async fn the_public_page_holds_nothing_that_is_not_for_the_public(mut house) {
        house.subscribe(2).await;
        let id = PublicId::from_chance(71);
        write(house.data(), &id, house.clock.now(), &said("Alles aus.")).unwrap();
        let opened = house.outage().await;
        let veto = Command::Withdraw { number: 1, reason: "Canaria war schuld".into() };
        let link = house.link_of("amira");
        let held = serde_json::to_string(&house.page().await).unwrap();
        assert!(!held.contains("Das kommt ungelegen"), "a held notice is not there yet");
        house.engine.desk_act(&link, &veto).await.unwrap();
        house.act(&opened.id, crate::notice::update("Neues.")).await;
        house.pass(HOLD).await;
        let page = serde_json::to_string(&house.page().await).unwrap();
        assert!(page.contains("Neues.") && page.contains("Alles aus."));
        let port = house.sink.address().port().to_string();
        for private in [
            "Canaria",
            "amira",
            "Amira",
            "people.example",
            "nachtdienst",
            "Das kommt ungelegen",
            "Die Shop-Rechner ansehen",
            "smtp",
            "chat-signing",
            "team-chat",
            "shop-page",
            "/act/",
            "/leave/",
            "LH-2207",
            port.as_str(),
        ] {
            assert!(!page.contains(private), "{private} in {page}");
        }
        let dispatches = house.engine.store.dispatches_of::<Body>(&opened.id).await.unwrap();
        assert!(!dispatches.is_empty(), "although all of that was in use");
    }
}

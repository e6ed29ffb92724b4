//! The database is master of the handbook, incidents follow the version they began with, and
//! names of people stand in no version.

use std::collections::BTreeSet;

use engine::EngineError;
use model::handbook::Files;
use model::incident::{Command, Recorded};
use model::notice::Passages;
use model::recipient::RecipientKind;

use crate::both::both;
use crate::house::{HOLD, House, key};
use crate::notice::update;

/// The newest version's texts, as an export writes them.
async fn export(house: &House) -> (u32, Files) {
    let (version, files) = house.engine.store.newest_handbook().await.unwrap().unwrap();
    (version.number, files)
}

both! {
    async fn what_is_exported_and_applied_again_is_the_same_to_the_last_byte(house) {
        let (number, first) = export(&house).await;
        assert_eq!((number, &first), (1, &house.files));
        assert!(first["system.toml"].contains("# One bad look opens nothing."), "comments stay");
        house.engine.apply(&first, Some(1), "test", "again").await.unwrap();
        assert_eq!(export(&house).await, (2, first));
    }

    async fn files_that_come_from_another_version_are_refused_and_change_nothing(house) {
        let newer = house.change("handbook.toml", "Lindenhof", "Lindenhof am See").await;
        let before = export(&house).await;
        let audit = house.engine.store.newest_audit(99).await.unwrap();
        for base in [None, Some(1), Some(7)] {
            let refused = house.engine.apply(&house.files, base, "test", "old").await;
            let Err(EngineError::HandbookMoved { newest, .. }) = refused else {
                panic!("{base:?}: {refused:?}")
            };
            assert_eq!(newest, newer);
        }
        assert_eq!(export(&house).await, before);
        assert_eq!(house.engine.store.newest_audit(99).await.unwrap(), audit);
    }

    async fn of_two_who_apply_at_the_same_time_one_is_told_that_it_moved(house) {
        let other = house.another().await;
        let (one, two) = tokio::join!(
            house.engine.apply(&house.files, Some(1), "erika", "one"),
            other.apply(&house.files, Some(1), "jonas", "two"),
        );
        let moved = |result: &Result<_, EngineError>| {
            matches!(result, Err(EngineError::HandbookMoved { .. }))
        };
        assert!(one.is_ok() != two.is_ok() && (moved(&one) || moved(&two)), "{one:?} {two:?}");
        assert_eq!(export(&house).await.0, 2);
    }

    async fn a_broken_handbook_changes_nothing_and_says_all_faults_at_once(house) {
        let before = export(&house).await;
        let mut broken = house.files.clone();
        for (file, from, to) in [
            ("system.toml", "fails = 3", "fials = 3"),
            ("channels.toml", "kind = \"webhook\"", "kind = \"pigeon\""),
            ("plans/shop-down.toml", "\"communication\"", "\"kommunikation\""),
        ] {
            let text = broken.get_mut(file).unwrap();
            assert!(text.contains(from));
            *text = text.replacen(from, to, 1);
        }
        let refused = house.engine.apply(&broken, Some(1), "test", "broken").await;
        let Err(EngineError::Faults(faults)) = refused else { panic!("{refused:?}") };
        let files: BTreeSet<_> = faults.iter().map(|fault| fault.file.as_str()).collect();
        for file in ["system.toml", "channels.toml", "plans/shop-down.toml"] {
            assert!(files.contains(file), "{files:?}");
        }
        assert_eq!(export(&house).await, before);
        assert_eq!(house.engine.handbook().await.unwrap().number, 1);
    }

    async fn an_open_incident_follows_its_version_until_somebody_adopts_a_newer(mut house) {
        let opened = house.outage().await;
        house.pass(HOLD).await;
        let newer = house.change("handbook.toml", "Lindenhof", "Lindenhof am See").await;
        let resolve = Command::Resolve { texts: None, passages: Passages::new() };
        let at = |incident: &model::incident::Incident| incident.handbook;
        house.act(&opened.id, update("Neues.")).await;
        assert_eq!(at(&house.incident(&opened.id).await), 1);
        assert_eq!(house.page().await.community, "Lindenhof am See", "the page is the newest");
        house.act(&opened.id, Command::Adopt { handbook: newer }).await;
        assert_eq!(at(&house.incident(&opened.id).await), newer);
        let twice = house.act(&opened.id, Command::Adopt { handbook: newer }).await;
        assert!(twice.is_empty(), "adopting it twice is no news");
        let by = model::incident::Actor::Program;
        let unknown = Command::Adopt { handbook: 9 };
        let refused = house.engine.act(&opened.id, &unknown, &by).await;
        assert!(matches!(refused, Err(EngineError::BadHandbook(9, _))), "{refused:?}");
        house.act(&opened.id, resolve).await;
        house.deliver_all().await;
        let clear = house.mails_to("erika").pop().unwrap();
        assert!(clear.text.contains("Lindenhof am See"), "{}", clear.text);
    }

    async fn a_version_without_the_plan_of_an_open_incident_cannot_be_adopted(mut house) {
        let opened = house.outage().await;
        let mut files = house.files.clone();
        files.retain(|name, _| !name.contains("shop-down"));
        house.engine.apply(&files, Some(1), "test", "no plan").await.unwrap();
        let by = model::incident::Actor::Program;
        let refused = house.engine.act(&opened.id, &Command::Adopt { handbook: 2 }, &by).await;
        assert!(matches!(refused, Err(EngineError::Refused(_))), "{refused:?}");
        house.pass(HOLD).await;
        let page = house.page().await;
        assert_eq!(page.open[0].notices.len(), 1, "it goes on by its own version");
        assert_eq!(page.open[0].title.get(model::language::Language::DE), "Shop ausgefallen");
    }

    async fn names_and_addresses_of_people_stand_in_no_version_event_or_message(mut house) {
        let contacts = house.contacts.replace("Erika Mustermann", "Canaria Vogel");
        let contacts = contacts.replace("erika@lindenhof", "kanarienvogel@lindenhof");
        house.engine.apply_contacts(&contacts.replace("23125 101", "23125 987")).await.unwrap();
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.pass(HOLD).await;
        house.change("handbook.toml", "Lindenhof", "Lindenhof am See").await;
        house.act(&opened.id, Command::Resolve { texts: None, passages: Passages::new() }).await;
        house.deliver_all().await;
        assert_eq!(house.subjects("kanarienvogel").len(), 3, "she was told");
        assert!(house.subjects("erika").is_empty(), "and not at the old address");

        let json = |events: &[Recorded]| serde_json::to_string(events).unwrap();
        let mut kept = vec![json(&house.events(&opened.id).await)];
        for version in house.engine.store.handbooks().await.unwrap() {
            let (_, files) = house.engine.store.handbook(version.number).await.unwrap().unwrap();
            assert!(!files.contains_key("contacts.toml"));
            kept.extend(files.into_values());
        }
        let dispatches = house.engine.store.dispatches_of::<engine::body::Body>(&opened.id);
        let bodies = dispatches.await.unwrap();
        kept.extend(bodies.iter().map(|one| serde_json::to_string(&one.order.body).unwrap()));
        kept.push(serde_json::to_string(&house.page().await).unwrap());
        for text in kept {
            for canary in ["Canaria", "kanarienvogel", "23125 987", "people.example"] {
                assert!(!text.contains(canary), "{canary} in {text}");
            }
        }
    }

    async fn who_is_no_longer_in_the_handbook_is_not_alerted_and_who_is_new_is(mut house) {
        let mut files = house.files.clone();
        for file in ["people.toml", "channels.toml"] {
            let text = files.get_mut(file).unwrap();
            *text = text.replace("noor", "toni");
        }
        house.engine.apply(&files, Some(1), "test", "toni for noor").await.unwrap();
        let contacts = house.contacts.replace("[noor]", "[toni]").replace("noor@", "toni@");
        house.engine.apply_contacts(&contacts).await.unwrap();
        let staff = house.engine.store.named_recipients(RecipientKind::Staff).await.unwrap();
        assert!(staff.iter().all(|(name, _)| *name != key("noor")));
        house.outage().await;
        assert_eq!(house.subjects("toni").len(), 1);
        assert!(house.subjects("noor").is_empty());
    }
}

//! Nobody gets an older notice after a newer one, and nobody gets what is no longer wanted.

use engine::body::Body;
use model::incident::Command;
use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind};
use notlicht::demo::sink::Options;

use crate::both::both;
use crate::house::{HOLD, House, START, key};
use crate::notice::update;

/// A relay that refuses each message when it comes for the first time.
const STRICT: Options = Options { delay: std::time::Duration::ZERO, refuse_first_try: true };

both! {
    async fn who_did_not_get_the_older_notice_gets_only_the_newer(mut house) {
        house.relay(STRICT).await;
        house.subscribe(4).await;
        let opened = house.outage().await;
        house.clock.pass(HOLD);
        house.turn().await;
        assert_eq!(house.told(), 0, "everybody was put off");
        house.act(&opened.id, update("Der Shop kommt um drei zurück.")).await;
        house.deliver_all().await;
        for name in ["de-0", "en-1", "de-2", "en-3"] {
            let subjects = house.subjects(name);
            assert_eq!(subjects.len(), 1, "{name}: {subjects:?}");
            assert!(subjects[0].contains("um drei zurück"), "{subjects:?}");
        }
        let all = house.engine.store.dispatches_of::<Body>(&opened.id).await.unwrap();
        assert!(all.iter().all(|one| one.done_at.is_some()), "nothing is left over");
    }

    async fn a_message_that_hangs_is_not_overtaken_by_a_newer_one(mut house) {
        let opened = house.outage().await;
        // The alert goes first: what hangs is to be the notice.
        house.deliver_all().await;
        house.world.keep_waiting("team-chat");
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let engine = house.engine.clone();
        let step = tokio::spawn(async move { engine.delivery_step().await });
        house.world.kept_waiting().await;
        house.act(&opened.id, update("Neues.")).await;
        house.deliver().await;
        house.world.go_on();
        step.await.unwrap().unwrap();
        house.deliver_all().await;
        assert_eq!(house.chat(), ["alert.held", "notice.first", "notice.update"]);
    }

    async fn who_leaves_between_freezing_and_sending_gets_nothing(mut house) {
        house.relay(STRICT).await;
        house.subscribe(4).await;
        let opened = house.outage().await;
        house.clock.pass(HOLD);
        house.turn().await;
        let mail = key("mail");
        let gone = house.engine.store.subscriber_at(&mail, "en-1@people.example").await;
        let gone = gone.unwrap().unwrap();
        house.engine.leave(gone).await.unwrap();
        house.engine.leave(gone).await.unwrap();
        let late = NewRecipient {
            kind: RecipientKind::Subscriber,
            key: None,
            channel: "mail".into(),
            address: "late@people.example".into(),
            language: Language::DE,
            consent_at: Some(START),
            components: None,
        };
        house.engine.subscribe(&[late], "test", "a test").await.unwrap();
        house.deliver_all().await;
        assert_eq!(house.told(), 3);
        assert!(house.subjects("en-1").is_empty(), "who left is left in peace");
        assert!(house.subjects("late").is_empty(), "the audience was frozen before");
        assert!(house.engine.subscriber(gone).await.unwrap().is_none(), "the address is erased");

        house.act(&opened.id, update("Neues.")).await;
        house.deliver_all().await;
        assert_eq!(house.subjects("late").len(), 1, "the next notice is for all who are there");
        assert!(house.subjects("en-1").is_empty());
    }

    async fn the_link_to_leave_in_a_mail_is_that_persons_own(mut house) {
        house.subscribe(2).await;
        house.outage().await;
        house.pass(HOLD).await;
        let token = house.mails_to("de-0")[0].token("/leave/").unwrap();
        let link = engine::link::Link::read(&token, &house.engine.keys).unwrap();
        let engine::link::Link::Leave { recipient } = link else { panic!("{link:?}") };
        let contact = house.engine.subscriber(recipient).await.unwrap().unwrap();
        assert_eq!(contact.address, "de-0@people.example");
        let staff = house.mails_to("erika");
        assert!(staff.iter().all(|mail| mail.token("/leave/").is_none()), "duty is not left");
    }
}

//! The links of alerts: who has one may look and act, and nobody else.

use engine::EngineError;
use engine::link::Link;
use model::incident::{Actor, Command, Phase, Refused};
use model::notice::Kind;
use model::value::{PublicId, Span};

use crate::both::both;
use crate::house::{HOLD, House, key};

both! {
    async fn by_the_link_a_hold_stops_the_clock_and_a_release_publishes_at_once(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        let link = house.link_of("erika");
        let view = house.engine.desk_act(&link, &Command::Hold { number: 1 }).await.unwrap();
        assert!(view.publish_at.is_none() && view.pending.is_some());
        house.pass(Span::minutes(30)).await;
        assert_eq!(house.told(), 0, "the clock stands");
        assert_eq!(house.chat().last().unwrap(), "alert.still_held", "and staff are told so");
        let release = Command::Release { number: 1 };
        let view = house.engine.desk_act(&link, &release).await.unwrap();
        assert_eq!(view.latest.map(|latest| latest.0), Some(Kind::First));
        house.deliver().await;
        assert_eq!(house.told(), 2);
        let last = house.events(&opened.id).await.pop().unwrap();
        assert_eq!(last.by, Actor::Person(key("erika")), "it is known who did it");
        let again = house.engine.desk_act(&link, &release).await;
        assert!(matches!(again, Err(EngineError::Refused(Refused::AlreadyPublished(1)))));
        house.deliver_all().await;
        assert_eq!(house.mails_to("de-0").len(), 1);
    }

    async fn by_the_link_of_the_chat_a_veto_means_that_it_never_goes_out(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        let url = house.world.heard()[0].data["links"][0]["url"].as_str().unwrap().to_owned();
        let link = url.rsplit('/').next().unwrap();
        let veto = Command::Withdraw { number: 1, reason: "Fehlalarm".into() };
        house.engine.desk_act(link, &veto).await.unwrap();
        let last = house.events(&opened.id).await.pop().unwrap();
        assert_eq!(last.by, Actor::Link(key("team-chat")));
        house.pass(Span::minutes(24 * 60)).await;
        assert_eq!(house.told(), 0);
        let release = house.engine.desk_act(link, &Command::Release { number: 1 }).await;
        assert!(matches!(release, Err(EngineError::Refused(Refused::AlreadyWithdrawn(1)))));
        let page = house.page().await;
        assert!(page.open.iter().all(|one| one.notices.is_empty()));
    }

    async fn a_look_changes_nothing(mut house) {
        let opened = house.outage().await;
        let (link, before) = (house.link_of("jonas"), house.events(&opened.id).await);
        let revision = house.engine.store.page_revision().await.unwrap();
        for _ in 0..5 {
            let view = house.engine.desk_look(&link).await.unwrap();
            assert_eq!(view.publish_at, Some(opened.opened_at.after(HOLD)));
            let (number, kind, texts) = view.pending.unwrap();
            assert_eq!((number, kind), (1, Kind::First));
            assert!(texts.values().all(|text| !text.headline.contains('{')), "{texts:?}");
        }
        assert_eq!(house.events(&opened.id).await, before);
        assert_eq!(house.engine.store.page_revision().await.unwrap(), revision);
    }

    async fn a_forged_or_foreign_link_does_nothing(mut house) {
        house.subscribe(1).await;
        let opened = house.outage().await;
        let (link, before) = (house.link_of("erika"), house.events(&opened.id).await);
        let keys = &house.engine.keys;
        let leave = Link::Leave { recipient: 1 }.token(keys);
        let beat = Link::Beat { monitor: key("backup") }.token(keys);
        let program = Link::Act { incident: opened.id.clone(), by: Actor::Program }.token(keys);
        let mut cut = link.clone();
        cut.pop();
        let forged = [
            link.replace("erika", "jonas"),
            link.replace(opened.id.as_str(), PublicId::from_chance(9).as_str()),
            link.replacen("k1", "k2", 1),
            cut,
            format!("{link}A"),
            leave,
            beat,
            program,
            String::new(),
            "k1.a~~p~erika.".into(),
        ];
        for token in forged {
            let hold = Command::Hold { number: 1 };
            let acted = house.engine.desk_act(&token, &hold).await;
            assert!(matches!(acted, Err(EngineError::BadLink)), "{token}: {acted:?}");
            let looked = house.engine.desk_look(&token).await;
            assert!(matches!(looked, Err(EngineError::BadLink)), "{token}: {looked:?}");
        }
        // A good link for an incident that is elsewhere.
        let by = Actor::Person(key("erika"));
        let elsewhere = Link::Act { incident: PublicId::from_chance(9), by }.token(keys);
        let acted = house.engine.desk_act(&elsewhere, &Command::Hold { number: 1 }).await;
        assert!(matches!(acted, Err(EngineError::NoIncident(_))), "{acted:?}");
        assert_eq!(house.events(&opened.id).await, before);
        let notice = &house.incident(&opened.id).await.notices[0];
        assert!(matches!(notice.phase, Phase::Waiting { .. }), "the clock runs on");
    }
}

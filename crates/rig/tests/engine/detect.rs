//! Noticing: when an incident is opened, when not, and who is woken.

use model::handbook::system::ComponentState;
use model::incident::Phase;
use model::value::Span;

use crate::both::both;
use crate::house::{House, STAFF, key};

both! {
    async fn one_bad_probe_opens_nothing_and_three_open_exactly_one_incident(mut house) {
        house.looks("shop-page", 2).await;
        house.shop.stumble();
        house.look("shop-page").await;
        assert_eq!(house.shop.stumbled(), 1, "the probe really failed");
        house.looks("shop-page", 3).await;
        assert!(house.engine.open_cases().await.unwrap().is_empty());

        house.shop.die().await;
        house.looks("shop-page", 2).await;
        assert!(house.engine.open_cases().await.unwrap().is_empty(), "two are not enough");
        house.looks("shop-page", 5).await;
        assert_eq!(house.only().await.plan, key("shop-down"));
    }

    async fn staff_are_alerted_at_once_and_visitors_are_told_nothing_before_the_hold_time(
        mut house
    ) {
        house.subscribe(4).await;
        let incident = house.outage().await;
        let mut alerted: Vec<_> = house.mails().into_iter().map(|mail| mail.to).collect();
        alerted.sort();
        assert_eq!(alerted, STAFF.map(|name| format!("{name}@lindenhof.example")));
        assert_eq!(house.chat(), ["alert.held"]);
        let language = |name: &str| house.mails_to(name)[0].language.clone();
        assert_eq!((language("erika").as_str(), language("noor").as_str()), ("de", "en"));
        for name in STAFF {
            let view = house.engine.desk_look(&house.link_of(name)).await.unwrap();
            assert_eq!(view.incident, incident.id, "the link of {name} works");
        }
        let chat = &house.world.heard()[0].data["links"][0]["url"];
        let token = chat.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        house.engine.desk_look(&token).await.unwrap();

        house.pass(Span::minutes(4)).await;
        assert_eq!(house.told(), 0);
        assert!(house.page().await.open.iter().all(|one| one.notices.is_empty()));
        assert_eq!(house.state("Shop").await, ComponentState::Major, "the page hides nothing");
    }

    async fn our_own_lost_line_is_no_outage_but_one_alarm_and_the_page_says_that_we_are_blind(
        mut house
    ) {
        house.looks("shop-page", 2).await;
        house.world.break_page("/elsewhere");
        house.shop.die().await;
        house.looks("shop-page", 6).await;
        house.deliver().await;
        assert!(house.engine.open_cases().await.unwrap().is_empty());
        assert_eq!(house.state("Shop").await, ComponentState::Blind);
        assert_eq!(house.chat(), ["alert.blind"], "told once, however often one looks");
        for name in STAFF {
            assert_eq!(house.mails_to(name).len(), 1, "{name}");
        }

        house.world.mend_page("/elsewhere");
        house.shop.come_back().await.unwrap();
        house.looks("shop-page", 2).await;
        assert!(house.engine.store.open_alarms().await.unwrap().is_empty());
        assert_eq!(house.state("Shop").await, ComponentState::Operational);
        assert!(house.engine.open_cases().await.unwrap().is_empty());

        house.world.break_page("/elsewhere");
        house.shop.die().await;
        house.looks("shop-page", 3).await;
        house.deliver().await;
        assert_eq!(house.chat().len(), 2, "the next time it is told again");
    }

    async fn an_outage_that_was_hidden_by_our_lost_line_is_found_when_it_is_back(mut house) {
        house.world.break_page("/elsewhere");
        house.shop.die().await;
        house.looks("shop-page", 4).await;
        assert!(house.engine.open_cases().await.unwrap().is_empty());
        house.world.mend_page("/elsewhere");
        house.looks("shop-page", 3).await;
        let incident = house.only().await;
        assert_eq!(incident.since, house.clock.now().before(Span::seconds(60)));
    }

    async fn an_outage_of_a_parent_is_one_incident_with_its_children(house) {
        house.world.break_page("/login/health");
        house.world.break_page("/app/health");
        // The child is looked at first each time: its parent must be waited for.
        for _ in 0..4 {
            house.look("app").await;
            house.look("login").await;
        }
        let incident = house.only().await;
        assert_eq!(incident.plan, key("login-down"));
        assert_eq!(incident.affected, [key("app"), key("login")].into());
        let opened = house.engine.store.newest_incidents(None, 10).await.unwrap();
        assert_eq!(opened.len(), 1);
    }

    async fn monitoring_that_has_stopped_raises_one_alarm_and_calms(house) {
        let all = ["app", "db", "forum-page", "login", "reference-a", "shop-page"];
        for monitor in all {
            house.engine.probe_step(&key(monitor)).await.unwrap();
        }
        house.engine.watch_step().await.unwrap();
        assert!(house.engine.store.open_alarms().await.unwrap().is_empty());
        house.clock.pass(Span::minutes(2));
        for _ in 0..3 {
            house.engine.watch_step().await.unwrap();
            house.deliver().await;
        }
        assert_eq!(house.chat(), ["alert.monitoring-stopped"]);
        assert!(house.mails_to("erika")[0].subject.contains("shop-page"));
        for monitor in all {
            house.engine.probe_step(&key(monitor)).await.unwrap();
        }
        house.engine.watch_step().await.unwrap();
        assert!(house.engine.store.open_alarms().await.unwrap().is_empty());
        house.deliver().await;
        assert_eq!(house.chat().len(), 1, "calm needs no alarm");
    }

    async fn monitoring_that_never_began_raises_an_alarm_too(house) {
        house.engine.watch_step().await.unwrap();
        house.clock.pass(Span::minutes(3));
        house.engine.watch_step().await.unwrap();
        house.deliver().await;
        assert_eq!(house.chat(), ["alert.monitoring-stopped"]);
    }

    async fn two_racing_nodes_open_one_incident(mut house) {
        let other = house.another().await;
        house.shop.die().await;
        let monitor = key("shop-page");
        for _ in 0..2 {
            house.clock.pass(Span::seconds(30));
            house.engine.probe_step(&monitor).await.unwrap();
            other.probe_step(&monitor).await.unwrap();
        }
        house.clock.pass(Span::seconds(30));
        let (one, two) =
            tokio::join!(house.engine.probe_step(&monitor), other.probe_step(&monitor));
        one.unwrap();
        two.unwrap();
        let opened = house.engine.store.newest_incidents(None, 10).await.unwrap();
        assert_eq!(opened.len(), 1);
        let first = house.only().await;
        let waiting = |one: &model::incident::Notice| matches!(one.phase, Phase::Waiting { .. });
        assert!(first.notices.len() == 1 && first.notices.iter().all(waiting));
        house.deliver().await;
        assert_eq!(house.chat(), ["alert.held"]);
    }

    async fn two_nodes_that_are_blind_in_the_same_moment_raise_one_alarm(mut house) {
        let other = house.another().await;
        house.world.break_page("/elsewhere");
        house.shop.die().await;
        house.world.break_page("/forum");
        let (shop, forum) = (key("shop-page"), key("forum-page"));
        for _ in 0..3 {
            house.clock.pass(Span::seconds(30));
            let (one, two) =
                tokio::join!(house.engine.probe_step(&shop), other.probe_step(&forum));
            one.unwrap();
            two.unwrap();
        }
        house.deliver().await;
        assert_eq!(house.chat(), ["alert.blind"]);
    }

    async fn a_silent_heartbeat_is_noticed_and_one_beat_mends_it(house) {
        let backup = key("backup");
        house.engine.beat(&backup).await.unwrap();
        house.engine.probe_step(&backup).await.unwrap();
        assert_eq!(house.state("Forum").await, ComponentState::Operational);
        house.clock.pass(Span::minutes(27 * 60));
        house.engine.probe_step(&backup).await.unwrap();
        assert_eq!(house.state("Forum").await, ComponentState::Degraded);
        house.engine.beat(&backup).await.unwrap();
        house.engine.probe_step(&backup).await.unwrap();
        assert_eq!(house.state("Forum").await, ComponentState::Operational);
        assert!(house.engine.beat(&key("shop-page")).await.is_err(), "no heartbeat");
    }
}

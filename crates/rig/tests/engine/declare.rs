//! People who declare an outage are believed, and told what does not fit.

use engine::EngineError;
use engine::incident::Declaration;
use model::handbook::system::ComponentState;
use model::incident::Actor;
use model::value::{Span, Timestamp};

use crate::both::both;
use crate::house::{HOLD, House, key};

fn declaration(plan: &str, components: &[&str]) -> Declaration {
    Declaration {
        plan: key(plan),
        components: components.iter().map(|one| key(one)).collect(),
        state: ComponentState::Major,
        since: None,
        drill: false,
    }
}

fn host() -> Actor {
    Actor::Host("test".into())
}

both! {
    async fn a_declared_outage_is_told_like_any_other_although_monitors_see_nothing(house) {
        house.subscribe(2).await;
        let declared = house.engine.declare(&declaration("forum-down", &[]), &host()).await;
        let id = declared.unwrap();
        house.looks("forum-page", 3).await;
        house.pass(HOLD).await;
        assert!(house.incident(&id).await.is_open());
        assert_eq!(house.state("Forum").await, ComponentState::Major);
        assert_eq!(house.told(), 2);
    }

    async fn what_a_person_declares_and_a_monitor_then_sees_is_one_incident(house) {
        let declared = house.engine.declare(&declaration("forum-down", &[]), &host()).await;
        let id = declared.unwrap();
        house.world.break_page("/forum");
        house.looks("forum-page", 4).await;
        assert_eq!(house.only().await.id, id);
        house.world.mend_page("/forum");
        house.looks("forum-page", 2).await;
        assert!(house.incident(&id).await.recovered_at.is_some(), "and now it is believed");
    }

    async fn a_second_incident_by_the_same_plan_is_refused(house) {
        house.engine.declare(&declaration("forum-down", &[]), &host()).await.unwrap();
        let again = house.engine.declare(&declaration("forum-down", &[]), &host()).await;
        assert!(matches!(again, Err(EngineError::Store(why)) if why.is_conflict()));
        house.only().await;
    }

    async fn who_misspells_a_plan_or_component_is_told_what_there_is(house) {
        for (plan, components, known) in
            [("shopdown", vec![], "shop-down"), ("shop-down", vec!["laden"], "forum")]
        {
            let refused = house.engine.declare(&declaration(plan, &components), &host()).await;
            let why = refused.unwrap_err().to_string();
            assert!(why.contains(known), "{why}");
        }
        assert!(house.engine.open_cases().await.unwrap().is_empty());
    }

    async fn a_clock_that_jumps_back_neither_loses_nor_reorders_anything(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        let noon = house.clock.now();
        house.clock.set(Timestamp(noon.0 - 3_600_000_000));
        house.act(&opened.id, crate::notice::update("Neues.")).await;
        house.looks("shop-page", 3).await;
        house.clock.set(noon.after(Span::minutes(1)));
        house.deliver_all().await;
        assert_eq!(house.told(), 2);
        let events = house.events(&opened.id).await;
        assert!(events.is_sorted_by_key(|one| one.at), "{events:?}");
    }
}

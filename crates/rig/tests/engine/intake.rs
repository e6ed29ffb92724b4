//! Other programs report: an Alertmanager with its messages, others with JSON of their own.

use engine::EngineError;
use model::handbook::system::ComponentState;
use model::intake::Source;
use model::value::{Span, Timestamp};
use serde_json::{Value, json};

use crate::both::both;
use crate::house::{House, START, key};

const MONITORS: &str = r#"
[monitor.shop-alerts]
component = "shop"
alertmanager.match = { alertname = "ShopDown", job = "web" }

[monitor.forum-hook]
component = "forum"
hook.state = "/status"
hook.down = ["down"]
hook.up = ["up"]
hook.subject = "/name"
"#;

/// The house with monitors that others report to.
async fn listening(house: &House) {
    house.change("system.toml", "[monitor.login]", &format!("{MONITORS}\n[monitor.login]")).await;
}

fn later(seconds: u64) -> Timestamp {
    START.after(Span::seconds(seconds))
}

fn alert(instance: &str, begun: u64, ended: Option<u64>) -> Value {
    json!({
        "status": if ended.is_some() { "resolved" } else { "firing" },
        "labels": { "alertname": "ShopDown", "job": "web", "instance": instance },
        "annotations": { "summary": "Der Shop antwortet nicht" },
        "startsAt": later(begun).iso_millis(),
        "endsAt": ended.map_or("0001-01-01T00:00:00Z".into(), |at| later(at).iso_millis()),
        "fingerprint": instance,
    })
}

async fn send(engine: &engine::Engine, alerts: &[Value]) -> String {
    let body = json!({ "version": "4", "alerts": alerts }).to_string();
    engine.take_reports(&Source::Alertmanager, body.as_bytes()).await.unwrap().to_string()
}

async fn tell(house: &House, body: &Value) -> String {
    let source = Source::Hook(key("forum-hook"));
    let taken = house.engine.take_reports(&source, body.to_string().as_bytes()).await;
    taken.unwrap().to_string()
}

async fn opened(house: &House) -> usize {
    house.engine.store.newest_incidents(None, 10).await.unwrap().len()
}

both! {
    async fn an_alert_opens_one_incident_however_often_it_is_sent_and_its_end_restores_the_component(
        house
    ) {
        listening(&house).await;
        house.clock.set(later(90));
        let said = send(&house.engine, &[alert("a", 30, None)]).await;
        assert_eq!(said, "1 report, 1 matched: shop-alerts");
        let incident = house.only().await;
        assert_eq!((&incident.plan, incident.since), (&key("shop-down"), later(30)));
        assert_eq!(house.state("Shop").await, ComponentState::Major);
        for _ in 0..3 {
            house.clock.pass(Span::seconds(15));
            send(&house.engine, &[alert("a", 30, None)]).await;
            house.engine.probe_step(&key("shop-alerts")).await.unwrap();
        }
        assert_eq!(opened(&house).await, 1);

        send(&house.engine, &[alert("a", 30, Some(150))]).await;
        assert!(house.only().await.recovered_at.is_some());
        assert_eq!(house.state("Shop").await, ComponentState::Operational);
        // Another Alertmanager had it still in the post.
        send(&house.engine, &[alert("a", 30, None)]).await;
        send(&house.engine, &[alert("a", 30, Some(150))]).await;
        assert!(house.only().await.recovered_at.is_some());
        assert_eq!((opened(&house).await, house.state("Shop").await), (1, ComponentState::Operational));
    }

    async fn while_any_alert_fires_it_is_down_also_after_a_restart(house) {
        listening(&house).await;
        house.clock.set(later(60));
        send(&house.engine, &[alert("a", 10, None), alert("b", 20, None)]).await;
        assert_eq!(house.only().await.since, later(10));
        let again = house.another().await;
        send(&again, &[alert("a", 10, Some(50)), alert("b", 20, None)]).await;
        assert_eq!(house.state("Shop").await, ComponentState::Major);
        assert!(house.only().await.recovered_at.is_none());
        send(&again, &[alert("b", 20, Some(55))]).await;
        assert_eq!(house.state("Shop").await, ComponentState::Operational);
        assert!(house.only().await.recovered_at.is_some());
    }

    async fn two_alertmanagers_that_tell_two_nodes_in_the_same_moment_open_one_incident(house) {
        listening(&house).await;
        let other = house.another().await;
        let (one, two) = ([alert("a", 0, None)], [alert("a", 0, None), alert("b", 0, None)]);
        tokio::join!(send(&house.engine, &one), send(&other, &two));
        assert_eq!(opened(&house).await, 1);
        send(&other, &[alert("a", 0, Some(9))]).await;
        assert_eq!(house.state("Shop").await, ComponentState::Major, "neither report was lost");
    }

    async fn what_concerns_nothing_is_said_and_what_is_no_message_is_told_where(house) {
        listening(&house).await;
        let mut foreign = alert("a", 0, None);
        foreign["labels"]["alertname"] = "DiskFull".into();
        let mut partly = alert("b", 0, None);
        partly["labels"]["job"] = "forum".into();
        let said = send(&house.engine, &[foreign, alert("c", 0, Some(1)), partly]).await;
        let all = "3 reports, 1 matched: shop-alerts; not matched: alertname=DiskFull, alertname=ShopDown";
        assert_eq!(said, all);
        assert_eq!((opened(&house).await, house.state("Shop").await), (0, ComponentState::Operational));
        let broken = house.engine.take_reports(&Source::Alertmanager, b"{\"alerts\":[{}]}").await;
        let Err(EngineError::Unreadable(why)) = broken else { panic!("{broken:?}") };
        assert_eq!(why.place, "/alerts/0/status");
        let gone = house.engine.take_reports(&Source::Hook(key("shop-alerts")), b"{}").await;
        assert!(matches!(gone, Err(EngineError::BadLink)), "{gone:?}");
    }

    async fn any_other_program_reports_with_its_own_words(house) {
        listening(&house).await;
        let said = tell(&house, &json!({ "name": "web", "status": "down" })).await;
        assert_eq!(said, "1 report, 1 matched: forum-hook");
        let incident = house.only().await;
        assert_eq!((incident.plan, incident.since), (key("forum-down"), START));
        house.clock.pass(Span::seconds(30));
        tell(&house, &json!({ "name": "search", "status": "down" })).await;
        tell(&house, &json!({ "name": "web", "status": "up" })).await;
        assert_eq!(house.state("Forum").await, ComponentState::Major, "the search is still down");
        let said = tell(&house, &json!({ "name": "search", "status": "paused" })).await;
        assert_eq!(said, "0 reports, 0 matched; unknown state: paused");
        tell(&house, &json!({ "name": "search", "status": "up" })).await;
        assert_eq!(house.state("Forum").await, ComponentState::Operational);
        tell(&house, &json!({ "name": "search", "status": "down" })).await;
        assert_eq!(house.state("Forum").await, ComponentState::Major, "believed at once");
        assert_eq!(opened(&house).await, 1);
    }

    async fn an_alert_that_nobody_will_end_can_be_ended_by_hand_or_by_a_handbook_without_it(house) {
        listening(&house).await;
        send(&house.engine, &[alert("a", 0, None)]).await;
        assert_eq!(house.engine.end_reports(&key("shop-alerts")).await.unwrap(), 1);
        assert_eq!(house.engine.end_reports(&key("shop-alerts")).await.unwrap(), 0);
        let refused = house.engine.end_reports(&key("shop-page")).await.unwrap_err().to_string();
        assert!(refused.contains("it has forum-hook, shop-alerts"), "{refused}");
        house.engine.probe_step(&key("shop-alerts")).await.unwrap();
        assert_eq!(house.state("Shop").await, ComponentState::Operational);

        house.clock.pass(Span::minutes(10));
        send(&house.engine, &[alert("a", 600, None)]).await;
        assert_eq!(house.state("Shop").await, ComponentState::Major);
        house.change("system.toml", "job = \"web\" }", "job = \"app\" }").await;
        house.engine.probe_step(&key("shop-alerts")).await.unwrap();
        assert_eq!(house.state("Shop").await, ComponentState::Operational);
        house.change("system.toml", "job = \"app\" }", "job = \"web\" }").await;
        house.engine.probe_step(&key("shop-alerts")).await.unwrap();
        assert_eq!(house.state("Shop").await, ComponentState::Major, "it still fires");
    }

    async fn silence_is_no_alarm_unless_the_handbook_says_how_long_is_too_long(house) {
        listening(&house).await;
        let looks = async |house: &House| {
            for monitor in house.engine.handbook().await.unwrap().handbook.monitors.keys() {
                house.engine.probe_step(monitor).await.unwrap();
            }
            house.engine.watch_step().await.unwrap();
            house.engine.store.open_alarms().await.unwrap().len()
        };
        looks(&house).await;
        house.clock.pass(Span::minutes(60));
        assert_eq!(looks(&house).await, 0, "an Alertmanager with nothing to say says nothing");

        let silence = "job = \"web\" }\nalertmanager.silent_after = \"10m\"";
        house.change("system.toml", "job = \"web\" }", silence).await;
        let mut watchdog = alert("x", 0, None);
        watchdog["labels"] = json!({ "alertname": "Watchdog" });
        for _ in 0..3 {
            house.clock.pass(Span::minutes(8));
            let said = send(&house.engine, std::slice::from_ref(&watchdog)).await;
            assert_eq!(said, "1 report, 0 matched; not matched: alertname=Watchdog");
            assert_eq!(looks(&house).await, 0);
        }
        house.clock.pass(Span::minutes(11));
        assert_eq!(looks(&house).await, 1);
        house.deliver().await;
        assert!(house.mails_to("erika")[0].subject.contains("shop-alerts"));
        assert_eq!(house.state("Shop").await, ComponentState::Operational, "it may well be up");
        send(&house.engine, &[watchdog]).await;
        assert_eq!(looks(&house).await, 0, "one word is enough");
    }
}

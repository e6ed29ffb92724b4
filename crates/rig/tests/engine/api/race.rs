//! Programs that act at once, or once more because an answer was lost.

use model::permission::Permission;
use serde_json::json;

use super::{Program, texts};
use crate::both::both;
use crate::house::House;

both! {
    async fn of_two_updates_sent_at_once_only_one_goes_out_where_both_saw_the_same(house) {
        let robot = Program::of(&house, Permission::Approver).await;
        let path = robot.declare().await;
        robot.post(&format!("{path}/release"), json!({})).await.good();
        let seen = robot.get(&path).await.good()["last_event"].clone();
        let updates = format!("{path}/updates");
        let update = |text: &str| json!({ "texts": texts(text), "only_if": seen });
        let (one, other) = tokio::join!(
            robot.post(&updates, update("Eins")),
            robot.post(&updates, update("Zwei")),
        );
        let (done, refused) = if one.status == 200 { (one, other) } else { (other, one) };
        let problem = refused.problem(409, "moved-on");
        assert_eq!(problem["errors"][0]["pointer"], "#/only_if");
        assert_eq!(done.good()["notices"].as_array().unwrap().len(), 2);
        // Once more, because the answer was lost: nothing is told twice.
        robot.post(&updates, update("Eins")).await.problem(409, "moved-on");
        let now = robot.get(&path).await.good();
        assert_eq!(now["notices"].as_array().unwrap().len(), 2);
        // Who does not say what they saw publishes anyhow.
        robot.post(&updates, json!({ "texts": texts("Drei") })).await.good();
    }

    async fn every_act_is_refused_where_something_happened_since(house) {
        let robot = Program::of(&house, Permission::Approver).await;
        let path = robot.declare().await;
        let before = robot.get(&path).await.good();
        let end = house.clock.now().after(model::value::Span::minutes(5)).to_string();
        for (act, mut body) in [
            ("hold", json!({})),
            ("release", json!({})),
            ("withdraw", json!({ "reason": "Fehlalarm" })),
            ("rewrite", json!({ "texts": texts("Neu") })),
            ("updates", json!({})),
            ("resolve", json!({})),
            ("expected-end", json!({ "at": end })),
        ] {
            body["only_if"] = json!(0);
            robot.post(&format!("{path}/{act}"), body).await.problem(409, "moved-on");
        }
        assert_eq!(robot.get(&path).await.good(), before);
    }

    async fn a_second_incident_by_the_same_plan_is_refused_with_the_one_that_is_open(house) {
        let robot = Program::of(&house, Permission::Writer).await;
        let path = robot.declare().await;
        let again = robot.post("/incidents", json!({ "plan": "forum-down" })).await;
        let problem = again.problem(409, "already-open");
        assert_eq!(format!("/incidents/{}", problem["incident"].as_str().unwrap()), path);
        house.only().await;
    }
}

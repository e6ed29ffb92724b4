//! A whole outage, told by a program.

use model::incident::Actor;
use model::permission::Permission;
use model::value::{Span, Timestamp};
use serde_json::{Value, json};

use super::{Program, texts};
use crate::both::both;
use crate::house::{HOLD, House, key};

fn moment(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

fn kinds(incident: &Value) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let notices = incident["notices"].as_array().unwrap().iter();
    notices.map(|one| (word(&one["kind"]), word(&one["phase"]))).collect()
}

both! {
    async fn a_program_tells_a_whole_outage_from_declaring_to_the_all_clear(house) {
        house.subscribe(2).await;
        let robot = Program::of(&house, Permission::Approver).await;
        let since = house.clock.now().before(Span::minutes(5)).to_string();
        let said = json!({ "plan": "forum-down", "since": since, "state": "partial" });
        let declared = robot.post("/incidents", said).await;
        let path = format!("/incidents/{}", declared.body["id"].as_str().unwrap());
        assert_eq!(declared.headers["location"], format!("/api/v1{path}"));
        let waiting = &declared.body["notices"][0];
        assert_eq!(waiting["phase"], "waiting");
        assert_eq!(moment(&waiting["publish_at"]), house.clock.now().after(HOLD));
        assert!(waiting["written"]["de"]["body"].as_str().unwrap().contains("{since}"));
        assert!(waiting["preview"]["de"]["body"].as_str().unwrap().contains("13:42"));
        assert_eq!(declared.body["components"][0]["state"], "partial");

        let held = robot.post(&format!("{path}/hold"), json!({})).await.good();
        assert_eq!(held["notices"][0]["phase"], "on_hold");
        robot.post(&format!("{path}/hold"), json!({})).await.problem(409, "refused");
        house.pass(Span::minutes(20)).await;
        assert_eq!(house.told(), 0, "the clock stands");

        let new = json!({ "texts": texts("Das Forum ruht") });
        let rewritten = robot.post(&format!("{path}/rewrite"), new).await.good();
        assert_eq!(rewritten["notices"][0]["written"]["de"]["headline"], "Das Forum ruht");
        let end = house.clock.now().after(Span::minutes(90)).to_string();
        let expected = robot.post(&format!("{path}/expected-end"), json!({ "at": end })).await;
        assert_eq!(moment(&expected.good()["expected_end"]).to_string(), end);

        let released = robot.post(&format!("{path}/release"), json!({ "notice": 1 })).await.good();
        let out = &released["notices"][0];
        assert_eq!(out["published"]["en"]["headline"], "Das Forum ruht");
        assert!(out["published"]["en"]["body"].as_str().unwrap().contains("## What works"));
        assert_eq!(released["promise"]["at"], out["next_update"]);
        house.deliver_all().await;
        assert_eq!(house.told(), 2);

        let next = house.clock.now().after(Span::minutes(45)).to_string();
        let update = json!({ "texts": texts("Noch nicht"), "next_update": next });
        let updated = robot.post(&format!("{path}/updates"), update).await.good();
        assert_eq!(moment(&updated["promise"]["at"]).to_string(), next);
        house.deliver_all().await;
        let correction = json!({ "corrects": 2, "texts": texts("Doch schon") });
        robot.post(&format!("{path}/corrections"), correction).await.good();
        house.deliver_all().await;
        let resolved = robot.post(&format!("{path}/resolve"), json!({})).await.good();
        assert!(resolved["closed_at"].is_string() && resolved["promise"].is_null());
        let told = ["first", "update", "correction", "all_clear"];
        assert_eq!(kinds(&resolved), told.map(|kind| (kind.into(), "published".into())));
        assert_eq!(resolved["notices"][2]["corrects"], 2);
        house.deliver_all().await;
        assert_eq!(house.told(), 8);
        robot.post(&format!("{path}/updates"), json!({})).await.problem(409, "refused");

        let reach = robot.get(&format!("{path}/reach")).await.good();
        assert_eq!(reach.as_array().unwrap().len(), 4);
        let first = &reach[3];
        let ways = first["ways"].as_array().unwrap();
        let mail = ways.iter().find(|one| one["audience"] == "everybody" && one["channel"] == "mail");
        assert_eq!((&mail.unwrap()["planned"], &mail.unwrap()["accepted"]), (&json!(2), &json!(2)));
        assert!(first["reached"].as_u64().unwrap() >= 2 && first["reached"] == first["planned"]);
        assert_eq!(first["people"]["accepted"], first["reached"]);
        let mut everybody = first["audiences"].as_array().unwrap().iter();
        let everybody = everybody.find(|one| one["audience"] == "everybody").unwrap();
        assert_eq!(everybody["people"]["planned"], 2);
        assert_eq!(first["had_it_after"][2], json!({ "percent": 99, "millis": 0 }));
        let last = first["curve"].as_array().unwrap().last().unwrap();
        assert_eq!(last["reached"], first["reached"]);
        let unreached = robot.get(&format!("{path}/notices/1/unreached")).await.good();
        assert_eq!((&unreached["count"], &unreached["people"]), (&json!(0), &json!([])));
        robot.get(&format!("{path}/notices/9/unreached")).await.problem(404, "not-found");

        let events = robot.get(&format!("{path}/events")).await.good();
        let events = events.as_array().unwrap();
        let by = |kind: &str| {
            let found = events.iter().find(|one| one["what"]["type"] == kind);
            found.unwrap_or_else(|| panic!("no {kind}"))["by"].clone()
        };
        for kind in ["opened", "held", "rewritten", "published", "end_expected", "closed"] {
            assert_eq!(by(kind), json!({ "who": "token", "name": "robot" }), "{kind}");
        }
        let newest = robot.get(&format!("{path}/events?after={}", events.len() - 1)).await.good();
        assert_eq!(newest.as_array().unwrap().len(), 1);
        let id = path.rsplit('/').next().unwrap().parse().unwrap();
        assert_eq!(house.events(&id).await.pop().unwrap().by, Actor::Token(key("robot")));
    }

    async fn what_a_program_withdraws_never_goes_out_and_the_reason_stands_for_good(house) {
        house.subscribe(2).await;
        let robot = Program::of(&house, Permission::Approver).await;
        let path = robot.declare().await;
        robot.post(&format!("{path}/withdraw"), json!({})).await.problem(422, "invalid");
        let reason = json!({ "reason": "Fehlalarm" });
        let withdrawn = robot.post(&format!("{path}/withdraw"), reason).await;
        assert_eq!(withdrawn.good()["notices"][0]["phase"], "withdrawn");
        robot.post(&format!("{path}/release"), json!({})).await.problem(409, "refused");
        house.pass(Span::minutes(60)).await;
        assert_eq!(house.told(), 0);
        let events = robot.get(&format!("{path}/events")).await.good();
        let last = events.as_array().unwrap().iter().find(|one| one["what"]["type"] == "withdrawn");
        assert_eq!(last.unwrap()["what"]["reason"], "Fehlalarm");
    }

    async fn a_drill_of_a_program_stays_in_the_house(house) {
        house.subscribe(2).await;
        let robot = Program::of(&house, Permission::Approver).await;
        let said = json!({ "plan": "forum-down", "drill": true });
        let declared = robot.post("/incidents", said).await;
        let path = format!("/incidents/{}", declared.body["id"].as_str().unwrap());
        robot.post(&format!("{path}/release"), json!({})).await.good();
        house.deliver_all().await;
        assert_eq!(house.told(), 0);
        let drill = &robot.get("/incidents").await.good()["incidents"][0];
        assert_eq!(drill["drill"], true);
    }
}

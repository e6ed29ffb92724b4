//! Passages over the API: what single audiences are told in addition.

use model::permission::Permission;
use serde_json::json;

use super::{Program, texts};
use crate::both::both;
use crate::house::House;

both! {
    async fn a_program_says_what_an_audience_reads_in_addition_or_leaves_what_is_prepared(house) {
        let robot = Program::of(&house, Permission::Approver).await;
        let opened = robot.post("/incidents", json!({ "plan": "shop-down" })).await;
        let path = format!("/incidents/{}", opened.body["id"].as_str().unwrap());
        let waits = robot.get(&path).await.good()["notices"][0].clone();
        let prepared = waits["passages"]["team"]["de"].as_str().unwrap();
        assert!(prepared.starts_with("Bitte verweisen Sie"), "{waits}");
        assert!(!prepared.contains('{'), "as they would read it: {prepared}");
        let passages = json!({ "team": { "de": "Seit {since}.", "en": "" } });
        let anew = json!({ "texts": texts("Anders"), "passages": passages });
        robot.post(&format!("{path}/rewrite"), anew).await.good();
        let again = json!({ "texts": texts("Noch anders") });
        robot.post(&format!("{path}/rewrite"), again).await.good();
        let out = robot.post(&format!("{path}/release"), json!({})).await.good();
        let first = &out["notices"][0];
        assert_eq!(first["published"]["de"]["headline"], "Noch anders");
        let told = json!({ "team": { "de": "Seit 13:47 Uhr (MEZ)." } });
        assert_eq!(first["passages"], told, "what was written stays, what was emptied is gone");
        let update = json!({ "texts": texts("Neues"), "passages": passages });
        let out = robot.post(&format!("{path}/updates"), update).await.good();
        assert_eq!(out["notices"][1]["passages"], told);
        let over = robot.post(&format!("{path}/resolve"), json!({})).await.good();
        let said = over["notices"][2]["passages"]["team"]["en"].as_str().unwrap();
        assert!(said.starts_with("The shop was down since"), "the prepared one: {said}");
    }

    async fn a_passage_for_nobody_is_refused_and_nothing_goes_out(house) {
        let robot = Program::of(&house, Permission::Approver).await;
        let opened = robot.post("/incidents", json!({ "plan": "shop-down" })).await;
        let path = format!("/incidents/{}", opened.body["id"].as_str().unwrap());
        for (passages, place) in [
            (json!({ "press": { "de": "x" } }), "#/passages/press"),
            (json!({ "team": { "de": "a\u{0}b" } }), "#/passages/team/de"),
        ] {
            let update = json!({ "texts": texts("Neues"), "passages": passages });
            let said = robot.post(&format!("{path}/updates"), update).await;
            let problem = said.problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], place, "{problem}");
        }
        // The handbook has it, but the plan does not tell it.
        let passages = json!({ "partners": { "de": "x", "en": "x" } });
        let update = json!({ "texts": texts("Neues"), "passages": passages });
        let problem = robot.post(&format!("{path}/updates"), update).await.problem(409, "refused");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("does not tell the audience “partners”"), "{detail}");
        assert_eq!(robot.get(&path).await.good()["notices"][0]["phase"], "waiting");
    }
}

//! Drafts that programs read and write.

use model::permission::Permission;
use serde_json::json;

use super::{Program, texts};
use crate::both::both;
use crate::house::House;

both! {
    async fn what_two_programs_write_on_the_same_draft_is_put_together(house) {
        let robot = Program::of(&house, Permission::Writer).await;
        let path = format!("{}/drafts/update", robot.declare().await);
        let prepared = robot.get(&path).await.good();
        assert_eq!((&prepared["number"], &prepared["author"]), (&json!(0), &json!("Notlicht")));
        let typed = |lines: &str| {
            json!({ "base": 1, "texts": { "de": { "headline": "Kopf", "body": lines } } })
        };
        let mut first = typed("Erste Zeile\nZweite Zeile");
        first["base"] = json!(0);
        let saved = robot.put(&path, first).await.good();
        assert_eq!((&saved["mine"], &saved["newest"]["number"]), (&json!(1), &json!(1)));
        assert_eq!(saved["newest"]["author"], "robot (API)");
        robot.put(&path, typed("Erste Zeile, anders\nZweite Zeile")).await.good();
        let merged = robot.put(&path, typed("Erste Zeile\nZweite Zeile\nDritte Zeile")).await.good();
        assert_eq!(merged["mine"], 3);
        let newest = &merged["newest"];
        assert_eq!((&newest["number"], &newest["base"]), (&json!(4), &json!(3)));
        let both = "Erste Zeile, anders\nZweite Zeile\nDritte Zeile";
        assert_eq!(newest["texts"]["de"]["body"], both);
        assert_eq!(newest["texts"]["en"], prepared["texts"]["en"], "nobody touched it");
        assert_eq!(robot.get(&path).await.good()["number"], 4);
    }

    async fn a_draft_of_what_is_not_there_is_not_there(house) {
        let robot = Program::of(&house, Permission::Writer).await;
        let path = robot.declare().await;
        robot.get(&format!("{path}/drafts/pending-1")).await.good();
        for slot in ["pending-2", "correction-7", "pending-", "first", "update%00", "%ff"] {
            robot.get(&format!("{path}/drafts/{slot}")).await.problem(404, "not-found");
            let typed = json!({ "base": 0, "texts": texts("x") });
            robot.put(&format!("{path}/drafts/{slot}"), typed).await.problem(404, "not-found");
        }
    }
}

//! The ways out, for programs.

use model::fare::Position;
use model::incident::Command;
use model::permission::Permission;
use notlicht::demo::sink::Options;
use serde_json::json;

use super::Program;
use crate::both::both;
use crate::house::House;

both! {
    async fn a_program_sees_how_channels_fare_and_switches_them(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver().await;
        house.deliver().await;
        let viewer = Program::of(&house, Permission::Viewer).await;
        let all = viewer.get("/channels").await.good();
        let mail = all.as_array().unwrap().iter().find(|one| one["channel"] == "mail").unwrap();
        assert_eq!((&mail["position"], &mail["decided"]), (&json!("automatic"), &json!(null)));
        assert_eq!(mail["nodes"][0]["works"], false, "{mail}");
        let pause = json!({"position": "paused", "reason": "the relay burns"});
        viewer.post("/channels/mail", pause.clone()).await.problem(403, "may-not");
        let robot = Program::of(&house, Permission::Approver).await;
        robot.post("/channels/nix", pause.clone()).await.problem(404, "not-found");
        let word = json!({"position": "off", "reason": "x"});
        robot.post("/channels/mail", word).await.problem(422, "invalid");
        let paused = robot.post("/channels/mail", pause).await.good();
        assert_eq!(paused["position"], "paused");
        assert_eq!(paused["decided"]["reason"], "the relay burns");
        assert!(paused["decided"]["by"].as_str().unwrap().contains("robot"), "{paused}");
        let channels = house.engine.channels().await.unwrap();
        let paused = channels.iter().filter(|one| one.position() == Position::Paused);
        assert_eq!(paused.count(), 1);
    }
}

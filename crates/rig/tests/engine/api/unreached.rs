//! Who does not have a notice, for programs that may see addresses.

use model::incident::Command;
use model::permission::Permission;
use notlicht::demo::sink::Options;
use serde_json::json;

use super::Program;
use crate::both::both;
use crate::house::House;

both! {
    async fn a_program_that_may_see_addresses_lists_page_by_page_who_has_a_notice_not(mut house) {
        house.subscribe(5).await;
        let opened = house.outage().await;
        house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver().await;
        let path = format!("/incidents/{}/notices/1/unreached", opened.id);
        let writer = Program::of(&house, Permission::Writer).await;
        writer.get(&path).await.problem(403, "may-not");
        let robot = Program::of(&house, Permission::Approver).await;
        robot.get(&format!("{path}?limit=0")).await.problem(422, "invalid");
        let (mut after, mut people, mut pages) = (json!(0), Vec::new(), 0);
        while let Some(place) = after.as_i64() {
            let page = robot.get(&format!("{path}?limit=3&after={place}")).await.good();
            people.extend(page["people"].as_array().unwrap().clone());
            assert!(page["people"].as_array().unwrap().len() <= 3);
            after = page["next"].clone();
            pages += 1;
        }
        let all = robot.get(&path).await.good();
        assert_eq!((&json!(people), all["count"].as_u64()), (&all["people"], Some(people.len() as u64)));
        let subscribed = people.iter().filter(|one| one["kind"] == "subscriber");
        assert_eq!((subscribed.count(), pages), (5, people.len().div_ceil(3)));
        let one = people.iter().find(|one| one["addresses"][0]["address"] == "en-1@people.example");
        let one = one.unwrap();
        let (standing, language) = (&one["standing"], &one["language"]);
        assert_eq!((standing, language), (&json!("open"), &json!("en")));
        let notes = house.engine.store.newest_audit(99).await.unwrap();
        let looks = notes.iter().filter(|one| one.act == "reach.unreached" && one.actor.contains("robot"));
        assert_eq!(looks.count(), pages + 1);
    }
}

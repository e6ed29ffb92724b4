//! Lists: incidents page by page, components, plans, the handbook.

use model::permission::Permission;
use model::value::Span;
use serde_json::{Value, json};

use super::Program;
use crate::both::both;
use crate::house::House;

fn ids(page: &Value) -> Vec<String> {
    let rows = page["incidents"].as_array().unwrap().iter();
    rows.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// All pages of so many, one after the other.
async fn pages(robot: &Program, state: &str, limit: usize) -> Vec<Vec<String>> {
    let mut path = format!("/incidents?state={state}&limit={limit}");
    let mut all = vec![];
    loop {
        let page = robot.get(&path).await.good();
        all.push(ids(&page));
        let Some(next) = page["next"].as_str() else { return all };
        path = format!("/incidents?state={state}&limit={limit}&cursor={next}");
    }
}

both! {
    async fn every_incident_stands_on_exactly_one_page(house) {
        let robot = Program::of(&house, Permission::Approver).await;
        let mut closed = vec![];
        for _ in 0..5 {
            let path = robot.declare().await;
            robot.post(&format!("{path}/resolve"), json!({})).await.good();
            closed.insert(0, path.rsplit('/').next().unwrap().to_owned());
            house.clock.pass(Span::minutes(1));
        }
        let open = robot.declare().await.rsplit('/').next().unwrap().to_owned();
        let mut all = vec![open.clone()];
        all.extend(closed.clone());
        assert_eq!(pages(&robot, "all", 2).await.concat(), all);
        assert_eq!(pages(&robot, "all", 6).await, [all.clone()]);
        assert_eq!(pages(&robot, "closed", 2).await.concat(), closed);
        assert_eq!(pages(&robot, "open", 2).await, [vec![open]]);
        assert_eq!(ids(&robot.get("/incidents").await.good()), all);
        for (query, parameter) in
            [("limit=0", "limit"), ("limit=101", "limit"), ("cursor=there", "cursor")]
        {
            let refused = robot.get(&format!("/incidents?{query}")).await;
            assert_eq!(refused.problem(422, "invalid")["errors"][0]["parameter"], parameter);
        }
        for query in ["limit=many", "state=odd", "stat=open", "state=open&state=closed"] {
            robot.get(&format!("/incidents?{query}")).await.problem(422, "invalid");
        }
    }

    async fn a_component_that_somebody_declared_broken_is_broken_whatever_is_measured(house) {
        let robot = Program::of(&house, Permission::Writer).await;
        let state = async || {
            let all = robot.get("/components").await.good();
            let forum = all.as_array().unwrap().iter().find(|one| one["key"] == "forum").cloned();
            let forum = forum.unwrap();
            assert_eq!(forum["name"]["de"], "Forum");
            (forum["state"].clone(), forum["measured"].clone())
        };
        assert_eq!(state().await, (json!("operational"), json!("operational")));
        robot.declare().await;
        assert_eq!(state().await, (json!("major"), json!("operational")));
    }

    async fn the_handbook_that_is_in_force_is_told_with_its_plans(house) {
        let robot = Program::of(&house, Permission::Viewer).await;
        let handbook = robot.get("/handbook").await.good();
        assert_eq!((&handbook["version"], &handbook["languages"]), (&json!(1), &json!(["de", "en"])));
        let keys = |all: &Value| -> Vec<String> {
            let all = all.as_array().unwrap().iter();
            all.map(|one| one["key"].as_str().unwrap().to_owned()).collect()
        };
        let plans = robot.get("/plans").await.good();
        assert_eq!(keys(&handbook["plans"]), keys(&plans));
        let forum = plans.as_array().unwrap().iter().find(|one| one["key"] == "forum-down").unwrap();
        assert_eq!(forum["hold_seconds"], 300);
        assert_eq!(forum["title"]["en"], "Forum is down");
    }
}

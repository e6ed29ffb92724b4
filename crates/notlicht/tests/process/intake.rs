use std::time::Duration;

use serde_json::Value;

use crate::alertmanager::ask;
use crate::house::{House, PATIENCE, until};

const MONITOR: &str = "\n[monitor.forum-hook]\ncomponent = \"forum\"\nhook.state = \"/status\"\n\
                       hook.down = [\"down\"]\nhook.up = [\"up\"]\n";

#[tokio::test]
async fn any_program_that_can_post_json_reports_to_the_printed_address_and_can_be_ended_by_hand() {
    let house = House::new();
    let system = house.read("h/system.toml");
    house.write("h/system.toml", &format!("{system}{MONITOR}"));
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    let said = house.bad(&["intake", "hook", "shop-page"]).await;
    assert!(said.contains("no monitor “shop-page” with hook.state"), "{said}");
    let printed = house.good(&["intake", "hook", "forum-hook"]).await;
    let path =
        printed.lines().find_map(|line| line.find("/intake/").map(|at| &line[at..])).unwrap();
    let post = async |path: &str, body: &str| ask(serving.at, "POST", path, body).await.unwrap();

    let foreign = path.replace("forum-hook", "shop-hook");
    assert_eq!(post(&foreign, "{\"status\":\"down\"}").await.0, 404);
    let alertmanager = path.replacen("forum-hook", "alertmanager", 1);
    assert_eq!(
        post(&alertmanager, "{\"alerts\":[]}").await.0,
        404,
        "each address has its own token"
    );
    let (status, said) = post(path, "{\"state\":\"down\"}").await;
    assert_eq!(
        (status, said.trim()),
        (
            400,
            "/status: nothing stands here; look at hook.state; hook.where leaves out other items"
        )
    );
    let (status, said) = post(path, "{\"status\":\"down\"}").await;
    assert_eq!((status, said.trim()), (200, "1 report, 1 matched: forum-hook"));
    let forum = async |state: &str, limit: Duration| {
        let found = until(limit, || async {
            let (_, body) = serving.get("/api/v2/components.json").await;
            let all: Value = serde_json::from_str(&body).unwrap();
            let mut all = all["components"].as_array().unwrap().iter();
            all.any(|one| one["name"] == "Forum" && one["status"] == state).then_some(())
        });
        found.await.unwrap_or_else(|| panic!("not {state}: {}", serving.log()));
    };
    forum("major_outage", PATIENCE).await;

    assert!(house.bad(&["intake", "end", "nothing"]).await.contains("it has forum-hook"));
    assert!(house.good(&["intake", "end", "forum-hook"]).await.contains("1 report ended"));
    // The running program looks at what was reported every ten seconds.
    forum("operational", PATIENCE).await;
}

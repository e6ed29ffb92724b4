use serde_json::Value;

use crate::house::{House, PATIENCE, until};

#[tokio::test]
async fn the_command_line_says_whether_a_channel_works_and_pauses_and_resumes_it() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.write("people.csv", "anna@example.org,de\n");
    house.good(&["import", "people.csv"]).await;
    let mail = || async {
        let all: Value =
            serde_json::from_str(&house.good(&["channel", "list", "--json"]).await).unwrap();
        let all = all.as_array().unwrap().clone();
        all.into_iter().find(|one| one["channel"] == "mail").unwrap()
    };
    assert_eq!(mail().await["position"], "automatic");
    house.good(&["channel", "pause", "mail", "--reason", "too many at once"]).await;
    let paused = mail().await;
    assert_eq!((&paused["position"], &paused["nodes"]), (&"paused".into(), &Value::Array(vec![])));
    assert_eq!(paused["decided"]["reason"], "too many at once");
    assert!(paused["decided"]["at"].as_str().unwrap().ends_with('Z'), "{paused}");
    assert!(house.good(&["channel"]).await.contains("paused by "));
    let unknown = house.bad(&["channel", "pause", "post"]).await;
    assert!(unknown.contains("the handbook has no channel “post”: it has chat, mail"), "{unknown}");
    house.good(&["channel", "resume", "mail"]).await;
    assert_eq!(mail().await["position"], "automatic");

    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    house.good(&["incident", "release"]).await;
    let serving = house.serve().await;
    // The example's relay does not run here.
    until(PATIENCE, || async { (mail().await["nodes"][0]["works"] == false).then_some(()) })
        .await
        .unwrap();
    drop(serving);
    assert!(house.good(&["channel"]).await.contains("fails ("));
}

use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::house::{House, PATIENCE, until};

#[tokio::test]
async fn the_command_line_says_whom_a_notice_reached_and_saves_the_list_of_the_others() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.write("people.csv", "anna@example.org,de\nben@example.org,en\n");
    house.good(&["import", "people.csv"]).await;
    assert!(house.bad(&["reach"]).await.contains("there was no incident yet"));
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    assert!(house.good(&["reach"]).await.contains("Nothing has gone out yet"));
    assert!(house.bad(&["reach", "--not-reached"]).await.contains("nothing has gone out yet"));
    house.good(&["incident", "release"]).await;
    let serving = house.serve().await;
    // The example's relay does not run here: everybody stays open.
    until(PATIENCE, || async {
        let said: Value = serde_json::from_str(&house.good(&["reach", "--json"]).await).unwrap();
        let everybody = said[0]["audiences"].as_array().unwrap().iter();
        let mut everybody = everybody.filter(|one| one["audience"] == "everybody");
        (everybody.next()?["people"]["open"] == 2).then_some(())
    })
    .await
    .unwrap();
    drop(serving);
    let said = house.good(&["reach"]).await;
    assert!(said.contains("everybody  0 of 2 accepted, 2 open"), "{said}");
    assert!(said.contains("Had it: 50 % not yet"), "{said}");
    assert!(said.contains("--notice 1 --not-reached"), "{said}");
    let said = house.good(&["reach", "--not-reached"]).await;
    assert!(said.contains("open        anna@example.org (mail)"), "{said}");
    house.good(&["reach", "--not-reached", "--csv", "left.csv"]).await;
    let table = house.read("left.csv");
    assert!(
        table.starts_with("recipient,standing,kind,key,language,channel,address\r\n"),
        "{table}"
    );
    assert!(table.contains(",open,subscriber,,en,mail,ben@example.org\r\n"), "{table}");
    let mode = std::fs::metadata(house.path("left.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "there are addresses in it");
    assert!(
        house.bad(&["reach", "--not-reached", "--csv", "left.csv"]).await.contains("not there yet")
    );
    assert!(house.bad(&["reach", "--notice", "7"]).await.contains("no notice 7"));
}

use std::time::Duration;

use serde_json::Value;

use crate::house::{House, PATIENCE, until};

const SOON: Duration = Duration::from_secs(2);

async fn calm() -> House {
    let house = House::new();
    for plan in ["shop-down", "forum-down", "login-down"] {
        house.change(&format!("h/plans/{plan}.toml"), "hold = \"6s\"", "hold = \"10m\"");
        house.change(&format!("h/plans/{plan}.toml"), "rhythm = \"14s\"", "rhythm = \"30m\"");
    }
    house.good(&["apply", "h"]).await;
    house
}

async fn json(house: &House, line: &[&str]) -> Value {
    serde_json::from_str(&house.good(line).await).unwrap()
}

#[tokio::test]
async fn an_incident_is_led_from_the_command_line_without_its_id_while_only_one_is_open() {
    let house = calm().await;
    let serving = house.serve().await;
    let page = house.path("d/page/site.json");
    until(PATIENCE, || async { page.exists().then_some(()) }).await.unwrap();
    assert!(house.good(&["incident"]).await.contains("No incident is open."));
    let said = house.good(&["incident", "declare", "--plan", "shop-down", "--since", "10m"]).await;
    assert!(said.contains("Der Shop geht gerade nicht"), "the text that will go out: {said}");
    assert!(!said.contains("does not seem to run"), "{said}");
    let said = house.good(&["incident"]).await;
    assert!(said.contains("goes out at") && said.contains("notlicht incident release"), "{said}");

    let said = house.good(&["incident", "hold"]).await;
    assert!(said.contains("nobody is told anything"), "{said}");
    assert!(house.bad(&["incident", "hold"]).await.contains("already on hold"));
    assert!(house.good(&["incident", "expect", "14:30"]).await.contains("Expected end: 14:30"));
    assert!(house.bad(&["incident", "expect", "25:99"]).await.contains("write it like 14:30"));
    assert!(!serving.get("/de/").await.1.contains("Der Shop geht gerade nicht,"));
    house.good(&["incident", "release"]).await;
    serving.shows("/de/", "Der Shop geht gerade nicht,", SOON).await;
    assert!(house.bad(&["incident", "release"]).await.contains("no notice is waiting"));
    assert!(
        house.bad(&["incident", "veto", "--reason", "late"]).await.contains("no notice is waiting")
    );

    let said = house
        .good(&["incident", "update", "--de", "Es wird. Noch eine Stunde.", "--next", "1h"])
        .await;
    assert!(said.contains("no text in “en”"), "{said}");
    let page = serving.shows("/de/", "Es wird.", SOON).await;
    assert!(page.contains("Noch eine Stunde."), "{page}");
    house.write(
        "u.md",
        "# Die Kasse geht wieder.\n\nSeit {since} gestört.\n\n## Das geht\nBestellen.\n",
    );
    house.write("u.en.md", "The till works again. Ordering too.");
    house.good(&["incident", "update", "--de", "@u.md", "--en", "@u.en.md"]).await;
    serving.shows("/de/", "Die Kasse geht wieder.", SOON).await;
    serving.shows("/en/", "The till works again.", SOON).await;
    house
        .good(&[
            "incident",
            "correct",
            "2",
            "--de",
            "Richtig ist: zwei Stunden.",
            "--en",
            "It is two.",
        ])
        .await;
    serving.shows("/de/", "Richtig ist: zwei Stunden.", SOON).await;
    house.good(&["incident", "update"]).await;

    let said = house.good(&["incident", "resolve"]).await;
    assert!(said.contains("The incident is closed."), "{said}");
    serving.shows("/de/", "Der Shop geht wieder.", SOON).await;
    assert!(
        house.bad(&["incident", "update"]).await.contains("notlicht incident declare --plan PLAN")
    );
    let shown = json(&house, &["incident", "list", "--json"]).await;
    let id = shown[0]["id"].as_str().unwrap();
    assert!(house.bad(&["incident", "update", id]).await.contains("closed"));
    let timeline = house.good(&["incident", "show", id]).await;
    for told in ["Incident declared", "held", "Expected end", "published", "Closed", "erika"] {
        assert!(timeline.contains(told), "{told}: {timeline}");
    }
    assert!(!timeline.contains("null"), "{timeline}");
}

#[tokio::test]
async fn where_several_incidents_are_open_the_program_asks_which_and_names_them() {
    let house = calm().await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    let said = house.good(&["incident", "declare", "--plan", "forum-down"]).await;
    assert!(said.contains("does not seem to run"), "nobody serves, and it says so: {said}");
    let said = house.bad(&["incident", "declare", "--plan", "shop-down"]).await;
    assert!(said.contains("open already"), "{said}");
    let said = house.bad(&["incident", "declare", "--plan", "shop"]).await;
    assert!(said.contains("forum-down, login-down, other, shop-down"), "{said}");
    let said = house.bad(&["incident", "release"]).await;
    let open = json(&house, &["incident", "list", "--json"]).await;
    for one in open.as_array().unwrap() {
        assert!(said.contains(one["id"].as_str().unwrap()), "{said}");
    }
    let id = open[0]["id"].as_str().unwrap();
    house.good(&["incident", "veto", id, "--reason", "a false alarm"]).await;
    let shown = json(&house, &["incident", "show", id, "--json"]).await;
    assert_eq!(shown["notices"][0]["phase"], "withdrawn", "{shown}");
    assert!(shown["events"].as_array().unwrap().len() >= 4, "{shown}");
    house.good(&["incident", "resolve", id]).await;
    house.good(&["incident", "release"]).await;
    assert!(
        house.bad(&["incident", "show", "zzzzzzzzzzzz"]).await.contains("notlicht incident list")
    );
}

#[tokio::test]
async fn an_open_incident_follows_a_newer_handbook_only_when_somebody_says_so() {
    let house = calm().await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    house.change(
        "h/texts/shop-down/first.de.md",
        "Das kommt ungelegen",
        "Das kommt sehr ungelegen",
    );
    house.good(&["apply", "h"]).await;
    let pinned = json(&house, &["incident", "show", "--json"]).await;
    assert_eq!(pinned["handbook"], 1);
    let said = house.good(&["incident", "adopt"]).await;
    assert!(said.contains("Handbook version 2 is followed"), "{said}");
    assert!(house.good(&["incident", "adopt"]).await.contains("Nothing changes"));
    assert_eq!(json(&house, &["incident", "show", "--json"]).await["handbook"], 2);
}

#[tokio::test]
async fn a_text_that_is_no_notice_is_refused_before_anybody_reads_it() {
    let house = calm().await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    house.write("bad.md", "# Eins\n\n# Zwei\n\n## Das Wetter\nSonne.\n");
    let said = house.bad(&["incident", "update", "--de", "@bad.md"]).await;
    assert!(said.contains("line 3") && said.contains("line 5"), "{said}");
    assert!(house.bad(&["incident", "update", "--de", " "]).await.contains("text is empty"));
    assert!(
        house.bad(&["incident", "update", "--de", "@no.md"]).await.contains("no.md cannot be read")
    );
    let shown = json(&house, &["incident", "show", "--json"]).await;
    assert_eq!(shown["notices"].as_array().unwrap().len(), 1, "{shown}");
}

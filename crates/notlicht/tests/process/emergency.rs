use std::time::Duration;

use crate::house::{House, PATIENCE, Serving, until};

/// From the command to the page.
const SOON: Duration = Duration::from_secs(2);

const TEXT: &str = "Alles steht still. Wir melden uns um 15 Uhr.";

/// The id that the program gave.
fn id(said: &str) -> String {
    let after = &said[said.find("as ").unwrap() + 3..];
    after.split('.').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_emergency_notice_is_on_the_page_within_two_seconds_and_goes_when_it_is_ended() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    let page = house.path("d/page/site.json");
    until(PATIENCE, || async { page.exists().then_some(()) }).await.unwrap();
    let said = house.good(&["emergency", TEXT]).await;
    assert!(said.contains(&format!("--end {}", id(&said))), "{said}");
    assert!(house.read("d/page/de/index.html").contains(TEXT), "on disk at once");
    for page in ["/de/", "/en/"] {
        serving.shows(page, TEXT, SOON).await;
    }
    let listed = house.good(&["emergency", "--list"]).await;
    assert!(listed.contains(&id(&said)) && listed.contains(TEXT), "{listed}");

    let second = house.good(&["emergency", "Zweitens: Ihre Daten sind sicher."]).await;
    serving.shows("/de/", "Zweitens", SOON).await;
    house.good(&["emergency", "--end", &id(&said)]).await;
    gone(&serving, TEXT).await;
    assert!(serving.get("/de/").await.1.contains("Zweitens"), "the other one stays");
    assert!(!house.read("d/page/de/index.html").contains(TEXT), "nor on disk");
    let again = house.bad(&["emergency", "--end", &id(&said)]).await;
    assert!(again.contains("notlicht emergency --list"), "{again}");
    house.good(&["emergency", "--end", "all"]).await;
    gone(&serving, "Zweitens").await;
    let listed = house.good(&["emergency", "--list"]).await;
    assert!(!listed.contains(&id(&second)), "{listed}");
}

async fn gone(serving: &Serving, text: &str) {
    let gone =
        until(SOON, || async { (!serving.get("/de/").await.1.contains(text)).then_some(()) });
    gone.await.unwrap_or_else(|| panic!("“{text}” is still there: {}", serving.log()));
}

#[tokio::test]
async fn an_emergency_notice_that_says_nothing_or_too_much_is_refused_clearly() {
    let house = House::new();
    for empty in ["", "  \n"] {
        let said = house.bad(&["emergency", empty]).await;
        assert!(said.contains("say what happened"), "{said}");
    }
    let said = house.bad(&["emergency", &"ä".repeat(2_001)]).await;
    assert!(said.contains("has 2001 characters, 2000 are the most"), "{said}");
    let said = house.bad(&["emergency", "--end", "all"]).await;
    assert!(said.contains("no emergency notice"), "{said}");
    let said = house.ask(&["emergency"]).await;
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(house.good(&["emergency", "--list"]).await.contains("No emergency notice"));
}

#[tokio::test]
async fn an_emergency_notice_written_before_the_first_start_is_on_the_first_page() {
    let house = House::new();
    let said = house.ask(&["emergency", TEXT]).await;
    assert_eq!(said.code, 0);
    assert!(said.err.contains("Is --data right?"), "{}", said.err);
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    assert!(serving.get("/de/").await.1.contains(TEXT));
}

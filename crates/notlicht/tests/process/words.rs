use crate::house::House;

const NOTICE: &str = "# Der Online-Shop ist nicht erreichbar

Seit 13:47 Uhr (MEZ) können Sie nicht bestellen. Wir haben einen Failover gestartet.
Bis 15 Uhr läuft alles wieder.
";

#[tokio::test]
async fn the_words_of_a_notice_are_judged_item_by_item_at_the_command_line() {
    let house = House::new();
    house.write("notice.md", NOTICE);
    let path = house.path("notice.md");
    let path = path.to_str().unwrap();
    let line = ["words", path, "--lang", "de", "--kind", "first", "--json"];
    let judged: serde_json::Value = serde_json::from_str(&house.good(&line).await).unwrap();
    for (item, holds) in [("what_happened", true), ("zone", true), ("doing", true), ("data", false)]
    {
        assert_eq!(judged["items"][item], holds, "{item}");
        assert_eq!(judged[item], judged["items"][item], "{item}");
    }
    assert_eq!(judged["no_promise"], false);
    assert_eq!(judged["jargon"][0]["word"], "Failover");
    assert_eq!(judged["jargon"][0]["line"], 3);
    assert_eq!(judged["figures"]["sentences"], 4);
    let line = ["words", "-", "--lang", "de", "--kind", "all_clear", "--json"];
    let judged = house.good_with(&line, NOTICE).await;
    let judged: serde_json::Value = serde_json::from_str(&judged).unwrap();
    assert!(judged["items"]["still_works"].is_null(), "an all-clear need not say what still works");
    let report = house.good(&["words", path, "--lang", "de"]).await;
    assert!(report.contains("there: “Bis 15 Uhr läuft alles wieder.”"), "{report}");
    assert!(report.contains("Ob Daten betroffen sind, wissen wir noch nicht."), "{report}");
    let counted = house
        .good_with(&["words", "--syllables", "--lang", "de"], "Nation\nUpdate\n\nneue Feuer\n")
        .await;
    assert_eq!(counted, "Nation\t3\nUpdate\t2\n\t0\nneue Feuer\t4\n");
}

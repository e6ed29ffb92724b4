use crate::house::{House, files};

/// Ten kinds of fault, as somebody makes them on a busy day.
const SLIPS: [(&str, &str, &str); 10] = [
    ("handbook.toml", "zone = \"Europe/Berlin\"", "zone = \"Berlin\""),
    ("people.toml", "person = \"amira\"", "person = \"amirra\""),
    ("people.toml", "title.en = \"Engineering\"\n", ""),
    ("system.toml", "depends_on = [\"login\"]", "depends_on = [\"app\"]"),
    ("system.toml", "key = \"forum\"", "key = \"forum\"\ncolour = \"red\""),
    ("channels.toml", "kind = \"email\"", "kind = \"e-mail\""),
    ("channels.toml", "http://127.0.0.1:9/hooks/team-chat", "chat.example.com"),
    ("plans/shop-down.toml", "rhythm = \"14s\"", "rhythm = \"14 minutes\""),
    ("plans/forum-down.toml", "alert = [\"communication\", \"technik\"]", "alert = \"technik\" 1"),
    ("texts/shop-down/first.de.md", "{next_update}", "{naechste}"),
];

fn broken() -> House {
    let house = House::new();
    for (file, old, new) in SLIPS {
        house.change(&format!("h/{file}"), old, new);
    }
    house
}

#[tokio::test]
async fn a_broken_handbook_gives_ten_clear_errors_with_their_lines_in_one_run_and_changes_nothing()
{
    let house = broken();
    let checked = house.ask(&["check", "h"]).await;
    assert_eq!((checked.code, checked.out.as_str()), (1, ""));
    insta::assert_snapshot!(checked.err);
    assert!(!house.path("d").exists(), "a check needs no installation and makes none");

    let good = House::new();
    good.good(&["apply", "h"]).await;
    for (file, old, new) in SLIPS {
        good.change(&format!("h/{file}"), old, new);
    }
    let before = files(&good.path("h"));
    let applied = good.bad(&["apply", "h"]).await;
    assert!(applied.contains("nothing was changed"), "{applied}");
    let faults = |said: &str| said.rsplit_once("error: ").unwrap().0.to_owned();
    assert_eq!(faults(&applied), faults(&checked.err), "both say the same");
    assert_eq!(faults(&applied).matches("error: ").count(), SLIPS.len());
    assert_eq!(files(&good.path("h")), before);
    good.good(&["export", "out"]).await;
    assert_eq!(good.read("out/.notlicht-version"), "1\n", "the good version is still the newest");
    assert!(good.read("out/handbook.toml").contains("Europe/Berlin"));
}

#[tokio::test]
async fn of_two_people_who_change_an_export_the_second_sees_the_difference_and_loses_nothing() {
    let house = House::new();
    assert!(house.bad(&["diff", "h"]).await.contains("notlicht apply FOLDER"));
    let said = house.good(&["apply", "h"]).await;
    assert!(said.contains("Handbook version 1 is in force."), "{said}");
    assert!(said.contains("5 contacts kept apart"), "{said}");
    house.good(&["export", "one"]).await;
    house.good(&["export", "two"]).await;
    assert!(!house.path("one/contacts.toml").exists(), "contacts only when asked for");
    assert!(house.good(&["diff", "one"]).await.contains("No difference from version 1"));

    house.change("one/handbook.toml", "community = \"Lindenhof\"", "community = \"Lindenhain\"");
    house.change("two/plans/shop-down.toml", "hold = \"6s\"", "hold = \"7s\"");
    let changed = house.ask(&["diff", "one"]).await;
    assert_eq!(changed.code, 1);
    assert!(changed.out.contains("Lindenhain"), "{}", changed.out);
    house.good(&["apply", "one", "--reason", "we have a new name"]).await;

    let refused = house.ask(&["apply", "two"]).await;
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("the newest version is 2, your files come from 1"),
        "{}",
        refused.err
    );
    for side in ["Lindenhain", "hold = \"6s\"", "hold = \"7s\""] {
        assert!(refused.out.contains(side), "{side}: {}", refused.out);
    }
    house.good(&["export", "three"]).await;
    assert!(house.read("three/handbook.toml").contains("Lindenhain"), "the first is in force");
    assert!(house.read("two/plans/shop-down.toml").contains("hold = \"7s\""), "the second is kept");
    house.change("three/plans/shop-down.toml", "hold = \"6s\"", "hold = \"7s\"");
    let said = house.good(&["apply", "three"]).await;
    assert!(said.contains("version 3"), "{said}");
    assert!(house.good(&["apply", "three"]).await.contains("Nothing has changed"));
}

#[tokio::test]
async fn an_export_overwrites_nothing_that_somebody_typed() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.write("notes/shopping.txt", "milk");
    assert!(house.bad(&["export", "notes"]).await.contains("not empty and no earlier export"));
    house.good(&["export", "out"]).await;
    house.good(&["export", "out"]).await;

    house.change("out/handbook.toml", "Lindenhof", "Lindenhain");
    let said = house.ask(&["export", "out"]).await;
    assert_eq!(said.code, 1);
    assert!(said.err.contains("was changed since version 1"), "{}", said.err);
    assert!(said.out.contains("Lindenhain"), "{}", said.out);
    assert!(house.read("out/handbook.toml").contains("Lindenhain"), "it is still there");

    house.good(&["export", "other"]).await;
    std::fs::remove_file(house.path("out/README.md")).unwrap();
    house.good(&["apply", "out"]).await;
    house.good(&["export", "other"]).await;
    assert!(!house.path("other/README.md").exists(), "what is gone is gone in the export too");
    assert!(house.read("other/handbook.toml").contains("Lindenhain"));

    house.good(&["export", "people", "--contacts"]).await;
    assert!(house.read("people/contacts.toml").contains("Erika Mustermann"));
    let said = house.bad(&["export", "people", "--contacts"]).await;
    assert!(said.contains("move it away"), "{said}");
}

#[tokio::test]
async fn a_handbook_moves_into_a_new_installation_although_it_comes_from_another() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    std::fs::remove_dir_all(house.path("d")).unwrap();
    let said = house.good(&["apply", "h"]).await;
    assert!(said.contains("Handbook version 1 is in force."), "{said}");
}

#[tokio::test]
async fn a_handbook_without_monitors_is_told_so_and_serves() {
    let house = House::new();
    let said = house.ask(&["check", "h"]).await;
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("there is no monitor"), "{}", said.err);
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    assert_eq!(serving.get("/en/").await.0, 200);
}

#[tokio::test]
async fn a_handbook_travels_as_one_archive_and_comes_back_the_same_to_the_last_byte() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.good(&["handbook", "export", "--output", "one.zip", "--contacts"]).await;
    let said = house.bad(&["export", "one.zip"]).await;
    assert!(said.contains("is there already"), "{said}");
    let packed = std::fs::read(house.path("one.zip")).unwrap();

    let other = House::new();
    std::fs::write(other.path("got.zip"), &packed).unwrap();
    let said = other.good(&["handbook", "apply", "got.zip", "--reason", "moved here"]).await;
    assert!(said.contains("version 1 is in force") && said.contains("5 contacts"), "{said}");
    other.good(&["export", "again.zip", "--contacts"]).await;
    assert_eq!(std::fs::read(other.path("again.zip")).unwrap(), packed);
    assert!(other.good(&["apply", "again.zip"]).await.contains("Nothing has changed"));

    other.good(&["export", "out"]).await;
    other.change("out/handbook.toml", "Lindenhof", "Lindenhain");
    other.good(&["apply", "out"]).await;
    let said = other.bad(&["apply", "got.zip"]).await;
    assert!(said.contains("the newest version is 2, your files come from 1"), "{said}");
    other.write("bad.zip", "no archive");
    let said = other.bad(&["apply", "bad.zip"]).await;
    assert!(said.contains("pack the folder anew"), "{said}");
}

#[tokio::test]
async fn versions_are_listed_compared_and_rolled_back_at_the_command_line() {
    let house = House::new();
    assert!(house.bad(&["handbook", "history"]).await.contains("notlicht apply FOLDER"));
    house.good(&["apply", "h", "--reason", "the first"]).await;
    house.change("h/handbook.toml", "community = \"Lindenhof\"", "community = \"Lindenhain\"");
    house.good(&["apply", "h", "--reason", "a new name"]).await;
    let listed = house.good(&["handbook", "history"]).await;
    assert!(listed.find("a new name").unwrap() < listed.find("the first").unwrap(), "{listed}");
    let changed = house.ask(&["handbook", "diff", "1"]).await;
    assert_eq!(changed.code, 1);
    assert!(changed.out.contains("Community\n  - Lindenhof\n  + Lindenhain"), "{}", changed.out);
    let lines = house.ask(&["handbook", "diff", "1", "--lines"]).await.out;
    assert!(lines.contains("+ community = \"Lindenhain\""), "{lines}");
    let said = house.good(&["handbook", "rollback", "1", "--reason", "it was wrong"]).await;
    assert!(said.contains("version 3 is in force"), "{said}");
    assert!(house.good(&["handbook", "diff", "1", "3"]).await.contains("say the same"));
    let again = house.good(&["handbook", "rollback", "1", "--reason", "so"]).await;
    assert!(again.contains("Nothing has changed"), "{again}");
    assert!(
        house.bad(&["handbook", "rollback", "9", "--reason", "so"]).await.contains("no version 9")
    );
    assert!(house.good(&["handbook", "drafts"]).await.contains("nothing waits"));
    let said = house.bad(&["handbook", "approve", "0vtfwt1wzpy2"]).await;
    assert!(said.contains("notlicht handbook drafts"), "{said}");
}

//! The database is gone, and the page is not.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::time::Duration;

use crate::house::{House, SERVE, Serving, until};

const SOON: Duration = Duration::from_secs(2);
const HEADLINE: &str = "Der Shop geht gerade nicht";
const URGENT: &str = "Das Licht bleibt an. Wir melden uns um 15 Uhr.";

/// An installation with an open incident on its page, stopped. Gives the incident's id.
async fn stopped() -> (House, String) {
    let house = House::new();
    house.change("h/plans/shop-down.toml", "rhythm = \"14s\"", "rhythm = \"30m\"");
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    house.good(&["incident", "release"]).await;
    serving.shows("/de/", HEADLINE, SOON).await;
    let listed = house.good(&["incident", "list", "--json"]).await;
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let id = listed[0]["id"].as_str().unwrap().to_owned();
    let file = format!("d/page/de/incident/{id}/index.html");
    until(SOON, || async { house.path(&file).exists().then_some(()) }).await.unwrap();
    assert_eq!(serving.stop().await, Some(0));
    (house, id)
}

/// Moves the database, with all that belongs to it, aside or back.
fn shift(house: &House, from: &str, to: &str) {
    std::fs::create_dir_all(house.path(to)).unwrap();
    for end in ["-wal", "-shm", ""] {
        let name = format!("notlicht.db{end}");
        let file = house.path(from).join(&name);
        if file.exists() {
            std::fs::rename(file, house.path(to).join(&name)).unwrap();
        }
    }
}

/// Everything that visitors and programs read is there.
async fn serves_all(serving: &Serving, id: &str) {
    serving.logged("no database: the page is served from disk").await;
    for path in [
        "/de/",
        "/en/",
        "/de/history",
        "/en/history",
        "/de/imprint",
        "/en/privacy",
        &format!("/de/incident/{id}"),
        &format!("/en/incident/{id}"),
        "/de/feed.atom",
        "/en/feed.atom",
        "/history.atom",
        "/api/v2/summary.json",
        "/api/v2/status.json",
        "/api/v2/components.json",
        "/api/v2/incidents.json",
        "/api/v2/incidents/unresolved.json",
        "/health",
    ] {
        assert_eq!(serving.get(path).await.0, 200, "{path}");
    }
    assert!(serving.get("/de/").await.1.contains(HEADLINE));
    assert!(serving.get("/api/v2/incidents.json").await.1.contains(id));
    // A link of a mail cannot be followed now, and says so instead of breaking.
    let (status, body) = serving.get("/act/abc").await;
    assert_eq!(status, 503, "{body}");
}

/// How often a visitor reads it on the page.
fn times_said(page: &str) -> usize {
    page.split_once("<body").unwrap().1.matches(URGENT).count()
}

/// With the database back, it goes on by itself, and what was said from the host is there once.
async fn goes_on(house: &House, serving: &Serving) {
    serving.logged("the database is open again").await;
    let merged = house.path("d/emergency/merged");
    let done = until(Duration::from_secs(10), || async {
        let count = std::fs::read_dir(&merged).map_or(0, Iterator::count);
        (count == 1).then_some(())
    });
    done.await.unwrap_or_else(|| panic!("it is not merged: {}", serving.log()));
    house.good(&["incident", "update", "--de", "Fast geschafft. Bald mehr."]).await;
    let page = serving.shows("/de/", "Fast geschafft.", SOON).await;
    assert_eq!(times_said(&page), 1, "{page}");
    let view: serde_json::Value = serde_json::from_str(&house.read("d/page/site.json")).unwrap();
    assert_eq!(view["emergencies"].as_array().unwrap().len(), 1, "{view}");
}

/// Writes an emergency notice and waits until it stands on the running page.
async fn speaks_up(house: &House, serving: &Serving) {
    house.good(&["emergency", URGENT]).await;
    serving.shows("/en/", URGENT, SOON).await;
    assert!(house.read("d/page/de/index.html").contains(URGENT), "on disk too");
}

async fn survives(break_it: impl Fn(&Path), mend: impl Fn(&Path)) {
    let (house, id) = stopped().await;
    shift(&house, "d", "aside");
    let file = house.path("d/notlicht.db");
    break_it(&file);
    let serving = house.serve().await;
    serves_all(&serving, &id).await;
    speaks_up(&house, &serving).await;
    mend(&file);
    shift(&house, "aside", "d");
    goes_on(&house, &serving).await;
    assert_eq!(serving.stop().await, Some(0));
    // A further start merges nothing again.
    let serving = house.serve().await;
    assert_eq!(times_said(&serving.get("/de/").await.1), 1);
    house.good(&["emergency", "--end", "all"]).await;
    let gone =
        until(SOON, || async { (!serving.get("/de/").await.1.contains(URGENT)).then_some(()) });
    gone.await.unwrap();
}

#[tokio::test]
async fn with_garbage_for_a_database_the_page_is_served_from_disk_until_the_database_is_back() {
    let garbage = "this is no database ".repeat(1_000);
    let remove = |file: &Path| std::fs::remove_file(file).unwrap();
    survives(|file| std::fs::write(file, &garbage).unwrap(), remove).await;
}

#[tokio::test]
async fn with_a_folder_for_a_database_the_page_is_served_from_disk_until_the_database_is_back() {
    let remove = |file: &Path| std::fs::remove_dir(file).unwrap();
    survives(|file| std::fs::create_dir(file).unwrap(), remove).await;
}

#[tokio::test]
async fn a_database_that_is_gone_is_not_replaced_by_an_empty_one() {
    survives(|file| assert!(!file.exists()), |file| assert!(!file.exists(), "none was made")).await;
}

#[tokio::test]
async fn with_an_empty_database_the_page_is_served_from_disk_until_the_right_one_is_back() {
    let remove = |file: &Path| {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
    };
    survives(|file| std::fs::write(file, "").unwrap(), remove).await;
}

#[tokio::test]
async fn without_permission_for_the_database_the_page_is_served_from_disk_until_it_is_given() {
    let (house, id) = stopped().await;
    let allow = |mode: u32| {
        for end in ["notlicht.db", "notlicht.db-wal", "notlicht.db-shm", "keys.json"] {
            let file = house.path("d").join(end);
            if file.exists() {
                std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
            }
        }
    };
    let mut command = house.command(&SERVE);
    if std::fs::metadata(house.path("d")).unwrap().uid() == 0 {
        // Nothing is forbidden to root, so that somebody else must run it, who can reach it.
        let program = house.path("notlicht");
        std::fs::copy(env!("CARGO_BIN_EXE_notlicht"), &program).unwrap();
        command = house.command_of(&program, &SERVE);
        command.uid(65_534).gid(65_534);
        for folder in [".", "d", "d/page"] {
            let open = std::fs::Permissions::from_mode(0o777);
            std::fs::set_permissions(house.path(folder), open).unwrap();
        }
        allow(0o600);
    } else {
        allow(0);
    }
    let serving = house.serve_as(command).await;
    serves_all(&serving, &id).await;
    house.good(&["emergency", URGENT]).await;
    serving.shows("/en/", URGENT, SOON).await;
    std::fs::set_permissions(house.path("d/emergency"), std::fs::Permissions::from_mode(0o777))
        .unwrap();
    allow(0o666);
    serving.logged("the database is open again").await;
    let journal = house.path("d/emergency/merged");
    until(Duration::from_secs(10), || async { journal.exists().then_some(()) }).await.unwrap();
    assert_eq!(times_said(&serving.get("/de/").await.1), 1);
}

#[tokio::test]
async fn without_database_and_page_it_does_not_pretend_to_serve() {
    let house = House::new();
    house.write("d/notlicht.db", &"this is no database ".repeat(1_000));
    let said = house.bad(&SERVE).await;
    assert!(said.contains("database"), "{said}");
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "the promise must lie shortly ahead of the real clock"
)]
async fn when_a_promise_passes_without_a_database_the_page_itself_says_that_we_are_late() {
    let (house, _) = stopped().await;
    let mut view: serde_json::Value =
        serde_json::from_str(&house.read("d/page/site.json")).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let promise = u64::try_from(now.as_micros()).unwrap() + 4_000_000;
    view["open"][0]["promise"] = promise.into();
    house.write("d/page/site.json", &view.to_string());
    shift(&house, "d", "aside");
    std::fs::create_dir(house.path("d/notlicht.db")).unwrap();
    let serving = house.serve().await;
    assert!(!serving.get("/de/").await.1.contains("Wir sind zu spät."), "not yet");
    serving.shows("/de/", "Wir sind zu spät.", Duration::from_secs(8)).await;
    serving.shows("/en/", "We are late.", SOON).await;
    let late = until(SOON, || async {
        house.read("d/page/de/index.html").contains("Wir sind zu spät.").then_some(())
    });
    late.await.expect("the page on disk says it too");
}

use notlicht::demo::example::Places;
use notlicht::demo::shop::Shop;
use notlicht::demo::sink::{Options, Sink};

use crate::house::{House, PATIENCE, until};

const SECRETS: [(&str, &str); 2] =
    [("s/chat-signing", "for tests only"), ("s/hoster-signing", "for tests only")];

#[tokio::test]
async fn the_doctor_names_what_is_missing_and_what_to_do_about_it() {
    let house = House::new();
    let said = house.ask(&["doctor"]).await;
    assert_eq!(said.code, 1);
    assert!(said.out.contains("✗ handbook: there is none yet"), "{}", said.out);
    assert!(said.out.contains("notlicht apply FOLDER"), "{}", said.out);

    house.good(&["apply", "h"]).await;
    let said = house.ask(&["doctor"]).await;
    assert_eq!(said.code, 1);
    for told in [
        "✓ handbook: version 1",
        "✗ secret “chat-signing” is missing",
        "NOTLICHT_SECRET_CHAT_SIGNING",
        "✗ channel “mail” (email): relay: no connection to 127.0.0.1 port 9",
        "! backup: there was never one",
        "! page on disk: there is none",
        "✓ contacts",
    ] {
        assert!(said.out.contains(told), "{told}: {}", said.out);
    }
    assert!(!said.out.contains("for tests only"));

    let house = House::new();
    house.write("d/notlicht.db", &"this is no database ".repeat(1_000));
    let said = house.ask(&["doctor"]).await;
    assert_eq!(said.code, 1);
    assert!(said.out.contains("✗ database: "), "{}", said.out);
    assert!(said.out.contains("notlicht emergency"), "{}", said.out);
}

#[tokio::test]
async fn the_doctor_is_content_when_all_is_well() {
    let shop = Shop::open().await.unwrap();
    let sink = Sink::start("127.0.0.1:0".parse().unwrap(), Options::default()).await.unwrap();
    let at = shop.address();
    let house = House::watching(Places {
        page: at,
        mail: sink.address(),
        shop: at,
        pages: at,
        database: at,
    })
    .with(&["--allow-private", "--secrets", "s"]);
    let system = house.read("h/system.toml");
    let (before, after) = system.split_once("[monitor.login]").unwrap();
    let shop_page = &after[after.find("[monitor.shop-page]").unwrap()..];
    let shop_page = &shop_page[..shop_page.find("[monitor.forum-page]").unwrap()];
    house.write("h/system.toml", &format!("{before}{shop_page}"));
    for (file, secret) in SECRETS {
        house.write(file, secret);
    }
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    serving.get("/de/").await;
    let fresh = until(PATIENCE, || async { house.path("d/page/site.json").exists().then_some(()) });
    fresh.await.unwrap();
    house.good(&["backup", "--make-key", "key"]).await;
    house.good(&["backup", "backup", "--key", "key"]).await;
    let said = house.good(&["doctor"]).await;
    for line in said.lines() {
        assert!(line.starts_with("✓ "), "{line}: {said}");
    }
    for told in [
        "clock: within",
        "backup: the last one at",
        "channel “mail”",
        "monitor “shop-page”",
        "fresh",
        "secret “chat-signing”",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
}

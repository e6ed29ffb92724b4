use notlicht::demo::shop::Shop;

use crate::house::House;

/// A handbook with a single monitor that believes each look.
async fn looking_at(url: &str, options: &[&str]) -> House {
    let house = House::new().with(options);
    let system = house.read("h/system.toml");
    let monitor = format!(
        "\n[monitor.one]\ncomponent = \"shop\"\nevery = \"1s\"\nfails = 1\nof = 1\nrecover = 1\nhttp.url = \"{url}\"\nhttp.timeout = \"500ms\"\n"
    );
    house.write("h/system.toml", &(system + &monitor));
    house.good(&["apply", "h"]).await;
    house
}

#[tokio::test]
async fn a_monitor_on_this_host_is_blocked_unless_the_process_allows_it_and_the_finding_says_so() {
    let shop = Shop::open().await.unwrap();
    let url = format!("http://{}/", shop.address());
    let house = looking_at(&url, &[]).await;
    let serving = house.serve().await;
    let verdict = serving.logged("verdict").await;
    assert!(verdict.contains("Down") && verdict.contains("--allow-private"), "{verdict}");
    assert!(verdict.contains("--allow-network 127.0.0.1"), "{verdict}");
    assert_eq!(shop.served(), 0, "nothing was asked");
    for options in [&["--allow-private"][..], &["--allow-network", "127.0.0.0/8"][..]] {
        let house = looking_at(&url, options).await;
        let verdict = house.serve().await.logged("verdict").await;
        assert!(verdict.contains("Up"), "{options:?}: {verdict}");
    }
    let house = looking_at(&url, &["--allow-network", "10.0.0.0/8"]).await;
    let verdict = house.serve().await.logged("verdict").await;
    assert!(verdict.contains("Down"), "another network opens nothing: {verdict}");
}

#[tokio::test]
async fn a_metadata_address_is_blocked_whatever_the_process_allows() {
    let options = ["--allow-private", "--allow-network", "169.254.0.0/16"];
    let house = looking_at("http://169.254.169.254/latest/meta-data/", &options).await;
    let verdict = house.serve().await.logged("verdict").await;
    assert!(verdict.contains("Down"), "{verdict}");
    assert!(verdict.contains("is never reached"), "{verdict}");
}

#[tokio::test]
async fn a_network_that_is_none_is_answered_with_an_example() {
    let house = House::new().with(&["--allow-network", "10.0.0/8"]);
    let said = house.ask(&["doctor"]).await;
    assert_eq!(said.code, 2);
    assert!(said.err.contains("10.1.0.0/16"), "{}", said.err);
}

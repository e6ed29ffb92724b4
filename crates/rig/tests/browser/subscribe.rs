//! Subscribing, as a visitor does it.

use std::time::Duration;

use crate::browser::{Browser, DESK, PHONE, Scheme};
use crate::house::House;

/// Longer than the second within which no person fills in a form.
pub(crate) const READ: Duration = Duration::from_millis(1100);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_subscribes_confirms_by_the_mailed_link_is_told_and_leaves() {
    let house = House::build(|_| {}).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    let page = browser.open(DESK, Scheme::Light).await;
    assert_eq!(page.goto("/en/").await, 200);
    page.click("a[href='/en/subscribe']").await;
    page.type_into("#address", "vera@people.example").await;
    page.shown_for(READ).await;
    page.click("form button").await;
    assert_eq!(page.path().await, "/en/subscribe?sent");
    page.goto(&house.link("vera@people.example", "confirm").await).await;
    page.click("form button").await;
    page.wait_text("main", "You now get our notices.").await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    house.good(&["incident", "release"]).await;
    let told = house.mail("vera@people.example", |mail| mail.subject.contains("shop")).await;
    // Page and mail say the same.
    page.shows("/en/", "h1", &told.subject).await;
    page.goto(&house.link("vera@people.example", "leave").await).await;
    page.click("form button").await;
    assert!(page.csp_reports().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_and_by_keyboard_alone_a_visitor_can_subscribe_on_a_telephone() {
    let house = House::build(|_| {}).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    let page = browser.open(PHONE, Scheme::Dark).await;
    page.scripts(false).await;
    page.goto("/de/").await;
    page.tab_to("a[href='/de/subscribe']").await;
    page.press("Enter").await;
    assert_eq!(page.path().await, "/de/subscribe");
    page.tab_to("#address").await;
    for key in "a@b.de".chars() {
        page.press(&key.to_string()).await;
    }
    assert_eq!(page.value("#address").await, "a@b.de");
    page.tab_to("form button").await;
    page.shown_for(READ).await;
    page.press("Space").await;
    assert_eq!(page.path().await, "/de/subscribe?sent");
    house.link("a@b.de", "confirm").await;
}

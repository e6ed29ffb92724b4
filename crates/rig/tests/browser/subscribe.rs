//! Subscribing, as a visitor does it.

use std::time::Duration;

use crate::browser::{Browser, PHONE, Scheme};
use crate::house::House;
use crate::page::Page;

/// Longer than the second within which no person fills in a form.
pub(crate) const READ: Duration = Duration::from_millis(1100);

/// Subscribes to everything, and confirms by the mailed link.
pub(crate) async fn subscribe(house: &House, page: &Page, address: &str) {
    page.goto("/en/subscribe").await;
    page.type_into("#address", address).await;
    page.shown_for(READ).await;
    page.click("form button").await;
    assert_eq!(page.path().await, "/en/subscribe?sent");
    page.goto(&house.link(address, "confirm").await).await;
    page.click("form button").await;
    page.wait_text("main", "You now get our notices.").await;
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

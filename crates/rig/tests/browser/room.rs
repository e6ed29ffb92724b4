//! The incident room, as frightened people use it: without scripts, by keyboard, two at once.

use crate::browser::{Browser, DESK, PHONE, Scheme};
use crate::house::House;
use crate::walk::sign_in;

/// A house with an open incident by the shop's plan; gives the path of its room.
async fn held(house: &House) -> String {
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    format!("/console/incident/{}", house.incidents().await[0])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_and_by_keyboard_alone_a_notice_is_changed_and_let_out_on_a_telephone() {
    let house = House::build(|_| {}).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    house.account("erika", "approver").await;
    let room = held(&house).await;
    let desk = browser.open(PHONE, Scheme::Dark).await;
    desk.scripts(false).await;
    sign_in(&desk, "erika").await;
    desk.goto(&room).await;
    desk.tab_to("form[action$='/hold'] button").await;
    desk.press("Enter").await;
    assert_eq!(desk.path().await, format!("{room}?done"));
    assert_eq!(desk.count("form[action$='/hold']").await, 0, "the clock stands");

    desk.tab_to("#body-en").await;
    desk.press("Control+Home").await;
    desk.type_keys("Hi. ").await;
    desk.tab_to("#editor button:not([formaction])").await;
    desk.press("Enter").await;
    assert!(desk.value("#body-en").await.starts_with("Hi. "), "the draft is kept");
    desk.wait_text("#previews", "Hi. ").await;
    desk.tab_to("#editor button[formaction$='/publish']").await;
    desk.press("Enter").await;
    assert_eq!(desk.path().await, format!("{room}?done"));
    desk.shows(&room.replace("/console/", "/en/"), "#n1", "Hi. ").await;
    assert_eq!(desk.overhang().await, 0, "nothing has to be scrolled sideways");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_who_write_at_once_see_each_other_and_lose_nothing() {
    let house = House::build(|_| {}).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    house.account("erika", "approver").await;
    house.account("amira", "writer").await;
    let room = held(&house).await;
    let one = browser.open(DESK, Scheme::Light).await;
    sign_in(&one, "erika").await;
    one.goto(&room).await;
    // Each has a browser of their own: cookies are not shared.
    let Some(other_browser) = Browser::start(&house.root()) else { return };
    let two = other_browser.open(PHONE, Scheme::Light).await;
    sign_in(&two, "amira").await;
    two.goto(&room).await;

    let start = one.value("#body-de").await;
    one.type_into("#body-de", &format!("Von Erika.\n{start}")).await;
    two.wait(
        "what Erika writes",
        "document.querySelector('#body-de').value.startsWith('Von Erika.')",
    )
    .await;
    let seen = two.value("#body-de").await;
    let (mine, hers) = (format!("Noch einmal Erika.\n{seen}"), format!("{seen}\nVon Amira."));
    tokio::join!(one.type_into("#body-de", &mine), two.type_into("#body-de", &hers));
    let both = "(text => text.startsWith('Noch einmal Erika.') && text.endsWith('Von Amira.'))
        (document.querySelector('#body-de').value)";
    one.wait("both texts in the one window", both).await;
    two.wait("both texts in the other window", both).await;
    assert_eq!(one.value("#body-de").await, two.value("#body-de").await);
    assert_eq!(two.count("form[action$='/release']").await, 0, "who writes does not let out");

    one.click("form[action$='/hold'] button").await;
    two.wait_gone("form[action$='/hold']").await;
    one.click("#editor button[formaction$='/publish']").await;
    two.wait_text("#reach", "1").await;
    one.shows(&room.replace("/console/", "/de/"), "#n1", "Von Amira.").await;
    for page in [&one, &two] {
        assert_eq!(page.csp_reports(), [""; 0]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_lets_out_a_text_that_was_changed_since_they_read_it() {
    let house = House::build(|_| {}).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    house.account("erika", "approver").await;
    let room = held(&house).await;
    let desk = browser.open(DESK, Scheme::Light).await;
    desk.scripts(false).await;
    sign_in(&desk, "erika").await;
    desk.goto(&room).await;
    let Some(other_browser) = Browser::start(&house.root()) else { return };
    let other = other_browser.open(DESK, Scheme::Light).await;
    sign_in(&other, "erika").await;
    other.goto(&room).await;
    other.type_into("#headline-en", "Something else").await;
    other.click("#editor button[formaction$='/take']").await;

    desk.click("form[action$='/release'] button").await;
    desk.wait_text("main .hint", "").await;
    desk.wait_text("blockquote", "Something else").await;
    let before = desk.count("form[action$='/release']").await;
    assert_eq!(before, 1, "nothing went out: it waits to be read again");
    desk.click("form[action$='/release'] button").await;
    desk.shows(&room.replace("/console/", "/en/"), "#n1", "Something else").await;
}

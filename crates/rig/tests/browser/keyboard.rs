//! Every panel of the room by keyboard alone, without scripts, on a telephone; and what is typed
//! in one while it has news.

use crate::browser::{Browser, DESK, PHONE, Scheme};
use crate::house::House;
use crate::page::Page;
use crate::walk::sign_in;

/// Goes to this button by Tab and presses it; the room answers, and fits the telephone.
async fn press(page: &Page, button: &str) {
    page.tab_to(button).await;
    page.press("Enter").await;
    page.wait("the room answers", "location.search.includes('done')").await;
    assert_eq!(page.overhang().await, 0, "after {button} nothing has to be scrolled sideways");
}

/// Unfolds this form by keyboard, types into its field, and sends it with Enter on its button.
async fn fill(page: &Page, form: &str, field: &str, text: &str) {
    page.tab_to(&format!("{form} > summary")).await;
    page.press("Enter").await;
    page.tab_to(&format!("{form} [name='{field}']")).await;
    page.type_keys(text).await;
    press(page, &format!("{form} form button")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_panel_of_the_room_is_worked_by_keyboard_alone_on_a_telephone_without_scripts() {
    let house = House::build(|_| {}).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    house.account("erika", "approver").await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    let room = format!("/console/incident/{}", house.incidents().await[0]);
    let desk = browser.open(PHONE, Scheme::Light).await;
    desk.scripts(false).await;
    sign_in(&desk, "erika").await;
    desk.goto(&room).await;

    press(&desk, "#ask-role-lead-take").await;
    desk.wait_text("#role-lead", "Erika").await;
    desk.tab_to("#ask-role-lead-offer > summary").await;
    desk.press("Space").await;
    desk.tab_to("#ask-role-lead-offer select").await;
    desk.type_keys("Amira").await;
    press(&desk, "#ask-role-lead-offer form button").await;
    desk.wait_text("#role-lead", "Amira Muster").await;
    press(&desk, "#ask-role-lead-leave").await;
    desk.wait_for("#ask-role-lead-take").await;

    press(&desk, "#tasks [id$='-take']").await;
    press(&desk, "#tasks [id$='-done']").await;
    fill(&desk, "#tasks [id$='-skip']", "reason", "seen by us").await;
    desk.wait_text("#tasks", "seen by us").await;
    press(&desk, "#tasks [id$='-reopen']").await;

    press(&desk, "#ask-partner-hoster-call").await;
    fill(&desk, "#ask-partner-hoster-answer", "said", "A fan is broken").await;
    desk.wait_text("#partner-hoster", "A fan is broken").await;

    desk.tab_to("#ask-duty-payments-applies > summary").await;
    desk.press("Enter").await;
    press(&desk, "#ask-duty-payments-applies form button").await;
    desk.tab_to("a[href$='/report/payments/first']").await;
    desk.press("Enter").await;
    desk.wait_for("#text").await;
    assert_eq!(desk.overhang().await, 0);
    press(&desk, "main form button").await;

    fill(&desk, "#ask-situation-write", "text", "The shop is dark.").await;
    fill(&desk, "#ask-note-write", "text", "Rain on the roof.").await;
    fill(&desk, "#ask-level-change", "reason", "Too many people wait").await;
    desk.tab_to("#set-by-hand > summary").await;
    desk.press("Enter").await;
    desk.tab_to("#ask-state-forum-set select").await;
    desk.press("Down").await;
    press(&desk, "#ask-state-forum-set button").await;
    let told = desk.text("#timeline").await;
    for said in ["seen by us", "A fan is broken", "Rain on the roof.", "Too many people wait"] {
        assert!(told.contains(said), "{said} is not in the timeline: {told}");
    }
    desk.wait_text("#situation", "The shop is dark.").await;
    assert_eq!(desk.csp_reports(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_types_in_a_panel_stays_when_it_has_news_and_the_panel_says_that_they_wait() {
    let house = House::build(|_| {}).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    house.account("erika", "approver").await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    let room = format!("/console/incident/{}", house.incidents().await[0]);
    let (one, other) =
        (browser.open(DESK, Scheme::Light).await, browser.open(DESK, Scheme::Light).await);
    for page in [&one, &other] {
        sign_in(page, "erika").await;
        page.goto(&room).await;
    }

    let skip = "#tasks [id$='-skip']";
    one.click(&format!("{skip} summary")).await;
    one.type_into(&format!("{skip} [name='reason']"), "half a sentence").await;
    other.click("#tasks [id$='-done']").await;
    other.wait_text("#tasks .num", "1").await;

    one.wait_for("#tasks .news").await;
    assert_eq!(one.value(&format!("{skip} [name='reason']")).await, "half a sentence");
    // They leave the field: what they typed is still theirs, and the news wait on.
    one.click("h1").await;
    one.wait_for("#tasks .news").await;
    assert_eq!(one.value(&format!("{skip} [name='reason']")).await, "half a sentence");
    // They think better of it: now the panel shows what is new.
    one.click(&format!("{skip} [name='reason']")).await;
    one.press("Control+a Delete").await;
    one.click("h1").await;
    one.wait_text("#tasks .num", "1").await;
    one.wait_gone("#tasks .news").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_advice_on_a_text_opens_by_itself_when_the_text_begins_to_lack_something() {
    let house = House::build(|_| {}).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    house.account("erika", "approver").await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    let desk = browser.open(DESK, Scheme::Light).await;
    sign_in(&desk, "erika").await;
    desk.goto(&format!("/console/incident/{}", house.incidents().await[0])).await;
    let advice = "details.rubric[data-tag='en']";
    desk.wait_for(&format!("{advice}:not([open])")).await;
    let good = desk.value("#body-en").await;
    desk.type_into("#body-en", "We work on it.").await;
    desk.wait_for(&format!("{advice}[open][data-lacks]")).await;
    // Whoever folds it while the text still lacks something is not asked twice.
    desk.click(&format!("{advice} summary")).await;
    desk.wait_for(&format!("{advice}:not([open])")).await;
    desk.type_into("#body-en", "We work hard on it.").await;
    desk.wait_text("#previews", "We work hard on it.").await;
    desk.wait_for(&format!("{advice}:not([open])[data-lacks]")).await;
    desk.type_into("#body-en", &good).await;
    desk.wait_for(&format!("{advice}:not([data-lacks])")).await;
    desk.type_into("#body-en", "We work on it.").await;
    desk.wait_for(&format!("{advice}[open]")).await;
}

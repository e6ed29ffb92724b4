//! The handbook is written in the console, by people who have never seen a file of it.

use crate::browser::{Browser, DESK, PHONE, Scheme};
use crate::house::{Files, House};
use crate::page::Page;
use crate::subscribe::subscribe;
use crate::walk::sign_in;

const VERA: &str = "vera@people.example";
const ERIKA: &str = "erika@lindenhof.example";

/// The selector of the field of this name.
fn field(name: &str) -> String {
    format!("[name=\"{name}\"]")
}

async fn save(page: &Page) {
    page.click(".save-bar button").await;
    page.wait_for(".hint-done").await;
}

/// Follows the light of the draft to what comes next, which must be there.
async fn follow(page: &Page, to: &str) {
    page.goto("/console/handbook/draft").await;
    page.click(".light a.btn").await;
    assert_eq!(page.path().await, to, "{}", page.text("main").await);
}

/// Adds a thing on the page of its part.
async fn add(page: &Page, name: &str) {
    page.type_into("#name", name).await;
    page.click("section form.stack button").await;
    page.wait_for(".hb-form").await;
}

/// Answers the questions with which a handbook begins.
async fn begin(house: &House, page: &Page) {
    page.click("main a.btn").await;
    page.type_into("#community", "Lindenhof").await;
    page.type_into("#page", &house.root()).await;
    page.type_into("#responsible", "Lindenhof e. V.\nMusterweg 1\npost@lindenhof.example").await;
    page.click("main form button").await;
    assert_eq!(page.path().await, "/console/handbook/draft");
}

/// Names what can fail and how it is watched.
async fn system(house: &House, page: &Page) {
    follow(page, "/console/handbook/part/component").await;
    add(page, "Shop").await;
    page.type_into(&field("about.en"), "Order and pay").await;
    save(page).await;
    follow(page, "/console/handbook/part/monitor").await;
    add(page, "Shop page").await;
    page.choose(&field("component"), "shop").await;
    page.type_into(&field("every"), "1s").await;
    page.choose(&field("@way"), "http").await;
    save(page).await;
    page.type_into(&field("http.url"), &format!("http://{}/", house.shop.address())).await;
    save(page).await;
}

/// Names the ways out, and who is told.
async fn channels(house: &House, page: &Page) {
    follow(page, "/console/handbook/part/channel").await;
    add(page, "Mail").await;
    page.choose(&field("kind"), "email").await;
    save(page).await;
    page.type_into(&field("host"), &house.sink.address().ip().to_string()).await;
    page.type_into(&field("port"), &house.sink.address().port().to_string()).await;
    page.choose(&field("security"), "plain").await;
    page.type_into(&field("from"), "lage@lindenhof.example").await;
    save(page).await;
    follow(page, "/console/handbook/part/audience").await;
    add(page, "Everybody").await;
}

/// Whoever writes a version puts it in force.
fn without_approval(files: &mut Files) {
    let front = files.get_mut("handbook.toml").unwrap();
    *front = front
        .lines()
        .filter(|line| !line.starts_with("approval"))
        .fold(String::new(), |text, line| text + line + "\n");
}

/// Puts the draft in force.
async fn submit(page: &Page, reason: &str) {
    page.goto("/console/handbook/draft").await;
    page.type_into("#reason", reason).await;
    page.click("#submit button").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_never_saw_it_writes_a_plan_from_nothing_and_a_real_outage_runs_by_it() {
    let mut house = House::empty().await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    let visitor = browser.open(PHONE, Scheme::Light).await;
    visitor.shows("/en/", "h1", "A status page is being set up here.").await;
    house.account("erika", "administrator").await;
    let desk = browser.open(DESK, Scheme::Light).await;
    sign_in(&desk, "erika").await;
    begin(&house, &desk).await;
    system(&house, &desk).await;
    channels(&house, &desk).await;
    follow(&desk, "/console/handbook/part/plans").await;
    add(&desk, "Shop is down").await;
    desk.click("button[value='add:step']").await;
    desk.type_into(&field("step.0.what.en"), "Restart the shop.").await;
    save(&desk).await;
    submit(&desk, "Our first plan").await;
    assert_eq!(desk.path().await, "/console/handbook?done", "{}", desk.text("main").await);
    desk.goto("/console/handbook/contacts").await;
    desk.type_into("[id=\"name.erika\"]", "Erika Mustermann").await;
    desk.type_into("[id=\"mail.erika\"]", ERIKA).await;
    desk.click("form[action$='/contacts/erika'] button").await;
    assert_eq!(desk.path().await, "/console/handbook/contacts?done");

    visitor.shows("/en/", "h1", "Lindenhof").await;
    subscribe(&house, &visitor, VERA).await;
    house.shop.die().await;
    house.mail(ERIKA, |mail| mail.text.contains("/act/")).await;
    desk.goto("/console/").await;
    desk.wait_text(".light h2", "Shop is down").await;
    desk.click(".light a.btn").await;
    desk.click("form[action$='/release'] button").await;
    let told = house.mail(VERA, |mail| !mail.subject.contains("confirm")).await;
    visitor.shows("/en/", "h1", &told.subject).await;
    for page in [&visitor, &desk] {
        assert_eq!(page.csp_reports(), [""; 0]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_write_the_same_plan_at_once_lose_nothing() {
    let house = House::build(without_approval).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    let plan = "/console/handbook/write/plans/shop-down.toml";
    let mut desks = Vec::new();
    for name in ["erika", "jonas"] {
        house.account(name, "approver").await;
        let desk = browser.open(DESK, Scheme::Light).await;
        sign_in(&desk, name).await;
        desk.goto(plan).await;
        desks.push(desk);
    }
    let (erika, jonas) = (&desks[0], &desks[1]);
    erika.type_into(&field("title.en"), "No orders in the shop").await;
    erika.type_into(&field("notice.hold"), "7m").await;
    save(erika).await;
    jonas.type_into(&field("title.en"), "The shop has failed").await;
    jonas.click("[id='f.step.0'] > summary").await;
    jonas.type_into(&field("step.0.what.en"), "Look at the machines first.").await;
    save(jonas).await;
    submit(erika, "Say what people notice").await;
    assert_eq!(erika.path().await, "/console/handbook?done");

    submit(jonas, "Begin with the machines").await;
    let shown = jonas.text("main").await;
    for both in ["No orders in the shop", "The shop has failed"] {
        assert!(shown.contains(both), "{shown}");
    }
    jonas.click("input[type='radio'][value='theirs']").await;
    jonas.click("form[action$='/choose'] button").await;
    assert_eq!(jonas.path().await, "/console/handbook/draft");
    submit(jonas, "Begin with the machines").await;
    assert_eq!(jonas.path().await, "/console/handbook?done", "{}", jonas.text("main").await);
    jonas.goto(plan).await;
    assert_eq!(jonas.value(&field("title.en")).await, "No orders in the shop");
    assert_eq!(jonas.value(&field("notice.hold")).await, "7m");
    jonas.click("[id='f.step.0'] > summary").await;
    let step = jonas.value(&field("step.0.what.en")).await;
    assert_eq!(step, "Look at the machines first.");
    jonas.goto("/console/handbook/versions").await;
    let told = jonas.text("main").await;
    assert!(told.contains("Say what people notice") && told.contains("Begin with the machines"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_is_kept_without_a_button_and_said_at_its_field_where_it_does_not_fit() {
    let house = House::build(|_| {}).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    house.account("erika", "approver").await;
    let desk = browser.open(PHONE, Scheme::Dark).await;
    sign_in(&desk, "erika").await;
    // By keyboard alone.
    desk.goto("/console/handbook").await;
    desk.tab_to("a[href$='/plans/shop-down.toml']").await;
    desk.press("Enter").await;
    desk.tab_to(&field("notice.rhythm")).await;
    desk.press("Control+a h a l f Tab").await;
    desk.wait_text("#kept", "Saved in your draft.").await;
    desk.goto("/console/handbook/write/plans/shop-down.toml").await;
    assert_eq!(desk.value(&field("notice.rhythm")).await, "half");
    let said = desk.text("[id='f.notice.rhythm'] .faults").await;
    assert!(said.contains("“half” is no length of time"), "{said}");
    desk.goto("/console/handbook/draft").await;
    assert_eq!(desk.count("#submit").await, 0, "what does not fit is not put in force");
    assert_eq!(desk.csp_reports(), [""; 0]);
}

//! Nobody is shut out: axe-core finds nothing on any page, nothing has to be scrolled sideways,
//! and no page breaks its own policy.
//!
//! A further page is a further path in one of the lists below.

use crate::browser::Browser;
use crate::eyes::Eyes;
use crate::house::{Files, House, spanned};

/// Pages that look the same whatever happens.
const ALWAYS: [&str; 5] =
    ["/de/imprint", "/en/imprint", "/de/privacy", "/en/privacy", "/de/subscribe"];

/// Pages of the console beside the rooms.
const CONSOLE: [&str; 4] = ["/console/", "/console/declare", "/console/people", "/console/account"];

/// Pages of the handbook, with each sort of field and all that a thing can be.
const HANDBOOK: [&str; 15] = [
    "/console/handbook",
    "/console/handbook/part/role",
    "/console/handbook/part/component",
    "/console/handbook/part/plans",
    "/console/handbook/write/handbook.toml",
    "/console/handbook/write/people.toml/role.lead",
    "/console/handbook/write/system.toml/monitor.shop-page",
    "/console/handbook/write/channels.toml/channel.mail",
    "/console/handbook/write/channels.toml/audience.team",
    "/console/handbook/write/plans/shop-down.toml",
    "/console/handbook/texts",
    "/console/handbook/texts/shop-down/first",
    "/console/handbook/texts/shop-down/first.team",
    "/console/handbook/versions",
    "/console/handbook/contacts",
];

/// Pages that look otherwise once something is changed.
const DRAFT: [&str; 4] = [
    "/console/handbook",
    "/console/handbook/draft",
    "/console/handbook/write/plans/shop-down.toml",
    "/console/handbook/versions/1",
];

/// The forum's plan breaks its promise after a second, and nobody steps in.
fn hasty(files: &mut Files) {
    let plan = files.get_mut("plans/forum-down.toml").unwrap();
    *plan = spanned(plan, &[("rhythm", "1s"), ("remind", "0s")])
        .replace("holding = true", "holding = false");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_shut_out_by_a_page_in_light_or_dark_on_a_telephone_or_at_a_desk() {
    let house = House::build(hasty).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    let mut eyes = Eyes::open(&browser).await;
    eyes.look("always", 200, &ALWAYS).await;
    eyes.look("calm", 200, &["/de/", "/en/", "/de/history", "/de/embed"]).await;
    eyes.look("missing", 404, &["/de/nowhere", "/act/abc", "/leave/abc"]).await;

    house.good(&["incident", "declare", "--plan", "forum-down"]).await;
    house.good(&["incident", "release"]).await;
    eyes.page.shows("/en/", ".light-broken", "").await;
    let forum = &house.incidents().await[0];
    eyes.look("overdue", 200, &["/de/", "/en/", &format!("/de/incident/{forum}")]).await;
    house.good(&["incident", "resolve"]).await;

    house.account("erika", "administrator").await;
    let mut desk = Eyes::open(&browser).await;
    desk.look("sign in", 200, &["/console/sign-in"]).await;
    crate::walk::sign_in(&desk.page, "erika").await;
    desk.look("calm", 200, &CONSOLE).await;
    desk.look("handbook", 200, &HANDBOOK).await;
    desk.page.goto("/console/handbook/write/plans/shop-down.toml").await;
    desk.page.type_into("[name='notice.hold']", "soon").await;
    desk.page.click(".save-bar button").await;
    desk.page.wait_for(".hint-done").await;
    desk.look("a draft with a fault", 200, &DRAFT).await;

    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    let room = house.incidents().await[0].clone();
    let room = format!("/console/incident/{room}");
    desk.look("held", 200, &["/console/", &room, &format!("{room}/write/update")]).await;
    let act = house.link("noor@lindenhof.example", "act").await;
    eyes.look("held", 200, &[&act, "/en/"]).await;
    house.good(&["incident", "hold"]).await;
    eyes.look("stopped", 200, &[&act]).await;
    house.good(&["incident", "release"]).await;
    let shop = room.replace("/console/", "/de/");
    eyes.page.shows(&shop, "#n1", "").await;
    eyes.look("outage", 200, &["/de/embed", "/en/embed/quiet"]).await;
    eyes.look("outage", 200, &[&act, "/de/", &shop, &format!("/de/incident/{forum}")]).await;
    house.good(&["incident", "correct", "1", "--de", "Der Shop geht zum Teil."]).await;
    let writes = ["update", "correction-1", "all-clear"].map(|it| format!("{room}/write/{it}"));
    let writes = writes.each_ref().map(String::as_str);
    let report = format!("{room}/report/payments/first");
    desk.look("outage", 200, &[&room, &format!("{room}?show=steps"), &report]).await;
    desk.look("editor", 200, &writes).await;
    desk.page.goto(writes[0]).await;
    desk.page.type_into("#body-de", "Wir sind dran.").await;
    desk.page.click("#editor button[formaction$='/publish']").await;
    desk.page.wait_for("#left-out").await;
    desk.judge("asked why something is left out").await;
    house.good(&["emergency", "Unser Rechenzentrum ist ohne Strom."]).await;
    eyes.page.shows("/de/", ".emergency", "ohne Strom").await;
    eyes.look("emergency", 200, &["/de/", &shop]).await;
    house.good(&["incident", "resolve"]).await;
    eyes.page.shows("/de/history", "main .line li:nth-child(2)", "").await;
    eyes.look("history", 200, &["/de/history", "/en/history", &shop]).await;

    desk.look("closed", 200, &[&room, "/console/"]).await;

    subscription(&house, &mut eyes).await;
    called(&house, &mut eyes, &mut desk).await;
    eprintln!("{} looks", eyes.all_well() + desk.all_well());
}

/// The pages that one gets to by the links of mails, each before and after the button.
async fn subscription(house: &House, eyes: &mut Eyes) {
    let who = "vera@people.example";
    eyes.page.goto("/de/subscribe").await;
    eyes.page.type_into("#address", "niemand").await;
    eyes.page.eval("document.querySelector('form').noValidate = true").await.unwrap();
    eyes.page.click("form button").await;
    eyes.judge("a form with a fault").await;
    eyes.page.goto("/de/subscribe").await;
    eyes.page.type_into("#address", who).await;
    eyes.page.shown_for(crate::subscribe::READ).await;
    eyes.page.click("form button").await;
    assert_eq!(eyes.page.path().await, "/de/subscribe?sent");
    eyes.look("sent", 200, &["/de/subscribe?sent"]).await;
    let confirm = house.link(who, "confirm").await;
    eyes.look("confirm", 200, &[&confirm]).await;
    eyes.page.click("form button").await;
    eyes.look("confirmed", 200, &[&confirm]).await;
    house.good(&["incident", "declare", "--plan", "login-down"]).await;
    house.good(&["incident", "release"]).await;
    let choices = house.link(who, "choices").await;
    let leave = house.link(who, "leave").await;
    eyes.look("choices", 200, &[&choices, &format!("{choices}?saved"), &leave]).await;
    eyes.page.click("form button").await;
    eyes.look("left", 200, &[&leave]).await;
}

/// Somebody is called, a partner comes by their link, and a drill: the incident by the plan for the
/// login is open.
async fn called(house: &House, eyes: &mut Eyes, desk: &mut Eyes) {
    let room = format!("/console/incident/{}", house.incidents().await[0]);
    let act = house.link("erika@lindenhof.example", "act").await;
    eyes.look("called", 200, &[&act]).await;
    desk.look("called", 200, &[&room]).await;
    desk.page.goto(&room).await;
    desk.page.click("#ask-partner-hoster-call").await;
    let guest = house.link("leitstand@lindenhof.example", "guest").await;
    eyes.look("a partner", 200, &[&guest]).await;
    eyes.page.goto(&guest).await;
    eyes.page.click("form button.btn-main").await;
    eyes.judge("a partner who wrote nothing").await;
    eyes.page.click("form button[name='seen']").await;
    eyes.look("a partner who has answered", 200, &[&guest]).await;
    house.good(&["incident", "declare", "--plan", "forum-down", "--drill"]).await;
    let drill = format!("/console/incident/{}", house.incidents().await[0]);
    desk.look("drill", 200, &[&drill, &format!("{drill}/report/payments/first")]).await;
    assert!(desk.page.count(".drill-bar").await > 0, "a drill is unmistakable");
}

//! The whole way of one outage, with a visitor, a person at the desk, and a shop that dies.

use crate::browser::{Browser, DESK, PHONE, Scheme};
use crate::house::House;
use crate::page::Page;
use crate::subscribe::subscribe;

/// Signs in to the console with an account of [`House::account`].
pub(crate) async fn sign_in(page: &Page, name: &str) {
    page.goto("/console/sign-in").await;
    page.type_into("#name", name).await;
    page.type_into("#password", &House::password(name)).await;
    page.click("main form button").await;
    page.wait_for("form[action='/console/sign-out']").await;
}

const VERA: &str = "vera@people.example";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_dead_shop_to_the_all_clear_page_mail_and_console_say_the_same() {
    let mut house = House::build(|_| {}).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    let visitor = browser.open(PHONE, Scheme::Light).await;
    subscribe(&house, &visitor, VERA).await;
    house.account("erika", "approver").await;
    let desk = browser.open(DESK, Scheme::Light).await;
    sign_in(&desk, "erika").await;

    house.shop.die().await;
    house.mail("erika@lindenhof.example", |mail| mail.text.contains("/act/")).await;
    let id = house.incidents().await[0].clone();
    let room = format!("/console/incident/{id}");
    desk.goto("/console/").await;
    desk.click(&format!("a[href='{room}']")).await;
    let said = "You cannot order in the shop at the moment.";
    desk.type_into("#headline-en", said).await;
    desk.type_into("#headline-de", "Im Shop können Sie gerade nicht bestellen.").await;
    desk.wait_text("#previews", said).await;
    desk.click("#editor button[formaction$='/publish']").await;
    assert_eq!(desk.path().await, format!("{room}?done"));

    let told = house.mail(VERA, |mail| mail.subject == said).await;
    visitor.shows("/en/", "h1", said).await;
    assert!(told.text.contains(said));
    // The room shows by itself whom it has reached.
    desk.wait_text("#reach .reach-row", "1").await;

    desk.goto(&format!("{room}/write/correction-1")).await;
    let right = "You can order by telephone.";
    desk.type_into("#headline-en", right).await;
    desk.type_into("#headline-de", "Sie können telefonisch bestellen.").await;
    desk.wait_text("#previews", right).await;
    let publish = "#editor button[formaction$='/publish']";
    desk.click(publish).await;
    // The headline does not say what happened: she is asked why, once.
    desk.type_into("#why", "That is known.").await;
    desk.click(publish).await;
    desk.wait_text("#timeline", "Left out on purpose: what happened. Reason: That is known.").await;
    let told = house.mail(VERA, |mail| mail.subject.contains(right)).await;
    assert_eq!(told.subject, format!("Correction: {right}"));
    visitor.shows("/en/", "h1", right).await;

    house.shop.come_back().await.unwrap();
    desk.click("form[action$='/clear'] button").await;
    let told = house.mail(VERA, |mail| mail.subject.starts_with("All-clear")).await;
    visitor.shows("/en/", ".last", told.subject.trim_start_matches("All-clear: ")).await;

    visitor.goto(&house.link(VERA, "leave").await).await;
    visitor.click("form button").await;
    let sent = house.sink.look(|ledger| ledger.iter().filter(|it| it.recipient == VERA).count());
    house.good(&["incident", "declare", "--plan", "forum-down"]).await;
    house.good(&["incident", "release"]).await;
    house.mail("noor@lindenhof.example", |mail| mail.subject.contains("forum")).await;
    let after = house.sink.look(|ledger| ledger.iter().filter(|it| it.recipient == VERA).count());
    assert_eq!(after, sent, "who has left is told nothing");
    for page in [&visitor, &desk] {
        assert_eq!(page.csp_reports(), [""; 0]);
    }
}

//! One outage, carried through by three people at once: a lead, a writer, and a partner by a link.

use crate::browser::{Browser, DESK, PHONE, Scheme};
use crate::house::House;
use crate::page::Page;
use crate::walk::sign_in;

const SAID: &str = "You cannot order in our shop at the moment.";

/// Presses a button that leads to another page. The room changes as one looks at it: whoever misses
/// a button that has just moved presses again.
async fn press(page: &Page, button: &str) {
    let born = || async { page.eval("performance.timeOrigin").await.unwrap() };
    let before = born().await;
    for _ in 0..5 {
        page.click(button).await;
        if born().await != before {
            return;
        }
    }
    panic!("“{button}” leads nowhere");
}

/// Opens this form of the room, fills in the field, and sends it.
async fn fill(page: &Page, form: &str, field: &str, text: &str) {
    unfold(page, form).await;
    page.type_into(&format!("{form} [name='{field}']"), text).await;
    press(page, &format!("{form} form button")).await;
}

/// Opens what is folded.
async fn unfold(page: &Page, details: &str) {
    for _ in 0..5 {
        page.click(&format!("{details} summary")).await;
        if page.count(&format!("{details}[open]")).await == 1 {
            return;
        }
    }
    panic!("“{details}” does not open");
}

/// The plan of the shop with roles that are called in turn, and a second person who reads.
async fn house() -> House {
    House::build(|files| {
        let plan = files.get_mut("plans/shop-down.toml").unwrap();
        let wanted = "holding = true\nacknowledge_within = \"30m\"\napproval = true\n";
        *plan = plan.replace("holding = true\n", wanted);
    })
    .await
}

/// The writer changes what waits until the rubric has what it missed, and cannot let it out alone.
async fn propose(writer: &Page, room: &str) {
    writer.goto(room).await;
    writer.type_into("#headline-en", SAID).await;
    writer.type_into("#headline-de", "Sie können in unserem Shop gerade nicht bestellen.").await;
    writer.type_into("#body-en", "Your orders are safe.").await;
    writer.type_into("#body-de", "Ihre Bestellungen sind sicher.").await;
    // The rubric offers the sentence that is missing, and a press puts it into the text.
    unfold(writer, "details.rubric:has([data-into='body-en'])").await;
    writer.click("button[data-into='body-en']:not([hidden])").await;
    assert!(writer.value("#body-en").await.len() > "Your orders are safe.".len());
    assert_eq!(writer.count("#editor button[formaction$='/publish']").await, 0);
    let propose = "#editor button[formaction$='/propose']";
    press(writer, propose).await;
    // Something that people need is still missing: she is asked why, once.
    writer.type_into("#why", "We do not know it yet").await;
    press(writer, propose).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_people_carry_an_outage_through_at_once_and_the_timeline_tells_it_all() {
    let mut house = house().await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    house.account("erika", "approver").await;
    house.account("amira", "writer").await;
    let lead = browser.open(DESK, Scheme::Light).await;
    sign_in(&lead, "erika").await;
    let writer = browser.open(PHONE, Scheme::Dark).await;
    sign_in(&writer, "amira").await;

    house.shop.die().await;
    house.mail("erika@lindenhof.example", |mail| mail.subject.starts_with("Bitte melden")).await;
    let room = format!("/console/incident/{}", house.incidents().await[0]);
    // One takes her role in the room, the other by the link in her mail.
    lead.goto(&room).await;
    press(&lead, "#ask-role-lead-take").await;
    let phone = browser.open(PHONE, Scheme::Light).await;
    phone.goto(&house.link("amira@lindenhof.example", "act").await).await;
    press(&phone, "form[action$='/answer'] button[value='yes']").await;
    lead.wait_text("#role-communication", "Amira Muster").await;

    press(&lead, "[id^='ask-task-'][id$='-done']").await;
    fill(&lead, "[id^='ask-task-'][id$='-skip']", "reason", "seen by the monitors").await;
    lead.wait_text("#tasks .num", "2").await;

    // The partner is called in, and answers by the link.
    press(&lead, "#ask-partner-hoster-call").await;
    let guest = browser.open(PHONE, Scheme::Dark).await;
    guest.goto(&house.link("leitstand@lindenhof.example", "guest").await).await;
    assert_eq!(guest.overhang().await, 0);
    guest.type_into("#said", "We see it and send somebody.").await;
    guest.type_into("#ticket", "NRD-2291").await;
    press(&guest, "form button.btn-main").await;
    lead.wait_text("#partner-hoster", "NRD-2291").await;

    // Written by one, read and let out by another.
    propose(&writer, &room).await;
    let approve = "[id^='ask-proposal-'][id$='-approve']";
    assert_eq!(writer.count(approve).await, 0, "nobody lets out what they wrote");
    lead.wait_text("#light", SAID).await;
    press(&lead, approve).await;
    let visitor = browser.open(PHONE, Scheme::Light).await;
    visitor.shows("/en/", "h1", SAID).await;

    // A duty applies, and its first report is sent.
    unfold(&lead, "#ask-duty-payments-applies").await;
    press(&lead, "#ask-duty-payments-applies form button").await;
    press(&lead, "a[href$='/report/payments/first']").await;
    assert!(lead.value("#text").await.contains(SAID), "what is known stands there");
    press(&lead, "main form button").await;

    house.shop.come_back().await.unwrap();
    lead.goto(&room).await;
    press(&lead, "form[action$='/clear'] button").await;
    lead.wait_text("#timeline", "Closed").await;
    tells_it_all(&lead, &room).await;
    guest.goto(&guest.path().await).await;
    assert_eq!(guest.count("#said").await, 0, "the link is good for nothing more");
    for page in [&lead, &writer, &phone, &guest, &visitor] {
        assert_eq!(page.csp_reports(), [""; 0]);
    }
}

/// In the room, and in each of the files.
async fn tells_it_all(page: &Page, room: &str) {
    let story = [
        "Takes the role “Lead”",
        "Takes the role “Communication”",
        "Done: Stop changes to the shop",
        "seen by the monitors",
        "Hoster Beispiel GmbH, Leitstand called in",
        "We see it and send somebody.",
        "Left out on purpose",
        "A second person reads it",
        "Read by a second person and let out",
        "Duty applies: Payments down",
        "Sent: Payments down",
    ];
    for said in story {
        page.wait_text("#timeline", said).await;
    }
    for ending in ["txt", "csv", "json"] {
        let file = format!("fetch('{room}/timeline.{ending}').then(answer => answer.text())");
        let text = page.eval(&file).await.unwrap();
        let text = text.as_str().unwrap();
        for said in story {
            assert!(text.contains(said), "{said} is not in the {ending}: {text}");
        }
    }
    page.goto(&format!("{room}?show=partners")).await;
    let shown = page.text("#timeline").await;
    assert!(shown.contains("NRD-2291") && !shown.contains("Takes the role"), "{shown}");
}

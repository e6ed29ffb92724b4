//! All hostile texts at once in the real program, looked at in a real browser: nothing runs, nothing
//! is fetched, the policy has nothing to report.

use super::payload;
use crate::browser::{Browser, DESK, Scheme};
use crate::house::{Files, House};
use crate::page::Page;

/// What a line of the command line or of a TOML file can carry.
fn writable() -> Vec<String> {
    let fits = |text: &String| !text.chars().any(char::is_control) && !text.trim().is_empty();
    payload::all().into_iter().filter(|text| text.len() < 1_000).filter(fits).collect()
}

/// A text in TOML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A handbook that was written by somebody hostile.
fn poison(files: &mut Files) {
    let texts = writable();
    let system = files.get_mut("system.toml").unwrap();
    let mut parts = String::new();
    for (at, text) in texts.iter().enumerate() {
        let (text, other) = (quoted(text), quoted(&texts[(at + 1) % texts.len()]));
        parts.push_str(&format!(
            "[[component]]\nkey = \"part-{at}\"\nname.de = {text}\nname.en = {text}\n\
             about.de = {other}\nabout.en = {other}\n\n"
        ));
    }
    let monitors = system.find("[monitor.").unwrap();
    system.insert_str(monitors, &parts);
    let front = files.get_mut("handbook.toml").unwrap();
    let nasty = quoted("</title><script>kanari=1</script>\" onload=\"kanari=1");
    *front = front.replace("\"Lindenhof\"", &nasty);
    let plan = files.get_mut("plans/shop-down.toml").unwrap();
    let title = quoted("'\"><img src=x onerror=kanari=1><svg onload=kanari=1>");
    *plan = plan.replace("\"Shop ausgefallen\"", &title).replace("\"Shop is down\"", &title);
    let contacts = files.get_mut("contacts.toml").unwrap();
    *contacts = contacts
        .replace("\"Noor Example\"", &quoted("<script>kanari=1</script>"))
        .replace("\"Erika Mustermann\"", &title);
    let prose = payload::all().into_iter().filter(|text| text.len() < 1_000).collect::<Vec<_>>();
    for name in ["imprint.de", "imprint.en", "privacy.de", "privacy.en"] {
        files.insert(format!("texts/{name}.md"), prose.join("\n\n"));
    }
    let braces = |text: &&String| !text.contains(['{', '}']) && !text.starts_with('#');
    let first: Vec<_> = texts.iter().filter(braces).map(String::as_str).collect();
    for language in ["de", "en"] {
        let text = format!("# {}\n\n{}\n", first[0], first[1..].join("\n\n"));
        files.insert(format!("texts/shop-down/first.{language}.md"), text);
    }
}

/// Nothing ran, nothing was fetched from elsewhere, nothing was reported.
async fn is_harmless(page: &Page, place: &str) {
    assert_eq!(page.own("typeof kanari").await, "undefined", "{place}: a script ran");
    let reports = page.csp_reports();
    assert!(reports.is_empty(), "{place}: {reports:?}");
    if place.ends_with(".atom") {
        return; // What the browser shows of a feed is a page of its own making.
    }
    let foreign = "[...document.querySelectorAll('script, iframe, object, embed, base, img, \
        math, form, link, meta[http-equiv], [style], [srcdoc], [autofocus]')].map(one => \
        one.outerHTML.slice(0, 200)).filter(one => !/^(<script src=\"\\/console\\.|<form [^>]*\
        action=\"\\/|<link rel=\"(icon|stylesheet|alternate|canonical|self)\")/.test(one))";
    assert_eq!(page.eval(foreign).await.unwrap(), serde_json::json!([]), "{place}");
    let fetched = "performance.getEntriesByType('resource').map(one => one.name).filter(one => \
        !one.startsWith(location.origin))";
    assert_eq!(page.eval(fetched).await.unwrap(), serde_json::json!([]), "{place}");
}

const PAGES: [&str; 9] = [
    "/de/",
    "/en/",
    "/de/history",
    "/de/imprint",
    "/en/imprint",
    "/de/privacy",
    "/de/subscribe",
    "/de/nowhere",
    "/de/feed.atom",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_texts_all_at_once_run_nothing_and_fetch_nothing_in_a_real_browser() {
    let house = House::build(poison).await;
    let Some(browser) = Browser::start(&house.root()) else { return };
    let page = browser.open(DESK, Scheme::Light).await;
    house.write("people.csv", "vera@people.example,en\n");
    house.good(&["import", "people.csv"]).await;
    house.account("erika", "administrator").await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    let act = house.link("noor@lindenhof.example", "act").await;
    page.goto(&act).await;
    is_harmless(&page, "the staff link").await;

    let room = browser.open(DESK, Scheme::Dark).await;
    crate::walk::sign_in(&room, "erika").await;
    let id = house.incidents().await[0].clone();
    let incident = format!("/console/incident/{id}");
    room.goto(&incident).await;
    is_harmless(&room, "the room").await;
    house.good(&["incident", "declare", "--plan", "login-down"]).await;
    let login = house.incidents().await[0].clone();
    let texts = writable();
    house.good(&["incident", "veto", "--reason", &texts.join(" "), &login]).await;
    room.goto(&format!("/console/incident/{login}")).await;
    is_harmless(&room, "a reason").await;
    house.good(&["incident", "resolve", &login]).await;
    room.goto(&incident).await;
    house.good(&["incident", "release"]).await;
    for (at, some) in texts.chunks(60).enumerate() {
        let body = some.join("\n\n").replace("\n# ", "\n").replace("\n## ", "\n");
        let facts = format!("## Das geht nicht\n{}\n\n## Ihre Daten\n{}", some[0], some[1]);
        house.write("u.md", &format!("# Teil {at} {}\n\n{body}\n\n{facts}\n", some[2]));
        house.good(&["incident", "update", "--de", "@u.md"]).await;
    }
    house.good(&["incident", "correct", "1", "--en", &texts[20]]).await;
    // The room was open all the while: what came over the stream stands in it now.
    room.wait_text("main", "Teil 4").await;
    is_harmless(&room, "the room, live").await;
    for kind in ["update", "correction-1", "all-clear"] {
        room.goto(&format!("{incident}/write/{kind}")).await;
        is_harmless(&room, kind).await;
    }
    house.good(&["emergency", &texts.join("\n").chars().take(900).collect::<String>()]).await;
    page.shows("/de/", ".emergency", "kanari").await;
    let incident = format!("/de/incident/{id}");
    let (choices, leave) = (
        house.link("vera@people.example", "choices").await,
        house.link("vera@people.example", "leave").await,
    );
    for path in PAGES.into_iter().chain([&*incident, &choices, &leave, "/console/"]) {
        let page = if path == "/console/" { &room } else { &page };
        page.goto(path).await;
        is_harmless(page, path).await;
    }
    for (at, mail) in crate::mail::mails(&house.sink).into_iter().enumerate() {
        // No policy here: a mail program may have none.
        page.goto(&house.world.put(&format!("/mail/{at}"), &mail.html)).await;
        let styled = "document.querySelectorAll('[style]').forEach(one => \
            one.removeAttribute('style'))";
        page.eval(styled).await.unwrap();
        is_harmless(&page, &format!("the mail “{}”", mail.subject)).await;
    }
    // The same texts as they are, so that we know that they would run.
    page.goto(&house.world.put("/raw", &payload::all().join("\n"))).await;
    page.goto(&house.world.put("/raw", "<img src=x onerror=kanari=1>")).await;
    assert_eq!(page.own("typeof kanari").await, "number");
}

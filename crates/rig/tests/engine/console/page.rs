//! What the home of the console shows, and how somebody declares an incident.

use axum::http::StatusCode;
use model::incident::{Actor, Command};
use model::notice::Passages;
use model::value::Span;

use super::Console;
use crate::house::{HOLD, RHYTHM};

/// The text of a page, without its marks.
fn seen(html: &str) -> String {
    let (_, main) = html.split_once("<main").unwrap();
    let texts = main.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text));
    texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands in the one light of the page.
fn lit(html: &str) -> String {
    assert_eq!(html.matches("class=\"light ").count(), 1, "one light on each view");
    let (_, light) = html.split_once("class=\"light ").unwrap();
    seen(&format!("<main {}", light.split_once("</section>").unwrap().0))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calm_looks_calm() {
    let console = Console::build().await;
    for monitor in ["shop-page", "forum-page"] {
        console.house.looks(monitor, 3).await;
    }
    let home = console.browser("willi").await.get("/console/").await;
    let text = seen(&home.text);
    assert!(text.contains("Alles läuft") && text.contains("Noch nichts."), "{text}");
    assert!(!home.text.contains("class=\"light "), "no light where nothing is to be done");
    assert!(home.text.contains("href=\"/ready.svg\"") && home.text.contains("#sign-ready"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_light_falls_on_what_is_most_urgent() {
    let mut console = Console::build().await;
    let willi = console.browser("willi").await;
    // A drill, and something real that is held: the real one first.
    willi.post("/console/declare", "plan=forum-down&state=major&drill=yes").await;
    console.house.shop.die().await;
    console.house.looks("shop-page", 3).await;
    let home = willi.get("/console/").await;
    let light = lit(&home.text);
    assert!(light.contains("Shop ausgefallen") && light.contains("Zur Lage"), "{light}");
    assert!(light.contains("geht sie um 13:53:30 Uhr (MEZ) von selbst hinaus"), "{light}");
    assert!(seen(&home.text).contains("ÜBUNG Forum ausgefallen"), "{}", seen(&home.text));
    // It went out; something else is held now, and more urgent than the next promised notice.
    console.house.pass(HOLD).await;
    willi.post("/console/declare", "plan=login-down&state=partial").await;
    let light = lit(&willi.get("/console/").await.text);
    assert!(light.contains("Anmeldung ausgefallen"), "{light}");
    // A promise that was broken comes before all.
    console.house.clock.pass(RHYTHM);
    console.house.clock.pass(Span::minutes(5));
    let home = willi.get("/console/").await;
    let light = lit(&home.text);
    assert!(light.contains("Shop ausgefallen") && light.contains("Wir sind zu spät"), "{light}");
    assert!(home.text.contains("light-broken"), "the lamp is out");
    // It is over: it stands among what is past.
    let by = Actor::Host("test".into());
    for case in console.house.engine.open_cases().await.unwrap() {
        let resolve = Command::Resolve { texts: None, passages: Passages::new() };
        console.house.engine.act(&case.incident.id, &resolve, &by).await.unwrap();
    }
    let text = seen(&willi.get("/console/").await.text);
    let (_, past) = text.split_once("Vergangen").unwrap();
    assert!(past.contains("Shop ausgefallen") && past.contains("ÜBUNG Forum"), "{past}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn troubles_of_notlicht_itself_are_lit_where_nothing_else_is() {
    let console = Console::build().await;
    // Nobody looks at any monitor for long.
    console.house.looks("shop-page", 1).await;
    console.house.clock.pass(Span::minutes(24 * 60));
    console.house.engine.watch_step().await.unwrap();
    let home = console.browser("vera").await.get("/console/").await;
    let light = lit(&home.text);
    assert!(light.contains("Notlicht selbst braucht Hilfe"), "{light}");
    assert!(!seen(&home.text).contains("Alles läuft"));
    assert!(!home.text.contains("/console/declare"), "who may not declare is not asked to");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_declares_by_the_form_is_led_into_the_room_and_stands_in_the_story() {
    let console = Console::build().await;
    let willi = console.browser("willi").await;
    let fields = "plan=other&component=forum&component=app&state=degraded&minutes=20";
    let answer = willi.post("/console/declare", fields).await;
    let incident = console.house.only().await;
    assert_eq!(answer.location(), format!("/console/incident/{}", incident.id));
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(incident.since, console.house.clock.now().before(Span::minutes(20)));
    assert!(!incident.drill && incident.affected.len() == 2);
    let first = console.house.events(&incident.id).await.remove(0);
    assert_eq!(first.by, Actor::Account(crate::house::key("willi")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_does_not_fit_says_why_and_keeps_what_was_typed() {
    let console = Console::build().await;
    let willi = console.browser("willi").await;
    let typed = "component=forum&state=partial&drill=yes";
    for (fields, hint) in [
        (format!("plan=&minutes=20&{typed}"), "Bitte wählen Sie einen Plan."),
        (format!("plan=nix&minutes=20&{typed}"), "Bitte wählen Sie einen Plan."),
        (format!("plan=other&minutes=bald&{typed}"), "Schreiben Sie eine ganze Zahl"),
        (format!("plan=other&minutes=-3&{typed}"), "Schreiben Sie eine ganze Zahl"),
        (format!("plan=other&minutes=99999999999999999999&{typed}"), "Schreiben Sie eine ganze"),
        (format!("plan=other&minutes=10081&{typed}"), "Schreiben Sie eine ganze Zahl"),
    ] {
        let answer = willi.post("/console/declare", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields}");
        assert!(seen(&answer.text).contains(hint), "{fields}: {}", seen(&answer.text));
        for kept in ["value=\"forum\" checked", "value=\"partial\" checked", "drill-hint\" checked"]
        {
            assert!(answer.text.contains(kept), "{fields} lost {kept}");
        }
        let minutes = fields.split_once("minutes=").unwrap().1.split_once('&').unwrap().0;
        assert!(answer.text.contains(&format!("value=\"{minutes}\"")), "{fields}");
    }
    assert!(console.house.engine.open_cases().await.unwrap().is_empty());
    willi.post("/console/declare", "plan=other&component=forum&state=major").await;
    let open = console.house.only().await;
    let again = willi.post("/console/declare", "plan=other&component=shop&state=major").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains(&format!("href=\"/console/incident/{}\"", open.id)));
    assert!(again.text.contains("value=\"shop\" checked"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_is_paused_by_an_approver_and_everybody_sees_it_in_the_room() {
    let console = Console::build().await;
    let willi = console.browser("willi").await;
    willi.post("/console/declare", "plan=forum-down&state=major").await;
    let room = format!("/console/incident/{}", console.house.only().await.id);
    let text = seen(&willi.get(&room).await.text);
    assert!(text.contains("Wege") && text.contains("in letzter Zeit nicht benutzt"), "{text}");
    let list = willi.get("/console/channels").await;
    assert!(!list.text.contains("name=\"position\""), "a writer does not decide it");
    let refused = willi.post("/console/channels/mail", "position=paused&reason=brennt").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let anna = console.browser("anna").await;
    let done = anna.post("/console/channels/mail", "position=paused&reason=Relais+brennt").await;
    assert_eq!(done.location(), "/console/channels?done");
    let text = seen(&willi.get(&room).await.text);
    assert!(text.contains("angehalten von anna") && text.contains("Relais brennt"), "{text}");
    let list = anna.get("/console/channels").await.text;
    let mail = list.split("<section").find(|one| one.contains("id=\"mail-h\"")).unwrap();
    assert!(mail.contains("value=\"automatic\"") && !mail.contains("value=\"paused\""), "{mail}");
    anna.post("/console/channels/mail", "position=automatic&reason=").await;
    assert!(!seen(&willi.get(&room).await.text).contains("angehalten"));
}

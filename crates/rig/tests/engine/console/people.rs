//! Accounts, sessions and tokens by the pages for them.

use axum::http::StatusCode;
use model::permission::Permission;

use super::Console;
use crate::house::key;

/// The password that all have in here, as a form sends it.
const RIGHT: &str = "ein+Satz%2C+den+niemand+err%C3%A4t";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_changes_ones_password_knowing_the_old_one_and_other_devices_are_out() {
    let console = Console::build().await;
    let (here, there) = (console.browser("vera").await, console.browser("vera").await);
    let path = "/console/account/password";
    let wrong = here.post(path, "old=geraten+und+falsch&new=ein+neuer+langer+Satz").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("Das bisherige Passwort stimmt nicht."));
    assert!(!wrong.text.contains("neuer langer Satz"), "no password is shown again");
    let short = here.post(path, &format!("old={RIGHT}&new=kurz")).await;
    assert!(short.text.contains("mindestens 12 Zeichen"));
    assert!(console.is_in(&there).await, "nothing was changed so far");
    let done = here.post(path, &format!("old={RIGHT}&new=ein+neuer+langer+Satz")).await;
    assert_eq!(done.location(), "/console/account?done");
    assert!(console.is_in(&here).await && !console.is_in(&there).await);
    assert!(here.get(done.location()).await.text.contains("Erledigt."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_reads_the_console_in_the_language_that_one_chose() {
    let console = Console::build().await;
    let vera = console.browser("vera").await;
    vera.post("/console/account/language", "language=en").await;
    let home = vera.get("/console/").await;
    assert!(home.text.contains("<html lang=\"en\">") && home.text.contains("All is well"));
    let kept = vera.post("/console/account/language", "language=tlh").await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    assert!(vera.get("/console/").await.text.contains("<html lang=\"en\">"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_ends_ones_own_sessions_and_an_administrator_anybodys() {
    let console = Console::build().await;
    let (vera, phone) = (console.browser("vera").await, console.browser("vera").await);
    let (willi, ada) = (console.browser("willi").await, console.browser("ada").await);
    let engine = &console.house.engine;
    let id = |browser: &super::Browser| {
        let (engine, secret) = (engine.clone(), browser.secret.clone());
        async move { engine.session(&secret).await.unwrap().unwrap().id }
    };
    let path = |id| format!("/console/account/sessions/{id}/end");
    let page = vera.get("/console/account").await.text;
    assert_eq!(page.matches("/console/account/sessions/").count(), 2, "one's own and no others");
    let foreign = vera.post(&path(id(&willi).await), "").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert!(console.is_in(&willi).await);
    let ended = vera.post(&path(id(&phone).await), "").await;
    assert_eq!(ended.location(), "/console/account?done");
    assert!(!console.is_in(&phone).await);
    let ended = ada.post(&path(id(&willi).await), "").await;
    assert_eq!(ended.location(), "/console/people?done");
    assert!(!console.is_in(&willi).await);
    let own = vera.post(&path(id(&vera).await), "").await;
    assert_eq!(own.location(), "/console/sign-in");
    let cookie = own.headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(cookie.starts_with("__Host-notlicht=;") && cookie.contains("Max-Age=0"), "{cookie}");
    assert!(!console.is_in(&vera).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_adds_changes_and_ends_accounts() {
    let console = Console::build().await;
    let ada = console.browser("ada").await;
    let people = "/console/people";
    for (fields, hint) in [
        (format!("name=Neu+Da&may=writer&language=en&password={RIGHT}"), "Der Name passt nicht"),
        (format!("name=neu&may=root&language=en&password={RIGHT}"), "was erlaubt sein soll"),
        (format!("name=vera&may=writer&language=en&password={RIGHT}"), "gibt oder gab es schon"),
        ("name=neu&may=writer&language=en&password=geheim".to_owned(), "mindestens 12 Zeichen"),
    ] {
        let answer = ada.post(people, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields}");
        assert!(answer.text.contains(hint), "{fields}");
        let name = fields.split_once("name=").unwrap().1.split_once('&').unwrap().0;
        let typed = format!("name=\"name\" value=\"{}\"", name.replace('+', " "));
        assert!(answer.text.contains(&typed), "{fields}: what was typed is kept");
        assert!(answer.text.contains("value=\"en\" lang=\"en\" selected"), "{fields}");
        assert!(!answer.text.contains("geheim") && !answer.text.contains("den niemand"));
    }
    let added =
        ada.post(people, &format!("name=neu&may=writer&language=en&password={RIGHT}")).await;
    assert_eq!(added.location(), "/console/people?done");
    let neu = console.browser("neu").await;
    assert_eq!(neu.get("/console/declare").await.status, StatusCode::OK);
    ada.post("/console/people/neu/permit", "may=viewer").await;
    assert_eq!(neu.get("/console/declare").await.status, StatusCode::FORBIDDEN);
    let short = ada.post("/console/people/neu/password", "password=kurz").await;
    assert!(short.text.contains("neu: Das Passwort passt nicht"));
    ada.post("/console/people/neu/password", "password=von+ada+neu+gesetzt").await;
    assert!(!console.is_in(&neu).await && console.house.sign_in("neu").await.is_none());
    ada.post("/console/people/neu/end", "").await;
    let ended = ada.get(people).await.text;
    assert!(ended.contains("Beendete Konten") && !ended.contains("/console/people/neu/"));
    let gone = ada.post("/console/people/neu/permit", "may=viewer").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_refuses_to_leave_nobody_who_may_administer_and_says_so() {
    let console = Console::build().await;
    let ada = console.browser("ada").await;
    for (path, fields) in
        [("/console/people/ada/end", ""), ("/console/people/ada/permit", "may=approver")]
    {
        let answer = ada.post(path, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(answer.text.contains("dies ist das letzte Konto, das es darf"), "{path}");
    }
    assert!(console.is_in(&ada).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_finds_an_open_browser_cannot_lock_its_owner_out() {
    let console = Console::build().await;
    let ada = console.browser("ada").await;
    let answer = ada.post("/console/people/ada/password", "password=von+einem+fremden").await;
    assert_eq!(answer.location(), "/console/account", "the old password is asked for there");
    assert!(console.house.sign_in("ada").await.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_token_is_shown_once_and_never_administers() {
    let console = Console::build().await;
    let ada = console.browser("ada").await;
    let tokens = "/console/tokens";
    for fields in ["name=robot&may=administrator", "name=robot&may=", "name=Robot+1&may=viewer"] {
        let answer = ada.post(tokens, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields}");
    }
    assert!(console.house.engine.tokens().await.unwrap().is_empty());
    let made = ada.post(tokens, "name=robot&may=approver").await;
    assert_eq!(made.headers.get("cache-control").unwrap(), "no-store");
    let (_, rest) = made.text.split_once("<code>notlicht_").unwrap();
    let secret = format!("notlicht_{}", rest.split_once('<').unwrap().0);
    let token = console.house.engine.token(&secret).await.unwrap().unwrap();
    assert_eq!((token.name, token.permission), (key("robot"), Permission::Approver));
    let page = ada.get("/console/people").await.text;
    assert!(page.contains("robot") && page.contains("angelegt von ada"));
    assert!(!page.contains(&secret), "it is never shown again");
    ada.post(&format!("/console/tokens/{}/end", token.id), "").await;
    assert!(console.house.engine.token(&secret).await.unwrap().is_none());
}

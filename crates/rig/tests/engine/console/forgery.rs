//! What another site makes somebody's browser send does nothing.

use axum::http::{Method, StatusCode, header};
use model::permission::Permission;
use web::routes::{Forgery, ROUTES, Route, Who};

use super::{Console, HERE, name, path_of};

/// Every form of the console.
fn forms() -> Vec<Route> {
    let is_form =
        |route: &Route| route.method == Method::POST && route.path.starts_with("/console");
    ROUTES.iter().filter(|route| is_form(route)).cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_form_of_the_console_does_what_another_site_sent() {
    let console = Console::build().await;
    let ada = console.browser(name(Permission::Administrator)).await;
    let before = console.house.engine.accounts().await.unwrap();
    assert!(forms().len() >= 10);
    for route in forms() {
        assert_eq!(route.forgery, Forgery::SameOrigin, "{}", route.path);
        let path = path_of(&route, "x00000000000");
        let body = format!("form={}&name=mallory&may=viewer&password=lang+genug+ist+es", ada.form);
        for foreign in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
            &[("origin", HERE), ("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[],
        ] {
            let answer = ada.send(&Method::POST, &path, &body, foreign).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {foreign:?}");
            assert!(!answer.headers.contains_key(header::SET_COOKIE), "{path} {foreign:?}");
        }
    }
    assert!(console.is_in(&ada).await, "nobody was signed out");
    assert_eq!(console.house.engine.accounts().await.unwrap(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_form_of_the_console_does_anything_without_the_token_of_this_session() {
    let console = Console::build().await;
    let ada = console.browser(name(Permission::Administrator)).await;
    let other = console.browser(name(Permission::Administrator)).await;
    let before = console.house.engine.accounts().await.unwrap();
    for route in forms().iter().filter(|route| matches!(route.who, Who::Account(_))) {
        let path = path_of(route, "x00000000000");
        let mut cut = ada.form.clone();
        cut.pop();
        for form in ["", &other.form, &cut, &format!("{}x", ada.form), "k1.x"] {
            let body = format!("form={form}&name=mallory&may=viewer&password=lang+genug+ist+es");
            let answer = ada.send(&Method::POST, &path, &body, &[("origin", HERE)]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {form}");
        }
    }
    assert!(console.is_in(&ada).await && console.is_in(&other).await);
    assert_eq!(console.house.engine.accounts().await.unwrap(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_never_leads_anywhere_else() {
    let console = Console::build().await;
    let (nobody, vera) = (console.nobody(), console.browser("vera").await);
    let right = "name=vera&password=ein+Satz%2C+den+niemand+err%C3%A4t";
    for next in [
        "https%3A%2F%2Fevil.example%2F",
        "%2F%2Fevil.example%2Fconsole%2F",
        "%2F%5Cevil.example",
        "%2Fconsole%2F%5C..%5C%5Cevil.example",
        "javascript%3Aalert(1)",
        "%2Fconsole%2F%0D%0ASet-Cookie%3A+x%3D1",
        "%2Fconsole%2F%09x",
        "%2Fconsole",
        "",
    ] {
        let body = format!("{right}&next={next}");
        let sent = [("origin", HERE)];
        let answer = nobody.send(&Method::POST, "/console/sign-in", &body, &sent).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, "/console/"),
            "{next}"
        );
        let answer = vera.get(&format!("/console/sign-in?next={next}")).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, "/console/"),
            "{next}"
        );
        let page = nobody.get(&format!("/console/sign-in?next={next}")).await;
        assert!(page.text.contains("name=\"next\" value=\"/console/\""), "{next}");
    }
    // Where one was going, one arrives.
    let path = "/console/incident/x00000000000?x=1";
    let to = nobody.get(path).await.location().to_owned();
    let next = to.strip_prefix("/console/sign-in?").unwrap();
    let body = format!("{right}&{next}");
    let answer = nobody.send(&Method::POST, "/console/sign-in", &body, &[("origin", HERE)]).await;
    assert_eq!(answer.location(), path);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cookie_is_out_of_reach_for_scripts_other_sites_and_over_tls_for_other_hosts() {
    let console = Console::build().await;
    let nobody = console.nobody();
    let right = "name=vera&password=ein+Satz%2C+den+niemand+err%C3%A4t";
    let hosts = [
        ("https://lage.lindenhof.example", "__Host-notlicht="),
        ("http://lage.lindenhof.example", "notlicht="),
    ];
    for (origin, cookie) in hosts {
        let sent = [("origin", origin)];
        let answer = nobody.send(&Method::POST, "/console/sign-in", right, &sent).await;
        let set = answer.header(header::SET_COOKIE);
        assert!(set.starts_with(cookie), "{set}");
        assert!(set.contains("; HttpOnly; SameSite=Lax") && set.contains("; Path=/;"), "{set}");
        assert_eq!(set.contains("; Secure"), origin.starts_with("https"), "{set}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_tells_nothing_about_whether_the_account_exists() {
    let console = Console::build().await;
    console.house.engine.end_account(&crate::house::key("guest"), "test").await.unwrap();
    let nobody = console.nobody();
    let mut answers = Vec::new();
    for name in
        ["vera", "guest", "niemand", "x%27%3B--", "zu-lang-fuer-einen-schluessel-und-noch-laenger"]
    {
        let body = format!("name={name}&password=falsch+ist+es");
        let sent = [("origin", HERE)];
        let answer = nobody.send(&Method::POST, "/console/sign-in", &body, &sent).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(!answer.headers.contains_key(header::SET_COOKIE));
        assert!(!answer.text.contains("falsch ist es"), "no password is shown again");
        let (before, rest) = answer.text.split_once(" name=\"name\" value=\"").unwrap();
        let (_, after) = rest.split_once('"').unwrap();
        let mut headers = answer.headers.clone();
        headers.remove(header::CONTENT_LENGTH); // the name is as long as it is
        answers.push(format!("{headers:?} {before} {after}"));
    }
    assert!(answers.iter().all(|one| *one == answers[0]), "an answer differs");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_tries_too_many_passwords_must_wait_and_is_told_how_it_goes_without() {
    let console = Console::build().await;
    let nobody = console.nobody();
    let mut refused = None;
    for _ in 0..60 {
        let sent = [("origin", HERE)];
        let body = "name=erika&password=geraten+und+geraten";
        let answer = nobody.send(&Method::POST, "/console/sign-in", body, &sent).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
            break;
        }
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let refused = refused.unwrap();
    assert!(!refused.header(header::RETRY_AFTER).is_empty());
    let words = model::language::Language::DE.words().console.too_often;
    assert!(refused.text.contains(words), "{}", refused.text);
}

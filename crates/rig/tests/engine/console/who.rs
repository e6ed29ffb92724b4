//! Every route × every permission, and what holds for every answer.

use axum::http::{Method, StatusCode, header};
use model::permission::Permission;
use web::routes::{Elsewhere, ROUTES, Route, Who};

use super::{Answer, Browser, Console, name, path_of};

/// Something for every form: each takes what it knows.
const FIELDS: &str = "name=vera&password=ein+Satz%2C+den+niemand+err%C3%A4t&may=viewer\
                      &language=de&act=take&text=Test&level=crisis&plan=shop-down&state=major&number=1&reason=Test&at=15%3A30";

async fn ask(browser: &Browser, route: &Route, path: &str) -> Answer {
    if route.method == Method::GET {
        browser.get(path).await
    } else {
        let body = format!("form={}&{FIELDS}", browser.form);
        browser.send(&route.method, path, &body, &[("origin", super::HERE)]).await
    }
}

/// Nobody, and an account of each permission.
const ALL: [Option<Permission>; 5] = [
    None,
    Some(Permission::Viewer),
    Some(Permission::Writer),
    Some(Permission::Approver),
    Some(Permission::Administrator),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_lets_in_whom_the_table_names_and_nobody_else() {
    let mut console = Console::build().await;
    let incident = console.house.outage().await;
    let mut browsers = vec![console.nobody()];
    for may in Permission::ALL {
        browsers.push(console.browser(name(may)).await);
    }
    let mut asked = 0;
    for route in ROUTES {
        let path = path_of(route, incident.id.as_str());
        for (browser, who) in browsers.iter_mut().zip(ALL) {
            // Some routes sign out: the next needs somebody who is in.
            if let Some(may) = who
                && !console.is_in(browser).await
            {
                *browser = console.browser(name(may)).await;
            }
            let answer = ask(browser, route, &path).await;
            let told = format!(
                "{} {path} as {who:?}: {} {:?}",
                route.method, answer.status, answer.headers
            );
            check(route, who, &answer, &told);
            whatever(route, &answer, &told);
            asked += 1;
        }
    }
    assert_eq!(asked, ROUTES.len() * ALL.len());
    for may in Permission::ALL {
        assert!(ROUTES.iter().any(|route| route.who == Who::Account(may)), "nothing needs {may}");
    }
}

/// The ends of paths where something is let out, or addresses are seen.
const APPROVES: [&str; 8] =
    ["release", "veto", "clear", "publish", "unreached.csv", "approve", "back", "restore"];

/// Where writing something needs no more than that.
const WRITES: [&str; 2] = ["/console/incident/", "/console/handbook/"];

/// What the guide says of each permission, of a route by its path.
fn said(route: &Route) -> Option<Permission> {
    let (path, writes) = (route.path, route.method != Method::GET);
    let last = path.rsplit('/').next()?;
    let inside = path.starts_with("/console/") && path != "/console/sign-in";
    if !inside {
        None
    } else if path.starts_with("/console/people") || path.starts_with("/console/tokens") {
        Some(Permission::Administrator)
    } else if APPROVES.contains(&last)
        || path.contains("/proposal/")
        || path.starts_with("/console/handbook/contacts")
        || (writes && path.starts_with("/console/channels/"))
    {
        Some(Permission::Approver)
    } else if path == "/console/declare" || (writes && WRITES.iter().any(|it| path.starts_with(it)))
    {
        Some(Permission::Writer)
    } else {
        Some(Permission::Viewer)
    }
}

#[test]
fn each_route_of_the_console_needs_what_the_guide_says() {
    for route in ROUTES {
        let needed = match route.who {
            Who::Account(needed) => Some(needed),
            Who::All | Who::Token | Who::Bearer(_) => None,
        };
        assert_eq!(needed, said(route), "{} {}", route.method, route.path);
    }
}

/// Whoever may is let in; whoever may not is told so, and how to come in.
fn check(route: &Route, who: Option<Permission>, answer: &Answer, told: &str) {
    match (route.who, who) {
        (Who::All | Who::Token, _) => assert!(!answer.is_refused(), "{told}"),
        (Who::Account(_), None) if route.method == Method::GET => {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{told}");
            assert!(answer.location().starts_with("/console/sign-in?next=%2Fconsole%2F"), "{told}");
        }
        (Who::Account(_), None) => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{told}"),
        (Who::Account(needed), Some(may)) if may < needed => {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{told}");
        }
        (Who::Account(_), Some(_)) => assert!(!answer.is_refused(), "{told}"),
        // A session is no token: the API knows only those.
        (Who::Bearer(_), _) => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{told}"),
    }
}

/// What every answer keeps to.
fn whatever(route: &Route, answer: &Answer, told: &str) {
    assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{told}");
    let policy = answer.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.starts_with("default-src 'none'"), "{told}");
    assert!(!policy.contains("unsafe-"), "{told}");
    if route.elsewhere != Elsewhere::Frame {
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains('*'), "{told}");
    }
    let to = answer.location();
    let inside = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
    assert!(inside || !answer.headers.contains_key(header::LOCATION), "{told}");
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter();
    for cookie in cookies.map(|one| one.to_str().unwrap()) {
        let safe = ["__Host-notlicht=", "; Path=/;", "; HttpOnly;", "; SameSite=Lax", "; Secure"];
        assert!(safe.iter().all(|part| cookie.contains(part)), "{told}");
        assert!(!cookie.to_lowercase().contains("domain"), "{told}");
    }
    if matches!(route.who, Who::Account(_)) {
        assert!(!answer.status.is_server_error(), "{told}");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{told}");
    }
}

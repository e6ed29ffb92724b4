//! Who may do what, and what nobody may.

use axum::http::Method;
use model::permission::Permission;
use serde_json::json;
use web::routes::{ROUTES, Route, Who};

use super::{Program, routes};
use crate::both::both;
use crate::house::{House, key};

/// The routes of programs, with what each needs.
fn all() -> impl Iterator<Item = (&'static Route, Permission)> {
    ROUTES.iter().filter_map(|route| match route.who {
        Who::Bearer(needed) => Some((route, needed)),
        _ => None,
    })
}

pub(super) fn path(route: &Route, incident: &str) -> String {
    let id = incident.rsplit('/').next().unwrap();
    let path = route.path.strip_prefix("/api/v1").unwrap();
    let path = path.replace("{id}", id).replace("{slot}", "update").replace("{number}", "1");
    [
        ("{channel}", "mail"),
        ("{role}", "lead"),
        ("{chain}", "night"),
        ("{step}", "abcdefghijkl"),
        ("{partner}", "hoster"),
        ("{duty}", "payments"),
        ("{report}", "first"),
        ("{component}", "forum"),
        ("{proposal}", "1"),
    ]
    .iter()
    .fold(path, |path, (hole, key)| path.replace(hole, key))
}

/// Nothing of ours takes this: so who is let in is told what is wrong, and does nothing.
async fn knock(program: &Program, route: &Route, incident: &str) -> super::Answer {
    let body = if route.method == Method::GET { "" } else { r#"{"nonsense": 1}"# };
    program.send(&route.method, &path(route, incident), "application/json", body).await
}

both! {
    async fn every_route_of_the_api_lets_in_whose_token_may_and_nobody_else(house) {
        let writer = Program::of(&house, Permission::Writer).await;
        let incident = writer.declare().await;
        let id = incident.rsplit('/').next().unwrap().parse().unwrap();
        let before = house.events(&id).await;
        assert!(all().count() >= 48);
        for may in Permission::ALL {
            let program = Program::of(&house, may).await;
            for (route, needed) in all() {
                let answer = knock(&program, route, &incident).await;
                let place = format!("{may} at {} {}", route.method, route.path);
                if !may.allows(needed) {
                    let challenge = answer.headers["www-authenticate"].to_str().unwrap();
                    assert!(challenge.contains("insufficient_scope"), "{place}");
                    let problem = answer.problem(403, "may-not");
                    assert!(problem["detail"].as_str().unwrap().contains(needed.word()), "{place}");
                } else if route.method == Method::GET {
                    assert_eq!(answer.status, 200, "{place}");
                    assert_eq!(answer.headers["cache-control"], "no-store", "{place}");
                } else {
                    let problem = answer.problem(422, "invalid");
                    assert_eq!(problem["errors"][0]["pointer"], "#/nonsense", "{place}");
                }
            }
        }
        assert_eq!(house.events(&id).await, before, "nobody did anything");
    }

    async fn without_a_token_or_with_one_that_ended_nothing_is_shown_or_done(house) {
        let administrator = Program::of(&house, Permission::Administrator).await;
        let incident = administrator.declare().await;
        let ended = house.engine.add_token(&key("old"), Permission::Administrator, "test").await;
        let ended = ended.unwrap();
        let tokens = house.engine.tokens().await.unwrap();
        let old = tokens.iter().find(|one| one.name.as_str() == "old").unwrap();
        house.engine.end_token(&old.id, "test").await.unwrap();
        let bare = Program { routes: routes(&house).await, headers: vec![] };
        let (_, good) = administrator.headers[0].clone();
        let secret = good.strip_prefix("Bearer ").unwrap();
        let cookie = Program { headers: vec![("cookie", format!("notlicht={secret}"))], ..bare.clone() };
        let twice = [("authorization", good.clone()), ("authorization", good.clone())];
        let twice = Program { headers: twice.to_vec(), ..bare.clone() };
        for (route, _) in all() {
            for program in [&bare, &cookie, &twice, &bare.showing(format!("Basic {secret}"))] {
                let answer = knock(program, route, &incident).await;
                assert_eq!(answer.headers["www-authenticate"], "Bearer realm=\"Notlicht\"");
                answer.problem(401, "no-token");
            }
            for wrong in [ended.as_str(), "notlicht_0000", "", &secret[1..], &secret.to_uppercase()] {
                let program = bare.showing(format!("Bearer {wrong}"));
                let answer = knock(&program, route, &incident).await;
                let challenge = answer.headers["www-authenticate"].to_str().unwrap();
                assert!(challenge.contains("invalid_token"), "{challenge}");
                answer.problem(401, "bad-token");
            }
        }
        // The same token works in a header that is written in another case.
        assert_eq!(bare.showing(format!("bearer {secret}")).get("/me").await.status, 200);
    }

    async fn who_may_not_see_addresses_gets_no_answer_with_a_name_or_an_address(house) {
        house.subscribe(4).await;
        let approver = Program::of(&house, Permission::Approver).await;
        let incident = approver.declare().await;
        approver.post(&format!("{incident}/release"), json!({})).await.good();
        house.deliver_all().await;
        assert_eq!(house.told(), 4);
        let viewer = Program::of(&house, Permission::Viewer).await;
        let secrets = house.contacts.split('"').skip(1).step_by(2);
        let private: Vec<_> = secrets.filter(|one| one.len() > 3).collect();
        assert!(private.iter().any(|one| one.contains('@')), "{private:?}");
        let open = all().filter(|(_, needed)| *needed < Permission::SEES_ADDRESSES);
        for (route, _) in open.filter(|(route, _)| route.method == Method::GET) {
            let shown = knock(&viewer, route, &incident).await.good().to_string();
            assert!(!shown.contains('@'), "{}: {shown}", route.path);
            for one in private.iter().filter(|one| one.contains([' ', '@', '+'])) {
                assert!(!shown.contains(*one), "{} shows {one}", route.path);
            }
        }
    }

    async fn whoever_asks_learns_which_token_it_is(house) {
        let me = Program::of(&house, Permission::Writer).await.get("/me").await.good();
        assert_eq!((&me["name"], &me["permission"]), (&json!("robot"), &json!("writer")));
    }
}

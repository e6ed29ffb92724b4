//! From the list of routes to what answers.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::MethodRouter;

use super::route::{Forgery, Route, Who};
use super::{NOWHERE, ROUTES, SIGN_IN};
use crate::api::{admit, problem};
use crate::desk::Desk;
use crate::door::Door;
use crate::page::serve::House;
use crate::page::{Page, form, subscription};
use crate::rate::{Clock, Limiter};
use crate::shield::Elsewhere;
use crate::{console, shield};

/// All routes, ready to be served. With [`crate::desk::Closed`] and a closed door the page is
/// served without a database. The clock is for the rates; whom they count is told by
/// [`crate::visitor::known`].
pub fn router(page: Page, desk: Arc<dyn Desk>, door: Door, clock: Clock) -> Router {
    let house = House { page, desk, door, clock, limiter: Arc::new(Limiter::default()) };
    let mut router = Router::new();
    for route in ROUTES {
        let guarded = guarded(route, &house);
        router = if route.path == NOWHERE {
            router.fallback_service(guarded.with_state(house.clone()))
        } else {
            router.route(route.path, guarded)
        };
    }
    router.layer(from_fn(shield::limits)).layer(map_response(shield::headers)).with_state(house)
}

fn guarded(route: &Route, house: &House) -> MethodRouter<House> {
    let to = (route.answer)().layer(DefaultBodyLimit::max(route.limit));
    let to = match route.rate {
        Some(rate) => {
            let refusal = match route.path {
                "/subscribe" => shield::Refusal::Form,
                "/subscribe/webhook" => shield::Refusal::HookForm,
                SIGN_IN => shield::Refusal::SignIn,
                _ => shield::Refusal::Message,
            };
            let (house, path, limit) = (house.clone(), route.path, route.limit);
            let keep = shield::Keep { house, path, rate, limit, refusal };
            to.layer(from_fn_with_state(keep, shield::rate))
        }
        None => to,
    };
    let to = match route.who {
        Who::Account(needed) => {
            to.layer(from_fn_with_state((house.clone(), needed), console::guard::signed_in))
        }
        Who::Bearer(needed) => {
            to.layer(from_fn_with_state((house.clone(), needed), admit::admitted))
        }
        Who::All | Who::Token => to,
    };
    let to = match route.elsewhere {
        Elsewhere::Nothing => to,
        part => to.layer(map_response(move |answer| shield::elsewhere(part, answer))),
    };
    // Whoever has no link is sent back to the form.
    let refuse = match route.path {
        "/subscribe/webhook" => subscription::foreign_hook,
        _ if route.who == Who::All => subscription::foreign,
        _ => form::foreign,
    };
    let to = match route.forgery {
        Forgery::SameSite => {
            to.layer(from_fn_with_state((house.clone(), refuse), shield::same_site))
        }
        Forgery::SameOrigin => {
            to.layer(from_fn_with_state(house.clone(), console::guard::same_origin))
        }
        Forgery::Harmless | Forgery::Machine => to,
    };
    let to = if route.path.starts_with("/api/v1/") {
        to.layer(map_response(problem::spoken))
    } else {
        to
    };
    // Around the guards, so that what they refuse is kept no longer than what they let through.
    let to = match route.cache {
        Some(cache) => to.layer(map_response(move |answer| shield::cache(cache, answer))),
        None => to,
    };
    if route.path.starts_with("/console") { to.layer(map_response(shield::console)) } else { to }
}

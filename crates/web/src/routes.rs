//! The only list of routes: method, path, who may, forgery check, limit, rate, cache.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{MethodRouter, get, post};
use model::permission::Permission;
use model::value::Span;

use crate::desk::Desk;
use crate::door::Door;
use crate::page::serve::House;
use crate::page::{Cache, Page, form, intake, serve, subscription};
use crate::rate::{Clock, Limiter, Rate};
use crate::{console, shield};

pub use crate::shield::Elsewhere;

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    All,
    /// Whoever holds the secret token in the path.
    Token,
    /// Whoever is signed in to the console and may do so much.
    Account(Permission),
}

/// How a request that a foreign page makes in somebody's browser is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgery {
    /// The request changes nothing.
    Harmless,
    /// Refused when the browser says that it comes from another site.
    SameSite,
    /// Refused unless the browser says that it comes from here; where somebody is signed in, the
    /// form's own token is needed too.
    SameOrigin,
    /// No browser is involved, or the standard wants it without a check (RFC 8058); the token
    /// alone decides.
    Machine,
}

/// One route.
#[derive(Debug, Clone)]
pub struct Route {
    /// GET answers HEAD as well.
    pub method: Method,
    /// With names in braces; `*` is every path that no other route has.
    pub path: &'static str,
    /// Who may.
    pub who: Who,
    /// The forgery check.
    pub forgery: Forgery,
    /// The largest body in bytes.
    pub limit: usize,
    /// How often one visitor may; as often as one likes where there is none.
    pub rate: Option<Rate>,
    /// What other sites may show of the answer.
    pub elsewhere: Elsewhere,
    /// How long others may keep the answer; none where each resource says it.
    pub cache: Option<Cache>,
    /// What answers.
    answer: fn() -> MethodRouter<House>,
}

/// Stands for every path that no other route has.
const NOWHERE: &str = "*";

const SIGN_IN: &str = "/console/sign-in";

const FORM: usize = 16 * 1024;
/// A notice in several languages, and then some.
const DRAFT: usize = 256 * 1024;
/// An Alertmanager sends all alerts of a group at once.
const REPORTS: usize = 1024 * 1024;

/// Enough for an office behind one address, too little to write to the world's addresses or to
/// guess passwords.
const FORMS: Rate = Rate { burst: 30, each: Span::seconds(10) };
/// We call whatever address is written there: nobody needs many.
const HOOKS: Rate = Rate { burst: 6, each: Span::minutes(2) };
/// Presses of buttons behind links. More than people can press.
const PRESSES: Rate = Rate { burst: 120, each: Span::seconds(1) };
/// Everything of a large site may report from one address.
const BEATS: Rate = Rate { burst: 1200, each: Span::millis(50) };

use Permission::{Administrator, Approver, Viewer, Writer};

/// Every route that there is.
pub const ROUTES: &[Route] = &[
    read("/", Some(Cache::Never), || get(serve::front)),
    read("/health", Some(Cache::Never), || get(serve::health)),
    read("/{file}", None, || get(serve::bytes)),
    read("/{language}/", None, || get(serve::bytes)),
    read("/{language}/{page}", None, || get(serve::bytes)),
    read("/{language}/incident/{id}", None, || get(serve::bytes)),
    shown("/embed", Elsewhere::Frame, Some(Cache::Never), || get(serve::banner)),
    shown("/{language}/embed", Elsewhere::Frame, None, || get(serve::bytes)),
    shown("/{language}/embed/quiet", Elsewhere::Frame, None, || get(serve::bytes)),
    shown("/badge.svg", Elsewhere::Image, None, || get(serve::bytes)),
    shown("/{language}/badge.svg", Elsewhere::Image, None, || get(serve::bytes)),
    read("/api/v2/{file}", None, || get(serve::bytes)),
    read("/api/v2/{folder}/{file}", None, || get(serve::bytes)),
    read("/{language}/subscribe", Some(Cache::Never), || get(subscription::form)),
    send("/subscribe", FORMS, || post(subscription::ask)),
    read("/{language}/subscribe/webhook", Some(Cache::Never), || get(subscription::hook_form)),
    send("/subscribe/webhook", HOOKS, || post(subscription::hook)),
    look("/confirm/{token}", || get(subscription::confirm_look)),
    write("/confirm/{token}", Forgery::SameSite, Some(PRESSES), || post(subscription::confirm)),
    look("/choices/{token}", || get(subscription::choices_look)),
    write("/choices/{token}", Forgery::SameSite, Some(PRESSES), || post(subscription::choose)),
    look("/act/{token}", || get(form::look)),
    write("/act/{token}", Forgery::SameSite, Some(PRESSES), || post(form::act)),
    look("/leave/{token}", || get(form::leave_look)),
    // A mailbox provider leaves for thousands from one address and may not come back. A link that
    // is none of ours costs us a hash and no look into the database.
    write("/leave/{token}", Forgery::Machine, None, || post(form::leave)),
    write("/beat/{monitor}/{token}", Forgery::Machine, Some(BEATS), || post(form::beat)),
    report("/intake/{source}/{token}", || post(intake::take)),
    // The console.
    read(SIGN_IN, Some(Cache::Never), || get(console::sign::look)),
    enter(SIGN_IN, || post(console::sign::sign_in)),
    act("/console/sign-out", Viewer, FORM, || post(console::sign::sign_out)),
    see("/console/", Viewer, || get(console::home::home)),
    see("/console/account", Viewer, || get(console::account::look)),
    act("/console/account/password", Viewer, FORM, || post(console::account::password)),
    act("/console/account/language", Viewer, FORM, || post(console::account::language)),
    act("/console/account/sessions/{id}/end", Viewer, FORM, || post(console::account::end)),
    see("/console/people", Administrator, || get(console::people::look)),
    act("/console/people", Administrator, FORM, || post(console::people::add)),
    act("/console/people/{name}/permit", Administrator, FORM, || post(console::people::permit)),
    act("/console/people/{name}/password", Administrator, FORM, || post(console::people::password)),
    act("/console/people/{name}/end", Administrator, FORM, || post(console::people::end)),
    act("/console/tokens", Administrator, FORM, || post(console::people::token::add)),
    act("/console/tokens/{id}/end", Administrator, FORM, || post(console::people::token::end)),
    see("/console/declare", Writer, || get(console::declare::look)),
    act("/console/declare", Writer, FORM, || post(console::declare::declare)),
    see("/console/incident/{id}", Viewer, || get(console::room::look)),
    see("/console/incident/{id}/stream", Viewer, || get(console::room::stream::stream)),
    act("/console/incident/{id}/hold", Writer, FORM, || post(console::room::act::hold)),
    act("/console/incident/{id}/expect", Writer, FORM, || post(console::room::act::expect)),
    act("/console/incident/{id}/release", Approver, FORM, || post(console::room::act::release)),
    act("/console/incident/{id}/clear", Approver, FORM, || post(console::room::act::clear)),
    act("/console/incident/{id}/veto", Approver, FORM, || post(console::room::act::veto)),
    see("/console/incident/{id}/write/{slot}", Viewer, || get(console::room::write::look)),
    act("/console/incident/{id}/write/{slot}", Writer, DRAFT, || post(console::room::write::save)),
    act("/console/incident/{id}/write/{slot}/keep", Writer, DRAFT, || {
        post(console::room::write::keep)
    }),
    act("/console/incident/{id}/write/{slot}/take", Writer, DRAFT, || {
        post(console::room::write::take)
    }),
    act("/console/incident/{id}/write/{slot}/publish", Approver, DRAFT, || {
        post(console::room::write::publish)
    }),
    read("/console.css", Some(Cache::Brief), || get(console::asset::style)),
    read("/console.js", Some(Cache::Brief), || get(console::asset::script)),
    // Whatever is nowhere: the page that says so.
    read(NOWHERE, None, || get(serve::bytes)),
];

type Answer = fn() -> MethodRouter<House>;

const fn read(path: &'static str, cache: Option<Cache>, answer: Answer) -> Route {
    let (method, who, forgery) = (Method::GET, Who::All, Forgery::Harmless);
    Route {
        method,
        path,
        who,
        forgery,
        limit: 0,
        rate: None,
        elsewhere: Elsewhere::Nothing,
        cache,
        answer,
    }
}

/// For other sites to show.
const fn shown(
    path: &'static str,
    elsewhere: Elsewhere,
    cache: Option<Cache>,
    answer: Answer,
) -> Route {
    let (method, who, forgery) = (Method::GET, Who::All, Forgery::Harmless);
    Route { method, path, who, forgery, limit: 0, rate: None, elsewhere, cache, answer }
}

const fn look(path: &'static str, answer: Answer) -> Route {
    let (method, who, forgery, cache) =
        (Method::GET, Who::Token, Forgery::Harmless, Some(Cache::Never));
    Route {
        method,
        path,
        who,
        forgery,
        limit: 0,
        rate: None,
        elsewhere: Elsewhere::Nothing,
        cache,
        answer,
    }
}

const fn send(path: &'static str, rate: Rate, answer: Answer) -> Route {
    let (method, who, forgery, cache) =
        (Method::POST, Who::All, Forgery::SameSite, Some(Cache::Never));
    Route {
        method,
        path,
        who,
        forgery,
        limit: FORM,
        rate: Some(rate),
        elsewhere: Elsewhere::Nothing,
        cache,
        answer,
    }
}

const fn write(path: &'static str, forgery: Forgery, rate: Option<Rate>, answer: Answer) -> Route {
    let (method, who, cache) = (Method::POST, Who::Token, Some(Cache::Never));
    Route {
        method,
        path,
        who,
        forgery,
        limit: FORM,
        rate,
        elsewhere: Elsewhere::Nothing,
        cache,
        answer,
    }
}

const fn report(path: &'static str, answer: Answer) -> Route {
    let (method, who, forgery, cache) =
        (Method::POST, Who::Token, Forgery::Machine, Some(Cache::Never));
    Route {
        method,
        path,
        who,
        forgery,
        limit: REPORTS,
        rate: Some(BEATS),
        elsewhere: Elsewhere::Nothing,
        cache,
        answer,
    }
}

const fn enter(path: &'static str, answer: Answer) -> Route {
    let (method, who, forgery, cache) =
        (Method::POST, Who::All, Forgery::SameOrigin, Some(Cache::Never));
    Route {
        method,
        path,
        who,
        forgery,
        limit: FORM,
        rate: Some(FORMS),
        elsewhere: Elsewhere::Nothing,
        cache,
        answer,
    }
}

const fn see(path: &'static str, needed: Permission, answer: Answer) -> Route {
    let (method, who, forgery, cache) =
        (Method::GET, Who::Account(needed), Forgery::Harmless, Some(Cache::Never));
    Route {
        method,
        path,
        who,
        forgery,
        limit: 0,
        rate: None,
        elsewhere: Elsewhere::Nothing,
        cache,
        answer,
    }
}

const fn act(path: &'static str, needed: Permission, limit: usize, answer: Answer) -> Route {
    let (method, who, forgery, cache) =
        (Method::POST, Who::Account(needed), Forgery::SameOrigin, Some(Cache::Never));
    Route {
        method,
        path,
        who,
        forgery,
        limit,
        rate: None,
        elsewhere: Elsewhere::Nothing,
        cache,
        answer,
    }
}

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
                _ => shield::Refusal::Message,
            };
            let (house, path, limit) = (house.clone(), route.path, route.limit);
            let keep = shield::Keep { house, path, rate, limit, refusal };
            to.layer(from_fn_with_state(keep, shield::rate))
        }
        None => to,
    };
    let to = match route.cache {
        Some(cache) => to.layer(map_response(move |answer| shield::cache(cache, answer))),
        None => to,
    };
    let to = match route.who {
        Who::Account(needed) => {
            to.layer(from_fn_with_state((house.clone(), needed), console::guard::signed_in))
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
    if route.path.starts_with("/console") { to.layer(map_response(shield::console)) } else { to }
}

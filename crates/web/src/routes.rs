//! The only list of routes: method, path, who may, forgery check, limit, rate, cache.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{MethodFilter, MethodRouter, get, on};
use model::value::Span;

use crate::desk::Desk;
use crate::page::serve::House;
use crate::page::{Cache, Page, form, serve, subscription};
use crate::rate::{Clock, Limiter, Rate};
use crate::shield;

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    All,
    /// Whoever holds the secret token in the path.
    Token,
}

/// How a request that a foreign page makes in somebody's browser is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgery {
    /// The request changes nothing.
    Harmless,
    /// Refused when the browser says that it comes from another site.
    SameSite,
    /// No browser is involved, or the standard wants it without a check (RFC 8058); the token
    /// alone decides.
    Machine,
}

/// What answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Sends to the page in the visitor's language.
    Front,
    /// Finished bytes from memory.
    Bytes,
    /// "ok": the process runs and answers.
    Health,
    /// The staff page.
    Look,
    /// A staff member's decision.
    Act,
    /// The page for leaving.
    LeaveLook,
    /// Leaving.
    Leave,
    /// The form to subscribe.
    Form,
    /// A form that was sent.
    Ask,
    /// The form to subscribe a webhook.
    HookForm,
    /// It was sent.
    Hook,
    /// The page for confirming.
    ConfirmLook,
    /// Confirming.
    Confirm,
    /// The page to change one's choices.
    ChoicesLook,
    /// Changing them.
    Choose,
    /// A heartbeat.
    Beat,
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
    /// How long others may keep the answer; none where each resource says it.
    pub cache: Option<Cache>,
    /// What answers.
    pub answer: Answer,
}

/// Stands for every path that no other route has.
const NOWHERE: &str = "*";

const FORM: usize = 16 * 1024;

/// Enough for an office behind one address, too little to write to the world's addresses.
const FORMS: Rate = Rate { burst: 30, each: Span::seconds(10) };
/// We call whatever address is written there: nobody needs many.
const HOOKS: Rate = Rate { burst: 6, each: Span::minutes(2) };
/// Presses of buttons behind links. More than people can press.
const PRESSES: Rate = Rate { burst: 120, each: Span::seconds(1) };
/// Everything of a large site may report from one address.
const BEATS: Rate = Rate { burst: 1200, each: Span::millis(50) };

/// Every route that there is.
pub const ROUTES: [Route; 22] = [
    read("/", Answer::Front, Some(Cache::Never)),
    read("/health", Answer::Health, Some(Cache::Never)),
    read("/{file}", Answer::Bytes, None),
    read("/{language}/", Answer::Bytes, None),
    read("/{language}/{page}", Answer::Bytes, None),
    read("/{language}/incident/{id}", Answer::Bytes, None),
    read("/api/v2/{file}", Answer::Bytes, None),
    read("/api/v2/{folder}/{file}", Answer::Bytes, None),
    read("/{language}/subscribe", Answer::Form, Some(Cache::Never)),
    post("/subscribe", Answer::Ask, FORMS),
    read("/{language}/subscribe/webhook", Answer::HookForm, Some(Cache::Never)),
    post("/subscribe/webhook", Answer::Hook, HOOKS),
    look("/confirm/{token}", Answer::ConfirmLook),
    write("/confirm/{token}", Answer::Confirm, Forgery::SameSite, Some(PRESSES)),
    look("/choices/{token}", Answer::ChoicesLook),
    write("/choices/{token}", Answer::Choose, Forgery::SameSite, Some(PRESSES)),
    look("/act/{token}", Answer::Look),
    write("/act/{token}", Answer::Act, Forgery::SameSite, Some(PRESSES)),
    look("/leave/{token}", Answer::LeaveLook),
    // A mailbox provider leaves for thousands from one address and may not come back. A link that
    // is none of ours costs us a hash and no look into the database.
    write("/leave/{token}", Answer::Leave, Forgery::Machine, None),
    write("/beat/{monitor}/{token}", Answer::Beat, Forgery::Machine, Some(BEATS)),
    // Whatever is nowhere: the page that says so.
    read(NOWHERE, Answer::Bytes, None),
];

const fn read(path: &'static str, answer: Answer, cache: Option<Cache>) -> Route {
    let (method, who, forgery) = (Method::GET, Who::All, Forgery::Harmless);
    Route { method, path, who, forgery, limit: 0, rate: None, cache, answer }
}

const fn look(path: &'static str, answer: Answer) -> Route {
    let (method, who, forgery, cache) =
        (Method::GET, Who::Token, Forgery::Harmless, Some(Cache::Never));
    Route { method, path, who, forgery, limit: 0, rate: None, cache, answer }
}

const fn post(path: &'static str, answer: Answer, rate: Rate) -> Route {
    let (method, who, forgery, cache) =
        (Method::POST, Who::All, Forgery::SameSite, Some(Cache::Never));
    Route { method, path, who, forgery, limit: FORM, rate: Some(rate), cache, answer }
}

const fn write(path: &'static str, answer: Answer, forgery: Forgery, rate: Option<Rate>) -> Route {
    let (method, who, cache) = (Method::POST, Who::Token, Some(Cache::Never));
    Route { method, path, who, forgery, limit: FORM, rate, cache, answer }
}

/// All routes, ready to be served. With [`crate::desk::Closed`] the page is served without a
/// database. The clock is for the rates; whom they count is told by [`crate::visitor::known`].
pub fn router(page: Page, desk: Arc<dyn Desk>, clock: Clock) -> Router {
    let house = House { page, desk, clock, limiter: Arc::new(Limiter::default()) };
    let mut router = Router::new();
    for route in &ROUTES {
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
    let to = match route.answer {
        Answer::Front => with(route, serve::front),
        Answer::Bytes => with(route, serve::bytes),
        Answer::Health => with(route, serve::health),
        Answer::Look => with(route, form::look),
        Answer::Act => with(route, form::act),
        Answer::LeaveLook => with(route, form::leave_look),
        Answer::Leave => with(route, form::leave),
        Answer::Form => with(route, subscription::form),
        Answer::Ask => with(route, subscription::ask),
        Answer::HookForm => with(route, subscription::hook_form),
        Answer::Hook => with(route, subscription::hook),
        Answer::ConfirmLook => with(route, subscription::confirm_look),
        Answer::Confirm => with(route, subscription::confirm),
        Answer::ChoicesLook => with(route, subscription::choices_look),
        Answer::Choose => with(route, subscription::choose),
        Answer::Beat => with(route, form::beat),
    };
    let to = to.layer(DefaultBodyLimit::max(route.limit));
    let to = match route.rate {
        Some(rate) => {
            let refusal = match route.answer {
                Answer::Ask => shield::Refusal::Form,
                Answer::Hook => shield::Refusal::HookForm,
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
    match route.forgery {
        Forgery::SameSite => to.layer(from_fn_with_state(house.clone(), shield::same_site)),
        Forgery::Harmless | Forgery::Machine => to,
    }
}

fn with<T: 'static, H: Handler<T, House>>(route: &Route, handler: H) -> MethodRouter<House> {
    if route.method == Method::POST { on(MethodFilter::POST, handler) } else { get(handler) }
}

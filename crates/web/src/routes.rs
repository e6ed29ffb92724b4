//! The only list of routes: method, path, who may, forgery check, limit, rate, cache.

use axum::routing::{any, get, post, put};
use model::permission::Permission::{self, Administrator, Approver, Viewer, Writer};

use crate::api::room::{call, duty, lead, partner, role, second, step};
use crate::api::{
    channel, component, document, draft, event, handbook, incident, list, me, problem, publish,
    reach, room, unreached, waiting,
};
use crate::console;
use crate::console::handbook::draft::decide;
use crate::console::handbook::upload;
use crate::page::{Cache, form, guest, intake, serve, subscription};

mod build;
mod route;

pub use crate::shield::Elsewhere;
pub use build::router;
use route::{
    DRAFT, FORM, FORMS, HOOKS, act, ask, beat, confide, enter, keep, leave, look, open, read,
    report, say, see, send, shown, tell, write,
};
pub use route::{Forgery, Route, Who};

/// Stands for every path that no other route has.
const NOWHERE: &str = "*";

const SIGN_IN: &str = "/console/sign-in";

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
    write("/confirm/{token}", || post(subscription::confirm)),
    look("/choices/{token}", || get(subscription::choices_look)),
    write("/choices/{token}", || post(subscription::choose)),
    look("/act/{token}", || get(form::look)),
    write("/act/{token}", || post(form::act)),
    write("/act/{token}/answer", || post(form::answer::answer)),
    look("/guest/{token}", || get(guest::look)),
    write("/guest/{token}", || post(guest::answer)),
    look("/leave/{token}", || get(form::leave_look)),
    leave("/leave/{token}", || post(form::leave)),
    beat("/beat/{monitor}/{token}", || post(form::beat)),
    report("/intake/{source}/{token}", || post(intake::take)),
    beat("/replies/{channel}/{token}", || post(intake::reply)),
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
    see("/console/channels", Viewer, || get(console::channel::look)),
    act("/console/channels/{channel}", Approver, FORM, || post(console::channel::switch)),
    see("/console/handbook/print.html", Viewer, || get(console::print::html)),
    see("/console/handbook/print.pdf", Viewer, || get(console::print::pdf)),
    see("/console/handbook", Viewer, || get(console::handbook::overview::look)),
    act("/console/handbook/begin", Writer, FORM, || post(console::handbook::begin::begin)),
    see("/console/handbook/part/{part}", Viewer, || get(console::handbook::part::look)),
    act("/console/handbook/part/{part}", Writer, FORM, || post(console::handbook::part::add)),
    see("/console/handbook/write/{*at}", Viewer, || get(console::handbook::form::look)),
    act("/console/handbook/write/{*at}", Writer, DRAFT, || post(console::handbook::form::save)),
    see("/console/handbook/texts", Viewer, || get(console::handbook::texts::list)),
    see("/console/handbook/texts/{*at}", Viewer, || get(console::handbook::text::look)),
    act("/console/handbook/texts/{*at}", Writer, DRAFT, || post(console::handbook::text::save)),
    see("/console/handbook/contacts", Permission::SEES_ADDRESSES, || {
        get(console::handbook::contacts::look)
    }),
    act("/console/handbook/contacts/{key}", Permission::SEES_ADDRESSES, FORM, || {
        post(console::handbook::contacts::save)
    }),
    see("/console/handbook/upload", Viewer, || get(upload::look)),
    act("/console/handbook/upload", Writer, upload::LARGEST, || post(upload::take)),
    see("/console/handbook/draft", Viewer, || get(console::handbook::draft::look)),
    see("/console/handbook/draft/{id}", Viewer, || get(console::handbook::draft::one)),
    act("/console/handbook/draft/{id}/submit", Writer, FORM, || post(decide::submit)),
    act("/console/handbook/draft/{id}/approve", Approver, FORM, || post(decide::approve)),
    act("/console/handbook/draft/{id}/back", Approver, FORM, || post(decide::back)),
    act("/console/handbook/draft/{id}/take-back", Writer, FORM, || post(decide::take_back)),
    act("/console/handbook/draft/{id}/discard", Writer, FORM, || post(decide::discard)),
    act("/console/handbook/draft/{id}/choose", Writer, DRAFT, || post(decide::choose)),
    see("/console/handbook/versions", Viewer, || get(console::handbook::history::list)),
    see("/console/handbook/versions/{number}", Viewer, || get(console::handbook::history::version)),
    see("/console/handbook/versions/{number}/handbook.zip", Viewer, || {
        get(console::handbook::archive::get)
    }),
    act("/console/handbook/versions/{number}/restore", Approver, FORM, || {
        post(console::handbook::history::restore)
    }),
    see("/console/handbook/compare/{old}/{new}", Viewer, || get(console::handbook::compare::look)),
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
    act("/console/incident/{id}/write/{slot}/propose", Writer, DRAFT, || {
        post(console::room::write::propose)
    }),
    act("/console/incident/{id}/write/{slot}/publish", Approver, DRAFT, || {
        post(console::room::write::publish)
    }),
    act("/console/incident/{id}/proposal/{seq}", Approver, DRAFT, || {
        post(console::room::second::decide)
    }),
    act("/console/incident/{id}/role/{role}", Writer, DRAFT, || post(console::room::team::role)),
    act("/console/incident/{id}/chain/{chain}", Writer, DRAFT, || post(console::room::team::chain)),
    act("/console/incident/{id}/task/{task}", Writer, DRAFT, || post(console::room::team::task)),
    act("/console/incident/{id}/partner/{partner}", Writer, DRAFT, || {
        post(console::room::team::partner)
    }),
    act("/console/incident/{id}/duty/{duty}", Writer, DRAFT, || post(console::room::lead::duty)),
    see("/console/incident/{id}/report/{duty}/{stage}", Viewer, || {
        get(console::room::report::look)
    }),
    act("/console/incident/{id}/report/{duty}/{stage}", Writer, DRAFT, || {
        post(console::room::report::send)
    }),
    act("/console/incident/{id}/situation", Writer, DRAFT, || post(console::room::lead::situate)),
    act("/console/incident/{id}/note", Writer, DRAFT, || post(console::room::lead::note)),
    act("/console/incident/{id}/level", Writer, DRAFT, || post(console::room::lead::level)),
    act("/console/incident/{id}/state/{component}", Writer, DRAFT, || {
        post(console::room::lead::state)
    }),
    see("/console/incident/{id}/timeline.csv", Viewer, || get(console::room::story::csv)),
    see("/console/incident/{id}/timeline.json", Viewer, || get(console::room::story::json)),
    see("/console/incident/{id}/timeline.txt", Viewer, || get(console::room::story::txt)),
    see("/console/incident/{id}/notice/{number}/unreached.csv", Permission::SEES_ADDRESSES, || {
        get(console::room::unreached::list)
    }),
    read("/console.css", None, || get(console::asset::style)),
    read("/console.js", None, || get(console::asset::script)),
    read("/handbook.js", None, || get(console::asset::handbook_script)),
    // The API.
    open("/api/v1/openapi.json", || get(document::look), &document::LOOK),
    open("/api/v1/problems", || get(problem::kinds), &problem::KINDS),
    ask("/api/v1/me", || get(me::look), &me::LOOK),
    ask("/api/v1/handbook", || get(handbook::look), &handbook::LOOK),
    ask("/api/v1/plans", || get(handbook::plans), &handbook::PLANS),
    ask("/api/v1/components", || get(component::list), &component::LIST),
    ask("/api/v1/channels", || get(channel::list), &channel::LIST),
    tell("/api/v1/channels/{channel}", Approver, || post(channel::switch), &channel::SWITCH),
    ask("/api/v1/incidents", || get(list::list), &list::LIST),
    tell("/api/v1/incidents", Writer, || post(incident::declare), &incident::DECLARE),
    ask("/api/v1/incidents/{id}", || get(incident::look), &incident::LOOK),
    ask("/api/v1/incidents/{id}/events", || get(event::list), &event::LIST),
    ask("/api/v1/incidents/{id}/reach", || get(reach::look), &reach::LOOK),
    confide(
        "/api/v1/incidents/{id}/notices/{number}/unreached",
        || get(unreached::list),
        &unreached::LIST,
    ),
    tell("/api/v1/incidents/{id}/hold", Writer, || post(waiting::hold), &waiting::HOLD),
    tell("/api/v1/incidents/{id}/rewrite", Writer, || post(waiting::rewrite), &waiting::REWRITE),
    tell("/api/v1/incidents/{id}/release", Approver, || post(waiting::release), &waiting::RELEASE),
    tell(
        "/api/v1/incidents/{id}/withdraw",
        Approver,
        || post(waiting::withdraw),
        &waiting::WITHDRAW,
    ),
    tell("/api/v1/incidents/{id}/updates", Approver, || post(publish::update), &publish::UPDATE),
    tell(
        "/api/v1/incidents/{id}/corrections",
        Approver,
        || post(publish::correct),
        &publish::CORRECT,
    ),
    tell("/api/v1/incidents/{id}/resolve", Approver, || post(publish::resolve), &publish::RESOLVE),
    tell("/api/v1/incidents/{id}/expected-end", Writer, || post(publish::expect), &publish::EXPECT),
    ask("/api/v1/incidents/{id}/room", || get(room::look), &room::LOOK),
    say("/api/v1/incidents/{id}/roles/{role}/take", || post(role::take), &role::TAKE),
    say("/api/v1/incidents/{id}/roles/{role}/offer", || post(role::offer), &role::OFFER),
    say("/api/v1/incidents/{id}/roles/{role}/accept", || post(role::accept), &role::ACCEPT),
    say("/api/v1/incidents/{id}/roles/{role}/decline", || post(role::decline), &role::DECLINE),
    say("/api/v1/incidents/{id}/roles/{role}/leave", || post(role::leave), &role::LEAVE),
    say("/api/v1/incidents/{id}/roles/{role}/cannot", || post(role::cannot), &role::CANNOT),
    say("/api/v1/incidents/{id}/roles/{role}/call", || post(role::again), &role::CALL),
    say("/api/v1/incidents/{id}/chains/{chain}/answer", || post(call::answer), &call::ANSWER),
    say("/api/v1/incidents/{id}/chains/{chain}/cannot", || post(call::cannot), &call::CANNOT),
    say("/api/v1/incidents/{id}/chains/{chain}/call", || post(call::again), &call::AGAIN),
    say("/api/v1/incidents/{id}/steps/{step}/assign", || post(step::assign), &step::ASSIGN),
    say("/api/v1/incidents/{id}/steps/{step}/done", || post(step::done), &step::DONE),
    say("/api/v1/incidents/{id}/steps/{step}/skip", || post(step::skip), &step::SKIP),
    say("/api/v1/incidents/{id}/steps/{step}/reopen", || post(step::reopen), &step::REOPEN),
    say("/api/v1/incidents/{id}/partners/{partner}/call", || post(partner::call), &partner::CALL),
    say(
        "/api/v1/incidents/{id}/partners/{partner}/answer",
        || post(partner::answer),
        &partner::ANSWER,
    ),
    say(
        "/api/v1/incidents/{id}/partners/{partner}/revoke",
        || post(partner::revoke),
        &partner::REVOKE,
    ),
    say("/api/v1/incidents/{id}/duties/{duty}/decide", || post(duty::decide), &duty::DECIDE),
    say("/api/v1/incidents/{id}/duties/{duty}/start", || post(duty::start), &duty::START),
    say("/api/v1/incidents/{id}/duties/{duty}/finish", || post(duty::finish), &duty::FINISH),
    say(
        "/api/v1/incidents/{id}/duties/{duty}/reports/{report}",
        || post(duty::report),
        &duty::REPORT,
    ),
    say("/api/v1/incidents/{id}/situation", || post(lead::situate), &lead::SITUATE),
    say("/api/v1/incidents/{id}/notes", || post(lead::note), &lead::NOTE),
    say("/api/v1/incidents/{id}/level", || post(lead::level), &lead::LEVEL),
    say("/api/v1/incidents/{id}/states/{component}", || post(lead::state), &lead::STATE),
    say("/api/v1/incidents/{id}/proposals", || post(second::propose), &second::PROPOSE),
    tell(
        "/api/v1/incidents/{id}/proposals/{proposal}/approve",
        Approver,
        || post(second::approve),
        &second::APPROVE,
    ),
    tell(
        "/api/v1/incidents/{id}/proposals/{proposal}/send-back",
        Approver,
        || post(second::send_back),
        &second::SEND_BACK,
    ),
    ask("/api/v1/incidents/{id}/drafts/{slot}", || get(draft::look), &draft::LOOK),
    keep("/api/v1/incidents/{id}/drafts/{slot}", || put(draft::save), &draft::SAVE),
    read("/api/v1/{*rest}", Some(Cache::Never), || any(problem::nowhere)),
    // Whatever is nowhere: the page that says so.
    read(NOWHERE, None, || get(serve::bytes)),
];

//! What people in the room do with roles, alarms, steps and partners.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use model::incident::{AidCommand, Call, Command, TaskCommand, TeamCommand};
use model::value::{Key, PublicId};

use super::form::Form;
use crate::console::frame;
use crate::console::sent::Sent;
use crate::console::signed::Signed;

/// Takes a role, hands it over, lays it down, answers when asked.
pub(crate) async fn role(
    signed: Signed,
    Path((id, role)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let Some(form) = Form::of(&signed, &id, format!("/role/{role}"), sent) else {
        return frame::nothing(&signed.shell());
    };
    let Ok(role) = role.parse::<Key>() else { return frame::nothing(&signed.shell()) };
    let command = match form.act() {
        "take" => TeamCommand::Take { role, who: None },
        "decline" => TeamCommand::Decline { call: Call::Role(role), who: None },
        "again" => TeamCommand::AskAgain { call: Call::Role(role) },
        "refuse" => TeamCommand::DeclineOffer { role },
        "leave" => TeamCommand::Leave { role },
        "offer" => match form.get("to").parse() {
            Ok(to) => TeamCommand::Offer { role, to },
            Err(_) => return form.nobody().await,
        },
        _ => return frame::nothing(&signed.shell()),
    };
    form.done(Command::Team(command), "roles").await
}

/// Answers an alarm chain.
pub(crate) async fn chain(
    signed: Signed,
    Path((id, chain)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let form = Form::of(&signed, &id, format!("/chain/{chain}"), sent);
    let (Some(form), Ok(chain)) = (form, chain.parse::<Key>()) else {
        return frame::nothing(&signed.shell());
    };
    let call = Call::Chain(chain);
    let command = match form.act() {
        "answer" => TeamCommand::Answer { call, who: None },
        "decline" => TeamCommand::Decline { call, who: None },
        "again" => TeamCommand::AskAgain { call },
        _ => return frame::nothing(&signed.shell()),
    };
    form.done(Command::Team(command), "roles").await
}

/// Takes a step, ticks it off, leaves it out, opens it again, gives it to somebody.
pub(crate) async fn task(
    signed: Signed,
    Path((id, task)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let form = Form::of(&signed, &id, format!("/task/{task}"), sent);
    let (Some(form), Ok(task)) = (form, task.parse::<PublicId>()) else {
        return frame::nothing(&signed.shell());
    };
    let command = match form.act() {
        "take" => TaskCommand::Assign { task, to: None },
        "done" => TaskCommand::Tick { task, note: String::new() },
        "note" => TaskCommand::Tick { task, note: form.get("note").to_owned() },
        "skip" => TaskCommand::Skip { task, reason: form.get("reason").to_owned() },
        "reopen" => TaskCommand::Reopen { task },
        "give" => match form.get("to").parse() {
            Ok(to) => TaskCommand::Assign { task, to: Some(to) },
            Err(_) => return form.nobody().await,
        },
        _ => return frame::nothing(&signed.shell()),
    };
    form.done(Command::Task(command), "tasks").await
}

/// Calls a partner in, or writes down what they say.
pub(crate) async fn partner(
    signed: Signed,
    Path((id, partner)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let form = Form::of(&signed, &id, format!("/partner/{partner}"), sent);
    let (Some(form), Ok(partner)) = (form, partner.parse::<Key>()) else {
        return frame::nothing(&signed.shell());
    };
    let task = form.get("task").parse().ok();
    let command = match form.act() {
        "call" => AidCommand::Call { partner, task, by_phone: false },
        "revoke" => AidCommand::Revoke { partner },
        "phone" => AidCommand::Call { partner, task, by_phone: true },
        "answer" => {
            let back_at = match form.get("back") {
                "" => None,
                shown => match form.next(shown).await {
                    Some(at) => Some(at),
                    None => {
                        let hint = signed.language().words().room.bad_time.to_owned();
                        return form.again(hint, StatusCode::UNPROCESSABLE_ENTITY).await;
                    }
                },
            };
            let said = form.get("said").replace("\r\n", "\n");
            AidCommand::Answer { partner, said, ticket: form.get("ticket").to_owned(), back_at }
        }
        _ => return frame::nothing(&signed.shell()),
    };
    form.done(Command::Aid(command), "partners").await
}

//! What people in the room say of how things are, how grave it is, and of duties.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use model::handbook::plan::Level;
use model::incident::{Command, DutyCommand, Start};
use model::value::Key;

use super::form::Form;
use super::parts;
use crate::console::frame;
use crate::console::sent::Sent;
use crate::console::signed::Signed;

/// Says how things are.
pub(crate) async fn situate(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let Some(form) = Form::of(&signed, &id, "/situation".into(), sent) else {
        return frame::nothing(&signed.shell());
    };
    let text = form.get("text").replace("\r\n", "\n");
    form.done(Command::Situation { text }, "situation").await
}

/// Notes something for the timeline.
pub(crate) async fn note(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let Some(form) = Form::of(&signed, &id, "/note".into(), sent) else {
        return frame::nothing(&signed.shell());
    };
    let text = form.get("text").replace("\r\n", "\n");
    form.done(Command::Note { text }, "timeline").await
}

/// Says that it is graver or less grave.
pub(crate) async fn level(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let Some(form) = Form::of(&signed, &id, "/level".into(), sent) else {
        return frame::nothing(&signed.shell());
    };
    let Some(level) = Level::ALL.into_iter().find(|one| one.word() == form.get("level")) else {
        return frame::nothing(&signed.shell());
    };
    let reason = form.get("reason").to_owned();
    form.done(Command::ChangeLevel { level, reason }, "situation").await
}

/// Says how a part fares, or leaves it to the monitors again.
pub(crate) async fn state(
    signed: Signed,
    Path((id, component)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let form = Form::of(&signed, &id, format!("/state/{component}"), sent);
    let (Some(form), Ok(component)) = (form, component.parse::<Key>()) else {
        return frame::nothing(&signed.shell());
    };
    let state = match form.act() {
        "measure" => None,
        "set" => {
            let found = parts::STATES.into_iter().find(|one| one.word() == form.get("state"));
            match found {
                Some(state) => Some(state),
                None => return frame::nothing(&signed.shell()),
            }
        }
        _ => return frame::nothing(&signed.shell()),
    };
    form.done(Command::SetState { component, state }, "parts").await
}

/// Says whether a duty applies, from when its clocks run, or that nothing more is to be sent.
pub(crate) async fn duty(
    signed: Signed,
    Path((id, duty)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let form = Form::of(&signed, &id, format!("/duty/{duty}"), sent);
    let (Some(form), Ok(duty)) = (form, duty.parse::<Key>()) else {
        return frame::nothing(&signed.shell());
    };
    let reason = form.get("reason").to_owned();
    let start = Start::ALL.into_iter().find(|start| start.word() == form.act());
    let counts = start.is_some() || form.act() == "applies";
    let at = if counts { form.moment("at").await } else { None };
    if counts && at.is_none() {
        let hint = signed.language().words().panel.duties.bad_moment.to_owned();
        return form.again(hint, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let command = match (start, at, form.act()) {
        (Some(start), Some(at), _) => DutyCommand::Start { duty, start, at },
        (_, aware_at, "applies") => DutyCommand::Decide { duty, applies: true, reason, aware_at },
        (_, _, "not") => DutyCommand::Decide { duty, applies: false, reason, aware_at: None },
        (_, _, "finish") => DutyCommand::Finish { duty, reason },
        _ => return frame::nothing(&signed.shell()),
    };
    form.done(Command::Duty(command), "duties").await
}

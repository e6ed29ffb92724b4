//! What is decided in the room with one press.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use model::incident::Command;
use model::notice::Passages;
use model::value::PublicId;

use super::light::seen;
use super::{answer, page};
use crate::console::frame;
use crate::console::sent::Sent;
use crate::console::signed::Signed;

/// Stops the clock.
pub(crate) async fn hold(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let Some(number) = number(&sent) else { return frame::nothing(&signed.shell()) };
    act(&signed, &id, &Command::Hold { number }).await
}

/// Lets the waiting notice out, if it is still the one that was read.
pub(crate) async fn release(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let Some(number) = number(&sent) else { return frame::nothing(&signed.shell()) };
    let Ok(incident) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    let case = match signed.engine.case(&incident).await {
        Ok(case) => case,
        Err(error) => return frame::failed(&signed, &error),
    };
    let read = case.incident.notice(number).is_some_and(|it| seen(it) == sent.get("seen"));
    if !read {
        let hint = Some(signed.language().words().room.changed.to_owned());
        return page(&signed, &id, None, hint, StatusCode::CONFLICT).await;
    }
    act(&signed, &id, &Command::Release { number }).await
}

/// Withdraws it.
pub(crate) async fn veto(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let Some(number) = number(&sent) else { return frame::nothing(&signed.shell()) };
    let reason = sent.get("reason").trim().to_owned();
    if reason.is_empty() {
        let hint = Some(signed.language().words().page.desk_reason_missing.to_owned());
        return page(&signed, &id, None, hint, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    act(&signed, &id, &Command::Withdraw { number, reason }).await
}

/// Gives the all-clear with the plan's words.
pub(crate) async fn clear(signed: Signed, Path(id): Path<String>, _: Sent) -> Response {
    act(&signed, &id, &Command::Resolve { texts: None, passages: Passages::new() }).await
}

/// Says when the end is expected, or that none is any more.
pub(crate) async fn expect(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let Ok(incident) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    let case = match signed.engine.case(&incident).await {
        Ok(case) => case,
        Err(error) => return frame::failed(&signed, &error),
    };
    let at = match sent.get("at") {
        "" => None,
        shown => match case.handbook.zone.next(shown, signed.engine.now()) {
            Some(at) => Some(at),
            None => {
                let hint = Some(signed.language().words().room.bad_time.to_owned());
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return page(&signed, &id, None, hint, status).await;
            }
        },
    };
    act(&signed, &id, &Command::ExpectEnd { at }).await
}

fn number(sent: &Sent) -> Option<u32> {
    sent.get("number").parse().ok()
}

async fn act(signed: &Signed, id: &str, command: &Command) -> Response {
    let Ok(incident) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    let done = signed.engine.act(&incident, command, &signed.actor().await).await;
    answer(signed, &incident, None, done.map(|_| ())).await
}

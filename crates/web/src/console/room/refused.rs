//! Why something was not done, in the reader's language, and what to do instead.

use axum::http::StatusCode;
use model::incident::Refused;
use model::language::Words;

/// What is said.
pub(super) fn said(why: &Refused, words: &Words) -> String {
    let refused = &words.panel.refused;
    match why {
        Refused::Closed => refused.closed,
        Refused::NeedsSecond(_) => refused.needs_second,
        Refused::OwnProposal => refused.own,
        Refused::NoProposal => refused.no_proposal,
        Refused::NothingSaid(_) => refused.nothing_said,
        Refused::Unknown { key, .. } => return (refused.unknown)(key.as_str()),
        Refused::NotTold(audience) => return (refused.not_told)(audience.as_str()),
        Refused::NoSuchTask => refused.no_task,
        Refused::TaskSettled => refused.settled,
        Refused::RoleTaken => refused.taken,
        Refused::NotAsked => refused.not_asked,
        Refused::NotCalled(_) => refused.not_called,
        Refused::DutyNotDecided(_) => refused.undecided,
        Refused::InTheFuture(_) => refused.future,
        _ => words.room.refused,
    }
    .to_owned()
}

/// What was sent needs mending, or things stand otherwise than it supposes.
pub(super) fn status(why: &Refused) -> StatusCode {
    match why {
        Refused::NothingSaid(_)
        | Refused::InTheFuture(_)
        | Refused::Unknown { .. }
        | Refused::NotTold(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    }
}

//! What is done with a draft as a whole: put in force, approved, sent back, taken back, given up.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use engine::handbook::decide::{Decider, Submitted};
use engine::handbook::draft::Opened;
use model::handbook::merge::{Chosen, Side};
use model::permission::Permission;
use model::value::PublicId;

use super::{Note, Scene, opened, page, shown};
use crate::console::frame;
use crate::console::handbook::HERE;
use crate::console::sent::Sent;
use crate::console::signed::Signed;
use crate::page::serve::to;

/// Puts the draft in force, or gives it to whoever must approve.
pub(crate) async fn submit(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let own = match mine(&signed, &id).await {
        Ok(own) => own,
        Err(answer) => return answer,
    };
    let words = signed.language().words().drafts;
    let id = own.draft.id.clone();
    match Scene::of(&signed, own.clone()).await {
        Ok(scene) if scene.submit(&signed).is_none() => {
            return frame::forbidden(&signed.shell(), Permission::Approver);
        }
        Ok(_) => {}
        Err(error) => return frame::failed(&signed, &error),
    }
    match signed.engine.submit_handbook_draft(&id, sent.get("reason"), signed.name()).await {
        Err(EngineError::NoReason) => again(&signed, own, words.no_reason).await,
        done => settled(&signed, &id, done).await,
    }
}

/// Approves what somebody else wrote.
pub(crate) async fn approve(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let Ok(id) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    let by = Decider::Account(signed.name().to_owned());
    let seen = sent.get("revision").parse().unwrap_or(0);
    let done = signed.engine.approve_handbook_draft(&id, seen, &by).await;
    settled(&signed, &id, done).await
}

/// Sends it back with the reason.
pub(crate) async fn back(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let Ok(id) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    let by = Decider::Account(signed.name().to_owned());
    match signed.engine.return_handbook_draft(&id, sent.get("remark"), &by).await {
        Ok(_) => to(HERE, StatusCode::SEE_OTHER),
        Err(error) => refused(&signed, &id, error).await,
    }
}

/// Takes the own draft back, to go on with it.
pub(crate) async fn take_back(signed: Signed, Path(id): Path<String>, _: Sent) -> Response {
    let own = match mine(&signed, &id).await {
        Ok(own) => own.draft.id,
        Err(answer) => return answer,
    };
    match signed.engine.take_back_handbook_draft(&own, signed.name()).await {
        Ok(_) => to(&format!("{HERE}/draft"), StatusCode::SEE_OTHER),
        Err(error) => refused(&signed, &own, error).await,
    }
}

/// Gives the own draft up.
pub(crate) async fn discard(signed: Signed, Path(id): Path<String>, _: Sent) -> Response {
    let own = match mine(&signed, &id).await {
        Ok(own) => own.draft.id,
        Err(answer) => return answer,
    };
    match signed.engine.drop_handbook_draft(&own, signed.name()).await {
        Ok(()) => to(HERE, StatusCode::SEE_OTHER),
        Err(error) => refused(&signed, &own, error).await,
    }
}

/// Says which side holds where two changed the same, and puts both together.
pub(crate) async fn choose(signed: Signed, Path(id): Path<String>, sent: Sent) -> Response {
    let own = match mine(&signed, &id).await {
        Ok(own) => own.draft.id,
        Err(answer) => return answer,
    };
    let sides = [("mine", Side::Mine), ("theirs", Side::Theirs)];
    let chosen: Chosen = sides
        .into_iter()
        .flat_map(|(word, side)| {
            let ids = sent.all("id").filter(|id| sent.get(&format!("side.{id}")) == word);
            ids.map(|id| (id.to_owned(), side)).collect::<Vec<_>>()
        })
        .collect();
    match signed.engine.rebase_handbook_draft(&own, &chosen, signed.name()).await {
        Ok(now) if now.conflicts.is_empty() => to(&format!("{HERE}/draft"), StatusCode::SEE_OTHER),
        Ok(now) => {
            let conflicts = now.conflicts.clone();
            page(&signed, now, Note::None, conflicts).await
        }
        Err(error) => refused(&signed, &own, error).await,
    }
}

/// The draft, if it is one's own.
async fn mine(signed: &Signed, id: &str) -> Result<Opened, Response> {
    let found = opened(signed, id).await?;
    if found.draft.author == signed.name() {
        Ok(found)
    } else {
        Err(frame::nothing(&signed.shell()))
    }
}

/// Where submitting or approving led to.
async fn settled(signed: &Signed, id: &PublicId, done: Result<Submitted, EngineError>) -> Response {
    match done {
        Ok(Submitted::Version(_)) => to(&format!("{HERE}?done"), StatusCode::SEE_OTHER),
        Ok(Submitted::Waiting { .. }) => to(&format!("{HERE}/draft/{id}"), StatusCode::SEE_OTHER),
        Ok(Submitted::Conflicts(conflicts)) => match opened(signed, id.as_str()).await {
            Ok(now) => page(signed, now, Note::None, conflicts).await,
            Err(answer) => answer,
        },
        Err(error) => refused(signed, id, error).await,
    }
}

/// The draft with what the verb said.
async fn refused(signed: &Signed, id: &PublicId, error: EngineError) -> Response {
    let words = signed.language().words().drafts;
    let hint = match error {
        EngineError::NoReason => words.no_reason,
        EngineError::NothingChanged => words.nothing_changed,
        EngineError::NoApprover(_) => words.may_not_approve,
        EngineError::DraftMoved { .. } => words.moved_on,
        EngineError::Faults(_) => words.has_faults,
        error => return frame::failed(signed, &error),
    };
    match opened(signed, id.as_str()).await {
        Ok(now) => again(signed, now, hint).await,
        Err(answer) => answer,
    }
}

async fn again(signed: &Signed, now: Opened, hint: &str) -> Response {
    shown(signed, now, Note::Wrong(hint.to_owned())).await
}

//! Drafts: what somebody is writing, put together with what others write.

use axum::Json;
use engine::draft::Saved;
use engine::incident::Case;
use model::draft::Slot;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::admit::Caller;
use super::doc::Doc;
use super::input::Sent;
use super::moment::Moment;
use super::number::Number;
use super::path::{Id, InSlot};
use super::problem::{Kind, Problem};
use super::said::Texts;

/// A state of a draft.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Draft {
    /// The number of the state; 0 is the prepared text, before anybody saved.
    number: u64,
    /// The state that it was made from.
    base: u64,
    /// Who saved it.
    author: String,
    /// When.
    at: Moment,
    /// What was typed.
    texts: Texts,
}

/// What somebody typed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typed {
    /// The state on top of which it was typed: what others saved since stays in.
    base: Number,
    /// What was typed; a language that is left out was not touched. It may be unfinished.
    texts: Texts,
}

/// What saving led to.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Merged {
    /// The number of the state that holds exactly what was sent.
    mine: u64,
    /// The newest state: what was sent, put together with what others wrote.
    newest: Draft,
}

fn shown(saved: &Saved) -> Draft {
    Draft {
        number: saved.number,
        base: saved.base,
        author: saved.author.clone(),
        at: Moment(saved.at),
        texts: Texts::typed(&saved.draft),
    }
}

pub(crate) const LOOK: Doc = Doc::read::<Draft>("getDraft", "Drafts").says(
    "The newest state of a draft",
    "The slot is `pending-N` for the waiting notice N, `update`, `correction-N` for the \
     correction of notice N, or `all-clear`. Where nobody saved, it is the plan's text as state 0.",
);

/// The newest state.
pub(crate) async fn look(
    caller: Caller,
    Id(id): Id,
    InSlot(slot): InSlot,
) -> Result<Json<Draft>, Problem> {
    let case = caller.engine.case(&id).await?;
    is_there(&case, slot)?;
    Ok(Json(shown(&caller.engine.draft_of(&case, slot).await?)))
}

pub(crate) const SAVE: Doc = Doc::write::<Typed, Merged>("saveDraft", "Drafts").says(
    "Save a draft",
    "It publishes nothing. What others saved since `base` is put together with what is sent, so \
     nothing that anybody typed is lost. What somebody then publishes are the texts that they send.",
);

/// Saves what was typed.
pub(crate) async fn save(
    caller: Caller,
    Id(id): Id,
    InSlot(slot): InSlot,
    Sent(typed): Sent<Typed>,
) -> Result<Json<Merged>, Problem> {
    let case = caller.engine.case(&id).await?;
    is_there(&case, slot)?;
    let draft = typed.texts.draft(&case.handbook)?;
    let (base, author) = (typed.base.0, caller.actor().to_string());
    let kept = caller.engine.save_draft(&id, slot, base, &draft, &author).await?;
    Ok(Json(Merged { mine: kept.mine, newest: shown(&kept.newest) }))
}

fn is_there(case: &Case, slot: Slot) -> Result<(), Problem> {
    match slot {
        Slot::Update | Slot::AllClear => Ok(()),
        Slot::Pending(number) | Slot::Correction(number) => {
            let detail = || format!("there is no notice {number} in this incident: read it first");
            let found = case.incident.notice(number);
            found.map(drop).ok_or_else(|| Problem::new(Kind::NotFound, detail()))
        }
    }
}

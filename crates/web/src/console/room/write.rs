//! What the editor sends: drafts to keep, texts to take, notices to publish.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use engine::EngineError;
use engine::draft::Kept;
use model::draft::{Draft, Sheet, Slot};
use model::incident::{Command, Incident, Proposal, Writing};
use model::language::Language;
use model::notice::{Kind, Passages, Texts};
use model::value::{Key, PublicId, Span};
use model::words::Item;
use serde_json::json;

use super::editor::{NEXT, newest};
use super::passage::written;
use super::rubric::{left_out, on_purpose};
use super::{Asking, Scene, View, answer, page, page_of};
use crate::console::frame;
use crate::console::sent::Sent;
use crate::console::signed::Signed;
use crate::page::serve::to;

/// The room with this editor.
pub(crate) async fn look(
    signed: Signed,
    Path((id, slot)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    let Ok(slot) = slot.parse() else { return frame::nothing(&signed.shell()) };
    let words = signed.language().words();
    let hint = match query.as_deref() {
        Some("done") => Some(words.console.done.to_owned()),
        _ => None,
    };
    page(&signed, &id, Some(slot), hint, StatusCode::OK).await
}

/// Saves what was typed, without a script.
pub(crate) async fn save(
    signed: Signed,
    Path((id, slot)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    match Typed::read(&signed, &id, &slot, &sent).await {
        Ok(typed) => match typed.keep(&signed).await {
            Ok(_) => to(&typed.path("?done"), StatusCode::SEE_OTHER),
            Err(error) => frame::failed(&signed, &error),
        },
        Err(answer) => answer,
    }
}

/// Saves what was typed, for the script: answers with the newest state.
pub(crate) async fn keep(
    signed: Signed,
    Path((id, slot)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let typed = match Typed::read(&signed, &id, &slot, &sent).await {
        Ok(typed) => typed,
        Err(answer) => return answer,
    };
    let kept = match typed.keep(&signed).await {
        Ok(kept) => kept,
        Err(error) => return frame::failed(&signed, &error),
    };
    match signed.engine.case(&typed.id).await.map(|case| Scene::of(&signed, case)) {
        Ok(scene) => Json(json!({
            "mine": kept.mine,
            "newest": newest(&signed, &scene, typed.slot, &kept.newest, typed.next),
        }))
        .into_response(),
        Err(error) => frame::failed(&signed, &error),
    }
}

/// What is written is what waits from now on. Its clock goes on.
pub(crate) async fn take(
    signed: Signed,
    Path((id, slot)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let (typed, said) = match ready(&signed, &id, &slot, &sent).await {
        Ok(ready) => ready,
        Err(answer) => return answer,
    };
    let Slot::Pending(number) = typed.slot else { return frame::nothing(&signed.shell()) };
    let command = said.in_place_of(number);
    let done = signed.engine.act(&typed.id, &command, &signed.actor().await).await;
    finish(&signed, &typed, done.map(|_| ())).await
}

/// What is written goes out.
pub(crate) async fn publish(
    signed: Signed,
    Path((id, slot)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let (typed, said) = match ready(&signed, &id, &slot, &sent).await {
        Ok(ready) => ready,
        Err(answer) => return answer,
    };
    let by = signed.actor().await;
    let engine = &signed.engine;
    let write = |kind, corrects| {
        said.knowingly(Command::Write(typed.writing(&signed, kind, &said, corrects)))
    };
    let command = match typed.slot {
        Slot::Pending(number) => {
            if let Err(error) = engine.act(&typed.id, &said.in_place_of(number), &by).await {
                return finish(&signed, &typed, Err(error)).await;
            }
            Command::Release { number }
        }
        Slot::Update => write(Kind::Update, None),
        Slot::Correction(number) => write(Kind::Correction, Some(number)),
        Slot::AllClear => {
            let (texts, passages) = (Some(said.texts.clone()), said.passages.clone());
            said.knowingly(Command::Resolve { texts, passages })
        }
    };
    let done = match engine.act(&typed.id, &command, &by).await {
        Ok(_) => engine.clear_draft(&typed.id, typed.slot).await,
        Err(error) => Err(error),
    };
    finish(&signed, &typed, done).await
}

/// What is written waits for a second person. The draft stays, in case it comes back.
pub(crate) async fn propose(
    signed: Signed,
    Path((id, slot)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let (typed, said) = match ready(&signed, &id, &slot, &sent).await {
        Ok(ready) => ready,
        Err(answer) => return answer,
    };
    let write = |kind, corrects| Proposal::Write(typed.writing(&signed, kind, &said, corrects));
    let (texts, passages) = (said.texts.clone(), said.passages.clone());
    let proposal = match typed.slot {
        Slot::Pending(number) => Proposal::Release { number, texts, passages },
        Slot::AllClear => Proposal::Resolve { texts, passages },
        Slot::Update => write(Kind::Update, None),
        Slot::Correction(number) => write(Kind::Correction, Some(number)),
    };
    let command = said.knowingly(Command::Propose(proposal));
    let done = signed.engine.act(&typed.id, &command, &signed.actor().await).await;
    finish(&signed, &typed, done.map(|_| ())).await
}

/// What a notice says, to all and to single audiences in addition.
struct Said {
    texts: Texts,
    passages: Passages,
    /// What people need and it leaves out.
    left_out: BTreeSet<Item>,
    /// Why.
    reason: String,
}

impl Said {
    /// With what is left out, and why, if anything is.
    fn knowingly(&self, command: Command) -> Command {
        command.knowingly(self.left_out.clone(), &self.reason)
    }

    /// What waits says this from now on.
    fn in_place_of(&self, number: u32) -> Command {
        let (texts, passages) = (self.texts.clone(), self.passages.clone());
        self.knowingly(Command::Rewrite { number, texts, passages })
    }
}

/// What was typed, saved, and as the texts of a notice; else the answer that says what is missing.
async fn ready(
    signed: &Signed,
    id: &str,
    slot: &str,
    sent: &Sent,
) -> Result<(Typed, Said), Response> {
    let typed = Typed::read(signed, id, slot, sent).await?;
    let kept = typed.keep(signed).await.map_err(|error| frame::failed(signed, &error))?;
    let words = &signed.language().words().room;
    let again =
        |hint: &str, status| page(signed, id, Some(typed.slot), Some(hint.to_owned()), status);
    if kept.mine != kept.newest.number {
        // Somebody wrote meanwhile: nobody lets out what they have not read.
        return Err(again(words.changed, StatusCode::CONFLICT).await);
    }
    match kept.newest.draft.texts() {
        Ok(texts) if !texts.is_empty() => {
            let case = signed.engine.case(&typed.id).await;
            let case = case.map_err(|error| frame::failed(signed, &error))?;
            let passages = written(&case, typed.slot, &kept.newest.draft);
            let scene = Scene::of(signed, case);
            let left_out = left_out(&scene, typed.slot, &kept.newest.draft, typed.next);
            if !left_out.is_empty() && sent.get("asked").is_empty() {
                return Err(asked_why(signed, id, &typed, &left_out).await);
            }
            let reason = sent.get("why").to_owned();
            Ok((typed, Said { texts, passages, left_out, reason }))
        }
        _ => Err(again(words.editor.faults, StatusCode::UNPROCESSABLE_ENTITY).await),
    }
}

/// The room once more, where whoever writes can say why something stays out.
async fn asked_why(
    signed: &Signed,
    id: &str,
    typed: &Typed,
    left_out: &BTreeSet<Item>,
) -> Response {
    let view = View {
        slot: Some(typed.slot),
        hint: on_purpose(left_out, signed.language()),
        status: StatusCode::UNPROCESSABLE_ENTITY,
        asking: Some(Asking { next: typed.next }),
        ..View::default()
    };
    page_of(signed, id, view).await
}

async fn finish(signed: &Signed, typed: &Typed, done: Result<(), EngineError>) -> Response {
    answer(signed, &typed.id, Some(typed.slot), done).await
}

/// What a form of the editor sent.
struct Typed {
    id: PublicId,
    slot: Slot,
    base: u64,
    draft: Draft,
    next: Option<Span>,
}

impl Typed {
    async fn read(signed: &Signed, id: &str, slot: &str, sent: &Sent) -> Result<Self, Response> {
        let nothing = || frame::nothing(&signed.shell());
        let (Ok(id), Ok(slot)) = (id.parse(), slot.parse()) else { return Err(nothing()) };
        let mut sheets = BTreeMap::new();
        for language in Language::all() {
            let field = |name: &str| sent.all(&format!("{name}.{language}")).next().map(lines);
            if let (Some(headline), Some(body)) = (field("headline"), field("body")) {
                let headline = headline.replace('\n', " ");
                let passages = passages(sent, language);
                sheets.insert(language, Sheet { headline, body, passages });
            }
        }
        let minutes = sent.get("next").parse().ok().filter(|minutes| NEXT.contains(minutes));
        Ok(Self {
            id,
            slot,
            base: sent.get("base").parse().unwrap_or(0),
            draft: Draft(sheets),
            next: minutes.map(Span::minutes),
        })
    }

    async fn keep(&self, signed: &Signed) -> Result<Kept, EngineError> {
        let Self { id, slot, base, draft, .. } = self;
        signed.engine.save_draft(id, *slot, *base, draft, signed.name()).await
    }

    /// A notice with these texts, and with the promise that was chosen.
    fn writing(&self, signed: &Signed, kind: Kind, said: &Said, corrects: Option<u32>) -> Writing {
        let now = signed.engine.now();
        let next_update = self.next.map(|next| Incident::promise_after(now, next));
        let (texts, passages) = (Some(said.texts.clone()), said.passages.clone());
        Writing { kind, texts, passages, next_update, corrects }
    }

    fn path(&self, rest: &str) -> String {
        format!("/console/incident/{}/write/{}{rest}#editor", self.id, self.slot)
    }
}

/// What was typed for single audiences in this language.
fn passages(sent: &Sent, language: Language) -> BTreeMap<Key, String> {
    let of = |(name, text): (&str, &str)| Some((name.parse().ok()?, lines(text)));
    sent.below(&format!("passage.{language}.")).filter_map(of).collect()
}

/// Browsers send line ends as CR LF.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

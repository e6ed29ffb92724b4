//! `notlicht handbook drafts`, `draft`, `approve` and `send-back`.

use std::process::ExitCode;

use anstream::{eprintln, println};
use anyhow::bail;
use engine::EngineError;
use engine::handbook::decide::{Decider, Submitted};
use model::handbook::Files;
use model::handbook::draft::Stage;
use model::language::{Language, Zone};
use model::value::PublicId;
use serde_json::json;

use super::differences;
use crate::config::Place;
use crate::rim::operator;
use crate::say::{self, GOOD, LIGHT, QUIET, plain};

/// Lists what people work on and what waits.
pub(super) async fn list(place: &Place, as_json: bool) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let all = engine.handbook_drafts().await?;
    if as_json {
        let all: Vec<_> = all
            .iter()
            .map(|draft| {
                json!({
                    "id": draft.id.as_str(),
                    "stage": draft.stage.word(),
                    "author": draft.author,
                    "base": draft.base,
                    "revision": draft.revision,
                    "changed_at": draft.changed_at.iso_millis(),
                    "reason": draft.reason,
                })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(ExitCode::SUCCESS);
    }
    if all.is_empty() {
        println!("Nobody is writing, and nothing waits.");
        return Ok(ExitCode::SUCCESS);
    }
    let zone = match engine.handbook().await {
        Ok(version) => version.handbook.zone.clone(),
        Err(EngineError::NoHandbook) => Zone::utc(),
        Err(why) => return Err(why.into()),
    };
    for draft in all {
        let at = zone.full(draft.changed_at, Language::EN);
        let (id, author) = (&draft.id, plain(&draft.author));
        let word = if draft.stage == Stage::Waiting { "waits for approval" } else { "is written" };
        println!("{LIGHT}{id}{LIGHT:#}  {word}  {author}, {at}");
        if !draft.reason.is_empty() {
            println!("      {QUIET}{}{QUIET:#}", plain(&draft.reason));
        }
    }
    println!("\nWhat one changes: notlicht handbook draft ID");
    Ok(ExitCode::SUCCESS)
}

/// Shows what a draft changes.
pub(super) async fn show(place: &Place, id: &PublicId) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let opened = engine.handbook_draft(id).await?;
    let base = match opened.draft.base {
        Some(number) => engine.store.handbook(number).await?.map(|(_, files)| files),
        None => None,
    };
    let old = opened.draft.base.map_or_else(|| "nothing".to_owned(), |it| format!("version {it}"));
    println!("{QUIET}- {old}   + draft {id} of {}{QUIET:#}", plain(&opened.draft.author));
    println!("{}", differences(&base.unwrap_or_else(Files::new), &opened.files));
    if opened.draft.stage == Stage::Waiting {
        println!("\nTo let it into force: notlicht handbook approve {id}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Lets a draft into force.
pub(super) async fn approve(place: &Place, id: &PublicId) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let seen = engine.handbook_draft(id).await?.draft.revision;
    let approved = engine.approve_handbook_draft(id, seen, &Decider::Host(operator())).await?;
    match approved {
        Submitted::Version(applied) => {
            println!("{GOOD}Handbook version {} is in force.{GOOD:#}", applied.number);
            Ok(ExitCode::SUCCESS)
        }
        Submitted::Conflicts(conflicts) => {
            for one in &conflicts {
                eprintln!("{}: {}", one.file, one.place);
                let said = |text: &Option<String>| text.as_deref().map_or("(gone)".into(), plain);
                eprintln!("  in force: {}\n  draft:    {}", said(&one.theirs), said(&one.mine));
            }
            let count = say::count(conflicts.len(), "place");
            bail!("{count} changed since in another way: send it back, so that its author chooses");
        }
        Submitted::Waiting { role } => bail!("it still waits for somebody of the role “{role}”"),
    }
}

/// Sends a draft back.
pub(super) async fn send_back(
    place: &Place,
    id: &PublicId,
    reason: &str,
) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let by = Decider::Host(operator());
    let back = engine.return_handbook_draft(id, reason, &by).await?;
    println!("Draft {id} is with {} again.", plain(&back.draft.author));
    Ok(ExitCode::SUCCESS)
}

//! `notlicht handbook history`, `diff` and `rollback`.

use std::process::ExitCode;

use anstream::println;
use anyhow::bail;
use engine::EngineError;
use model::language::Language;
use serde_json::json;

use crate::config::Place;
use crate::rim::operator;
use crate::say::{GOOD, LIGHT, QUIET, plain};

/// Lists the versions.
pub(super) async fn history(place: &Place, as_json: bool) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let all = engine.handbook_history().await?;
    if as_json {
        let all: Vec<_> = all
            .iter()
            .map(|made| {
                json!({
                    "number": made.number,
                    "created_at": made.created_at.iso_millis(),
                    "author": made.author,
                    "approved_by": made.approved_by,
                    "reason": made.reason,
                })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(ExitCode::SUCCESS);
    }
    if all.is_empty() {
        return Err(EngineError::NoHandbook.into());
    }
    let zone = engine.handbook().await?.handbook.zone.clone();
    for made in all {
        let at = zone.full(made.created_at, Language::EN);
        let approved = made.approved_by.map(|by| format!(", approved by {}", plain(&by)));
        let approved = approved.unwrap_or_default();
        println!("{LIGHT}{:>4}{LIGHT:#}  {at}  {}{approved}", made.number, plain(&made.author));
        println!("      {QUIET}{}{QUIET:#}", plain(&made.reason));
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows what is different between two versions: value by value, or line by line as texts.
pub(super) async fn compare(
    place: &Place,
    old: u32,
    new: Option<u32>,
    by_line: bool,
) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let new = match new {
        Some(new) => new,
        None => engine.handbook().await?.number,
    };
    let changes = engine.compare_handbooks(old, new).await?;
    if changes.is_empty() {
        println!("Versions {old} and {new} say the same.");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{QUIET}- version {old}   + version {new}{QUIET:#}");
    let values = match by_line {
        true => Vec::new(),
        false => engine.compare_handbook_values(old, new, Language::EN).await?,
    };
    for value in &values {
        println!("{LIGHT}{}{LIGHT:#}", plain(&value.subject()));
        let sides = [('-', &value.old), ('+', &value.new)];
        let said = sides.into_iter().filter_map(|(sign, text)| Some((sign, text.as_deref()?)));
        for (sign, line) in said.flat_map(|(sign, text)| text.lines().map(move |it| (sign, it))) {
            println!("  {sign} {}", plain(line));
        }
    }
    // A change of comments alone changes no value.
    let is_told = |file: &String| values.iter().any(|value| value.file == *file);
    for change in changes.iter().filter(|change| !is_told(&change.file)) {
        println!("{change}");
    }
    Ok(ExitCode::from(1))
}

/// Makes a new version of what an older one said. At this host nobody else is asked.
pub(super) async fn roll_back(
    place: &Place,
    version: u32,
    reason: &str,
) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let newest = engine.handbook().await?.number;
    let Some((_, files)) = engine.store.handbook(version).await? else {
        bail!("there is no version {version}: “notlicht handbook history” lists all");
    };
    if engine.compare_handbooks(version, newest).await?.is_empty() {
        println!("Nothing has changed: version {newest} says what version {version} said.");
        return Ok(ExitCode::SUCCESS);
    }
    let applied = engine.apply(&files, Some(newest), &operator(), reason).await?;
    println!(
        "{GOOD}Handbook version {} is in force.{GOOD:#} It says what version {version} said.",
        applied.number
    );
    Ok(ExitCode::SUCCESS)
}

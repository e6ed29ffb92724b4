//! The timeline of an incident, for people and for programs.

use std::process::ExitCode;

use anstream::println;
use engine::Engine;
use engine::incident::Case;
use model::incident::{Event, Incident, Phase, tell};
use model::language::Language;
use model::notice::Texts;
use model::value::PublicId;
use serde_json::{Value, json};

use super::{next, title};
use crate::say::{BAD, GOOD, QUIET, plain};

/// `notlicht incident show`
pub(super) async fn show(engine: &Engine, id: &PublicId, json: bool) -> anyhow::Result<ExitCode> {
    let case = engine.case(id).await?;
    let events = engine.events(id).await?;
    let reach = reach(engine, id).await?;
    if json {
        let mut value = self::json(&case.incident);
        value["events"] = serde_json::to_value(&events)?;
        value["reach"] = Value::from(reach);
        value["room"] = web::room::json(&case, engine.now());
        println!("{}", serde_json::to_string_pretty(&value)?);
        return Ok(ExitCode::SUCCESS);
    }
    let incident = &case.incident;
    let state = if incident.is_open() { "open" } else { "closed" };
    let mark = if incident.is_open() { BAD } else { GOOD };
    println!("{mark}{state}{mark:#}  {id}  {}", title(&case));
    for line in super::room::lines(&case, engine.now()) {
        println!("{line}");
    }
    for event in &events {
        let at = case.handbook.zone.moment(event.at, engine.now(), Language::EN);
        let (by, told) = (plain(&event.by.to_string()), told(&case, &event.event));
        println!("{at}  {QUIET}{by}{QUIET:#}  {told}");
    }
    for row in reach {
        println!("{QUIET}reach{QUIET:#}  {}", reached(&row));
    }
    println!("{}", next(&case, engine.now()));
    Ok(ExitCode::SUCCESS)
}

/// One row of the reach in plain words; what is nought is left out.
fn reached(row: &Value) -> String {
    let what = row["notice"].as_u64().map_or("alert".into(), |number| format!("notice {number}"));
    let text = |name: &str| row[name].as_str().unwrap_or("").to_owned();
    let way = format!("{what}, {} by {}", text("audience"), text("channel"));
    let begun = row["planned"].as_u64().unwrap_or(0) > 0 || row["done"] == true;
    if row["superseded"] == true && !begun {
        return format!("{way}: a newer notice went out instead");
    }
    if !begun {
        return format!("{way}: not begun");
    }
    let mut out = format!("{way}: {} of {} accepted", row["accepted"], row["planned"]);
    for name in ["refused", "gone", "unsure", "open"] {
        if row[name].as_u64().unwrap_or(0) > 0 {
            out.push_str(&format!(", {} {name}", row[name]));
        }
    }
    out
}

/// How many each notice has reached, by channel and audience.
async fn reach(engine: &Engine, id: &PublicId) -> anyhow::Result<Vec<Value>> {
    let mut rows = Vec::new();
    for dispatch in engine.store.dispatches_of::<engine::body::Body>(id).await? {
        let shards = engine.store.shards_of(dispatch.id).await?;
        let tally = model::reach::tally(&shards);
        rows.push(json!({
            "kind": dispatch.order.kind,
            "notice": dispatch.order.notice,
            "channel": dispatch.order.channel,
            "audience": dispatch.order.audience,
            "planned": tally.planned,
            "accepted": tally.accepted,
            "refused": tally.refused,
            "gone": tally.gone,
            "unsure": tally.unsure,
            "open": tally.open,
            "passed": tally.passed,
            "superseded": dispatch.superseded_by.is_some(),
            "done": dispatch.done_at.is_some(),
        }));
    }
    Ok(rows)
}

/// An incident for programs.
pub(super) fn json(incident: &Incident) -> Value {
    let notices: Vec<_> = incident
        .notices
        .iter()
        .map(|notice| {
            let (phase, at) = match &notice.phase {
                Phase::Waiting { publish_at } => ("waiting", Some(*publish_at)),
                Phase::OnHold { since } => ("on_hold", Some(*since)),
                Phase::Published { at, .. } => ("published", Some(*at)),
                Phase::Withdrawn => ("withdrawn", None),
            };
            json!({
                "number": notice.number,
                "kind": notice.kind,
                "phase": phase,
                "at": at.map(|at| at.iso_millis()),
            })
        })
        .collect();
    json!({
        "id": incident.id,
        "plan": incident.plan,
        "handbook": incident.handbook,
        "drill": incident.drill,
        "open": incident.is_open(),
        "since": incident.since.iso_millis(),
        "opened_at": incident.opened_at.iso_millis(),
        "closed_at": incident.closed_at.map(|at| at.iso_millis()),
        "recovered_at": incident.recovered_at.map(|at| at.iso_millis()),
        "affected": incident.affected,
        "promise": incident.promise.map(|promise| promise.at.iso_millis()),
        "notices": notices,
    })
}

/// One event in plain words.
pub(super) fn told(case: &Case, event: &Event) -> String {
    let told = tell(&case.handbook, event, Language::EN, &|_| None);
    plain(&match event {
        Event::Published { texts, .. } => format!("{told} “{}”", headline(case, texts)),
        _ => told,
    })
}

fn headline<'a>(case: &Case, texts: &'a Texts) -> &'a str {
    let text = texts.get(&case.handbook.language()).or_else(|| texts.values().next());
    text.map_or("", |text| text.headline.as_str())
}

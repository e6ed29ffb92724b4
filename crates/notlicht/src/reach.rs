//! `notlicht reach`: whom notices have reached, after how long, and whom not.

use std::io::Write as _;
use std::process::ExitCode;

use anstream::println;
use anyhow::{Context as _, bail};
use engine::Engine;
use engine::incident::Case;
use engine::reach::unreached::{Person, Unreached};
use engine::reach::{Reached, Way, table};
use model::language::Language;
use model::reach::{MOMENTS, Sum};
use model::value::PublicId;
use serde_json::{Value, json};

use crate::config::{Place, Reach};
use crate::rim::operator;
use crate::say::{GOOD, LIGHT, QUIET, grouped, plain};

/// So wide is the bar of a notice.
const BAR: u64 = 40;

/// `notlicht reach …`
pub(crate) async fn run(place: &Place, args: &Reach) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let case = the_one(&engine, args.incident.as_ref()).await?;
    if args.not_reached {
        return not_reached(&engine, &case, args).await;
    }
    let mut all = engine.reach(&case).await?;
    if let Some(number) = args.notice {
        all.retain(|one| one.number == number);
        if all.is_empty() {
            bail!("no notice {number} of {} is out: see “notlicht incident show”", case.incident.id)
        }
    }
    if args.json {
        let rows: Vec<Value> = all.iter().map(for_programs).collect();
        println!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(ExitCode::SUCCESS);
    }
    if all.is_empty() {
        println!("Nothing has gone out yet in {}.", case.incident.id);
    }
    for reached in &all {
        show(&engine, &case, reached);
    }
    Ok(ExitCode::SUCCESS)
}

/// The named incident, else the only one that is open, else the newest.
async fn the_one(engine: &Engine, id: Option<&PublicId>) -> anyhow::Result<Case> {
    if let Some(id) = id {
        return Ok(engine.case(id).await?);
    }
    let mut open = engine.open_cases().await?;
    if open.len() > 1 {
        let ids: Vec<String> = open.iter().map(|case| case.incident.id.to_string()).collect();
        bail!("several incidents are open, name one of them: {}", ids.join(", "))
    }
    match open.pop() {
        Some(case) => Ok(case),
        None => engine.newest_cases(1).await?.pop().context("there was no incident yet"),
    }
}

fn show(engine: &Engine, case: &Case, reached: &Reached) {
    let zone = &case.handbook.zone;
    let at = zone.moment(reached.at, engine.now(), Language::EN);
    let kind = reached.kind.label(Language::EN);
    let sum = reached.sum;
    println!("{LIGHT}Notice {}{LIGHT:#}  {kind}  {QUIET}{at}{QUIET:#}", reached.number);
    let filled = sum.accepted * BAR / sum.planned.max(1);
    let bar = "█".repeat(usize::try_from(filled).unwrap_or(0));
    let rest = "░".repeat(usize::try_from(BAR - filled).unwrap_or(0));
    println!("  {GOOD}{bar}{GOOD:#}{QUIET}{rest}{QUIET:#}  {}", counts(sum));
    println!("  {}", shares(reached));
    for audience in &reached.audiences {
        let ways = reached.ways.iter().filter(|way| way.audience == audience.key);
        println!("  {}  {}", audience.key, counts(audience.sum));
        for way in ways {
            println!("    {QUIET}by {}{QUIET:#}  {}", way.channel, of_way(way));
        }
    }
    let missing = sum.planned - sum.accepted;
    if missing > 0 {
        let (count, id, number) = (grouped(missing), &case.incident.id, reached.number);
        println!(
            "  {count} do not have it. List them with “notlicht reach {id} --notice {number} --not-reached”."
        );
    }
}

/// "1,200 of 1,234 accepted, 34 open": what is nought is left out.
fn counts(sum: Sum) -> String {
    let mut out = format!("{} of {} accepted", grouped(sum.accepted), grouped(sum.planned));
    let rest = [
        (sum.open, "open"),
        (sum.unsure, "unsure"),
        (sum.taken_over, "get a newer one"),
        (sum.refused, "refused"),
        (sum.gone, "gone"),
    ];
    for (count, word) in rest.into_iter().filter(|(count, _)| *count > 0) {
        out.push_str(&format!(", {} {word}", grouped(count)));
    }
    out
}

fn of_way(way: &Way) -> String {
    if !way.counted {
        return "being counted".into();
    }
    let out = counts(way.sum());
    match way.tally.passed {
        0 => out,
        passed => format!("{out}, {} passed on to another channel", grouped(passed)),
    }
}

/// "50 % had it after 0.4 s, 90 % after 12.0 s, 99 % not yet".
fn shares(reached: &Reached) -> String {
    let share = |percent: &u64| match reached.curve.after(*percent) {
        Some(span) => {
            let tenths = span.as_millis().div_ceil(100);
            format!("{percent} % after {}.{} s", grouped(tenths / 10), tenths % 10)
        }
        None => format!("{percent} % not yet"),
    };
    format!("Had it: {}", MOMENTS.iter().map(share).collect::<Vec<_>>().join(", "))
}

fn for_programs(reached: &Reached) -> Value {
    let shares = MOMENTS.map(|percent| {
        json!({ "percent": percent, "millis": reached.curve.after(percent).map(|at| at.as_millis()) })
    });
    let points = reached.curve.drawn(200).into_iter();
    json!({
        "notice": reached.number,
        "kind": reached.kind,
        "published_at": reached.at.iso_millis(),
        "people": sum(reached.sum),
        "audiences": reached.audiences.iter().map(|one| json!({
            "audience": one.key,
            "people": sum(one.sum),
        })).collect::<Vec<_>>(),
        "ways": reached.ways.iter().map(|way| json!({
            "audience": way.audience,
            "channel": way.channel,
            "counted": way.counted,
            "taken_over": way.taken_over,
            "planned": way.tally.planned,
            "accepted": way.tally.accepted,
            "open": way.tally.open,
            "unsure": way.tally.unsure,
            "refused": way.tally.refused,
            "gone": way.tally.gone,
            "passed": way.tally.passed,
        })).collect::<Vec<_>>(),
        "had_it_after": shares,
        "curve": points.map(|point| json!({
            "millis": point.after.as_millis(),
            "reached": point.reached,
        })).collect::<Vec<_>>(),
    })
}

fn sum(sum: Sum) -> Value {
    json!({
        "planned": sum.planned,
        "accepted": sum.accepted,
        "open": sum.open,
        "unsure": sum.unsure,
        "taken_over": sum.taken_over,
        "refused": sum.refused,
        "gone": sum.gone,
    })
}

async fn not_reached(engine: &Engine, case: &Case, args: &Reach) -> anyhow::Result<ExitCode> {
    let newest = case.incident.published().next_back().map(|notice| notice.number);
    let number = args.notice.or(newest).context("nothing has gone out yet")?;
    let unreached = engine.unreached(case, number, &operator()).await?;
    let count = unreached.sum.planned - unreached.sum.accepted;
    if let Some(path) = &args.csv {
        let mut file = private(path)?;
        file.write_all(table::HEAD.as_bytes())?;
        for base in unreached.spans(0) {
            let people = engine.unreached_in(&unreached, base).await?;
            file.write_all(table::lines(&people).as_bytes())?;
        }
        file.flush()?;
        println!("{} without notice {number} stand in {}.", grouped(count), path.display());
        return Ok(ExitCode::SUCCESS);
    }
    if args.json {
        let people = everybody(engine, &unreached).await?;
        println!("{}", serde_json::to_string_pretty(&people)?);
        return Ok(ExitCode::SUCCESS);
    }
    for base in unreached.spans(0) {
        for person in engine.unreached_in(&unreached, base).await? {
            println!("{}", line(&person));
        }
    }
    println!("{} without notice {number}.", grouped(count));
    Ok(ExitCode::SUCCESS)
}

async fn everybody(engine: &Engine, unreached: &Unreached) -> anyhow::Result<Vec<Value>> {
    let mut all = Vec::new();
    for base in unreached.spans(0) {
        let people = engine.unreached_in(unreached, base).await?;
        all.extend(people.into_iter().map(|person| {
            json!({
                "id": person.id,
                "standing": person.standing.word(),
                "kind": person.kind,
                "key": person.key,
                "language": person.language,
                "addresses": person.addresses.iter().map(|(channel, address)| json!({
                    "channel": channel,
                    "address": address,
                })).collect::<Vec<_>>(),
            })
        }));
    }
    Ok(all)
}

/// "taken_over  anna@example.org (mail)".
fn line(person: &Person) -> String {
    let addresses: Vec<String> = person
        .addresses
        .iter()
        .map(|(channel, address)| format!("{} ({channel})", plain(address)))
        .collect();
    let where_to = match (&person.key, addresses.is_empty()) {
        (_, false) => addresses.join(", "),
        (Some(key), true) => key.clone(),
        (None, true) => format!("no address any more (recipient {})", person.id),
    };
    format!("{:<10}  {where_to}", person.standing.word())
}

/// A new file that nobody else may read: there are addresses in it.
fn private(path: &std::path::Path) -> anyhow::Result<std::io::BufWriter<std::fs::File>> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path);
    let why = || format!("{} cannot be written: name a file that is not there yet", path.display());
    let file = file.with_context(why)?;
    Ok(std::io::BufWriter::new(file))
}

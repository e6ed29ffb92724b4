//! The commands of an incident.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anstream::println;
use anyhow::bail;
use engine::Engine;
use engine::incident::{Case, Declaration};
use model::incident::{
    Actor, Command, Due, Incident, Phase, Writing, left_out, next_notice, promise_for,
};
use model::language::{self, Language};
use model::notice::{Kind, Texts};
use model::value::{PublicId, Timestamp};
use model::words::Item;

use crate::config::{Correct, Declare, IncidentCommand, One, Place, Update};
use crate::place;
use crate::rim::operator;
use crate::say::{BAD, GOOD, LIGHT, QUIET};

mod act;
mod moment;
mod room;
mod timeline;

/// `notlicht incident …`
pub(crate) async fn run(place: &Place, args: crate::config::Incident) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let command = args.command.unwrap_or(IncidentCommand::List { json: false });
    let (id, command) = match command {
        IncidentCommand::List { json } => return list(&engine, json).await,
        IncidentCommand::Show { id, json } => {
            let id = the_one(&engine, id).await?;
            return timeline::show(&engine, &id, json).await;
        }
        IncidentCommand::Declare(args) => return declare(place, &engine, args).await,
        IncidentCommand::Update(args) => update(&engine, args).await?,
        IncidentCommand::Correct(args) => correct(&engine, args).await?,
        IncidentCommand::Resolve { id, said } => {
            let (id, texts) = (the_one(&engine, id).await?, said.texts()?);
            let left_out = advise(&engine, &id, Kind::AllClear, (texts.as_ref(), None)).await?;
            let passages = said.passages();
            (id, said.knowingly(left_out, Command::Resolve { texts, passages }))
        }
        IncidentCommand::Release(One { id }) => {
            let (id, number) = waiting(&engine, id).await?;
            (id, Command::Release { number })
        }
        IncidentCommand::Hold(One { id }) => {
            let (id, number) = waiting(&engine, id).await?;
            (id, Command::Hold { number })
        }
        IncidentCommand::Veto { id, reason } => {
            let (id, number) = waiting(&engine, id).await?;
            (id, Command::Withdraw { number, reason })
        }
        IncidentCommand::Expect { at, id } => {
            let id = the_one(&engine, id).await?;
            let zone = engine.case(&id).await?.handbook.zone.clone();
            (id, Command::ExpectEnd { at: moment::read(&at, &zone, engine.now())? })
        }
        IncidentCommand::Adopt(One { id }) => {
            let id = the_one(&engine, id).await?;
            (id, Command::Adopt { handbook: engine.handbook().await?.number })
        }
        IncidentCommand::Room(command) => act::read(&engine, command).await?,
    };
    let by = Actor::Host(operator());
    let events = engine.act(&id, &command, &by).await?;
    if events.is_empty() {
        println!("Nothing changes: it is so already.");
    }
    let case = engine.case(&id).await?;
    for event in &events {
        println!("{GOOD}✓{GOOD:#} {}", timeline::told(&case, &event.event));
    }
    println!("{}", next(&case, engine.now()));
    if !events.is_empty() {
        remind_to_serve(place, &engine);
    }
    Ok(ExitCode::SUCCESS)
}

/// What is decided here is carried out by the process that serves: say so where none seems to run.
fn remind_to_serve(place: &Place, engine: &Engine) {
    // Where several nodes share a database, another one may do it.
    if !engine.store.is_shared() && place.page_age().is_none_or(|age| age > place::STALE) {
        println!(
            "{LIGHT}note{LIGHT:#}: “notlicht serve” does not seem to run here: nobody is told anything until it does."
        );
    }
}

/// The incident that is meant: the named one, or the only one that is open.
async fn the_one(engine: &Engine, id: Option<PublicId>) -> anyhow::Result<PublicId> {
    if let Some(id) = id {
        return Ok(id);
    }
    let open = engine.open_cases().await?;
    match open.as_slice() {
        [] => bail!("no incident is open: open one with “notlicht incident declare --plan PLAN”"),
        [case] => Ok(case.incident.id.clone()),
        several => {
            let line = |case: &Case| format!("\n  {}  {}", case.incident.id, title(case));
            let lines: String = several.iter().map(line).collect();
            bail!("several incidents are open, name one of them:{lines}")
        }
    }
}

async fn waiting(engine: &Engine, id: Option<PublicId>) -> anyhow::Result<(PublicId, u32)> {
    let id = the_one(engine, id).await?;
    let case = engine.case(&id).await?;
    match case.incident.pending() {
        Some(notice) => Ok((id, notice.number)),
        None => bail!("no notice is waiting in {id}: look with “notlicht incident show {id}”"),
    }
}

fn title(case: &Case) -> String {
    let language = case.handbook.language();
    let plan = case.handbook.plans.get(&case.incident.plan);
    plan.map_or_else(|| case.incident.plan.to_string(), |plan| plan.title.get(language).to_owned())
}

async fn list(engine: &Engine, json: bool) -> anyhow::Result<ExitCode> {
    let cases = engine.newest_cases(50).await?;
    if json {
        let rows: Vec<_> = cases.iter().map(|case| timeline::json(&case.incident)).collect();
        println!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(ExitCode::SUCCESS);
    }
    let (open, closed): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.incident.is_open());
    if open.is_empty() {
        println!("{GOOD}No incident is open.{GOOD:#}");
    }
    for case in open {
        let (incident, zone) = (&case.incident, &case.handbook.zone);
        let since = zone.moment(incident.since, engine.now(), Language::EN);
        let drill = if incident.drill { " (DRILL)" } else { "" };
        println!("{BAD}open{BAD:#}{drill}  {}  {}  since {since}", incident.id, title(case));
        println!("      {}", next(case, engine.now()));
    }
    for case in closed {
        let (incident, zone) = (&case.incident, &case.handbook.zone);
        let at = zone.moment(incident.since, engine.now(), Language::EN);
        println!("{QUIET}closed  {}  {}  {at}{QUIET:#}", incident.id, title(case));
    }
    Ok(ExitCode::SUCCESS)
}

/// What happens next, and what somebody can do about it.
fn next(case: &Case, now: Timestamp) -> String {
    let incident = &case.incident;
    if !incident.is_open() {
        return "The incident is closed.".into();
    }
    let clock = |at| case.handbook.zone.promise(at, Language::EN);
    let on_hold = incident.pending().is_some_and(|one| matches!(one.phase, Phase::OnHold { .. }));
    if on_hold {
        return format!(
            "{LIGHT}The clock is stopped: nobody is told anything.{LIGHT:#} Go on with “notlicht incident release” or “veto”."
        );
    }
    match next_notice(&case.handbook, incident) {
        Some((at, Due::Publish { .. })) => format!(
            "{LIGHT}The first notice goes out at {} by itself.{LIGHT:#} Do otherwise with “notlicht incident release”, “hold” or “veto”.",
            clock(at)
        ),
        Some((_, Due::Remind { promise } | Due::Keep { promise })) => {
            let late = if promise <= now { " (late!)" } else { "" };
            format!(
                "{LIGHT}The next update is promised for {}{late}.{LIGHT:#} Write it with “notlicht incident update”.",
                clock(promise)
            )
        }
        Some((at, Due::AllClear)) => format!(
            "{LIGHT}All is well again; the all-clear goes out at {} by itself.{LIGHT:#} Give it now with “notlicht incident resolve”.",
            clock(at)
        ),
        Some((_, Due::RemindHeld { .. })) | None if incident.recovered_at.is_some() => {
            "All is well again. Give the all-clear with “notlicht incident resolve”.".into()
        }
        _ => "Write an update with “notlicht incident update”, end it with “resolve”.".into(),
    }
}

async fn declare(place: &Place, engine: &Engine, args: Declare) -> anyhow::Result<ExitCode> {
    let declaration = Declaration {
        plan: args.plan.clone(),
        components: args.component.into_iter().collect(),
        state: args.state.into(),
        since: args.since.map(|span| engine.now().before(span)),
        drill: args.drill,
    };
    let id = match engine.declare(&declaration, &Actor::Host(operator())).await {
        Ok(id) => id,
        Err(engine::EngineError::Store(why)) if why.is_conflict() => {
            bail!(
                "an incident by the plan “{}” is open already: see “notlicht incident”",
                args.plan
            )
        }
        Err(why) => return Err(why.into()),
    };
    let case = engine.case(&id).await?;
    let told = match case.incident.drill {
        true => "It is a drill: nothing leaves the house.",
        false => "Staff are alerted now.",
    };
    println!("{GOOD}Incident {id} is open.{GOOD:#} {told}");
    if let Some(notice) = case.incident.pending() {
        let at = publish_at(&case.incident).unwrap_or(engine.now());
        let texts = model::incident::fill_as_of(
            &case.handbook,
            &case.incident,
            notice.kind,
            &notice.texts,
            at,
        );
        let language = case.handbook.language();
        let text = texts.get(&language).map(|text| text.to_plain(language)).unwrap_or_default();
        println!("\n{QUIET}{}{QUIET:#}\n", text.replace("\n\n", "\n"));
    }
    println!("{}", next(&case, engine.now()));
    remind_to_serve(place, engine);
    Ok(ExitCode::SUCCESS)
}

fn publish_at(incident: &Incident) -> Option<Timestamp> {
    incident.pending().and_then(|notice| match notice.phase {
        Phase::Waiting { publish_at } => Some(publish_at),
        _ => None,
    })
}

async fn update(engine: &Engine, args: Update) -> anyhow::Result<(PublicId, Command)> {
    let id = the_one(engine, args.id).await?;
    let (texts, passages) = (args.said.texts()?, args.said.passages());
    let next_update = args.next.map(|span| Incident::promise_after(engine.now(), span));
    let left_out = advise(engine, &id, Kind::Update, (texts.as_ref(), next_update)).await?;
    let writing = Writing { kind: Kind::Update, texts, passages, next_update, corrects: None };
    Ok((id, args.said.knowingly(left_out, Command::Write(writing))))
}

async fn correct(engine: &Engine, args: Correct) -> anyhow::Result<(PublicId, Command)> {
    let id = the_one(engine, args.id).await?;
    let (texts, passages) = (args.said.texts()?, args.said.passages());
    let left_out = advise(engine, &id, Kind::Correction, (texts.as_ref(), None)).await?;
    let corrects = Some(args.number);
    let writing = Writing { kind: Kind::Correction, texts, passages, next_update: None, corrects };
    Ok((id, args.said.knowingly(left_out, Command::Write(writing))))
}

/// Says what a text lacks, and goes on: who reads only the missing language gets the other one, and
/// what people need and it leaves out is given back, to stand in the timeline.
async fn advise(
    engine: &Engine,
    id: &PublicId,
    kind: Kind,
    (texts, next): (Option<&Texts>, Option<Timestamp>),
) -> anyhow::Result<BTreeSet<Item>> {
    let Some(texts) = texts else { return Ok(BTreeSet::new()) };
    let Case { handbook, incident, .. } = engine.case(id).await?;
    for language in handbook.languages.iter().filter(|one| !texts.contains_key(one)) {
        println!(
            "{LIGHT}note{LIGHT:#}: there is no text in “{language}”; those readers get the other one."
        );
    }
    let now = engine.now();
    let next = next.or_else(|| promise_for(&handbook, &incident, kind, now));
    let items = left_out(&handbook, &incident, kind, texts, (next, now));
    if !items.is_empty() {
        let names: Vec<_> = items.iter().map(|item| item.name(Language::EN)).collect();
        println!("{LIGHT}note{LIGHT:#}: the text does not say {}.", language::list(&names, "or"));
    }
    Ok(items)
}

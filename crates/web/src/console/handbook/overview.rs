//! The handbook at a glance: its plans and whether they hold, its gaps, its parts.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use engine::handbook::draft::Draft;
use model::handbook::draft::Stage;
use model::handbook::finding as rule;
use model::handbook::plan::Plan;
use model::language::Zone;
use model::permission::Permission;
use model::value::Span;

use super::book::Book;
use super::contents::parts;
use super::date::{Date, dates};
use super::finding::{HINTED, REFUSED, graded, shape};
use super::gap::{Gap, Grade, gaps, grades};
use super::proof::{Proof, proofs};
use super::spot::Spot;
use super::summary::Summary;
use super::{begin, contacts, desk};
use crate::console::account::zone;
use crate::console::frame::{self, Area, Shell, show};
use crate::console::signed::Signed;

/// A plan as the table shows it.
struct Row {
    href: String,
    title: String,
    shape: &'static str,
    state: &'static str,
    first: String,
    then: String,
    steps: usize,
    exercised: String,
}

/// A draft on which somebody works, or that waits.
struct DraftRow {
    href: String,
    title: String,
    state: &'static str,
    said: String,
}

#[derive(Template)]
#[template(path = "console/handbook/overview.html")]
struct Overview {
    shell: Shell,
    number: u32,
    made: String,
    reason: String,
    done: bool,
    may: bool,
    drafts: Vec<DraftRow>,
    first: Option<Gap>,
    plans: Vec<Row>,
    found: usize,
    grades: Vec<Grade>,
    proofs: Vec<Proof>,
    dates: Vec<Date>,
    parts: Vec<Summary>,
    /// How many people nobody can reach, for who may see addresses.
    unreachable: Option<usize>,
}

/// The overview; where there is no handbook yet, its beginning.
pub(crate) async fn look(signed: Signed, RawQuery(query): RawQuery) -> Response {
    match page(&signed, query.as_deref() == Some("done")).await {
        Ok(page) => show(StatusCode::OK, page.render()),
        Err(EngineError::NoHandbook) => begin::look(&signed).await,
        Err(error) => frame::failed(&signed, &error),
    }
}

async fn page(signed: &Signed, done: bool) -> Result<Overview, EngineError> {
    let (engine, language) = (&signed.engine, signed.language());
    let words = language.words();
    let (version, files) = engine.newest_handbook().await?;
    let handbook = engine.handbook_version(version.number).await?.handbook;
    let sees = signed.may(Permission::SEES_ADDRESSES);
    // What is found of contacts names people.
    let cards = if sees { Some(engine.cards().await?) } else { None };
    let today = handbook.zone.day(engine.now());
    let book = Book::read(files, language, engine.now(), cards.as_deref());
    let grades = grades(gaps(&book), language);
    let worst = grades.first().and_then(|grade| grade.findings.first());
    let when = handbook.zone.moment(version.created_at, engine.now(), language);
    let plans = handbook.plans.values().map(|plan| row(plan, &book));
    Ok(Overview {
        shell: signed.shell().at(Area::Handbook, words.handbook.head),
        number: version.number,
        made: (words.handbook.made)(&when, &version.author),
        reason: version.reason,
        done,
        may: signed.may(Permission::Writer),
        drafts: drafts(signed).await?,
        first: worst.cloned(),
        plans: plans.collect(),
        found: grades.iter().map(|grade| grade.findings.len()).sum(),
        grades,
        proofs: proofs(&handbook, today, language),
        dates: dates(&handbook, today, language),
        parts: parts(&book),
        unreachable: cards.map(|cards| contacts::missing(&handbook, &cards)),
    })
}

/// The drafts in which something was written.
async fn drafts(signed: &Signed) -> Result<Vec<DraftRow>, EngineError> {
    let (engine, language) = (&signed.engine, signed.language());
    let (words, zone) = (language.words().drafts, zone(engine).await);
    let drafts = engine.handbook_drafts().await?.into_iter().filter(|draft| draft.revision > 0);
    let row = |draft: Draft| DraftRow {
        href: desk::href(&draft),
        title: match draft.author == signed.name() {
            true => words.draft.to_owned(),
            false => (words.draft_of)(&draft.author),
        },
        state: match draft.stage {
            Stage::Waiting => words.waiting,
            _ => words.being_written,
        },
        said: (words.kept_at)(&zone.moment(draft.changed_at, engine.now(), language)),
    };
    Ok(drafts.map(row).collect())
}

fn row(plan: &Plan, book: &Book) -> Row {
    let language = book.language;
    let words = language.words();
    let own = [format!("plans/{}.toml", plan.key), format!("texts/{}/", plan.key)];
    let is_own = |file: &str| own.iter().any(|own| file.starts_with(own));
    let faults = book.faults.iter().map(|one| &one.fault).filter(|fault| is_own(&fault.file));
    let judged = book.judged.iter().filter(|one| is_own(&one.file));
    let judged = judged.filter(|one| one.sort.grade < rule::Grade::Could);
    let shapes = faults.map(|fault| shape(fault.severity));
    let shapes: Vec<&str> = shapes.chain(judged.map(|one| graded(one.sort.grade))).collect();
    let (shape, state) = match &shapes[..] {
        [] => ("operational", words.handbook.ready),
        some if some.contains(&REFUSED) => (REFUSED, words.handbook.broken),
        _ => (HINTED, words.handbook.with_gap),
    };
    let span = |span: Span| (words.span)(span.as_seconds());
    Row {
        href: Spot::new(&format!("plans/{}.toml", plan.key), "").href(),
        title: plan.title.get(language).to_owned(),
        shape,
        state,
        first: span(plan.policy.hold),
        then: span(plan.policy.rhythm),
        steps: plan.steps.len(),
        exercised: match plan.exercised_on {
            Some(day) => Zone::day_said(day, language),
            None => words.handbook.never.to_owned(),
        },
    }
}

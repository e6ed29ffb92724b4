//! What is open, due, held and overdue, the most urgent first; how the parts fare; what is over.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use engine::incident::Case;
use engine::{Engine, EngineError};
use model::handbook::Handbook;
use model::handbook::system::ComponentState;
use model::language::Language;
use model::permission::Permission;
use model::value::{Span, Timestamp};
use model::verdict::Standing;

use super::frame::{self, Area, Shell, show};
use super::signed::Signed;

mod urgent;

/// So many incidents that are over are shown.
const PAST: usize = 8;
/// Among so many of the newest incidents.
const NEWEST: u32 = 30;

/// A moment for programs and for people.
struct Moment {
    iso: String,
    text: String,
}

/// A part that visitors know, and how it fares.
struct Part {
    shape: &'static str,
    name: String,
    state: &'static str,
}

/// An open incident.
struct Item {
    href: String,
    title: String,
    level: &'static str,
    drill: bool,
    /// A promised notice is missing.
    late: bool,
    since: Moment,
    parts: Vec<Part>,
    ask: String,
    otherwise: Option<String>,
}

/// An incident that is over.
struct Past {
    href: String,
    title: String,
    drill: bool,
    since: Moment,
    lasted: String,
}

/// A trouble of Notlicht itself.
struct Alarm {
    what: String,
    since: Moment,
}

#[derive(Template)]
#[template(path = "console/home.html")]
struct Home {
    shell: Shell,
    /// What the light falls on, where something is open.
    first: Option<Item>,
    others: Vec<Item>,
    alarms: Vec<Alarm>,
    parts: Vec<Part>,
    /// No part is broken or out of sight.
    well: bool,
    past: Vec<Past>,
    declare: bool,
}

/// The console's home.
pub(crate) async fn home(signed: Signed) -> Response {
    match page(&signed).await {
        Ok(page) => show(StatusCode::OK, page.render()),
        Err(error) => frame::failed(&signed, &error),
    }
}

async fn page(signed: &Signed) -> Result<Home, EngineError> {
    let engine = &signed.engine;
    let handbook = engine.handbook().await?.handbook;
    let view = View { handbook: &handbook, now: engine.now(), language: signed.language() };
    let mut open = engine.open_cases().await?;
    open.sort_by_cached_key(|case| urgent::order(case, view.now));
    let standing = standing(engine, &open).await?;
    let mut items = open.iter().map(|case| view.item(case));
    let first = items.next();
    let alarms = engine.alarms().await?.into_iter();
    let newest = engine.newest_cases(NEWEST).await?;
    let unwell = |state: &ComponentState| state.is_broken() || *state == ComponentState::Blind;
    let mut shell = signed.shell().at(Area::Home, view.language.words().console.home);
    shell.lit = open.iter().any(|case| !case.incident.drill);
    Ok(Home {
        shell,
        first,
        others: items.collect(),
        alarms: alarms
            .map(|one| Alarm { what: one.detail, since: view.since(one.opened_at) })
            .collect(),
        parts: view.parts(&standing),
        well: !standing.values().any(unwell),
        past: newest.iter().filter_map(|case| view.past(case)).take(PAST).collect(),
        declare: signed.may(Permission::Writer),
    })
}

/// How all parts fare: by measurement, and where somebody says so and no measurement has seen it
/// yet, by that word.
async fn standing(engine: &Engine, open: &[Case]) -> Result<Standing, EngineError> {
    let mut standing = engine.standing().await?;
    for incident in open.iter().map(|case| &case.incident).filter(|one| !one.drill) {
        for key in &incident.unconfirmed {
            let said = incident.standing.get(key).copied().unwrap_or_default();
            let state = standing.entry(key.clone()).or_default();
            *state = (*state).max(said);
        }
    }
    Ok(standing)
}

/// How things and moments are said on this page.
struct View<'a> {
    handbook: &'a Handbook,
    now: Timestamp,
    language: Language,
}

impl View<'_> {
    fn since(&self, at: Timestamp) -> Moment {
        let moment = self.handbook.zone.moment(at, self.now, self.language);
        let text = (self.language.words().page.since)(&moment);
        Moment { iso: self.handbook.zone.iso(at), text }
    }

    fn title(&self, case: &Case) -> String {
        let key = &case.incident.plan;
        let plan = case.handbook.plans.get(key);
        plan.map_or_else(|| key.to_string(), |plan| plan.title.get(self.language).to_owned())
    }

    fn part(&self, name: &str, state: ComponentState) -> Part {
        Part { shape: state.word(), name: name.to_owned(), state: state.label(self.language) }
    }

    fn parts(&self, standing: &Standing) -> Vec<Part> {
        let components = self.handbook.components.iter();
        components
            .map(|one| {
                let state = standing.get(&one.key).copied().unwrap_or_default();
                self.part(one.name.get(self.language), state)
            })
            .collect()
    }

    fn item(&self, case: &Case) -> Item {
        let incident = &case.incident;
        let affected = case.handbook.components.iter();
        let affected = affected.filter(|one| incident.affected.contains(&one.key));
        let (ask, otherwise) = urgent::sentences(case, self.now, self.language);
        Item {
            href: href(case),
            title: self.title(case),
            level: incident.level.label(self.language),
            drill: incident.drill,
            late: urgent::is_late(case, self.now),
            since: self.since(incident.since),
            parts: affected
                .map(|one| {
                    let state = incident.standing.get(&one.key).copied().unwrap_or_default();
                    self.part(one.name.get(self.language), state)
                })
                .collect(),
            ask,
            otherwise,
        }
    }

    fn past(&self, case: &Case) -> Option<Past> {
        let incident = &case.incident;
        let lasted = incident.closed_at?.since(incident.since).max(Span::seconds(1));
        let words = self.language.words();
        let since = self.handbook.zone.moment(incident.since, self.now, self.language);
        let seconds = lasted.to_std().as_secs();
        Some(Past {
            href: href(case),
            title: self.title(case),
            drill: incident.drill,
            since: Moment { iso: self.handbook.zone.iso(incident.since), text: since },
            lasted: (words.page.lasted)(&(words.span)(seconds)),
        })
    }
}

fn href(case: &Case) -> String {
    format!("/console/incident/{}", case.incident.id)
}

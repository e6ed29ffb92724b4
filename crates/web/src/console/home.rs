//! What is open, due, held and overdue.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use engine::incident::Case;
use model::language::Zone;

use super::frame::{self, Area, Shell, show};
use super::guard::Signed;

struct Item {
    href: String,
    title: String,
    since: String,
}

#[derive(Template)]
#[template(path = "console/home.html")]
struct Home {
    shell: Shell,
    open: Vec<Item>,
}

/// The console's home.
pub(crate) async fn home(signed: Signed) -> Response {
    match page(&signed).await {
        Ok(page) => show(StatusCode::OK, page.render()),
        Err(error) => frame::failed(&signed, &error),
    }
}

async fn page(signed: &Signed) -> Result<Home, EngineError> {
    let words = signed.language().words();
    let open = signed.engine.open_cases().await?;
    let mut shell = signed.shell().at(Area::Home, words.console.home);
    shell.lit = !open.is_empty();
    Ok(Home { open: open.iter().map(|case| item(signed, case)).collect(), shell })
}

fn item(signed: &Signed, case: &Case) -> Item {
    let (language, now) = (signed.language(), signed.engine.now());
    let zone: &Zone = &case.handbook.zone;
    let plan = case.handbook.plans.get(&case.incident.plan);
    Item {
        href: format!("/console/incident/{}", case.incident.id),
        title: plan.map(|plan| plan.title.get(language).to_owned()).unwrap_or_default(),
        since: zone.moment(case.incident.since, now, language),
    }
}

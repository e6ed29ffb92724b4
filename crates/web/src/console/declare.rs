//! Declaring an incident: somebody says that something is wrong.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use engine::incident::Declaration;
use model::handbook::system::ComponentState;
use model::value::{Key, Span};

use super::frame::{self, Area, Shell, show};
use super::sent::Sent;
use super::signed::Signed;
use crate::page::serve::to;

/// How bad it can be that somebody declares, the worst first.
const STATES: [ComponentState; 3] =
    [ComponentState::Major, ComponentState::Partial, ComponentState::Degraded];
/// The longest time that something can have been going on, in minutes: a week.
const LONGEST: u64 = 7 * 24 * 60;

/// Something to choose.
struct Pick {
    value: String,
    name: String,
    on: bool,
}

/// What is wrong with what was sent, and where one reads on.
struct Hint {
    text: &'static str,
    link: Option<String>,
}

#[derive(Template)]
#[template(path = "console/declare.html")]
struct Declare {
    shell: Shell,
    hint: Option<Hint>,
    plans: Vec<Pick>,
    parts: Vec<Pick>,
    states: Vec<Pick>,
    minutes: String,
    drill: bool,
}

/// The empty form.
pub(crate) async fn look(signed: Signed) -> Response {
    form(&signed, &Sent::default(), None).await
}

/// Opens the incident and leads into its room.
pub(crate) async fn declare(signed: Signed, sent: Sent) -> Response {
    let declaration = match read(&signed, &sent) {
        Ok(declaration) => declaration,
        Err(text) => return form(&signed, &sent, Some(Hint { text, link: None })).await,
    };
    match signed.engine.declare(&declaration, &signed.actor().await).await {
        Ok(id) => to(&format!("/console/incident/{id}"), StatusCode::SEE_OTHER),
        Err(EngineError::Store(why)) if why.is_conflict() => {
            let text = signed.language().words().console.open_already;
            let link = open_by(&signed, &declaration).await;
            form(&signed, &sent, Some(Hint { text, link })).await
        }
        // A plan or a part left the handbook since the form was shown: the form now has what is
        // there.
        Err(EngineError::Unknown { .. }) => {
            let text = signed.language().words().console.no_plan;
            form(&signed, &sent, Some(Hint { text, link: None })).await
        }
        Err(error) => frame::failed(&signed, &error),
    }
}

/// What was sent, or what is wrong with it.
fn read(signed: &Signed, sent: &Sent) -> Result<Declaration, &'static str> {
    let words = signed.language().words().console;
    let plan: Key = sent.get("plan").parse().map_err(|_| words.no_plan)?;
    let minutes = match sent.get("minutes").trim() {
        "" => 0,
        number => number.parse().map_err(|_| words.bad_minutes)?,
    };
    if minutes > LONGEST {
        return Err(words.bad_minutes);
    }
    let state = STATES.into_iter().find(|state| state.word() == sent.get("state"));
    let components: BTreeSet<Key> =
        sent.all("component").filter_map(|key| key.parse().ok()).collect();
    Ok(Declaration {
        plan,
        components,
        state: state.unwrap_or(ComponentState::Major),
        since: (minutes > 0).then(|| signed.engine.now().before(Span::minutes(minutes))),
        drill: is_drill(sent),
    })
}

fn is_drill(sent: &Sent) -> bool {
    sent.get("drill") == "yes"
}

/// Where the incident is that is open by this plan.
async fn open_by(signed: &Signed, declaration: &Declaration) -> Option<String> {
    let open = signed.engine.open_cases().await.ok()?;
    let found = open.into_iter().map(|case| case.incident).find(|incident| {
        incident.plan == declaration.plan && incident.drill == declaration.drill
    })?;
    Some(format!("/console/incident/{}", found.id))
}

/// The form with what was typed.
async fn form(signed: &Signed, sent: &Sent, hint: Option<Hint>) -> Response {
    let language = signed.language();
    let handbook = match signed.engine.handbook().await {
        Ok(version) => version.handbook,
        Err(error) => return frame::failed(signed, &error),
    };
    let pick = |value: &str, name: &str, on: bool| {
        let (value, name) = (value.to_owned(), name.to_owned());
        Pick { value, name, on }
    };
    let chosen = STATES.iter().find(|state| state.word() == sent.get("state"));
    let chosen = chosen.copied().unwrap_or(ComponentState::Major);
    let ticked = |key: &Key| sent.all("component").any(|one| one == key.as_str());
    let status = if hint.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Declare {
        shell: signed.shell().at(Area::Elsewhere, language.words().console.declare),
        hint,
        plans: handbook
            .plans
            .values()
            .map(|plan| {
                let on = plan.key.as_str() == sent.get("plan");
                pick(plan.key.as_str(), plan.title.get(language), on)
            })
            .collect(),
        parts: handbook
            .components
            .iter()
            .map(|one| pick(one.key.as_str(), one.name.get(language), ticked(&one.key)))
            .collect(),
        states: STATES
            .iter()
            .map(|state| pick(state.word(), state.label(language), *state == chosen))
            .collect(),
        minutes: sent.get("minutes").to_owned(),
        drill: is_drill(sent),
    };
    show(status, page.render())
}

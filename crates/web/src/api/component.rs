//! The parts that visitors know, and how they fare.

use axum::Json;
use model::public::PublicComponent;
use schemars::JsonSchema;
use serde::Serialize;

use super::admit::Caller;
use super::doc::Doc;
use super::problem::Problem;
use super::word::{Named, State, named};

/// A part that visitors know.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Component {
    /// The key.
    key: String,
    /// What visitors call it, by language.
    name: Named,
    /// What they do with it, by language.
    about: Named,
    /// What it cannot work without.
    depends_on: Vec<String>,
    /// How it fares, as the public page says: what somebody declared broken is broken.
    state: State,
    /// How it fares by measurement alone.
    measured: State,
}

pub(crate) const LIST: Doc = Doc::read::<Vec<Component>>("listComponents", "Handbook")
    .says("The components with their states", "In the order of the public page.");

/// All of them, in the order of the page.
pub(crate) async fn list(caller: Caller) -> Result<Json<Vec<Component>>, Problem> {
    let engine = &caller.engine;
    let handbook = engine.handbook().await?.handbook;
    let measured = engine.standing().await?;
    let page = engine.public_page().await?;
    let shown = handbook.components.iter().map(|one| {
        let id = PublicComponent::id_of(&one.key);
        let measured = measured.get(&one.key).copied().unwrap_or_default();
        let shown = page.components.iter().find(|shown| shown.id == id);
        Component {
            key: one.key.to_string(),
            name: named(&one.name),
            about: named(&one.about),
            depends_on: one.depends_on.iter().map(ToString::to_string).collect(),
            state: shown.map_or(measured, |shown| shown.state).into(),
            measured: measured.into(),
        }
    });
    Ok(Json(shown.collect()))
}

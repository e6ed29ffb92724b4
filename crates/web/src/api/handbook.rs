//! The handbook that is in force, and its plans.

use axum::Json;
use model::handbook::plan::Plan as Its;
use schemars::JsonSchema;
use serde::Serialize;

use super::admit::Caller;
use super::doc::Doc;
use super::problem::Problem;
use super::word::{Level, Named, NoticeKind, named};

/// The version of the handbook that is in force.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Handbook {
    /// The number of the version, counted from 1.
    version: u32,
    /// The community that it is for.
    community: String,
    /// The languages that every notice has; the first is the main one.
    languages: Vec<String>,
    /// The zone in which people are told moments.
    zone: String,
    /// Where the public page is.
    page: String,
    /// Its plans.
    plans: Vec<PlanName>,
}

/// A plan by name.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PlanName {
    /// The key, by which an incident is declared.
    key: String,
    /// What it is called, by language.
    title: Named,
}

/// A contingency plan.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Plan {
    /// The key, by which an incident is declared.
    key: String,
    /// What it is called, by language.
    title: Named,
    /// The level at which it begins.
    level: Level,
    /// The components that it is for.
    components: Vec<String>,
    /// Whether it is for every component that no other plan names.
    any_component: bool,
    /// How long the first notice waits before it goes out by itself.
    hold_seconds: u64,
    /// The longest time from one notice to the next.
    rhythm_seconds: u64,
    /// Whether a holding update goes out when nobody wrote.
    holding: bool,
    /// After how much quiet the all-clear goes out by itself, if it does.
    all_clear_after_seconds: Option<u64>,
    /// The audiences that are told.
    audiences: Vec<String>,
    /// The kinds of notices for which it has texts.
    texts: Vec<NoticeKind>,
}

pub(crate) const LOOK: Doc = Doc::read::<Handbook>("getHandbook", "Handbook")
    .says("The version of the handbook that is in force", "");

/// The version that is in force.
pub(crate) async fn look(caller: Caller) -> Result<Json<Handbook>, Problem> {
    let version = caller.engine.handbook().await?;
    let handbook = &version.handbook;
    let name = |plan: &Its| PlanName { key: plan.key.to_string(), title: named(&plan.title) };
    Ok(Json(Handbook {
        version: version.number,
        community: handbook.community.clone(),
        languages: handbook.languages.iter().map(ToString::to_string).collect(),
        zone: handbook.zone.name().to_owned(),
        page: handbook.page.clone(),
        plans: handbook.plans.values().map(name).collect(),
    }))
}

pub(crate) const PLANS: Doc = Doc::read::<Vec<Plan>>("listPlans", "Handbook")
    .says("The plans by which incidents are declared", "");

/// The plans of the version that is in force.
pub(crate) async fn plans(caller: Caller) -> Result<Json<Vec<Plan>>, Problem> {
    let version = caller.engine.handbook().await?;
    Ok(Json(version.handbook.plans.values().map(plan).collect()))
}

fn plan(plan: &Its) -> Plan {
    let policy = &plan.policy;
    Plan {
        key: plan.key.to_string(),
        title: named(&plan.title),
        level: plan.level.into(),
        components: plan.trigger.components.iter().map(ToString::to_string).collect(),
        any_component: plan.trigger.any,
        hold_seconds: policy.hold.as_seconds(),
        rhythm_seconds: policy.rhythm.as_seconds(),
        holding: policy.holding,
        all_clear_after_seconds: policy.all_clear_after.map(|span| span.as_seconds()),
        audiences: policy.audiences.iter().map(ToString::to_string).collect(),
        texts: plan.texts.keys().map(|kind| (*kind).into()).collect(),
    }
}

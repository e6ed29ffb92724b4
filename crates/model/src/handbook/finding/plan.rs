use std::collections::BTreeSet;

use super::sort::{
    NO_IMMEDIATE, NO_PLAN_EXERCISE, NO_RESTART, NO_REVIEW, NO_STEP_CHECK, NO_STEP_LIMIT,
    NO_STEP_OTHERWISE, OLD_PLAN_EXERCISE, OLD_REVIEW, OLD_STEP, ONE_ALERT_WAY, SLOW_POLICY,
    UNTOLD_PASSAGE,
};
use super::{About, Finding, Scene, Stale, proof};
use crate::handbook::duty::{Clock, Delay};
use crate::handbook::plan::{Plan, Step};
use crate::value::Span;

/// Each plan can be carried out by somebody who never did, and was tried.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (key, plan) in &scene.handbook.plans {
        let file = format!("plans/{key}.toml");
        let title = About::from(&plan.title);
        let rhythm = scene.handbook.rhythm.plan;
        let stale = scene.stale(plan.exercised_on, rhythm);
        let sorts = [&NO_PLAN_EXERCISE, &OLD_PLAN_EXERCISE];
        proof(found, stale, sorts, (&file, "exercised_on"), title.clone());
        let stale = scene.stale(plan.reviewed_on, rhythm);
        let sorts = [&NO_REVIEW, &OLD_REVIEW];
        proof(found, stale, sorts, (&file, "reviewed_on"), title.clone());
        if plan.immediate.is_empty() {
            found.push(Finding::new(&NO_IMMEDIATE, (&file, "immediate"), [title.clone()]));
        }
        if plan.trigger.components.len() > 1 && plan.restart.is_empty() {
            found.push(Finding::new(&NO_RESTART, (&file, "restart"), [title.clone()]));
        }
        let ways: BTreeSet<_> = plan.policy.alert_channels.iter().collect();
        if ways.len() + plan.policy.alert_endpoints.len() < 2 {
            let place = (file.as_str(), "notice.alert_channels");
            found.push(Finding::new(&ONE_ALERT_WAY, place, [title.clone()]));
        }
        untold(scene, plan, (&title, &file), found);
        slower_than_a_duty(scene, plan, &file, found);
        for (at, step) in plan.steps.iter().enumerate() {
            judge(scene, &title, (&file, at), step, found);
        }
    }
}

/// Whoever is meant by a passage gets it.
fn untold(scene: &Scene<'_>, plan: &Plan, (title, file): (&About, &str), found: &mut Vec<Finding>) {
    let meant: BTreeSet<_> = plan.passages.values().flat_map(|of_kind| of_kind.keys()).collect();
    for key in meant.into_iter().filter(|key| !plan.policy.audiences.contains(key)) {
        let audience = scene.handbook.audiences.get(key);
        let name = audience.map_or_else(|| About::new(key), |one| About::from(&one.title));
        let place = (file, "notice.audiences");
        found.push(Finding::new(&UNTOLD_PASSAGE, place, [title.clone(), name]));
    }
}

/// People outside hear of it no later than the authority has to.
fn slower_than_a_duty(scene: &Scene<'_>, plan: &Plan, file: &str, found: &mut Vec<Finding>) {
    let limits = scene.handbook.duties.values().flat_map(|duty| {
        let limits = duty.stages.iter().flat_map(|stage| &stage.due);
        let aware = limits.filter(|limit| limit.clock == Clock::Aware);
        aware.filter_map(move |limit| match limit.after {
            Delay::Span(span) if span > Span::ZERO => Some((span, duty)),
            _ => None,
        })
    });
    let Some((shortest, duty)) = limits.min_by_key(|(span, _)| *span) else { return };
    let policy = &plan.policy;
    if policy.hold.max(policy.rhythm) > shortest {
        let about = [
            About::from(&plan.title),
            About::new(&policy.hold.max(policy.rhythm)),
            About::from(&duty.title),
            About::new(&shortest),
        ];
        found.push(Finding::new(&SLOW_POLICY, (file, "notice.rhythm"), about));
    }
}

fn judge(
    scene: &Scene<'_>,
    title: &About,
    (file, at): (&str, usize),
    step: &Step,
    found: &mut Vec<Finding>,
) {
    let path = format!("step.{at}");
    let number = About::new(&(at + 1));
    for (lacking, field, sort) in [
        (step.check.is_none(), "check", &NO_STEP_CHECK),
        (step.within.is_none(), "within", &NO_STEP_LIMIT),
        (step.otherwise.is_none(), "otherwise", &NO_STEP_OTHERWISE),
    ] {
        if lacking {
            let about = [title.clone(), number.clone()];
            found.push(Finding::new(sort, (file, &format!("{path}.{field}")), about));
        }
    }
    // Whether it was ever carried out, the exercise of the whole plan says.
    if let Some(Stale::Days(age)) = scene.stale(step.proven_on, scene.handbook.rhythm.plan) {
        let about = [title.clone(), About::new(&age), number];
        found.push(Finding::new(&OLD_STEP, (file, &format!("{path}.proven_on")), about));
    }
}

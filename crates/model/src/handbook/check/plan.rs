use super::Scene;
use crate::handbook::plan::Plan;
use crate::value::Span;

/// A plan says what to do, its times fit, and its alerts reach people.
pub(super) fn check(scene: &mut Scene<'_>) {
    for (key, plan) in &scene.handbook.plans {
        let file = format!("plans/{key}.toml");
        if plan.steps.is_empty() {
            scene.hint(
                &file,
                "step",
                format!("the plan “{key}” has no steps"),
                "add a heading [[step]] with what and role: who does what first?",
            );
        }
        times(scene, &file, plan);
        alerts(scene, &file, plan);
    }
}

fn times(scene: &mut Scene<'_>, file: &str, plan: &Plan) {
    let policy = &plan.policy;
    if policy.rhythm < Span::seconds(1) {
        scene.error(
            file,
            "notice.rhythm",
            "nobody can write updates that fast",
            "write for example rhythm = \"30m\"",
        );
    } else if policy.remind >= policy.rhythm {
        scene.error(
            file,
            "notice.remind",
            format!("a reminder {} before comes before the last update", policy.remind),
            format!("write a remind that is shorter than the rhythm of {}", policy.rhythm),
        );
    }
    if policy.hold > Span::minutes(60) {
        scene.hint(
            file,
            "notice.hold",
            format!("people learn nothing for {} when nobody is at a desk", policy.hold),
            "write a hold of at most \"60m\"; a few minutes are usual",
        );
    }
    if policy.hold == Span::ZERO {
        scene.hint(
            file,
            "notice.hold",
            "the first notice goes out before anybody can look at it",
            "write for example hold = \"5m\"",
        );
    }
}

fn alerts(scene: &mut Scene<'_>, file: &str, plan: &Plan) {
    for key in &plan.policy.alert_channels {
        let Some((channel, kind)) = scene.channel(key) else { continue };
        if !kind.reaches.is_personal() {
            scene.error(
                file,
                "notice.alert_channels",
                format!("“{key}” reaches nobody of the team: it is of kind “{}”", channel.kind),
                "name a channel that reaches people here, and machines in alert_endpoints",
            );
        }
    }
}

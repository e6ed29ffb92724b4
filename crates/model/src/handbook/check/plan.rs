use super::Scene;
use crate::handbook::fault::said;
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
                said!("der Plan „{key}“ hat keine Schritte", "the plan “{key}” has no steps"),
                said!(
                    "fügen Sie einen Schritt hinzu: Wer tut was zuerst?",
                    "add a heading [[step]] with what and role: who does what first?"
                ),
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
            said!(
                "so schnell kann niemand Meldungen schreiben",
                "nobody can write updates that fast"
            ),
            said!("schreiben Sie zum Beispiel 30m", "write for example rhythm = \"30m\""),
        );
    } else if policy.remind >= policy.rhythm {
        scene.error(
            file,
            "notice.remind",
            said!(
                "eine Erinnerung {} vorher kommt noch vor der letzten Meldung",
                "a reminder {} before comes before the last update",
                policy.remind
            ),
            said!(
                "schreiben Sie eine Zeit, die kürzer als der Takt von {} ist",
                "write a remind that is shorter than the rhythm of {}",
                policy.rhythm
            ),
        );
    }
    if policy.hold > Span::minutes(60) {
        scene.hint(
            file,
            "notice.hold",
            said!(
                "ist niemand am Platz, erfahren die Menschen {} lang nichts",
                "people learn nothing for {} when nobody is at a desk",
                policy.hold
            ),
            said!(
                "schreiben Sie höchstens 60m; üblich sind ein paar Minuten",
                "write a hold of at most \"60m\"; a few minutes are usual"
            ),
        );
    }
    if policy.hold == Span::ZERO {
        scene.hint(
            file,
            "notice.hold",
            said!(
                "die erste Meldung geht hinaus, bevor jemand sie ansehen kann",
                "the first notice goes out before anybody can look at it"
            ),
            said!("schreiben Sie zum Beispiel 5m", "write for example hold = \"5m\""),
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
                said!(
                    "„{key}“ erreicht niemanden im Team: Der Weg ist von der Art „{}“",
                    "“{key}” reaches nobody of the team: it is of kind “{}”",
                    channel.kind
                ),
                said!(
                    "nennen Sie hier einen Weg zu Menschen, und Maschinen in ihrem eigenen Feld",
                    "name a channel that reaches people here, and machines in alert_endpoints"
                ),
            );
        }
    }
}

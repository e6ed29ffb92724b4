use std::collections::BTreeMap;

use super::Scene;
use crate::handbook::fault::said;
use crate::handbook::plan::Plan;
use crate::handbook::system::ComponentState;
use crate::value::Key;

/// Each component has one plan, which its monitors can open.
pub(super) fn check(scene: &mut Scene<'_>) {
    overlaps(scene);
    let handbook = scene.handbook;
    for (at, component) in handbook.components.iter().enumerate() {
        let monitors = || {
            let mine = |key: &Option<Key>| key.as_ref() == Some(&component.key);
            handbook.monitors.values().filter(move |monitor| mine(&monitor.component))
        };
        let Some(plan) = plan_of(&handbook.plans, &component.key) else {
            without_plan(scene, at, &component.key);
            continue;
        };
        let worst = monitors().map(|monitor| monitor.shows).max();
        if worst.is_some_and(|worst| worst < plan.trigger.at_least) {
            let shown = worst.map_or("", ComponentState::word);
            scene.hint(
                &format!("plans/{}.toml", plan.key),
                "trigger.at_least",
                said!(
                    "keine Messung löst diesen Plan für „{}“ aus: Schlimmstenfalls zeigen sie „{shown}“", "no monitor opens this plan for “{}”: at worst they show “{shown}”",
                    component.key
                ),
                said!("lassen Sie den Plan ab „{shown}“ gelten, oder lassen Sie eine Messung Schlimmeres zeigen", "write at_least = \"{shown}\", or let a monitor show something worse"),
            );
        }
    }
}

/// The plan that would be opened at the worst.
fn plan_of<'p>(plans: &'p BTreeMap<Key, Plan>, component: &Key) -> Option<&'p Plan> {
    let naming = plans.values().find(|plan| plan.trigger.components.contains(component));
    naming.or_else(|| plans.values().find(|plan| plan.trigger.any))
}

fn without_plan(scene: &mut Scene<'_>, at: usize, component: &Key) {
    let what = said!(
        "fällt „{component}“ aus, gilt kein Plan",
        "no plan is opened when “{component}” fails"
    );
    let help = said!(
        "nennen Sie es bei einem Plan, oder machen Sie einen, der für jeden Teil gilt",
        "name it in the trigger of a plan, or make one with any = true"
    );
    let mut watched = false;
    for (key, monitor) in &scene.handbook.monitors {
        if monitor.component.as_ref() == Some(component) {
            watched = true;
            let path = format!("monitor.{key}.component");
            let in_vain = said!(
                "„{key}“ beobachtet „{component}“ vergebens: Kein Plan gilt dafür",
                "“{key}” watches in vain: no plan is opened when “{component}” fails"
            );
            scene.hint("system.toml", &path, in_vain, help.clone());
        }
    }
    if !watched {
        scene.hint("system.toml", &format!("component.{at}"), what, help);
    }
}

/// Two plans for the same thing: nobody could say which is opened.
fn overlaps(scene: &mut Scene<'_>) {
    let mut named: BTreeMap<&Key, &Key> = BTreeMap::new();
    let mut any: Option<&Key> = None;
    for (key, plan) in &scene.handbook.plans {
        let file = format!("plans/{key}.toml");
        let help = said!("überlassen Sie es einem davon", "leave it to one of them");
        for component in &plan.trigger.components {
            if let Some(other) = named.insert(component, key) {
                let what = said!(
                    "„{component}“ löst schon den Plan „{other}“ aus",
                    "“{component}” opens the plan “{other}” already"
                );
                scene.error(&file, "trigger.components", what, help.clone());
            }
        }
        if plan.trigger.any
            && let Some(other) = any.replace(key)
        {
            let what = said!(
                "der Plan „{other}“ gilt schon für jeden Teil",
                "the plan “{other}” serves any component already"
            );
            scene.error(&file, "trigger.any", what, help);
        }
    }
}

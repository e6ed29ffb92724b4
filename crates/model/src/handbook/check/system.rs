use std::collections::BTreeMap;

use super::Scene;
use crate::handbook::fault::said;
use crate::handbook::system::{Component, Monitor, Probe};
use crate::value::{Key, Span};

const FILE: &str = "system.toml";

/// So many observations a rule looks at, at most.
const WINDOW: u8 = 20;

/// Dependencies go one way; monitors can reach a verdict; each component is watched.
pub(super) fn check(scene: &mut Scene<'_>) {
    cycles(scene);
    let monitors = &scene.handbook.monitors;
    for (key, monitor) in monitors {
        rule(scene, key, monitor);
        times(scene, key, monitor);
    }
    if monitors.is_empty() {
        scene.hint(
            FILE,
            "component.0",
            said!("es gibt keine Messung: Von einem Ausfall erfährt niemand, bis ein Mensch ihn meldet", "there is no monitor: nobody is told of an outage until a person declares it"),
            said!("fügen Sie Messungen hinzu", "add a heading [monitor.KEY] for each measurement"),
        );
        return;
    }
    if !monitors.values().any(Monitor::is_reference) {
        scene.hint(
            FILE,
            "monitor",
            said!("es gibt keine Messung zum Vergleich: Fällt der eigene Anschluss aus, sieht alles ausgefallen aus", "there is no reference: when our own line is down, everything looks down"),
            said!("fügen Sie eine Messung hinzu, die zum Vergleich auf eine fremde Seite sieht", "add a monitor with reference = true that looks at somebody else's page"),
        );
    }
    for (at, component) in scene.handbook.components.iter().enumerate() {
        if !monitors.values().any(|monitor| monitor.component.as_ref() == Some(&component.key)) {
            scene.hint(
                FILE,
                &format!("component.{at}"),
                said!(
                    "„{}“ wird von keiner Messung beobachtet",
                    "nothing watches “{}”",
                    component.key
                ),
                said!(
                    "fügen Sie eine Messung für „{}“ hinzu",
                    "add a monitor with component = \"{}\"",
                    component.key
                ),
            );
        }
    }
}

/// Each circle of dependencies is told once, at the first of its components.
fn cycles(scene: &mut Scene<'_>) {
    let components = &scene.handbook.components;
    let place: BTreeMap<&Key, usize> =
        components.iter().enumerate().rev().map(|(at, one)| (&one.key, at)).collect();
    for (at, component) in components.iter().enumerate() {
        let Some(circle) = circle(components, &place, at) else { continue };
        let names: Vec<_> = circle.iter().map(|at| components[*at].key.as_str()).collect();
        scene.error(
            FILE,
            &format!("component.{at}.depends_on"),
            said!(
                "diese Teile brauchen einander im Kreis: {}",
                "components depend on each other in a circle: {}",
                names.join(" → ")
            ),
            said!(
                "entscheiden Sie, welches davon ohne das nächste auskommt: „{}“?",
                "decide which of them can work without the next: “{}”?",
                component.key
            ),
        );
    }
}

/// The way from a component back to it, over components that stand after it.
/// It begins and ends with the component itself.
fn circle(
    components: &[Component],
    place: &BTreeMap<&Key, usize>,
    start: usize,
) -> Option<Vec<usize>> {
    let mut came_from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        for next in components[at].depends_on.iter().filter_map(|key| place.get(key).copied()) {
            if next == start {
                let mut way = vec![start, at];
                while let Some(before) = way.last().and_then(|last| came_from.get(last)) {
                    way.push(*before);
                }
                way.reverse();
                return Some(way);
            }
            if next > start && !came_from.contains_key(&next) {
                came_from.insert(next, at);
                open.push(next);
            }
        }
    }
    None
}

fn rule(scene: &mut Scene<'_>, key: &Key, monitor: &Monitor) {
    let rule = monitor.rule;
    if rule.of > WINDOW || rule.recover > WINDOW {
        let name = if rule.of > WINDOW { "of" } else { "recover" };
        scene.error(
            FILE,
            &format!("monitor.{key}.{name}"),
            said!(
                "„{key}“ sieht zu weit zurück: Höchstens {WINDOW} Beobachtungen werden aufgehoben",
                "“{key}” looks back too far: at most {WINDOW} observations are kept"
            ),
            said!(
                "schreiben Sie bei {name} höchstens {WINDOW}, und messen Sie dafür seltener",
                "write {name} = {WINDOW} or less, and look less often instead"
            ),
        );
    }
    if rule.fails > rule.of {
        scene.error(
            FILE,
            &format!("monitor.{key}.fails"),
            said!(
                "{} von {} kann es nie geben: „{key}“ würde nie einen Ausfall melden",
                "{} of {} can never fail: “{key}” would never say down",
                rule.fails,
                rule.of
            ),
            said!(
                "schreiben Sie höchstens {}, oder sehen Sie auf mehr Beobachtungen zurück",
                "write fails = {} or less, or make “of” larger",
                rule.of
            ),
        );
    }
}

fn times(scene: &mut Scene<'_>, key: &Key, monitor: &Monitor) {
    let every = monitor.every;
    if every < Span::seconds(1) {
        scene.error(
            FILE,
            &format!("monitor.{key}.every"),
            said!(
                "„{key}“ misst öfter als einmal in der Sekunde",
                "“{key}” looks more than once a second"
            ),
            said!("schreiben Sie 1s oder mehr", "write every = \"1s\" or more"),
        );
    }
    let (way, timeout) = match &monitor.probe {
        Probe::Http { timeout, .. } => ("http", *timeout),
        Probe::Tcp { timeout, .. } => ("tcp", *timeout),
        Probe::Heartbeat { .. } | Probe::Alertmanager { .. } | Probe::Hook { .. } => return,
    };
    if timeout >= every || timeout == Span::ZERO {
        scene.error(
            FILE,
            &format!("monitor.{key}.{way}.timeout"),
            said!(
                "eine Frist von {timeout} passt nicht, wenn alle {every} gemessen wird",
                "a time limit of {timeout} does not fit to a look every {every}"
            ),
            said!(
                "schreiben Sie eine Frist, die länger als nichts und kürzer als dieser Abstand ist",
                "write a timeout that is longer than nothing and shorter than “every”"
            ),
        );
    }
}

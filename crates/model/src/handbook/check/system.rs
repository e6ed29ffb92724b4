use std::collections::BTreeMap;

use super::Scene;
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
            "there is no monitor: nobody is told of an outage until a person declares it",
            "add a heading [monitor.KEY] for each measurement",
        );
        return;
    }
    if !monitors.values().any(Monitor::is_reference) {
        scene.hint(
            FILE,
            "monitor",
            "there is no reference: when our own line is down, everything looks down",
            "add a monitor with reference = true that looks at somebody else's page",
        );
    }
    for (at, component) in scene.handbook.components.iter().enumerate() {
        if !monitors.values().any(|monitor| monitor.component.as_ref() == Some(&component.key)) {
            scene.hint(
                FILE,
                &format!("component.{at}"),
                format!("nothing watches “{}”", component.key),
                format!("add a monitor with component = \"{}\"", component.key),
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
            format!("components depend on each other in a circle: {}", names.join(" → ")),
            format!("decide which of them can work without the next: “{}”?", component.key),
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
            format!("“{key}” looks back too far: at most {WINDOW} observations are kept"),
            format!("write {name} = {WINDOW} or less, and look less often instead"),
        );
    }
    if rule.fails > rule.of {
        scene.error(
            FILE,
            &format!("monitor.{key}.fails"),
            format!("{} of {} can never fail: “{key}” would never say down", rule.fails, rule.of),
            format!("write fails = {} or less, or make “of” larger", rule.of),
        );
    }
}

fn times(scene: &mut Scene<'_>, key: &Key, monitor: &Monitor) {
    let every = monitor.every;
    if every < Span::seconds(1) {
        scene.error(
            FILE,
            &format!("monitor.{key}.every"),
            format!("“{key}” looks more than once a second"),
            "write every = \"1s\" or more",
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
            format!("a time limit of {timeout} does not fit to a look every {every}"),
            "write a timeout that is longer than nothing and shorter than “every”",
        );
    }
}

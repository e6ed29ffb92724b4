//! The parts that visitors know, how they fare, and what somebody set by hand.

use askama::Template;
use model::handbook::system::ComponentState;

use super::scene::Scene;

/// A part that visitors know, and how it fares.
struct Part {
    shape: &'static str,
    text: String,
    by_hand: bool,
}

/// A part of which somebody may say how it fares.
struct Setting {
    id: String,
    name: String,
    asks: Vec<String>,
}

#[derive(Template)]
#[template(path = "console/room/parts.html")]
struct Parts {
    by_hand: &'static str,
    head: &'static str,
    hint: &'static str,
    parts: Vec<Part>,
    settings: Vec<Setting>,
    open: bool,
}

/// What a person may say of a part; whether we can see it is for the monitors to say.
pub(super) const STATES: [ComponentState; 5] = [
    ComponentState::Operational,
    ComponentState::Degraded,
    ComponentState::Partial,
    ComponentState::Major,
    ComponentState::Maintenance,
];

pub(super) fn html(scene: &Scene) -> askama::Result<String> {
    let (incident, words) = (scene.incident(), &scene.words.panel.lead);
    let components = &scene.case.handbook.components;
    let state = |key| incident.standing.get(key).copied().unwrap_or_default();
    let mut all: Vec<_> = components.iter().map(|one| (one, state(&one.key))).collect();
    all.sort_by_key(|(one, state)| {
        (!incident.affected.contains(&one.key), std::cmp::Reverse(*state))
    });
    let parts = all.iter().map(|(one, state)| Part {
        shape: state.word(),
        text: format!("{}: {}", one.name.get(scene.language), state.label(scene.language)),
        by_hand: incident.by_hand.contains_key(&one.key),
    });
    let settings = all.iter().filter(|_| scene.acts()).map(|(one, state)| {
        let rest = format!("/state/{}", one.key);
        let id = format!("set-{}", one.key);
        let choice = |it: ComponentState| {
            (it.word().to_owned(), it.label(scene.language).to_owned(), it == *state)
        };
        let set = scene.ask(&rest, "set", words.set).about(id.clone());
        let set = set.choice("state", words.state, STATES.map(choice).to_vec());
        let mut asks = vec![set.bare().html()];
        if incident.by_hand.contains_key(&one.key) {
            asks.push(scene.ask(&rest, "measure", words.measured).about(id.clone()).html());
        }
        Setting { id, name: one.name.get(scene.language).to_owned(), asks }
    });
    Parts {
        by_hand: words.by_hand,
        head: words.set_by_hand,
        hint: words.hand_hint,
        parts: parts.collect(),
        settings: settings.collect(),
        open: scene.typed.as_ref().is_some_and(|(id, _)| id.starts_with("ask-state-")),
    }
    .render()
}

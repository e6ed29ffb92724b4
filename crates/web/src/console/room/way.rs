//! Whether the ways out work, beside whom they have reached.

use askama::Template;

use super::Scene;
use crate::console::channel::{HERE, Shown, Teller};

#[derive(Template)]
#[template(path = "console/room/ways.html")]
struct WaysView {
    head: &'static str,
    more: &'static str,
    ways: Vec<Shown>,
}

pub(super) fn html(scene: &Scene) -> askama::Result<String> {
    let teller = Teller { language: scene.language, zone: scene.zone(), now: scene.now };
    let ways = scene.channels.iter().map(|state| teller.shown(state)).collect();
    WaysView { head: scene.words.ways.head, more: HERE, ways }.render()
}

//! Somebody who was asked whether they are there: when, over which channels, and what they answered.

use model::incident::{Asked, Callee, Calling};
use model::value::Key;

use super::scene::Scene;

/// Whom somebody asked, when, whether it came in, and until when an answer is waited for.
pub(super) fn asked(scene: &Scene, calling: &Calling, one: &Asked) -> String {
    let words = &scene.words.panel.crew;
    let way = way(scene, one);
    let answer = if calling.declined.contains(&one.who) {
        words.cannot.to_owned()
    } else if calling.answered.is_some() || one.until <= scene.now {
        words.silent.to_owned()
    } else {
        (words.waits)(&scene.clock(one.until))
    };
    let said = (words.asked)(&scene.name(one.who.key()), &scene.dated(one.at));
    [Some(said), way, Some(answer)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn way(scene: &Scene, one: &Asked) -> Option<String> {
    let words = &scene.words.panel.crew;
    let Callee::Person(person) = &one.who else { return None };
    let called = scene.called.iter().find(|called| called.person == *person);
    let among = |keys: &[Key]| -> Vec<String> {
        let keys = keys.iter().filter(|key| one.channels.contains(key));
        keys.map(Key::to_string).collect()
    };
    let arrived = called.map(|called| among(&called.by)).unwrap_or_default();
    let refused = called.map(|called| among(&called.not_by)).unwrap_or_default();
    if !arrived.is_empty() {
        Some((words.arrived)(&scene.list(arrived)))
    } else if !refused.is_empty() {
        Some((words.refused)(&scene.list(refused)))
    } else if one.channels.is_empty() {
        None
    } else {
        Some((words.under_way)(&scene.list(one.channels.iter().map(Key::to_string))))
    }
}

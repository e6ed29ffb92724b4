use super::Scene;
use crate::handbook::fault::said;
use crate::handbook::system::Place;

const FILE: &str = "system.toml";

/// No place lies in itself, directly or through others: a circle is told once, at the first of its
/// places.
pub(super) fn check(scene: &mut Scene<'_>) {
    let places = &scene.handbook.places;
    for place in places.values() {
        let outer = |one: &Place| one.inside.as_ref().and_then(|key| places.get(key));
        let mut way = vec![place];
        while let Some(next) = way.last().and_then(|last| outer(last)) {
            if way.iter().any(|one| one.key == next.key) {
                break;
            }
            way.push(next);
        }
        let closes = way.last().and_then(|last| outer(last)).is_some_and(|it| it.key == place.key);
        if !closes || way.iter().any(|one| one.key < place.key) {
            continue;
        }
        let names: Vec<_> = way.iter().chain([&place]).map(|one| one.key.as_str()).collect();
        scene.error(
            FILE,
            &format!("place.{}.inside", place.key),
            said!(
                "diese Orte liegen im Kreis ineinander: {}",
                "places lie in each other in a circle: {}",
                names.join(" → ")
            ),
            said!(
                "sagen Sie beim größten davon nicht, worin er liegt",
                "take “inside” out of the largest of them: it lies in none of the others"
            ),
        );
    }
}

use std::collections::BTreeSet;

use super::Scene;
use crate::handbook::channel::Channel;
use crate::handbook::fault::said;

const FILE: &str = "channels.toml";

/// Whoever steps in can reach those for whom it does, and in the end somebody stands alone.
pub(super) fn check(scene: &mut Scene<'_>) {
    for channel in scene.handbook.channels.values() {
        addresses(scene, channel);
        circle(scene, channel);
    }
}

fn addresses(scene: &mut Scene<'_>, channel: &Channel) {
    let Some(book) = channel.addresses.as_ref() else { return };
    let Some(book) = scene.handbook.channels.get(book) else { return };
    if book.kind == channel.kind && book.addresses.is_none() {
        return;
    }
    let (key, kind) = (&channel.key, &channel.kind);
    scene.error(
        FILE,
        &format!("channel.{key}.addresses"),
        said!(
            "„{key}“ kann die Adressen von „{}“ nicht benutzen",
            "“{key}” cannot use the addresses of “{}”",
            book.key
        ),
        said!(
            "nennen Sie einen Weg der Art „{kind}“, der eigene Adressen hat",
            "name a channel of kind {kind} that has addresses of its own"
        ),
    );
}

fn circle(scene: &mut Scene<'_>, channel: &Channel) {
    let mut seen = BTreeSet::from([&channel.key]);
    let mut at = channel;
    while let Some(step) = at.falls_back.as_ref() {
        let Some(next) = scene.handbook.channels.get(&step.to) else { return };
        if next.key == channel.key {
            scene.error(
                FILE,
                &format!("channel.{}.falls_back_to", channel.key),
                said!(
                    "„{}“ würde für sich selbst einspringen",
                    "“{}” would step in for itself",
                    channel.key
                ),
                said!(
                    "lassen Sie für den letzten Weg der Reihe keinen einspringen",
                    "let the last channel of the row fall back to none"
                ),
            );
            return;
        }
        if !seen.insert(&next.key) {
            return;
        }
        at = next;
    }
}

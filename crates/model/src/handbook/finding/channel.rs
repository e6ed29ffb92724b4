use std::collections::BTreeSet;

use super::sort::{
    FALL_BACK_FATE, FEW_KNOW, NO_CHANNEL_PLACE, NO_CHANNEL_TEST, NO_FALL_BACK, OLD_CHANNEL_TEST,
};
use super::{About, Finding, Scene, proof};
use crate::handbook::channel::Member;
use crate::value::Key;

const FILE: &str = "channels.toml";

/// Each way out was tried, and none is the only one.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let handbook = scene.handbook;
    for (key, channel) in &handbook.channels {
        let path = format!("channel.{key}");
        let sorts = [&NO_CHANNEL_TEST, &OLD_CHANNEL_TEST];
        let stale = scene.stale(channel.tested_on, handbook.rhythm.channel);
        proof(found, stale, sorts, (FILE, &format!("{path}.tested_on")), About::new(key));
        if channel.known_by.iter().collect::<BTreeSet<_>>().len() < 2 {
            found.push(Finding::new(
                &FEW_KNOW,
                (FILE, &format!("{path}.known_by")),
                [About::new(key)],
            ));
        }
        let steps_in = channel.falls_back.as_ref().map(|step| &step.to);
        let steps_in = steps_in.and_then(|other| handbook.channels.get(other));
        if let Some(other) = steps_in
            && let Some(place) = handbook.common_fate(&channel.runs_on, &other.runs_on)
        {
            let about = [About::new(&other.key), About::new(key), About::from(&place.title)];
            let path = format!("{path}.falls_back_to");
            found.push(Finding::new(&FALL_BACK_FATE, (FILE, &path), about));
        }
        if channel.runs_on.is_empty() {
            found.push(Finding::new(
                &NO_CHANNEL_PLACE,
                (FILE, &format!("{path}.runs_on")),
                [About::new(key)],
            ));
        }
    }
    for (key, audience) in &handbook.audiences {
        // Machines have the one way that they have.
        let people = audience.who.iter().any(|who| !matches!(who, Member::Endpoint(_)));
        let lasting = |one: &&Key| {
            let channel = handbook.channels.get(*one);
            channel.is_some_and(|channel| channel.falls_back.is_none())
        };
        if let ([only], true) = (&audience.channels[..], people)
            && lasting(&only)
        {
            let path = format!("audience.{key}.channels");
            let about = [About::from(&audience.title), About::new(only)];
            found.push(Finding::new(&NO_FALL_BACK, (FILE, &path), about));
        }
    }
}

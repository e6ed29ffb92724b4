//! The alarm chain: who is called one after the other, and what to do when nobody answers.

use askama::Template;
use model::incident::{Asked, Call, Calling, Rung, calls, ladder};
use model::value::{Key, Timestamp};

use super::asked::asked;
use super::scene::Scene;

/// Somebody on the chain.
struct Step {
    shape: &'static str,
    said: String,
}

/// An alarm chain.
#[derive(Template)]
#[template(path = "console/room/chain.html")]
pub(super) struct Chain {
    id: String,
    head: String,
    steps: Vec<Step>,
    answered: Option<String>,
    /// What to do when nobody answered.
    otherwise: Option<String>,
    unanswered: Option<&'static str>,
    asks: Vec<String>,
}

pub(super) fn chains(scene: &Scene) -> Vec<Chain> {
    let calls = calls(&scene.case.handbook, scene.incident());
    let chains = calls.into_iter().filter_map(|call| match call {
        Call::Chain(key) => chain(scene, &key),
        Call::Role(_) => None,
    });
    chains.collect()
}

fn chain(scene: &Scene, key: &Key) -> Option<Chain> {
    let (words, handbook) = (&scene.words.panel.crew, &scene.case.handbook);
    let found = handbook.chains.get(key)?;
    let call = Call::Chain(key.clone());
    let calling = scene.incident().calling(&call);
    let rungs = ladder(handbook, scene.plan()?, &call, scene.now);
    let unanswered = calling.unanswered.is_some() && calling.answered.is_none();
    let otherwise = found.otherwise.as_ref().filter(|_| unanswered);
    Some(Chain {
        id: format!("chain-{key}"),
        head: (words.chain)(found.title.get(scene.language)),
        steps: steps(scene, &calling, &rungs),
        answered: calling
            .answered
            .as_ref()
            .map(|(by, at)| (words.answered)(&scene.who(by), &scene.dated(*at))),
        otherwise: otherwise.map(|said| said.get(scene.language).to_owned()),
        unanswered: unanswered.then_some(words.unanswered),
        asks: if scene.acts() { asks(scene, key, &calling) } else { vec![] },
    })
}

fn asks(scene: &Scene, key: &Key, calling: &Calling) -> Vec<String> {
    let words = &scene.words.panel.crew;
    let rest = format!("/chain/{key}");
    let ask = |act, label| scene.ask(&rest, act, label).about(format!("chain-{key}-h")).html();
    let mut asks = Vec::new();
    if calling.is_open() {
        asks.push(ask("answer", words.i_am_here));
        if scene.is_awaited(calling) {
            asks.push(ask("decline", words.decline));
        }
    } else if calling.answered.is_none() {
        asks.push(ask("again", words.again));
    }
    asks
}

/// Who was asked, as it was; then who is still to come, the next with its time.
fn steps(scene: &Scene, calling: &Calling, rungs: &[Rung]) -> Vec<Step> {
    let words = &scene.words.panel.crew;
    let asked = calling
        .asked
        .iter()
        .map(|one| Step { shape: shape(scene, calling, one), said: asked(scene, calling, one) });
    let mut due: Option<Timestamp> =
        Some(calling.asked.last().map_or(calling.since, |asked| asked.until));
    let later = calling.to_come(rungs, scene.reachable.as_ref()).into_iter().map(|(rung, _)| {
        let next = due.take();
        let said = match next {
            _ if !calling.is_open() => words.spared.to_owned(),
            Some(at) => (words.next)(&scene.clock(at)),
            None => words.later.to_owned(),
        };
        let who = scene.name(rung.who.key());
        Step { shape: "open", said: format!("{who}, {said}") }
    });
    asked.chain(later).collect()
}

fn shape(scene: &Scene, calling: &Calling, one: &Asked) -> &'static str {
    let is_there = calling.answered.as_ref().is_some_and(
        |(by, _)| matches!(by, model::incident::Actor::Person(key) if key == one.who.key()),
    );
    if is_there {
        "operational"
    } else if calling.declined.contains(&one.who) {
        "skip"
    } else if calling.is_open() && one.until > scene.now {
        "now"
    } else {
        "miss"
    }
}

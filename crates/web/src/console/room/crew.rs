//! Who is there: each role of the plan, who holds it, who was asked when, and who comes next.

use askama::Template;
use model::incident::{Actor, Call, Calling, Held, Post, Presence, Rung, ladder, posts};
use model::value::Key;

use super::asked::asked;
use super::chain::{self, Chain};
use super::scene::Scene;

/// A role.
struct Row {
    id: String,
    shape: &'static str,
    state: &'static str,
    title: String,
    who: String,
    /// What is asked of the person who looks.
    ask: Option<&'static str>,
    lines: Vec<String>,
    asks: Vec<String>,
}

#[derive(Template)]
#[template(path = "console/room/crew.html")]
struct Crew {
    head: &'static str,
    filled: String,
    none: &'static str,
    rows: Vec<Row>,
    chains: Vec<Chain>,
}

pub(super) fn html(scene: &Scene) -> askama::Result<String> {
    let words = &scene.words.panel.crew;
    let posts = posts(&scene.case.handbook, scene.incident());
    let filled = posts.iter().filter(|post| post.held.holder.is_some()).count();
    Crew {
        head: words.head,
        filled: (words.filled)(filled, posts.len()),
        none: words.none,
        rows: posts.iter().map(|post| Role::of(scene, post).row()).collect(),
        chains: chain::chains(scene),
    }
    .render()
}

struct Role<'a> {
    scene: &'a Scene,
    key: &'a Key,
    held: &'a Held,
    /// Whether its holder is waited for.
    waited: bool,
    calling: &'a Calling,
    state: Presence,
    /// Everybody on its ladder.
    ladder: Vec<Rung>,
}

impl<'a> Role<'a> {
    fn of(scene: &'a Scene, post: &'a Post) -> Self {
        let Post { role: key, held, calling, waited, state } = post;
        let (handbook, call) = (&scene.case.handbook, Call::Role(key.clone()));
        let ladder = scene.plan().map(|plan| ladder(handbook, plan, &call, scene.now));
        let ladder = ladder.unwrap_or_default();
        Self { scene, key, held, waited: *waited, calling, state: *state, ladder }
    }

    fn row(&self) -> Row {
        let words = &self.scene.words.panel.crew;
        let (shape, state) = match self.state {
            Presence::Here => ("operational", words.here),
            Presence::StandsIn => ("partial", words.stands_in),
            Presence::Called => ("now", words.called),
            Presence::Missing => ("miss", words.missing),
        };
        let holder = self.held.holder.as_ref();
        let who = holder.map_or_else(|| words.nobody.to_owned(), |(by, _)| self.scene.who(by));
        Row {
            id: format!("role-{}", self.key),
            shape,
            state,
            title: self.scene.role(self.key),
            who,
            ask: self.asked_of_me(),
            lines: self.lines(),
            asks: if self.scene.acts() { self.asks() } else { vec![] },
        }
    }

    fn offered_to_me(&self) -> bool {
        self.held.offered.as_ref().is_some_and(|(to, _)| self.scene.is_me(to))
    }

    /// I was asked and have not answered yet.
    fn waits_for_me(&self) -> bool {
        let open = self.held.holder.is_none() && self.waited && self.calling.is_open();
        open && self.scene.is_awaited(self.calling)
    }

    fn asked_of_me(&self) -> Option<&'static str> {
        let words = &self.scene.words.panel.crew;
        match (self.offered_to_me(), self.waits_for_me()) {
            _ if !self.scene.acts() => None,
            (true, _) => Some(words.to_you),
            (_, true) => Some(words.asked_you),
            _ => None,
        }
    }

    fn lines(&self) -> Vec<String> {
        let (scene, words) = (self.scene, &self.scene.words.panel.crew);
        let mut lines = Vec::new();
        if let Some((_, at)) = &self.held.holder {
            lines.push((words.since)(&scene.dated(*at)));
        }
        if let Some((to, at)) = &self.held.offered {
            lines.push((words.offered)(&scene.name(to), &scene.dated(*at)));
        }
        if self.held.holder.is_some() {
            return lines;
        }
        if !self.waited {
            lines.extend(self.together());
            return lines;
        }
        lines.extend(self.calling.asked.iter().map(|one| asked(scene, self.calling, one)));
        let later = self.calling.to_come(&self.ladder, scene.reachable.as_ref()).into_iter();
        let later: Vec<String> = later.map(|(rung, _)| scene.name(rung.who.key())).collect();
        if !later.is_empty() {
            lines.push((words.then)(&scene.list(later)));
        }
        if self.calling.unanswered.is_some() {
            lines.push(words.unanswered.to_owned());
        }
        lines
    }

    /// Where the plan waits for nobody, all are alerted at once; whoever acted was woken.
    fn together(&self) -> Vec<String> {
        let (scene, words) = (self.scene, &self.scene.words.panel.crew);
        let Some(role) = scene.case.handbook.roles.get(self.key) else { return vec![] };
        let called = |key: &&Key| scene.called.iter().find(|one| one.person == **key);
        let everybody: Vec<&Key> = role.everybody().filter(|key| called(key).is_some()).collect();
        if everybody.is_empty() {
            return vec![];
        }
        let mut lines =
            vec![(words.together)(&scene.list(everybody.iter().map(|key| scene.name(key))))];
        for key in everybody {
            let Some(one) = called(&key) else { continue };
            let name = scene.name(key);
            let ways = |keys: &[Key]| scene.list(keys.iter().map(Key::to_string));
            if let Some(at) = one.acted {
                lines.push((words.acted)(&name, &scene.dated(at)));
            } else if !one.by.is_empty() {
                lines.push(format!("{name}: {}", (words.arrived)(&ways(&one.by))));
            } else if !one.not_by.is_empty() {
                lines.push(format!("{name}: {}", (words.refused)(&ways(&one.not_by))));
            }
        }
        lines
    }

    fn asks(&self) -> Vec<String> {
        let (scene, words) = (self.scene, &self.scene.words.panel.crew);
        let rest = format!("/role/{}", self.key);
        let about = format!("role-{}-h", self.key);
        let ask = |act, label| scene.ask(&rest, act, label).about(about.clone());
        let mut asks = Vec::new();
        let mine = matches!(&self.held.holder, Some((by, _)) if *by == scene.me);
        if self.offered_to_me() {
            asks.push(ask("take", words.accept));
            asks.push(ask("refuse", words.refuse));
        } else if self.held.holder.is_none() {
            asks.push(ask("take", words.take));
        }
        if self.waits_for_me() {
            asks.push(ask("decline", words.decline));
        }
        if self.waited && self.held.holder.is_none() && !self.calling.is_open() {
            asks.push(ask("again", words.again));
        }
        if mine {
            asks.push(ask("leave", words.leave));
        }
        let others = scene.case.handbook.people.keys();
        let has_it = |key: &&Key| matches!(&self.held.holder, Some((Actor::Person(holder), _)) if holder == *key);
        let others = others.filter(|key| !has_it(key));
        let people = others.map(|key| (key.to_string(), scene.name(key), false)).collect();
        let offer = ask("offer", words.hand_over).choice("to", words.to_whom, people);
        asks.push(offer.button(words.offer));
        if self.held.holder.is_some() && !mine {
            let leave = ask("leave", words.leave_for).warned(words.leave_hint);
            asks.push(leave.button(words.leave));
        }
        asks.into_iter().map(super::ask::Ask::html).collect()
    }
}

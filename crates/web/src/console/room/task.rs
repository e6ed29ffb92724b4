//! Steps of the plan and the order of restart, as a list to tick off.

use askama::Template;
use model::incident::{Part, Stand, Work, works};
use model::value::Key;

use super::ask::Ask;
use super::scene::Scene;

/// Something that is to be done.
struct Row {
    id: String,
    shape: &'static str,
    state: &'static str,
    late: bool,
    /// It is the next one.
    here: bool,
    what: String,
    lines: Vec<String>,
    asks: Vec<String>,
}

/// One list.
struct List {
    head: &'static str,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "console/room/tasks.html")]
struct Tasks {
    head: &'static str,
    count: String,
    none: &'static str,
    /// What is late: how many, and where the first stands.
    late: Option<(String, String)>,
    lists: Vec<List>,
}

pub(super) fn html(scene: &Scene) -> askama::Result<String> {
    let words = &scene.words.panel.tasks;
    let all = works(&scene.case.handbook, scene.incident(), scene.now);
    let settled = all.iter().filter(|work| work.progress.settled.is_some()).count();
    let mut lists = Vec::new();
    for (part, head) in [
        (Part::Immediate, words.immediate),
        (Part::Step, words.steps),
        (Part::Restart, words.restart),
    ] {
        let of_part = all.iter().filter(|work| work.task.part == part);
        let rows: Vec<Row> = of_part.map(|work| Step { scene, work }.row()).collect();
        if !rows.is_empty() {
            lists.push(List { head, rows });
        }
    }
    let late = || lists.iter().flat_map(|list| &list.rows).filter(|row| row.late);
    let late = late().next().map(|first| ((words.late_count)(late().count()), first.id.clone()));
    let count = (words.count)(settled, all.len());
    Tasks { head: words.head, count, none: words.none, late, lists }.render()
}

struct Step<'a> {
    scene: &'a Scene,
    work: &'a Work,
}

impl Step<'_> {
    fn is_late(&self) -> bool {
        self.work.state == Stand::Late
    }

    fn row(&self) -> Row {
        let words = &self.scene.words.panel.tasks;
        let (shape, state) = match self.work.state {
            Stand::Skipped => ("skip", words.skipped),
            Stand::Done => ("operational", words.done),
            Stand::Late => ("degraded", words.late),
            Stand::Running => ("now", words.running),
            Stand::Open => ("open", words.open),
        };
        Row {
            id: format!("task-{}", self.work.task.id),
            shape,
            state,
            late: self.is_late(),
            here: self.work.next,
            what: self.work.task.what.get(self.scene.language).to_owned(),
            lines: self.lines(),
            asks: if self.scene.acts() { self.asks() } else { vec![] },
        }
    }

    fn lines(&self) -> Vec<String> {
        let (scene, words) = (self.scene, &self.scene.words.panel.tasks);
        let mut lines = Vec::new();
        let role = self.work.task.role.as_ref().map(|key| scene.role(key));
        if let Some(settled) = &self.work.progress.settled {
            lines.push((words.by)(&scene.who(&settled.by), &scene.dated(settled.at)));
            match (settled.skipped, settled.said.as_str()) {
                (true, said) => lines.push((words.because)(said)),
                (false, "") => {}
                (false, said) => lines.push(said.to_owned()),
            }
            return lines;
        }
        let doer = self.work.progress.assigned.as_ref().map_or_else(
            || words.nobody.to_owned(),
            |(by, at)| (words.since)(&scene.who(by), &scene.dated(*at)),
        );
        let due = match self.work.due {
            Some(at) if self.is_late() => Some((words.was_due)(&scene.dated(at))),
            Some(at) => Some((words.due)(&scene.dated(at))),
            None => self
                .work
                .task
                .within
                .map(|span| (words.within)(&(scene.words.span)(span.as_seconds()))),
        };
        let first = role.into_iter().chain([doer]).chain(due).collect::<Vec<_>>();
        lines.push(first.join(" · "));
        let said = |text: &model::language::Localized| text.get(scene.language).to_owned();
        lines.extend(self.work.task.check.as_ref().map(|check| (words.check)(&said(check))));
        lines
            .extend(self.work.task.otherwise.as_ref().map(|other| (words.otherwise)(&said(other))));
        lines.extend(self.work.task.partner.as_ref().map(|key| (words.partner)(&scene.name(key))));
        lines
    }

    fn asks(&self) -> Vec<String> {
        let (scene, words) = (self.scene, &self.scene.words.panel.tasks);
        let rest = format!("/task/{}", self.work.task.id);
        let about = format!("task-{}-h", self.work.task.id);
        let ask = |act, label| scene.ask(&rest, act, label).about(about.clone());
        if self.work.progress.settled.is_some() {
            return vec![ask("reopen", words.reopen).html()];
        }
        let mut asks = Vec::new();
        let mine = self.work.progress.assigned.as_ref().is_some_and(|(by, _)| *by == scene.me);
        if !mine {
            asks.push(ask("take", words.take));
        }
        asks.push(ask("done", words.tick));
        if let Some(partner) = &self.work.task.partner {
            let call = scene.ask(&format!("/partner/{partner}"), "call", words.call);
            asks.push(
                call.apart(&self.work.task.id)
                    .hidden("task", &self.work.task.id)
                    .about(about.clone()),
            );
        }
        asks.push(ask("note", words.tick_with).line("note", words.note).button(words.tick));
        asks.push(ask("skip", words.skip).line("reason", words.reason).needed());
        let people = scene.case.handbook.people.keys();
        let doer = |key: &Key| matches!(&self.work.progress.assigned, Some((model::incident::Actor::Person(by), _)) if by == key);
        let people =
            people.filter(|key| !doer(key)).map(|key| (key.to_string(), scene.name(key), false));
        asks.push(ask("give", words.give).choice("to", words.to_whom, people.collect()));
        asks.into_iter().map(Ask::html).collect()
    }
}

//! How things are, for whoever joins; how grave it is; notes for the timeline.

use askama::Template;
use model::handbook::plan::Level;
use model::permission::Permission;

use super::ask::Ask;
use super::scene::Scene;

#[derive(Template)]
#[template(path = "console/room/situation.html")]
struct Situation {
    head: &'static str,
    level: String,
    none: &'static str,
    text: Option<(String, String)>,
    asks: Vec<String>,
}

pub(super) fn html(scene: &Scene) -> askama::Result<String> {
    let (incident, words) = (scene.incident(), &scene.words.panel.lead);
    let text = incident.situation.as_ref();
    Situation {
        head: words.head,
        level: (words.level)(incident.level.label(scene.language)),
        none: words.none,
        text: text.map(|(at, text)| (text.clone(), (words.as_of)(&scene.moment(*at)))),
        asks: asks(scene).into_iter().map(Ask::html).collect(),
    }
    .render()
}

fn asks(scene: &Scene) -> Vec<Ask<'_>> {
    let (incident, words) = (scene.incident(), &scene.words.panel.lead);
    let save = scene.words.panel.save;
    let mut asks = Vec::new();
    if !scene.may(Permission::Writer) {
        return asks;
    }
    if incident.is_open() {
        let known = incident.situation.as_ref().map_or("", |(_, text)| text);
        let write = scene.ask("/situation", "write", words.write);
        asks.push(write.area("text", words.text, known).needed().button(save));
    }
    let note = scene.ask("/note", "write", words.note);
    asks.push(note.area("text", words.note_text, "").needed().button(save));
    if incident.is_open() {
        let levels = Level::ALL.into_iter().filter(|level| *level != incident.level);
        let level =
            |level: Level| (level.word().to_owned(), level.label(scene.language).to_owned(), false);
        let change = scene.ask("/level", "change", words.change);
        let change = change.choice("level", words.new_level, levels.map(level).collect());
        asks.push(change.line("reason", words.why).needed());
    }
    asks
}

//! The staff page: the notice as it will go out, what happens if nobody acts, and the buttons.

use askama::Template;
use engine::incident::Wanted;
use model::language::Zone;

use super::answer::Asked;
use crate::desk::{Act, DeskView, Stage};
use crate::page::layout::Frame;
use crate::page::scene::{Fact, Said};
use crate::page::site::Site;

/// One text of the notice as it will go out.
struct Preview {
    tag: &'static str,
    name: &'static str,
    headline: String,
    body: Vec<String>,
    facts: Vec<Fact>,
}

/// A button that needs nothing but a press.
struct Button {
    word: &'static str,
    label: &'static str,
    class: &'static str,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage {
    frame: Frame,
    path: String,
    title: String,
    since: String,
    since_iso: String,
    hint: Option<&'static str>,
    wanted: Vec<Asked>,
    stage: String,
    counts: bool,
    preview_head: &'static str,
    previews: Vec<Preview>,
    buttons: Vec<Button>,
    veto: Option<&'static str>,
}

/// The page of a staff link, whose forms go to `path`, with what its person is asked for.
pub(super) fn html(
    site: &Site,
    path: String,
    view: &DeskView,
    wanted: &[Wanted],
    hint: Option<&'static str>,
) -> askama::Result<String> {
    let words = view.language.words();
    let page = &words.page;
    let zone = Zone::named(&view.zone).unwrap_or_else(Zone::utc);
    let title = format!("{}: {}", page.desk, view.title);
    // The light falls on one thing: whoever is called answers first.
    let main = if wanted.is_empty() { "btn-main btn-large" } else { "btn-large" };
    let label = |act| match act {
        Act::Hold => Button { word: Act::Hold.word(), label: page.desk_hold, class: "btn-large" },
        Act::Release => Button { word: Act::Release.word(), label: page.desk_release, class: main },
        Act::Veto => Button { word: Act::Veto.word(), label: page.desk_veto, class: "btn-risk" },
        Act::AllClear => {
            Button { word: Act::AllClear.word(), label: page.desk_all_clear, class: main }
        }
    };
    let simple = view.acts.iter().copied().filter(|act| *act != Act::Veto);
    let counts = matches!(
        view.stage,
        Stage::Held(_) | Stage::Unread(_) | Stage::Stopped | Stage::Recovered(_)
    );
    let mut frame = Frame::bare(site, view.language, &title);
    frame.drill = view.drill;
    DeskPage {
        frame,
        path,
        title: view.title.clone(),
        since: (page.since)(&zone.moment(view.since, view.now, view.language)),
        since_iso: zone.iso(view.since),
        hint,
        wanted: wanted.iter().map(|one| Asked::of(one, view.language, &zone)).collect(),
        stage: stage(view, &zone),
        counts,
        preview_head: match &view.notice {
            Some((kind, _)) if !counts => kind.label(view.language),
            _ => words.alert.preview.trim_end_matches(':'),
        },
        previews: previews(view),
        buttons: simple.map(label).collect(),
        veto: view.acts.contains(&Act::Veto).then_some(page.desk_veto),
    }
    .render()
}

/// What happens if nobody acts, or what has happened.
fn stage(view: &DeskView, zone: &Zone) -> String {
    let words = view.language.words();
    let moment = |at| zone.moment(at, view.now, view.language);
    // Seconds count while the clock runs.
    let clock = |at| zone.promise(at, view.language);
    match view.stage {
        Stage::Held(at) => (words.alert.held_else)(&clock(at)),
        Stage::Unread(at) => (words.alert.held_else_unread)(&clock(at)),
        Stage::Stopped => words.alert.still_held_else.to_owned(),
        Stage::Published(at) => (words.page.desk_published)(&moment(at)),
        Stage::Withdrawn(at) => (words.page.desk_withdrawn)(&moment(at)),
        Stage::Recovered(Some(at)) => (words.alert.recovered_else)(&clock(at)),
        Stage::Recovered(None) => words.alert.recovered_wait.to_owned(),
        Stage::Closed(at) => (words.page.desk_closed)(&moment(at)),
        Stage::Nothing => words.page.desk_nothing.to_owned(),
    }
}

fn previews(view: &DeskView) -> Vec<Preview> {
    let texts = view.notice.iter().flat_map(|(_, texts)| texts);
    texts
        .map(|(language, text)| Preview {
            tag: language.tag(),
            name: language.words().name,
            headline: text.headline.clone(),
            body: text.body.clone(),
            facts: text
                .facts(*language)
                .map(|(head, said)| Fact {
                    shape: "",
                    head,
                    said: Said { text: said.to_owned(), lang: None },
                })
                .collect(),
        })
        .collect()
}

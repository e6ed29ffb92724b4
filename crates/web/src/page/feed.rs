//! The Atom feed (RFC 4287): one entry for each published notice and each emergency notice.

use askama::Template;
use model::public::{PublicEmergency, PublicIncident, PublicNotice, PublicPage};
use model::value::Timestamp;

use super::scene::Scene;
use super::site::hash;

/// Readers ask often: so many entries are enough.
const ENTRIES: usize = 50;

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed {
    id: String,
    tag: &'static str,
    title: String,
    author: String,
    home: String,
    own: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    kind: &'static str,
    lang: Option<&'static str>,
    link: String,
    at: String,
    content: String,
}

/// The feed in one language, which is fetched at `own`, a path.
///
/// # Errors
///
/// Where the template does not render.
pub(super) fn atom(scene: &Scene<'_>, own: &str) -> askama::Result<String> {
    let page = scene.page;
    let mut entries: Vec<_> = page.emergencies.iter().map(|one| emergency(scene, one)).collect();
    let notices = newest(page).into_iter().take(ENTRIES);
    entries.extend(notices.filter_map(|(incident, notice)| entry(scene, incident, notice)));
    entries.sort_by(|one, two| two.at.cmp(&one.at));
    let began = page.components.iter().map(|component| component.created_at).min();
    let updated = entries.first().map(|entry| entry.at.clone());
    Feed {
        id: urn(&["feed", page.id.as_str(), scene.language.tag()]),
        tag: scene.language.tag(),
        title: format!("{} {}", clean(&page.community), scene.words.page.brand),
        author: clean(&page.community),
        home: format!("{}{}", page.url, scene.path("")),
        own: format!("{}{own}", page.url),
        updated: updated.unwrap_or_else(|| stamp(began.unwrap_or(page.as_of))),
        entries,
    }
    .render()
}

/// Every published notice, newest first.
fn newest(page: &PublicPage) -> Vec<(&PublicIncident, &PublicNotice)> {
    let incidents = page.open.iter().chain(&page.past);
    let mut all: Vec<_> = incidents
        .flat_map(|incident| incident.notices.iter().map(move |notice| (incident, notice)))
        .collect();
    all.sort_by(|(_, one), (_, two)| two.at.cmp(&one.at).then(two.number.cmp(&one.number)));
    all
}

fn entry(scene: &Scene<'_>, incident: &PublicIncident, notice: &PublicNotice) -> Option<Entry> {
    let (text, lang) = scene.text(notice)?;
    let page = scene.page;
    let path = scene.path(&format!("incident/{}#n{}", incident.id, notice.number));
    Some(Entry {
        id: urn(&["notice", page.id.as_str(), notice.id.as_str(), scene.language.tag()]),
        title: clean(&text.headline),
        kind: notice.kind.label(scene.language),
        lang,
        link: format!("{}{path}", page.url),
        at: stamp(notice.at),
        content: clean(&text.to_plain(scene.language)),
    })
}

fn emergency(scene: &Scene<'_>, one: &PublicEmergency) -> Entry {
    let page = scene.page;
    Entry {
        id: urn(&["emergency", page.id.as_str(), one.id.as_str(), scene.language.tag()]),
        title: clean(one.text.lines().next().unwrap_or_default()),
        kind: scene.words.notice.emergency,
        lang: Some(""),
        link: format!("{}{}", page.url, scene.path("")),
        at: stamp(one.at),
        content: clean(&one.text),
    }
}

/// An id that stays when the page moves to another address: a version 8 UUID (RFC 9562) made
/// from these parts.
fn urn(parts: &[&str]) -> String {
    let mut digits = hash(parts.join("\n").as_bytes());
    digits.replace_range(12..13, "8");
    digits.replace_range(16..17, "8");
    let cut = |from, to| &digits[from..to];
    let (a, b, c, d, e) = (cut(0, 8), cut(8, 12), cut(12, 16), cut(16, 20), cut(20, 32));
    format!("urn:uuid:{a}-{b}-{c}-{d}-{e}")
}

fn stamp(at: Timestamp) -> String {
    at.to_string()
}

/// XML cannot carry control characters, not even escaped.
pub(super) fn clean(text: &str) -> String {
    let fits = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(|c| fits(*c) && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

//! The lists of a page: notices, components, other and past incidents, emergency notices.

use model::notice::Kind;
use model::public::{PublicIncident, PublicNotice};

use super::hero::Hero;
use super::scene::{Badge, Fact, Moment, Said, Scene};

/// A link to the same thing in another language.
pub(super) struct Other {
    pub(super) href: String,
    pub(super) tag: &'static str,
    pub(super) name: &'static str,
}

/// A mark of a correction, with a link to the other notice.
pub(super) struct Mark {
    pub(super) href: String,
    pub(super) text: String,
}

/// One notice in the timeline.
pub(super) struct NoticeItem {
    pub(super) number: u32,
    pub(super) label: String,
    pub(super) kind: Option<&'static str>,
    pub(super) at: Moment,
    pub(super) lang: Option<&'static str>,
    pub(super) headline: String,
    pub(super) body: Vec<String>,
    pub(super) facts: Vec<Fact>,
    pub(super) marks: Vec<Mark>,
    pub(super) href: String,
    pub(super) others: Vec<Other>,
    pub(super) newest: bool,
    pub(super) wrong: bool,
}

/// One component.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) state: Badge,
}

/// An incident that has no light of its own on this page.
pub(super) struct Brief {
    pub(super) href: String,
    pub(super) headline: Said,
    pub(super) state: Badge,
    pub(super) since: Moment,
    pub(super) late: Option<Badge>,
    pub(super) promise: Option<String>,
}

/// A closed incident.
pub(super) struct Past {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) day: Moment,
    pub(super) span: String,
    pub(super) state: Option<Badge>,
    pub(super) last: Option<Said>,
}

/// A notice from the host.
pub(super) struct Emergency {
    pub(super) at: Moment,
    pub(super) lines: Vec<String>,
}

/// The notices of an incident, newest first. What the head says already is not repeated.
pub(super) fn notices(
    scene: &Scene<'_>,
    incident: &PublicIncident,
    head: Option<&Hero>,
) -> Vec<NoticeItem> {
    let count = incident.notices.len();
    let newest_first = incident.notices.iter().enumerate().rev();
    newest_first
        .filter_map(|(at, notice)| item(scene, incident, notice, at + 1 == count, head))
        .collect()
}

fn item(
    scene: &Scene<'_>,
    incident: &PublicIncident,
    notice: &PublicNotice,
    newest: bool,
    head: Option<&Hero>,
) -> Option<NoticeItem> {
    let (text, lang) = scene.text(notice)?;
    let path = format!("incident/{}", incident.id);
    let anchor = |number: u32| format!("{}#n{number}", scene.path(&path));
    let corrected = notice
        .corrected_by
        .map(|other| Mark { href: anchor(other), text: (scene.words.page.corrected_by)(other) });
    let corrects = notice
        .corrects
        .map(|other| Mark { href: anchor(other), text: (scene.words.page.corrects)(other) });
    let others = notice
        .texts
        .keys()
        .filter(|other| **other != scene.language && scene.page.languages.contains(other));
    let facts =
        text.facts(scene.language).filter(|(_, said)| !head.is_some_and(|head| head.says(said)));
    let said = |text: &str| Said { text: text.to_owned(), lang };
    Some(NoticeItem {
        number: notice.number,
        label: (scene.words.page.number)(notice.number),
        kind: (notice.kind != Kind::Update).then(|| notice.kind.label(scene.language)),
        at: scene.short(notice.at),
        lang,
        headline: text.headline.clone(),
        body: text.body.clone(),
        facts: facts.map(|(head, text)| Fact { shape: "", head, said: said(text) }).collect(),
        marks: corrected.into_iter().chain(corrects).collect(),
        href: anchor(notice.number),
        others: others
            .map(|other| Other {
                href: format!("/{other}/{path}#n{}", notice.number),
                tag: other.tag(),
                name: other.words().name,
            })
            .collect(),
        newest,
        wrong: notice.corrected_by.is_some(),
    })
}

/// The parts that visitors know.
pub(super) fn parts(scene: &Scene<'_>) -> Vec<Part> {
    let all = scene.page.components.iter();
    all.map(|component| Part {
        name: component.name.get(scene.language).to_owned(),
        about: component.about.get(scene.language).to_owned(),
        state: scene.badge(component.state),
    })
    .collect()
}

/// An incident in short.
pub(super) fn brief(scene: &Scene<'_>, incident: &PublicIncident) -> Brief {
    let page = &scene.words.page;
    let overdue = incident.is_overdue(scene.now);
    let promise = incident.promise.map(|at| {
        let clock = scene.zone.promise(at, scene.language);
        if overdue { (page.overdue_text)(&clock) } else { (page.promise)(&clock) }
    });
    Brief {
        href: scene.path(&format!("incident/{}", incident.id)),
        headline: scene.headline(incident),
        state: scene.incident_badge(incident),
        since: scene.since(incident.since),
        late: overdue.then_some(Badge { shape: "degraded", word: page.overdue }),
        promise,
    }
}

/// A closed incident. Its bytes are not made anew every day, so it never says "today".
pub(super) fn past(scene: &Scene<'_>, incident: &PublicIncident) -> Past {
    let closed = incident.closed_at.unwrap_or(incident.updated_at);
    let lasted = (scene.words.span)(closed.since(incident.since).as_seconds());
    let lasted = (scene.words.page.lasted)(&lasted);
    Past {
        href: scene.path(&format!("incident/{}", incident.id)),
        title: incident.title.get(scene.language).to_owned(),
        day: scene.moment(incident.since, scene.date(incident.since)),
        span: format!("{}, {lasted}", scene.span(incident.since, closed)),
        state: incident.worst.is_broken().then(|| scene.badge(incident.worst)),
        last: incident.latest().map(|_| scene.headline(incident)),
    }
}

/// Notices from the host, newest first.
pub(super) fn emergencies(scene: &Scene<'_>) -> Vec<Emergency> {
    let all = scene.page.emergencies.iter();
    all.map(|emergency| Emergency {
        at: scene.moment(emergency.at, scene.zone.full(emergency.at, scene.language)),
        lines: emergency
            .text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
    })
    .collect()
}

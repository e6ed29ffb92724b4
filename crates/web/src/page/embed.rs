//! What other sites show of us: a banner for an `<iframe>` and a badge for an `<img>`.

use askama::Template;
use model::handbook::system::ComponentState;
use model::language::Words;
use model::public::{PublicEmergency, PublicIncident};
use model::value::Timestamp;

use super::front::{calm, calm_sign, lead};
use super::layout::Sign;
use super::scene::{Badge, Said, Scene};

mod badge;
mod ruler;

pub(super) use badge::badge;

/// The state of affairs in one sentence.
struct Told {
    sign: Sign,
    /// Something is announced: the banner is as loud as the page.
    loud: bool,
    /// Somebody speaks from the host.
    host: bool,
    state: Badge,
    /// What the state is about, in a few words.
    about: Vec<String>,
    said: Said,
    note: Note,
    /// So many open incidents are not the one that is told.
    others: usize,
}

/// Below the sentence: a moment.
struct Note {
    class: Option<&'static str>,
    iso: Option<String>,
    text: String,
    /// After that moment these bytes are out of date.
    stale: bool,
}

#[derive(Template)]
#[template(path = "embed.html")]
struct Banner<'a> {
    words: &'static Words,
    title: String,
    style: &'a str,
    home: String,
    /// Nothing at all in the quiet banner while there is nothing to tell.
    told: Option<Told>,
}

/// The banner.
pub(super) fn banner(scene: &Scene<'_>, style: &str) -> askama::Result<String> {
    page(scene, style, Some(Told::of(scene)))
}

/// The same for the top of every page of a site: empty as long as nothing is broken.
pub(super) fn quiet(scene: &Scene<'_>, style: &str) -> askama::Result<String> {
    let told = Told::of(scene);
    let speaks = told.loud || scene.page.worst().is_broken();
    page(scene, style, speaks.then_some(told))
}

fn page(scene: &Scene<'_>, style: &str, told: Option<Told>) -> askama::Result<String> {
    let words = scene.words;
    let title = format!("{} {}", scene.page.community, words.page.brand);
    Banner { words, title, style, home: scene.path(""), told }.render()
}

impl Told {
    fn of(scene: &Scene<'_>) -> Self {
        match (scene.page.emergencies.first(), lead(scene.page)) {
            (Some(emergency), _) => Self::by_host(scene, emergency),
            (None, Some(incident)) => Self::incident(scene, incident),
            (None, None) => Self::calm(scene),
        }
    }

    fn by_host(scene: &Scene<'_>, emergency: &PublicEmergency) -> Self {
        let word = scene.words.notice.emergency;
        let line = emergency.text.lines().map(str::trim).find(|line| !line.is_empty());
        Self {
            sign: Sign::Lit,
            loud: true,
            host: true,
            state: Badge { shape: ComponentState::Major.word(), word },
            about: Vec::new(),
            said: Said { text: line.unwrap_or(word).to_owned(), lang: Some("") },
            note: Note {
                class: Some("note-plain"),
                iso: Some(scene.zone.iso(emergency.at)),
                text: dated(scene, emergency.at),
                stale: false,
            },
            others: scene.page.open.len(),
        }
    }

    fn incident(scene: &Scene<'_>, incident: &PublicIncident) -> Self {
        let names = scene.names(&incident.components);
        let again = incident.recovered_at.map(|at| scene.zone.clock(at, scene.language));
        let again = again.map(|clock| (scene.words.page.recovered)(&clock));
        let title = || vec![incident.title.get(scene.language).to_owned()];
        Self {
            sign: Sign::Lit,
            loud: true,
            host: false,
            state: scene.incident_badge(incident),
            about: if names.is_empty() { title() } else { owned(&names) },
            // The newest headline still says that it is broken.
            said: again.map_or_else(|| scene.headline(incident), |text| Said { text, lang: None }),
            note: Note::of(scene, incident),
            others: scene.page.open.len() - 1,
        }
    }

    fn calm(scene: &Scene<'_>) -> Self {
        let calm = calm(scene);
        let worst = scene.page.worst();
        let names = match worst {
            ComponentState::Operational | ComponentState::Blind => Vec::new(),
            ComponentState::Maintenance => scene.names_where(|state| state == worst),
            _ => scene.names_where(ComponentState::is_broken),
        };
        Self {
            sign: calm_sign(scene.page),
            loud: false,
            host: false,
            state: calm.state,
            about: owned(&names),
            said: Said { text: calm.headline, lang: None },
            note: Note {
                class: None,
                iso: calm.checked.iso,
                text: calm.checked.text,
                stale: false,
            },
            others: 0,
        }
    }
}

impl Note {
    fn of(scene: &Scene<'_>, incident: &PublicIncident) -> Self {
        let words = &scene.words.page;
        let Some(promise) = incident.promise else {
            return Self {
                class: Some("note-plain"),
                iso: Some(scene.zone.iso(incident.since)),
                text: (words.since)(&dated(scene, incident.since)),
                stale: false,
            };
        };
        let clock = scene.zone.promise(promise, scene.language);
        let late = incident.is_overdue(scene.now);
        Self {
            class: late.then_some("note-late"),
            iso: Some(scene.zone.iso(promise)),
            text: if late {
                (words.overdue_text)(&clock)
            } else {
                format!("{}.", (words.promise)(&clock))
            },
            stale: !late,
        }
    }
}

/// With the day: these bytes may be kept by others for longer.
fn dated(scene: &Scene<'_>, at: Timestamp) -> String {
    (scene.words.date_at)(&scene.date(at), &scene.zone.clock(at, scene.language))
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

//! A page and its messages with a text of one's choice in every place for which somebody can write
//! one.

use model::handbook::plan::Level;
use model::handbook::system::ComponentState;
use model::language::{Language, Localized, Zone};
use model::notice::{Filling, Kind, Text};
use model::public::{PublicComponent, PublicEmergency, PublicIncident, PublicNotice, PublicPage};
use model::value::{PublicId, Span, Timestamp};
use outside::channel::post::{Alert, Aside, Content, Notice, Post};

/// 2026-11-24T13:00:00+01:00.
pub(crate) const NOW: Timestamp = Timestamp(1_795_521_600_000_000);
const LANGUAGES: [Language; 2] = [Language::DE, Language::EN];

/// Gives the next text.
pub(crate) type Next<'a> = &'a mut dyn FnMut() -> String;

/// A text in both languages.
fn both(next: Next<'_>) -> Localized {
    Localized(LANGUAGES.map(|language| (language, next())).into())
}

/// A page on which everything is there: an open incident with a notice of each kind, a closed one,
/// a second open one, an emergency notice. All that somebody wrote is the next text.
pub(crate) fn page(next: Next<'_>) -> PublicPage {
    let community = next();
    let parts = [ComponentState::Major, ComponentState::Degraded, ComponentState::Operational];
    let components: Vec<_> = parts.into_iter().map(|state| component(state, next)).collect();
    let names = [components[0].name.clone(), components[2].name.clone()];
    let say = |next: Next<'_>, kinds: &[Kind]| notices(next, &community, &names, kinds);
    let open = incident("open", None, components[0].id.clone(), both(next), say(next, &Kind::ALL));
    let other = incident("other", None, components[1].id.clone(), both(next), Vec::new());
    let last = say(next, &[Kind::First, Kind::AllClear]);
    let past = incident("past", Some(NOW), components[2].id.clone(), both(next), last);
    PublicPage {
        id: PublicId::derive(&["page"]),
        community,
        languages: LANGUAGES.to_vec(),
        zone: "Europe/Berlin".to_owned(),
        url: "https://lage.example".to_owned(),
        as_of: NOW,
        components,
        open: vec![open, other],
        past: vec![past],
        emergencies: vec![PublicEmergency {
            id: PublicId::derive(&["emergency"]),
            at: NOW,
            text: next(),
        }],
        checked_at: Some(NOW),
        subscribable: true,
        imprint: both(next),
        privacy: both(next),
    }
}

fn component(state: ComponentState, next: Next<'_>) -> PublicComponent {
    PublicComponent {
        id: PublicId::derive(&["component", state.word()]),
        name: both(next),
        about: both(next),
        state,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn incident(
    id: &str,
    closed_at: Option<Timestamp>,
    component: PublicId,
    title: Localized,
    notices: Vec<PublicNotice>,
) -> PublicIncident {
    PublicIncident {
        id: PublicId::derive(&["incident", id]),
        title,
        level: Level::Incident,
        // The first of them holds the head of the page.
        worst: if id == "open" { ComponentState::Major } else { ComponentState::Degraded },
        since: NOW.before(Span::minutes(60)),
        opened_at: NOW.before(Span::minutes(59)),
        updated_at: NOW,
        recovered_at: None,
        closed_at,
        components: vec![component],
        notices,
        promise: closed_at.is_none().then(|| NOW.after(Span::minutes(20))),
    }
}

/// A notice of each of these kinds, written in both languages and filled as when it is published.
fn notices(
    next: Next<'_>,
    community: &str,
    [broken, works]: &[Localized; 2],
    kinds: &[Kind],
) -> Vec<PublicNotice> {
    let zone = Zone::named("Europe/Berlin").unwrap();
    let said = kinds.iter().zip(1..).map(|(kind, number)| {
        let texts = LANGUAGES.map(|language| {
            let filling = Filling {
                community,
                broken: vec![broken.get(language)],
                works: vec![works.get(language)],
                since: NOW,
                now: NOW,
                next_update: Some(NOW),
                expected_end: Some(NOW),
                page: "https://lage.example",
                zone: &zone,
                language,
            };
            (language, filling.fill(&text(next)))
        });
        PublicNotice {
            id: PublicId::derive(&["notice", kind.word()]),
            number,
            kind: *kind,
            at: NOW,
            texts: texts.into(),
            corrects: (*kind == Kind::Correction).then_some(1),
            corrected_by: (number == 1).then_some(4),
        }
    });
    said.collect()
}

fn text(next: Next<'_>) -> Text {
    Text {
        headline: next(),
        body: vec![next(), next()],
        broken: Some(next()),
        works: Some(next()),
        doing: Some(next()),
        you_can: Some(next()),
        data: Some(next()),
    }
}

/// What goes out about the open incident: its notices to people and machines, and an alert to
/// staff that shows the first.
pub(crate) fn posts(page: &PublicPage) -> Vec<Post> {
    let incident = &page.open[0];
    let mut posts = Vec::new();
    for language in LANGUAGES {
        let post = |content| Post {
            community: page.community.clone(),
            page: page.url.clone(),
            imprint: format!("{}/{language}/imprint", page.url),
            privacy: format!("{}/{language}/privacy", page.url),
            language,
            zone: Zone::named(&page.zone).unwrap(),
            at: NOW,
            incident: Some(incident.id.clone()),
            content,
        };
        for notice in &incident.notices {
            posts.push(post(Content::Notice(Notice {
                kind: notice.kind,
                number: notice.number,
                text: notice.texts[&language].clone(),
                aside: Some(Aside {
                    head: (language.words().mail.for_audience)(&page.community),
                    paragraphs: vec![incident.title.get(language).to_owned()],
                }),
                link: format!("{}/{language}/incident/{}", page.url, incident.id),
                next_update: incident.promise,
            })));
        }
        let title = incident.title.get(language);
        let say = &language.words().alert;
        posts.push(post(Content::Alert(Alert {
            kind: "held".into(),
            subject: (say.held)(title),
            paragraphs: vec![title.to_owned(), page.community.clone()],
            links: vec![(say.release.to_owned(), format!("{}/act/abc", page.url))],
            preview: incident.notices.first().map(|notice| notice.texts[&language].clone()),
        })));
    }
    posts
}

//! From what the world may see to finished bytes. Pure: equal input, equal bytes.

use std::sync::LazyLock;

use askama::Template;
use bytes::Bytes;
use model::language::Language;
use model::public::{PublicIncident, PublicPage};
use model::value::Timestamp;
use serde_json::json;

use super::front::{front, sentence};
use super::hero::Hero;
use super::layout::{Frame, History, Incident, Missing, Prose, Sign};
use super::scene::Scene;
use super::site::{Cache, Resource, Site, hash};
use super::{embed, feed, line, markdown, statuspage};

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";
const SVG: &str = "image/svg+xml";
const ATOM: &str = "application/atom+xml; charset=utf-8";

const STYLE_TEXT: &str =
    concat!(include_str!("../../assets/tokens.css"), include_str!("../../assets/page.css"));
const BANNER_TEXT: &str =
    concat!(include_str!("../../assets/tokens.css"), include_str!("../../assets/embed.css"));

static STYLE: LazyLock<(String, Resource)> = LazyLock::new(|| sheet("style", STYLE_TEXT));
static BANNER: LazyLock<(String, Resource)> = LazyLock::new(|| sheet("banner", BANNER_TEXT));

fn sheet(name: &str, css: &'static str) -> (String, Resource) {
    let path = format!("/{name}.{}.css", &hash(css.as_bytes())[..12]);
    (path, Resource::new("text/css; charset=utf-8", css, Cache::Forever))
}

/// The whole site as it is at `now`, which decides what is overdue. A view that was stored
/// earlier may be rendered with a later `now`: it shows the same facts, and the promises that
/// were broken meanwhile.
///
/// # Errors
///
/// Where a template or the JSON does not render: a fault in the program.
pub fn render(page: &PublicPage, now: Timestamp) -> Result<Site, RenderError> {
    make(page, now, None)
}

/// The same, made from the site that is served now: what has not changed is not packed again,
/// which is nearly all of the work once there are many past incidents.
///
/// # Errors
///
/// As [`render`].
pub fn render_after(page: &PublicPage, now: Timestamp, before: &Site) -> Result<Site, RenderError> {
    make(page, now, Some(before))
}

fn make(page: &PublicPage, now: Timestamp, before: Option<&Site>) -> Result<Site, RenderError> {
    let site = Site::new(&page.languages, STYLE.0.clone(), page.community.clone());
    let mut making = Making { site, before };
    for (path, css) in [&*STYLE, &*BANNER] {
        making.site.put(path.clone(), css.clone());
    }
    making.put("/lit.svg", SVG, None, LIT);
    making.put("/ready.svg", SVG, None, READY);
    making.put("/robots.txt", "text/plain; charset=utf-8", None, ROBOTS);
    for language in making.site.languages().to_vec() {
        put_language(&mut making, &Scene::new(page, now, language))?;
    }
    let main = making.site.languages().first().copied().unwrap_or(Language::DE);
    let scene = Scene::new(page, now, main);
    making.put("/history.atom", ATOM, None, feed::atom(&scene, "/history.atom")?);
    making.put("/badge.svg", SVG, None, embed::badge(&scene)?);
    put_api(&mut making, &scene)?;
    making.put("/site.json", JSON, None, serde_json::to_vec(page)?);
    Ok(making.site)
}

/// A site under way.
struct Making<'a> {
    site: Site,
    before: Option<&'a Site>,
}

impl Making<'_> {
    fn put(
        &mut self,
        path: impl Into<String>,
        content_type: &'static str,
        language: Option<Language>,
        body: impl Into<Bytes>,
    ) {
        let (path, body) = (path.into(), body.into());
        let known = self.before.and_then(|before| before.get(&path));
        let known = known.filter(|known| {
            *known.plain() == body
                && known.content_type() == content_type
                && known.cache() == Cache::Brief
                && known.language() == language
        });
        let fresh = || {
            let fresh = Resource::new(content_type, body.clone(), Cache::Brief);
            match language {
                Some(language) => fresh.in_language(language),
                None => fresh,
            }
        };
        let resource = known.cloned().unwrap_or_else(fresh);
        self.site.put(path, resource);
    }
}

/// The page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template.
    #[error("a template of the page does not render, please report this fault: {0}")]
    Template(#[from] askama::Error),
    /// JSON.
    #[error("the page's JSON does not render, please report this fault: {0}")]
    Json(#[from] serde_json::Error),
}

const ROBOTS: &str = "User-agent: *\nDisallow: /act/\nDisallow: /leave/\nDisallow: /confirm/\nDisallow: /choices/\nDisallow: /beat/\n";
const LIT: &str = include_str!("../../assets/lit.svg");
const READY: &str = include_str!("../../assets/ready.svg");

fn put_language(making: &mut Making<'_>, scene: &Scene<'_>) -> Result<(), RenderError> {
    let page = scene.page;
    let words = &scene.words.page;
    let own = Some(scene.language);
    let now = front(&making.site, scene).render()?;
    making.put(scene.path(""), HTML, own, now);
    for incident in page.open.iter().chain(&page.past) {
        let body = permanent(&making.site, scene, incident).render()?;
        making.put(scene.path(&format!("incident/{}", incident.id)), HTML, own, body);
    }
    let past = page.past.iter().map(|incident| line::past(scene, incident)).collect();
    let history = History { frame: Frame::new(scene, &making.site, words.past, "history"), past };
    making.put(scene.path("history"), HTML, own, history.render()?);
    let texts =
        [("imprint", words.imprint, &page.imprint), ("privacy", words.privacy, &page.privacy)];
    for (path, head, text) in texts {
        let frame = Frame::new(scene, &making.site, head, path);
        let prose = Prose { frame, head, html: markdown::to_html(text.get(scene.language)) };
        making.put(scene.path(path), HTML, own, prose.render()?);
    }
    let path = scene.path("feed.atom");
    let atom = feed::atom(scene, &path)?;
    making.put(path, ATOM, own, atom);
    making.put(scene.path("embed"), HTML, own, embed::banner(scene, &BANNER.0)?);
    making.put(scene.path("embed/quiet"), HTML, own, embed::quiet(scene, &BANNER.0)?);
    making.put(scene.path("badge.svg"), SVG, own, embed::badge(scene)?);
    let missing = Missing { frame: Frame::bare(&making.site, scene.language, words.not_found) };
    let missing = Resource::new(HTML, missing.render()?, Cache::Never);
    making.site.put_missing(scene.language, missing.in_language(scene.language));
    Ok(())
}

fn put_api(making: &mut Making<'_>, scene: &Scene<'_>) -> Result<(), RenderError> {
    let page = scene.page;
    let head = statuspage::head(page);
    let status = statuspage::status(page, sentence(scene));
    let components = statuspage::components(page, scene.language);
    let open: Vec<_> = page.open.iter().map(|one| statuspage::incident(scene, one)).collect();
    let all = page.open.iter().chain(&page.past).take(50);
    let all: Vec<_> = all.map(|one| statuspage::incident(scene, one)).collect();
    let answers = [
        (
            "summary",
            json!({
                "page": head, "components": components, "incidents": open,
                "scheduled_maintenances": [], "status": status,
            }),
        ),
        ("status", json!({ "page": head, "status": status })),
        ("components", json!({ "page": head, "components": components })),
        ("incidents", json!({ "page": head, "incidents": all })),
        ("incidents/unresolved", json!({ "page": head, "incidents": open })),
        ("scheduled-maintenances", json!({ "page": head, "scheduled_maintenances": [] })),
        ("scheduled-maintenances/upcoming", json!({ "page": head, "scheduled_maintenances": [] })),
        ("scheduled-maintenances/active", json!({ "page": head, "scheduled_maintenances": [] })),
    ];
    for (name, answer) in answers {
        let body = serde_json::to_vec(&answer)?;
        making.put(format!("/api/v2/{name}.json"), JSON, None, body);
    }
    Ok(())
}

fn permanent(site: &Site, scene: &Scene<'_>, incident: &PublicIncident) -> Incident {
    let words = &scene.words.page;
    let open = incident.closed_at.is_none();
    // The bytes of a closed incident stay as they are for years: its own day stands at the head,
    // moments of other days carry their date.
    let then = Scene::new(scene.page, incident.since, scene.language);
    let scene = if open { scene } else { &then };
    let rest = format!("incident/{}", incident.id);
    let headline = scene.headline(incident).text;
    let state = if open { words.incident } else { words.closed };
    let title = format!("{state}: {}", headline.trim_end_matches('.'));
    let frame = Frame::new(scene, site, &title, &rest).described(headline);
    let names = scene.names(&incident.components);
    let hero = open.then(|| Hero::of(scene, incident));
    Incident {
        frame: if open { frame.showing(Sign::Lit).stamped(scene) } else { frame },
        notices: line::notices(scene, incident, None),
        hero,
        closed: (!open).then(|| line::past(scene, incident)),
        concerned: (!names.is_empty()).then(|| (words.concerned)(&names)),
    }
}

//! What surrounds every page, and the templates with their fields.

use askama::Template;
use model::language::{Language, Words};

use super::dial::Mark;
use super::hero::Hero;
use super::line::{Brief, Emergency, NoticeItem, Part, Past};
use super::scene::{Badge, Moment, Said, Scene};
use super::site::Site;

/// The sign beside the name: lit, ready, or dark while we see nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Lit,
    Ready,
    Dark,
}

impl Sign {
    /// The id of its drawing.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Lit => "sign",
            Self::Ready => "sign-ready",
            Self::Dark => "sign-dark",
        }
    }
}

/// A language of the page, for the navigation and for search engines.
pub(super) struct Tongue {
    pub(super) tag: &'static str,
    pub(super) name: &'static str,
    pub(super) href: String,
    pub(super) url: String,
    pub(super) current: bool,
}

/// Head, top and foot of a page.
pub(crate) struct Frame {
    pub(super) words: &'static Words,
    pub(super) community: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) sign: Sign,
    pub(super) style: String,
    pub(super) home: String,
    pub(super) tongues: Vec<Tongue>,
    /// The address of the front, which chooses the language.
    pub(super) front: Option<String>,
    pub(super) as_of: Option<Moment>,
    pub(super) apart: String,
    /// Drills and acting links carry it first in their title.
    pub(super) drill: bool,
}

impl Frame {
    /// For a page that stands at the same path in each language.
    pub(super) fn new(scene: &Scene<'_>, site: &Site, title: &str, rest: &str) -> Self {
        let tongues = site.languages().iter().map(|language| Tongue {
            tag: language.tag(),
            name: language.words().name,
            href: format!("/{language}/{rest}"),
            url: format!("{}/{language}/{rest}", scene.page.url),
            current: *language == scene.language,
        });
        Self {
            tongues: tongues.collect(),
            front: Some(format!("{}/", scene.page.url)),
            ..Self::bare(site, scene.language, title)
        }
    }

    /// For a page that is in one language only and not to be found by search.
    pub(crate) fn bare(site: &Site, language: Language, title: &str) -> Self {
        let words = language.words();
        let brand = format!("{} {}", site.community(), words.page.brand);
        Self {
            words,
            community: site.community().to_owned(),
            title: format!("{title} | {brand}"),
            description: None,
            sign: Sign::Ready,
            style: site.style().to_owned(),
            home: format!("/{language}/"),
            tongues: Vec::new(),
            front: None,
            as_of: None,
            apart: (words.page.apart)(site.community()),
            drill: false,
        }
    }

    /// Offers this page in the other languages too.
    pub(super) fn link(&mut self, site: &Site, rest: &str) {
        let current = self.words.tag;
        let tongue = |language: &Language| Tongue {
            tag: language.tag(),
            name: language.words().name,
            href: format!("/{language}/{rest}"),
            url: String::new(),
            current: language.tag() == current,
        };
        self.tongues = site.languages().iter().map(tongue).collect();
    }

    pub(super) fn showing(mut self, sign: Sign) -> Self {
        self.sign = sign;
        self
    }

    pub(super) fn described(mut self, description: String) -> Self {
        self.description = Some(description);
        self
    }

    pub(super) fn stamped(mut self, scene: &Scene<'_>) -> Self {
        let full = scene.zone.full(scene.now, scene.language);
        self.as_of = Some(scene.moment(scene.now, (self.words.page.as_of)(&full)));
        self
    }

    pub(super) fn sign_id(&self) -> &'static str {
        self.sign.id()
    }
}

/// The head of the page while no incident is open.
pub(super) struct Calm {
    pub(super) state: Badge,
    pub(super) checked: Checked,
    pub(super) headline: String,
    pub(super) lede: Option<String>,
    /// The newest all-clear, for a day.
    pub(super) last: Option<LastWord>,
}

/// When was measured, or that nothing was.
pub(super) struct Checked {
    pub(super) iso: Option<String>,
    pub(super) text: String,
}

/// The all-clear of an incident that was closed a short while ago.
pub(super) struct LastWord {
    pub(super) kind: &'static str,
    pub(super) at: Moment,
    pub(super) said: Said,
    pub(super) href: String,
}

/// The page that shows the state of affairs.
#[derive(Template)]
#[template(path = "now.html")]
pub(super) struct Now {
    pub(super) frame: Frame,
    pub(super) emergencies: Vec<Emergency>,
    pub(super) hero: Option<Hero>,
    pub(super) calm: Option<Calm>,
    /// We cannot measure, and an incident holds the head of the page.
    pub(super) blind: bool,
    pub(super) others: Vec<Brief>,
    pub(super) notices: Vec<NoticeItem>,
    pub(super) parts: Vec<Part>,
    pub(super) parts_head: String,
    pub(super) past: Vec<Past>,
    /// Whether one can subscribe by mail.
    pub(super) subscribable: bool,
}

impl Now {
    /// An emergency notice takes the first heading; the head of the page then has the second.
    fn level(&self) -> &'static str {
        if self.emergencies.is_empty() { "h1" } else { "h2" }
    }
}

/// The permanent page of one incident.
#[derive(Template)]
#[template(path = "incident.html")]
pub(super) struct Incident {
    pub(super) frame: Frame,
    pub(super) hero: Option<Hero>,
    pub(super) closed: Option<Past>,
    pub(super) concerned: Option<String>,
    pub(super) notices: Vec<NoticeItem>,
}

impl Incident {
    /// Its own path, for the reload link.
    fn here(&self) -> &str {
        let own = self.frame.tongues.iter().find(|tongue| tongue.current);
        own.map_or(self.frame.home.as_str(), |tongue| tongue.href.as_str())
    }
}

/// All closed incidents.
#[derive(Template)]
#[template(path = "history.html")]
pub(super) struct History {
    pub(super) frame: Frame,
    pub(super) past: Vec<Past>,
}

/// A text from the handbook; `html` is made by [`super::markdown`].
#[derive(Template)]
#[template(path = "text.html")]
pub(super) struct Prose {
    pub(super) frame: Frame,
    pub(super) head: &'static str,
    pub(super) html: String,
}

/// Nothing is there.
#[derive(Template)]
#[template(path = "missing.html")]
pub(super) struct Missing {
    pub(super) frame: Frame,
}

//! One page in one language at one moment: how things are named and when they were.

use model::handbook::system::ComponentState;
use model::language::{Language, Words, Zone};
use model::notice::Text;
use model::public::{PublicIncident, PublicNotice, PublicPage};
use model::value::{PublicId, Timestamp};

/// What every part of a page is made from.
pub(super) struct Scene<'a> {
    pub(super) page: &'a PublicPage,
    pub(super) now: Timestamp,
    pub(super) language: Language,
    pub(super) words: &'static Words,
    pub(super) zone: Zone,
}

/// A point in time for machines and for people.
pub(super) struct Moment {
    pub(super) iso: String,
    pub(super) text: String,
}

/// Shape, then word, then colour.
pub(super) struct Badge {
    pub(super) shape: &'static str,
    pub(super) word: &'static str,
}

/// A text and the tag of its language where that is not the language of the page.
pub(super) struct Said {
    pub(super) text: String,
    pub(super) lang: Option<&'static str>,
}

/// A fact with its heading.
pub(super) struct Fact {
    pub(super) shape: &'static str,
    pub(super) head: &'static str,
    pub(super) said: Said,
}

impl<'a> Scene<'a> {
    pub(super) fn new(page: &'a PublicPage, now: Timestamp, language: Language) -> Self {
        let zone = Zone::named(&page.zone).unwrap_or_else(Zone::utc);
        Self { page, now, language, words: language.words(), zone }
    }

    pub(super) fn moment(&self, at: Timestamp, text: String) -> Moment {
        Moment { iso: self.zone.iso(at), text }
    }

    /// "seit heute, 13:47 Uhr (MEZ)".
    pub(super) fn since(&self, at: Timestamp) -> Moment {
        let text = (self.words.page.since)(&self.zone.moment(at, self.now, self.language));
        self.moment(at, text)
    }

    /// "14:02" on the day of this view, else with its date.
    pub(super) fn short(&self, at: Timestamp) -> Moment {
        let today = self.date(at) == self.date(self.now);
        let digits = self.zone.digits(at, false);
        let text = if today { digits } else { (self.words.date_at)(&self.date(at), &digits) };
        self.moment(at, text)
    }

    pub(super) fn date(&self, at: Timestamp) -> String {
        self.zone.date(at, self.language)
    }

    /// "von 13:47 Uhr (MEZ) bis 14:55 Uhr (MEZ)", with dates where the days differ.
    pub(super) fn span(&self, from: Timestamp, to: Timestamp) -> String {
        let one_day = self.date(from) == self.date(to);
        let say = |at| {
            let clock = self.zone.clock(at, self.language);
            if one_day { clock } else { (self.words.date_at)(&self.date(at), &clock) }
        };
        (self.words.page.from_to)(&say(from), &say(to))
    }

    pub(super) fn badge(&self, state: ComponentState) -> Badge {
        Badge { shape: state.word(), word: state.label(self.language) }
    }

    /// The badge of an open incident. One that was declared before anything was measured has the
    /// shape of the mildest trouble.
    pub(super) fn incident_badge(&self, incident: &PublicIncident) -> Badge {
        let shape = incident.worst.max(ComponentState::Degraded).word();
        Badge { shape, word: self.words.page.incident }
    }

    /// The text of a notice, in another language where there is none in this one.
    pub(super) fn text<'n>(
        &self,
        notice: &'n PublicNotice,
    ) -> Option<(&'n Text, Option<&'static str>)> {
        let own = notice.texts.get(&self.language).map(|text| (text, None));
        own.or_else(|| notice.texts.iter().next().map(|(other, text)| (text, Some(other.tag()))))
    }

    /// The names of these components, in the order of the page.
    pub(super) fn names(&self, ids: &[PublicId]) -> Vec<&'a str> {
        let known = self.page.components.iter().filter(|one| ids.contains(&one.id));
        known.map(|one| one.name.get(self.language)).collect()
    }

    /// The names of the components in a state that fits.
    pub(super) fn names_where(&self, fits: impl Fn(ComponentState) -> bool) -> Vec<&'a str> {
        let fitting = self.page.components.iter().filter(|one| fits(one.state));
        fitting.map(|one| one.name.get(self.language)).collect()
    }

    /// What an incident is called at this moment: the newest headline, or what was measured
    /// while nothing is published yet.
    pub(super) fn headline(&self, incident: &PublicIncident) -> Said {
        let said = incident.latest().and_then(|notice| self.text(notice));
        match said {
            Some((text, lang)) => Said { text: text.headline.clone(), lang },
            None => Said { text: self.detected(incident), lang: None },
        }
    }

    fn detected(&self, incident: &PublicIncident) -> String {
        let names = self.names(&incident.components);
        if names.is_empty() {
            return incident.title.get(self.language).to_owned();
        }
        if incident.worst >= ComponentState::Major {
            (self.words.page.detected)(&names)
        } else {
            (self.words.page.impaired)(&names)
        }
    }

    /// A path in this language.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/{}/{rest}", self.language)
    }
}

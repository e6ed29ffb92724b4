//! The head of the page while an incident is open: one sentence, the lamp, the facts.

use model::notice::Text;
use model::public::{PublicIncident, PublicNotice};

use super::dial::Dial;
use super::scene::{Badge, Fact, Moment, Said, Scene};

/// Everything above the fold.
pub(super) struct Hero {
    pub(super) state: Badge,
    pub(super) late: Option<Badge>,
    pub(super) since: Moment,
    pub(super) headline: Said,
    pub(super) you_can: Option<Said>,
    pub(super) lede: Option<Said>,
    pub(super) recovered: Option<String>,
    pub(super) lamp: Lamp,
    pub(super) facts: Vec<Fact>,
}

/// The lamp with the promise clock.
pub(super) struct Lamp {
    /// The promise is broken: the lamp is out.
    pub(super) broken: bool,
    pub(super) dial: Dial,
    /// The promised moment, as large as it gets.
    pub(super) digits: Option<Moment>,
    /// Digits with seconds need more room.
    pub(super) long: bool,
    pub(super) heading: String,
    pub(super) text: Option<String>,
    pub(super) below: Option<String>,
}

impl Hero {
    pub(super) fn of(scene: &Scene<'_>, incident: &PublicIncident) -> Self {
        let page = &scene.words.page;
        let you_can = fact(scene, incident, |text| text.you_can.as_deref());
        let lede = match (incident.latest(), &you_can) {
            (None, _) => Some(Said { text: page.detected_lede.to_owned(), lang: None }),
            (Some(_), Some(_)) => None,
            (Some(notice), None) => first_paragraph(scene, notice),
        };
        let late = incident
            .is_overdue(scene.now)
            .then_some(Badge { shape: "degraded", word: page.overdue });
        let recovered =
            incident.recovered_at.map(|at| (page.recovered)(&scene.zone.clock(at, scene.language)));
        Self {
            state: scene.incident_badge(incident),
            late,
            since: scene.since(incident.since),
            headline: scene.headline(incident),
            you_can,
            lede,
            recovered,
            lamp: Lamp::of(scene, incident),
            facts: facts(scene, incident),
        }
    }

    /// The text of a fact that the head already says.
    pub(super) fn says(&self, said: &str) -> bool {
        let shown = self.facts.iter().map(|fact| &fact.said).chain(&self.you_can);
        shown.chain(&self.lede).any(|shown| shown.text == said)
    }
}

impl Lamp {
    fn of(scene: &Scene<'_>, incident: &PublicIncident) -> Self {
        let page = &scene.words.page;
        let Some(promise) = incident.promise else {
            return Self {
                broken: false,
                dial: Dial::idle(),
                digits: None,
                long: false,
                heading: page.no_promise.to_owned(),
                text: None,
                below: None,
            };
        };
        let clock = scene.zone.promise(promise, scene.language);
        let given = incident.latest().map_or(incident.opened_at, |notice| notice.at);
        let digits = scene.zone.digits(promise, true);
        let long = digits.len() > 5;
        let dial = Dial::of(given, scene.now, promise, &scene.zone);
        let digits = Some(scene.moment(promise, digits));
        if incident.is_overdue(scene.now) {
            let holds = incident.latest().map(|last| scene.zone.clock(last.at, scene.language));
            return Self {
                broken: true,
                dial,
                digits,
                long,
                heading: page.overdue_headline.to_owned(),
                text: Some((page.overdue_text)(&clock)),
                below: holds.map(|clock| (page.overdue_holds)(&clock)),
            };
        }
        Self {
            broken: false,
            dial,
            digits,
            long,
            heading: (page.promise)(&clock),
            text: Some(page.promised.to_owned()),
            below: Some((page.stale)(&clock)),
        }
    }
}

/// A fact from the newest notice that states it. What was corrected does not come back.
fn fact(
    scene: &Scene<'_>,
    incident: &PublicIncident,
    pick: impl Fn(&Text) -> Option<&str>,
) -> Option<Said> {
    let valid = incident.notices.iter().rev().filter(|notice| notice.corrected_by.is_none());
    valid
        .filter_map(|notice| scene.text(notice))
        .find_map(|(text, lang)| Some(Said { text: pick(text)?.to_owned(), lang }))
}

fn facts(scene: &Scene<'_>, incident: &PublicIncident) -> Vec<Fact> {
    let heads = &scene.words.facts;
    let stated = [
        ("major", heads.broken, fact(scene, incident, |text| text.broken.as_deref())),
        ("operational", heads.works, fact(scene, incident, |text| text.works.as_deref())),
        ("doing", heads.doing, fact(scene, incident, |text| text.doing.as_deref())),
        ("data", heads.data, fact(scene, incident, |text| text.data.as_deref())),
    ];
    stated
        .into_iter()
        .filter_map(|(shape, head, said)| Some(Fact { shape, head, said: said? }))
        .collect()
}

fn first_paragraph(scene: &Scene<'_>, notice: &PublicNotice) -> Option<Said> {
    let (text, lang) = scene.text(notice)?;
    Some(Said { text: text.body.first()?.clone(), lang })
}

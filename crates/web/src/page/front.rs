//! The front: which incident holds the light, and what is said while there is none.

use model::handbook::system::ComponentState;
use model::language::Words;
use model::public::{PublicComponent, PublicIncident, PublicPage};
use model::value::Span;

use super::hero::Hero;
use super::layout::{Calm, Checked, Frame, LastWord, Now, Sign};
use super::line;
use super::scene::{Badge, Scene};
use super::site::Site;

/// So many past incidents stand on the front; the rest is one link away.
const PAST_ON_FRONT: usize = 5;
/// So long the all-clear of a closed incident stays in the head of the page.
const LAST_WORD: Span = Span::minutes(24 * 60);

/// The open incident that holds the light: not yet recovered before recovered, then the worst,
/// then the newest.
pub(super) fn lead(page: &PublicPage) -> Option<&PublicIncident> {
    page.open.iter().max_by_key(|one| {
        (one.recovered_at.is_none(), one.level, one.worst, one.opened_at, one.id.clone())
    })
}

/// The one sentence that matters most at this moment.
pub(super) fn sentence(scene: &Scene<'_>) -> String {
    let page = scene.page;
    let emergency = page.emergencies.first().and_then(|one| one.text.lines().next());
    match (emergency, lead(page)) {
        (Some(line), _) => line.trim().to_owned(),
        (None, Some(incident)) => scene.headline(incident).text,
        (None, None) => calm(scene).headline,
    }
}

pub(super) fn front(site: &Site, scene: &Scene<'_>) -> Now {
    let (page, words) = (scene.page, &scene.words.page);
    let lead = lead(page);
    let hero = lead.map(|incident| Hero::of(scene, incident));
    let calm = lead.is_none().then(|| calm(scene));
    let sentence = sentence(scene);
    let title = match (page.emergencies.first(), lead) {
        (Some(_), _) => format!("{}: {sentence}", scene.words.notice.emergency),
        (None, Some(_)) => format!("{}: {sentence}", words.incident),
        (None, None) => sentence.clone(),
    };
    let sign = lead.map_or_else(|| calm_sign(page), |_| Sign::Lit);
    let promise = hero.as_ref().map_or("", |hero| hero.lamp.heading.as_str());
    let frame = Frame::new(scene, site, title.trim_end_matches('.'), "")
        .showing(sign)
        .described(format!("{sentence} {promise}").trim().to_owned())
        .stamped(scene);
    let others = page.open.iter().filter(|one| lead.is_some_and(|lead| lead.id != one.id));
    Now {
        frame,
        emergencies: line::emergencies(scene),
        blind: lead.is_some() && page.components.iter().any(is_blind),
        notices: lead.map_or_else(Vec::new, |one| line::notices(scene, one, hero.as_ref())),
        hero,
        calm,
        others: others.map(|one| line::brief(scene, one)).collect(),
        parts: line::parts(scene),
        parts_head: (words.components)(&page.community),
        subscribable: page.subscribable,
        past: page.past.iter().take(PAST_ON_FRONT).map(|one| line::past(scene, one)).collect(),
    }
}

fn is_blind(component: &PublicComponent) -> bool {
    component.state == ComponentState::Blind
}

/// The sign while no incident is open: dark where we see trouble, or nothing.
pub(super) fn calm_sign(page: &PublicPage) -> Sign {
    match page.worst() {
        ComponentState::Operational | ComponentState::Maintenance => Sign::Ready,
        _ => Sign::Dark,
    }
}

pub(super) fn calm(scene: &Scene<'_>) -> Calm {
    let (page, words) = (scene.page, &scene.words.page);
    if page.is_unbegun() {
        return unbegun(scene.words);
    }
    let well = scene.names_where(|state| state == ComponentState::Operational);
    let works = (!well.is_empty()).then(|| (words.all_well_lede)(&well));
    let worst = page.worst();
    let (headline, lede) = match worst {
        ComponentState::Operational => ((words.all_well_headline)(&page.community), works),
        ComponentState::Maintenance => {
            let names = scene.names_where(|state| state == ComponentState::Maintenance);
            ((words.maintenance_headline)(&names), works)
        }
        ComponentState::Blind => {
            (words.blind_headline.to_owned(), Some(words.blind_lede.to_owned()))
        }
        _ => {
            let names = scene.names_where(ComponentState::is_broken);
            let say = if worst == ComponentState::Major { words.detected } else { words.impaired };
            (say(&names), Some(words.noticed_lede.to_owned()))
        }
    };
    let word =
        if worst == ComponentState::Operational { words.all_well } else { scene.badge(worst).word };
    let checked = page.checked_at.map_or_else(
        || Checked { iso: None, text: words.not_checked.to_owned() },
        |at| Checked {
            iso: Some(scene.zone.iso(at)),
            text: (words.checked_at)(&scene.zone.clock(at, scene.language)),
        },
    );
    Calm { state: Badge { shape: worst.word(), word }, checked, headline, lede, last: last(scene) }
}

/// Nothing is measured yet: that is said, and no more.
fn unbegun(words: &Words) -> Calm {
    let words = &words.page;
    Calm {
        state: Badge { shape: ComponentState::Blind.word(), word: words.unbegun },
        checked: Checked { iso: None, text: words.not_checked.to_owned() },
        headline: words.unbegun_headline.to_owned(),
        lede: Some(words.unbegun_lede.to_owned()),
        last: None,
    }
}

fn last(scene: &Scene<'_>) -> Option<LastWord> {
    let incident = scene.page.past.first()?;
    let notice = incident.latest()?;
    let closed = incident.closed_at?;
    if closed.after(LAST_WORD) < scene.now {
        return None;
    }
    Some(LastWord {
        kind: notice.kind.label(scene.language),
        at: scene.moment(notice.at, scene.zone.moment(notice.at, scene.now, scene.language)),
        said: scene.headline(incident),
        href: scene.path(&format!("incident/{}", incident.id)),
    })
}

use super::{PublicComponent, PublicEmergency, PublicIncident, PublicNotice, PublicPage};
use crate::handbook::Handbook;
use crate::handbook::system::ComponentState;
use crate::incident::{Incident, Phase};
use crate::language::{Language, Localized, Zone};
use crate::value::{Key, PublicId, Timestamp};
use crate::verdict::Standing;

/// What the public view is built from.
#[derive(Debug)]
pub struct Sources<'a> {
    /// The newest handbook.
    pub handbook: &'a Handbook,
    /// When the first handbook was put in.
    pub begun_at: Timestamp,
    /// How components fare by measurement.
    pub standing: &'a Standing,
    /// Incidents, newest first, each with the handbook that it follows. Drills may be among them;
    /// they are left out.
    pub incidents: &'a [(Incident, std::sync::Arc<Handbook>)],
    /// What was published from the host.
    pub emergencies: Vec<PublicEmergency>,
    /// When anything was last measured.
    pub checked_at: Option<Timestamp>,
    /// Whether there is a channel to subscribe to.
    pub subscribable: bool,
    /// Now.
    pub now: Timestamp,
}

/// The most closed incidents that are shown.
const PAST: usize = 50;

impl PublicPage {
    /// What the world sees of a program that has no handbook yet: nothing, and that nothing is
    /// measured.
    #[must_use]
    pub fn unbegun(now: Timestamp) -> Self {
        Self {
            id: PublicId::derive(&["page", ""]),
            community: "Notlicht".to_owned(),
            languages: Language::all().collect(),
            zone: Zone::utc().name().to_owned(),
            url: String::new(),
            as_of: now,
            components: Vec::new(),
            open: Vec::new(),
            past: Vec::new(),
            emergencies: Vec::new(),
            checked_at: None,
            subscribable: false,
            imprint: Localized::default(),
            privacy: Localized::default(),
        }
    }

    /// Whether it is made without a handbook: none is without a part that visitors know.
    #[must_use]
    pub fn is_unbegun(&self) -> bool {
        self.components.is_empty()
    }

    /// Builds the view field by field.
    #[must_use]
    pub fn build(sources: Sources<'_>) -> Self {
        let handbook = sources.handbook;
        let real = || sources.incidents.iter().filter(|(incident, _)| !incident.drill);
        let open = real().filter(|(incident, _)| incident.is_open());
        // What never had a word for visitors is not shown to them afterwards.
        let past = real().filter(|(one, _)| !one.is_open() && one.published().next().is_some());
        Self {
            id: PublicId::derive(&["page", &handbook.page]),
            community: handbook.community.clone(),
            languages: handbook.languages.clone(),
            zone: handbook.zone.name().to_owned(),
            url: handbook.page.clone(),
            as_of: sources.now,
            components: components(&sources),
            open: open.map(|(incident, its)| public(incident, its)).collect(),
            past: past.take(PAST).map(|(incident, its)| public(incident, its)).collect(),
            emergencies: sources.emergencies,
            checked_at: sources.checked_at,
            subscribable: sources.subscribable,
            imprint: handbook.imprint.clone(),
            privacy: handbook.privacy.clone(),
        }
    }
}

impl PublicComponent {
    /// The id of the component with this key.
    #[must_use]
    pub fn id_of(key: &Key) -> PublicId {
        PublicId::derive(&["component", key.as_str()])
    }
}

fn components(sources: &Sources<'_>) -> Vec<PublicComponent> {
    let concerned = |key: &Key| {
        let mine = sources.incidents.iter().map(|(incident, _)| incident);
        let key = key.clone();
        mine.filter(move |one| !one.drill && one.affected.contains(&key))
    };
    let state = |key: &Key| {
        // What a person says of it counts more than what is measured.
        let by_hand = concerned(key).filter(|incident| incident.is_open());
        let said = by_hand.filter_map(|incident| incident.by_hand.get(key).copied()).max();
        if let Some(said) = said {
            return said;
        }
        let measured = sources.standing.get(key).copied().unwrap_or_default();
        // What somebody declared broken is broken, whatever the monitors say.
        let told = concerned(key)
            .filter(|incident| incident.is_open() && incident.recovered_at.is_none())
            .filter_map(|incident| incident.standing.get(key).copied())
            .filter(|state| state.is_broken());
        told.fold(measured, ComponentState::max)
    };
    let shown = sources.handbook.components.iter().map(|component| PublicComponent {
        id: PublicComponent::id_of(&component.key),
        name: component.name.clone(),
        about: component.about.clone(),
        state: state(&component.key),
        created_at: sources.begun_at,
        updated_at: concerned(&component.key)
            .map(|incident| incident.closed_at.unwrap_or(incident.last_at))
            .max()
            .unwrap_or(sources.begun_at),
    });
    shown.collect()
}

fn public(incident: &Incident, handbook: &Handbook) -> PublicIncident {
    PublicIncident {
        id: incident.id.clone(),
        title: handbook
            .plans
            .get(&incident.plan)
            .map(|plan| plan.title.clone())
            .unwrap_or_default(),
        level: incident.level,
        worst: incident.worst,
        since: incident.since,
        opened_at: incident.opened_at,
        updated_at: incident.last_at,
        recovered_at: incident.recovered_at,
        closed_at: incident.closed_at,
        components: incident.affected.iter().map(PublicComponent::id_of).collect(),
        notices: incident.published().filter_map(|notice| told(incident, notice)).collect(),
        promise: incident.promise.map(|promise| promise.at),
    }
}

fn told(incident: &Incident, notice: &crate::incident::Notice) -> Option<PublicNotice> {
    let Phase::Published { at, texts, corrects, .. } = &notice.phase else { return None };
    let corrected_by = incident.published().find_map(|later| match &later.phase {
        Phase::Published { corrects: Some(number), .. } if *number == notice.number => {
            Some(later.number)
        }
        _ => None,
    });
    Some(PublicNotice {
        id: notice.public_id(&incident.id),
        number: notice.number,
        kind: notice.kind,
        at: *at,
        texts: texts.clone(),
        corrects: *corrects,
        corrected_by,
    })
}

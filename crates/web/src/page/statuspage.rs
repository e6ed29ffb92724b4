//! The JSON that status-page clients know (Atlassian Statuspage v2). Every key is present: clients
//! read by name and break on a missing one.

use model::handbook::system::ComponentState;
use model::language::Language;
use model::notice::Kind;
use model::public::{PublicComponent, PublicIncident, PublicNotice, PublicPage};
use model::value::{PublicId, Timestamp};
use serde::Serialize;

use super::scene::Scene;

/// `page`.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    id: &'a PublicId,
    name: &'a str,
    url: &'a str,
    time_zone: &'a str,
    updated_at: String,
}

/// `status`.
#[derive(Serialize)]
pub(super) struct Status {
    indicator: &'static str,
    description: String,
}

/// One of `components`.
#[derive(Serialize)]
pub(super) struct Component<'a> {
    id: &'a PublicId,
    name: &'a str,
    status: &'static str,
    created_at: String,
    updated_at: String,
    position: usize,
    description: Option<&'a str>,
    showcase: bool,
    start_date: Option<String>,
    group_id: Option<PublicId>,
    page_id: &'a PublicId,
    group: bool,
    only_show_if_degraded: bool,
}

/// One of `incidents`.
#[derive(Serialize)]
pub(super) struct Incident<'a> {
    id: &'a PublicId,
    name: &'a str,
    status: &'static str,
    created_at: String,
    updated_at: String,
    monitoring_at: Option<String>,
    resolved_at: Option<String>,
    impact: &'static str,
    shortlink: String,
    started_at: String,
    page_id: &'a PublicId,
    incident_updates: Vec<Update>,
    components: Vec<Component<'a>>,
}

#[derive(Serialize)]
struct Update {
    id: PublicId,
    status: &'static str,
    body: String,
    incident_id: PublicId,
    created_at: String,
    updated_at: String,
    display_at: String,
    affected_components: Option<Vec<()>>,
    deliver_notifications: bool,
    custom_tweet: Option<String>,
    tweet_id: Option<String>,
}

pub(super) fn head(page: &PublicPage) -> Head<'_> {
    Head {
        id: &page.id,
        name: &page.community,
        url: &page.url,
        time_zone: &page.zone,
        updated_at: page.as_of.iso_millis(),
    }
}

/// The state of everything, described by the one sentence that the page shows.
pub(super) fn status(page: &PublicPage, sentence: String) -> Status {
    let open = page.open.iter().map(|incident| {
        // While it is watched after its end it is no longer as bad as it was, but not over.
        let calmer = incident.recovered_at.is_some();
        if calmer { ComponentState::Degraded } else { incident.worst.max(ComponentState::Degraded) }
    });
    // Nobody knows how bad it is, but somebody found it worth an emergency notice.
    let emergency = page.emergencies.first().map(|_| ComponentState::Degraded);
    let worst = open.chain(emergency).chain([page.worst()]).max().unwrap_or_default();
    Status { indicator: impact(worst), description: sentence }
}

pub(super) fn components(page: &PublicPage, language: Language) -> Vec<Component<'_>> {
    let all = page.components.iter().enumerate();
    all.map(|(at, one)| component(page, at, one, language)).collect()
}

fn component<'a>(
    page: &'a PublicPage,
    at: usize,
    one: &'a PublicComponent,
    language: Language,
) -> Component<'a> {
    let about = one.about.get(language);
    Component {
        id: &one.id,
        name: one.name.get(language),
        status: component_status(one.state),
        created_at: one.created_at.iso_millis(),
        updated_at: one.updated_at.iso_millis(),
        position: at + 1,
        description: (!about.is_empty()).then_some(about),
        showcase: true,
        start_date: None,
        group_id: None,
        page_id: &page.id,
        group: false,
        only_show_if_degraded: false,
    }
}

pub(super) fn incident<'a>(scene: &Scene<'a>, one: &'a PublicIncident) -> Incident<'a> {
    let page = scene.page;
    let concerned = page.components.iter().enumerate();
    let concerned = concerned.filter(|(_, part)| one.components.contains(&part.id));
    let updates = updates(scene, one);
    let status = match (one.closed_at, one.recovered_at) {
        (Some(_), _) => "resolved",
        (None, Some(_)) => "monitoring",
        (None, None) => updates.first().map_or("investigating", |update| update.status),
    };
    Incident {
        id: &one.id,
        name: one.title.get(scene.language),
        status,
        created_at: one.opened_at.iso_millis(),
        updated_at: one.updated_at.iso_millis(),
        monitoring_at: one.recovered_at.map(Timestamp::iso_millis),
        resolved_at: one.closed_at.map(Timestamp::iso_millis),
        impact: impact(one.worst),
        shortlink: format!("{}{}", page.url, scene.path(&format!("incident/{}", one.id))),
        started_at: one.since.iso_millis(),
        page_id: &page.id,
        incident_updates: updates,
        components: concerned.map(|(at, part)| component(page, at, part, scene.language)).collect(),
    }
}

/// Newest first. Clients rely on there being one, so while nothing is published the sentence of
/// the page stands for it.
fn updates(scene: &Scene<'_>, one: &PublicIncident) -> Vec<Update> {
    let mut status = "investigating";
    let mut updates: Vec<_> = one
        .notices
        .iter()
        .map(|notice| {
            status = update_status(one, notice, status);
            let text = scene.text(notice);
            let body = text.map_or_else(String::new, |(text, _)| text.to_plain(scene.language));
            update(one, notice.id.clone(), notice.at, status, body)
        })
        .collect();
    if updates.is_empty() {
        let id = PublicId::derive(&["detected", one.id.as_str()]);
        let page = &scene.words.page;
        let body = format!("{}\n\n{}", scene.headline(one).text, page.detected_lede);
        updates.push(update(one, id, one.opened_at, status, body));
    }
    updates.reverse();
    updates
}

/// The word that these clients have for what a notice is. A correction changes nothing about
/// where the incident stands, and "nothing new" does not say that the cause is known.
fn update_status(
    one: &PublicIncident,
    notice: &PublicNotice,
    before: &'static str,
) -> &'static str {
    let watched = one.recovered_at.is_some_and(|at| notice.at >= at);
    match notice.kind {
        Kind::AllClear => "resolved",
        Kind::Correction | Kind::First | Kind::Update | Kind::Holding if watched => "monitoring",
        Kind::First => "investigating",
        Kind::Update => "identified",
        Kind::Holding | Kind::Correction => before,
    }
}

fn update(
    one: &PublicIncident,
    id: PublicId,
    at: Timestamp,
    status: &'static str,
    body: String,
) -> Update {
    Update {
        id,
        status,
        body,
        incident_id: one.id.clone(),
        created_at: at.iso_millis(),
        updated_at: at.iso_millis(),
        display_at: at.iso_millis(),
        affected_components: None,
        deliver_notifications: true,
        custom_tweet: None,
        tweet_id: None,
    }
}

/// These clients have no word for "we cannot see it". Silence that looks like "all is well" is
/// the worse lie, so it counts as limited, and the description says what is meant.
fn component_status(state: ComponentState) -> &'static str {
    match state {
        ComponentState::Operational => "operational",
        ComponentState::Maintenance => "under_maintenance",
        ComponentState::Blind | ComponentState::Degraded => "degraded_performance",
        ComponentState::Partial => "partial_outage",
        ComponentState::Major => "major_outage",
    }
}

fn impact(worst: ComponentState) -> &'static str {
    match worst {
        ComponentState::Operational => "none",
        ComponentState::Maintenance => "maintenance",
        ComponentState::Blind | ComponentState::Degraded => "minor",
        ComponentState::Partial => "major",
        ComponentState::Major => "critical",
    }
}

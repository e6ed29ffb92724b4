use super::sort::{
    NO_COMPONENT_OWNER, NO_PLACE, NO_RESTORE, NO_RPO, NO_TIMES, NO_WORKAROUND, OLD_RESTORE,
    PLACE_WITHOUT_PARTNER, RTO_BEFORE_NEED, RTO_TOO_LONG,
};
use super::{About, Finding, Scene, proof};
use crate::handbook::system::{Component, PlaceKind};

const FILE: &str = "system.toml";

/// It is known how long each part may be down, and its targets can be met.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let handbook = scene.handbook;
    for (at, component) in handbook.components.iter().enumerate() {
        let path = format!("component.{at}");
        let name = About::from(&component.name);
        let time = if component.mtpd.is_none() { "mtpd" } else { "rto" };
        for (lacking, field, sort) in [
            (component.rto.is_none() || component.mtpd.is_none(), time, &NO_TIMES),
            (component.rpo.is_none(), "rpo", &NO_RPO),
            (component.owner.is_none(), "owner", &NO_COMPONENT_OWNER),
            (component.runs_on.is_empty(), "runs_on", &NO_PLACE),
            (component.minimum.is_none(), "minimum", &NO_WORKAROUND),
        ] {
            if lacking {
                found.push(Finding::new(sort, (FILE, &format!("{path}.{field}")), [name.clone()]));
            }
        }
        if let (Some(rto), Some(mtpd)) = (component.rto, component.mtpd)
            && rto >= mtpd
        {
            let about = [name.clone(), About::new(&rto), About::new(&mtpd)];
            found.push(Finding::new(&RTO_TOO_LONG, (FILE, &format!("{path}.rto")), about));
        }
        needs(scene, component, &path, found);
        let stale = scene.stale(component.restored_on, handbook.rhythm.restore);
        let place = (FILE, format!("{path}.restored_on"));
        proof(found, stale, [&NO_RESTORE, &OLD_RESTORE], (place.0, &place.1), name);
    }
    for (key, place) in &handbook.places {
        let run_by_others = matches!(place.kind, PlaceKind::Datacentre | PlaceKind::Provider);
        if run_by_others && place.partner.is_none() {
            let path = format!("place.{key}.partner");
            let about = [About::from(&place.title)];
            found.push(Finding::new(&PLACE_WITHOUT_PARTNER, (FILE, &path), about));
        }
    }
}

/// A component runs again no sooner than what it needs, unless it is said how to do without.
fn needs(scene: &Scene<'_>, component: &Component, path: &str, found: &mut Vec<Finding>) {
    let Some(rto) = component.rto.filter(|_| component.workaround.is_none()) else { return };
    let needs = component.depends_on.iter().filter_map(|key| scene.handbook.component(key));
    for (need, later) in needs.filter_map(|need| Some((need, need.rto.filter(|it| *it > rto)?))) {
        let about = [
            About::from(&component.name),
            About::new(&rto),
            About::from(&need.name),
            About::new(&later),
        ];
        found.push(Finding::new(&RTO_BEFORE_NEED, (FILE, &format!("{path}.rto")), about));
    }
}

use crate::handbook::Handbook;
use crate::value::{Key, PublicId};
use crate::verdict::Standing;

use super::Incident;

/// What to do about a component that is not well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Open an incident by this plan.
    Open(Key),
    /// It belongs to this open incident.
    Attach(PublicId),
    /// It is taken care of, or its parent's verdict comes first.
    Nothing,
    /// It is bad enough, and no plan names it.
    NoPlan,
}

/// Decides what to do about one component. Pure, so that every node comes to the same answer.
///
/// `parent_suspect` says that something which it depends on failed at the last look without a
/// verdict yet: then the cause may lie there, and one waits for that verdict.
#[must_use]
pub fn route(
    handbook: &Handbook,
    open: &[&Incident],
    standing: &Standing,
    component: &Key,
    parent_suspect: bool,
) -> Route {
    let state = standing.get(component).copied().unwrap_or_default();
    let real = || open.iter().filter(|incident| incident.is_open() && !incident.drill);
    if !state.is_broken() || real().any(|incident| incident.affected.contains(component)) {
        return Route::Nothing;
    }
    let needs = handbook.needs(component);
    let of_parent = |one: &&&Incident| one.affected.iter().any(|key| needs.contains(key));
    if let Some(parent) = real().find(of_parent) {
        return Route::Attach(parent.id.clone());
    }
    let broken = |need: &Key| standing.get(need).is_some_and(|state| state.is_broken());
    let parent_down =
        |need: &Key| broken(need) && handbook.plan_for(need, standing[need]).is_some();
    if parent_suspect || needs.iter().any(parent_down) {
        return Route::Nothing;
    }
    // The parent's verdict came after its children's: it joins them.
    let of_child = |one: &&&Incident| {
        !one.affected.is_empty()
            && one.affected.iter().all(|key| handbook.needs(key).contains(component))
    };
    if let Some(child) = real().find(of_child) {
        return Route::Attach(child.id.clone());
    }
    match handbook.plan_for(component, state) {
        None if state < crate::handbook::system::ComponentState::Partial => Route::Nothing,
        None => Route::NoPlan,
        Some(plan) => match real().find(|incident| incident.plan == plan.key) {
            Some(same) => Route::Attach(same.id.clone()),
            None => Route::Open(plan.key.clone()),
        },
    }
}

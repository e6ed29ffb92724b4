//! What an open incident asks of people now, and which of several comes first.

use std::cmp::Reverse;

use engine::incident::Case;
use model::handbook::plan::Policy;
use model::incident::Phase;
use model::language::{Language, Zone};
use model::value::Timestamp;

/// What is asked, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ask {
    /// A notice was promised for this moment, which is over.
    Late(Timestamp),
    /// A notice goes out by itself at this moment: read it.
    Waits(Timestamp),
    /// The clock of a notice stands: nobody is told anything.
    Stopped,
    /// All is well again: give the all-clear, which else goes out by itself, or does not.
    Recovered(Option<Timestamp>),
    /// The next notice is promised for this moment.
    Next(Timestamp),
    /// Nothing.
    Nothing,
}

/// What this incident asks at this moment.
fn ask(case: &Case, now: Timestamp) -> Ask {
    let incident = &case.incident;
    match incident.pending().map(|notice| &notice.phase) {
        Some(Phase::Waiting { publish_at }) => return Ask::Waits(*publish_at),
        Some(_) => return Ask::Stopped,
        None => {}
    }
    match incident.promise.map(|promise| promise.at) {
        Some(at) if at <= now => return Ask::Late(at),
        _ => {}
    }
    if let Some(recovered) = incident.recovered_at {
        let quiet = policy(case).and_then(|policy| policy.all_clear_after);
        return Ask::Recovered(quiet.map(|quiet| recovered.after(quiet)));
    }
    incident.promise.map_or(Ask::Nothing, |promise| Ask::Next(promise.at))
}

/// Whether a promised notice is missing.
pub(super) fn is_late(case: &Case, now: Timestamp) -> bool {
    matches!(ask(case, now), Ask::Late(_))
}

/// Sorts the most urgent to the front: what is real before drills.
pub(super) fn order(case: &Case, now: Timestamp) -> impl Ord + use<> {
    let incident = &case.incident;
    (incident.drill, ask(case, now), Reverse(incident.level), incident.since)
}

/// What is asked in a sentence, and what happens if nobody does it.
pub(super) fn sentences(
    case: &Case,
    now: Timestamp,
    language: Language,
) -> (String, Option<String>) {
    let (room, console) = (language.words().room, language.words().console);
    let zone: &Zone = &case.handbook.zone;
    let clock = |at| zone.promise(at, language);
    match ask(case, now) {
        Ask::Late(at) => ((room.late)(&clock(at)), None),
        Ask::Waits(at) => ((console.waits)(&clock(at)), None),
        Ask::Stopped => (console.stopped.to_owned(), None),
        Ask::Recovered(None) => (room.recovered.to_owned(), Some(console.clears_not.to_owned())),
        Ask::Recovered(Some(at)) => (room.recovered.to_owned(), Some((console.clears)(&clock(at)))),
        Ask::Next(at) => {
            let holding = policy(case).is_some_and(|policy| policy.holding);
            let otherwise = if holding { room.else_holding } else { room.else_late };
            ((room.next)(&clock(at)), Some(otherwise(&clock(at))))
        }
        Ask::Nothing => (room.nothing_due.to_owned(), None),
    }
}

fn policy(case: &Case) -> Option<&Policy> {
    case.handbook.plans.get(&case.incident.plan).map(|plan| &plan.policy)
}

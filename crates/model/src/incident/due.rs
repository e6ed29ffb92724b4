use crate::handbook::Handbook;
use crate::value::{Span, Timestamp};

use super::{Due, Incident, Phase};

/// The next thing that the plan asks for by itself, and when. What has been done is no longer
/// due, so carrying it out always leads on.
#[must_use]
pub fn next_due(handbook: &Handbook, incident: &Incident) -> Option<(Timestamp, Due)> {
    if !incident.is_open() {
        return None;
    }
    let policy = &handbook.plans.get(&incident.plan)?.policy;
    let pending = incident.pending().map(|notice| match &notice.phase {
        Phase::OnHold { since } => {
            // A hold without a hold time would remind without end.
            let pause = policy.hold.max(Span::minutes(1));
            (since.after(pause), Due::RemindHeld { number: notice.number })
        }
        Phase::Waiting { publish_at } => (*publish_at, Due::Publish { number: notice.number }),
        Phase::Published { .. } | Phase::Withdrawn => {
            unreachable!("a pending notice waits or is on hold")
        }
    });
    let all_clear = incident
        .recovered_at
        .zip(policy.all_clear_after)
        .map(|(recovered, quiet)| (recovered.after(quiet), Due::AllClear));
    // When it is well again and the all-clear comes before the promised moment, a holding update
    // would only confuse, and so would a reminder of it.
    let kept_by_all_clear = |at| all_clear.is_some_and(|(clear, _)| clear <= at);
    let open = incident.promise.filter(|one| !one.missed && !kept_by_all_clear(one.at));
    let promise = open.map(|promise| {
        let remind_at = promise.at.before(policy.remind);
        if !promise.reminded && policy.remind > Span::ZERO {
            (remind_at, Due::Remind { promise: promise.at })
        } else {
            (promise.at, Due::Keep { promise: promise.at })
        }
    });
    [pending, promise, all_clear].into_iter().flatten().min_by_key(|(at, _)| *at)
}

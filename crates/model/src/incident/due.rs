use crate::handbook::Handbook;
use crate::value::{Span, Timestamp};

use super::act::Due;
use super::{Incident, Phase, call, duty};

/// The next thing that the plan asks for by itself, and when. What has been done is no longer
/// due, so carrying it out always leads on.
#[must_use]
pub fn next_due(handbook: &Handbook, incident: &Incident) -> Option<(Timestamp, Due)> {
    let report = duty::next(handbook, incident);
    let ask = incident.is_open().then(|| call::next(handbook, incident)).flatten();
    let notice = next_notice(handbook, incident);
    [notice, ask.map(|at| (at, Due::Ask)), report].into_iter().flatten().min_by_key(|(at, _)| *at)
}

/// The same of notices alone: what visitors and staff are told by itself next.
#[must_use]
pub fn next_notice(handbook: &Handbook, incident: &Incident) -> Option<(Timestamp, Due)> {
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
    let clear_at =
        incident.recovered_at.zip(policy.all_clear_after).map(|(well, quiet)| well.after(quiet));
    // When it is well again and the all-clear comes before the promised moment, a holding update
    // would only confuse, and so would a reminder of it.
    let kept_by_all_clear = |at| clear_at.is_some_and(|clear| clear <= at);
    let open = incident.promise.filter(|one| !one.missed && !kept_by_all_clear(one.at));
    let promise = open.map(|promise| {
        let remind_at = promise.at.before(policy.remind);
        if !promise.reminded && policy.remind > Span::ZERO {
            (remind_at, Due::Remind { promise: promise.at })
        } else {
            (promise.at, Due::Keep { promise: promise.at })
        }
    });
    let all_clear = clear_at.map(|at| (at, Due::AllClear));
    [pending, promise, all_clear].into_iter().flatten().min_by_key(|(at, _)| *at)
}

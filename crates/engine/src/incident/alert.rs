//! Alerts to staff, in the words of the program: what is the matter, and what happens if nobody
//! acts.

use std::collections::BTreeSet;

use model::handbook::Handbook;
use model::handbook::plan::Plan;
use model::incident::{Alert, Incident, alerted, fill_as_of};
use model::language::Language;
use model::notice::{Kind, Texts};
use model::value::Timestamp;

use crate::body::{AlertBody, AlertWords};

/// The alert as it is stored with its dispatches.
pub(super) fn body(
    handbook: &Handbook,
    incident: &Incident,
    plan: &Plan,
    alert: Alert,
    at: Timestamp,
) -> AlertBody {
    let words = Language::all().map(|language| (language, words(handbook, plan, alert, language)));
    AlertBody {
        kind: kind(alert).to_owned(),
        words: words.collect(),
        preview: preview(handbook, incident, plan, alert),
        at,
        people: alerted(handbook, incident),
        endpoints: plan.policy.alert_endpoints.iter().cloned().collect(),
        partners: BTreeSet::new(),
        round: 0,
        handbook: incident.handbook,
    }
}

fn kind(alert: Alert) -> &'static str {
    match alert {
        Alert::Held { .. } => "held",
        Alert::StillHeld { .. } => "still_held",
        Alert::UpdateDue { .. } => "update_due",
        Alert::Missed { .. } => "missed",
        Alert::Recovered { .. } => "recovered",
    }
}

fn words(handbook: &Handbook, plan: &Plan, alert: Alert, language: Language) -> AlertWords {
    let say = &language.words().alert;
    let title = plan.title.get(language);
    let clock = |at| handbook.zone.promise(at, language);
    let (subject, otherwise, act) = match alert {
        Alert::Held { publish_at, .. } => {
            ((say.held)(title), (say.held_else)(&clock(publish_at)), Some(say.release))
        }
        Alert::StillHeld { .. } => {
            ((say.still_held)(title), say.still_held_else.to_owned(), Some(say.release))
        }
        Alert::UpdateDue { promise } => {
            let clock = clock(promise);
            let otherwise = if plan.policy.holding {
                (say.update_else_holding)(&clock)
            } else {
                (say.update_else_late)(&clock)
            };
            ((say.update_due)(title, &clock), otherwise, None)
        }
        Alert::Missed { .. } => ((say.missed)(title), say.missed_else.to_owned(), None),
        Alert::Recovered { publish_at } => {
            let otherwise = match publish_at {
                Some(at) => (say.recovered_else)(&clock(at)),
                None => say.recovered_wait.to_owned(),
            };
            ((say.recovered)(title), otherwise, Some(say.all_clear))
        }
    };
    AlertWords { subject, paragraphs: vec![otherwise], act: act.map(str::to_owned) }
}

/// The notice that the alert is about, as it would go out at its time.
pub(super) fn preview(
    handbook: &Handbook,
    incident: &Incident,
    plan: &Plan,
    alert: Alert,
) -> Option<Texts> {
    let as_of = |kind, texts: &Texts, at| fill_as_of(handbook, incident, kind, texts, at);
    let prepared = |kind, at| plan.texts.get(&kind).map(|texts| as_of(kind, texts, at));
    match alert {
        Alert::Held { number, publish_at } => {
            let notice = incident.notice(number)?;
            Some(as_of(notice.kind, notice.in_time(&plan.policy).0, publish_at))
        }
        Alert::StillHeld { number } => {
            let notice = incident.notice(number)?;
            Some(as_of(notice.kind, &notice.texts, incident.last_at))
        }
        Alert::UpdateDue { promise } if plan.policy.holding => prepared(Kind::Holding, promise),
        Alert::Recovered { publish_at } => {
            prepared(Kind::AllClear, publish_at.unwrap_or(incident.last_at))
        }
        Alert::UpdateDue { .. } | Alert::Missed { .. } => None,
    }
}

//! The webhook of a Prometheus Alertmanager, version 4. Grafana's alerting sends the same form.

use model::intake::{Labels, Report};
use serde_json::Value;

use super::{Unreadable, json, moment, tidy};

const HELP: &str = "send what Alertmanager sends to a webhook, version 4";

/// The alerts of a message.
///
/// # Errors
///
/// Where the message is not as Alertmanager sends it.
pub fn read(body: &[u8]) -> Result<Vec<Report>, Unreadable> {
    let message = json(body)?;
    let Some(Value::Array(alerts)) = message.get("alerts") else {
        return Err(Unreadable::new("/alerts", "there is no list here", HELP));
    };
    alerts.iter().enumerate().map(|(at, alert)| report(at, alert)).collect()
}

fn report(at: usize, alert: &Value) -> Result<Report, Unreadable> {
    let wrong = |key, what: &str| Unreadable::new(format!("/alerts/{at}/{key}"), what, HELP);
    let is_down = match alert.get("status").and_then(Value::as_str) {
        Some("firing") => true,
        Some("resolved") => false,
        _ => return Err(wrong("status", "this is neither “firing” nor “resolved”")),
    };
    let labels = words(alert.get("labels")).filter(|labels| !labels.is_empty());
    let labels = labels.ok_or_else(|| wrong("labels", "there are no names and texts here"))?;
    // While it fires, its end is in the year 1.
    let time = |key| match alert.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.starts_with("0001-01-01T") => Ok(None),
        Some(value) => match moment(value) {
            None => Err(wrong(key, "this is no moment as RFC 3339 writes it")),
            at => Ok(at),
        },
    };
    let (begun_at, ended_at) = (time("startsAt")?, time("endsAt")?);
    // Old Alertmanagers send no fingerprint. The labels are what tells alerts apart.
    let fingerprint = alert.get("fingerprint").and_then(Value::as_str).map(tidy);
    let fingerprint = fingerprint.filter(|text| !text.is_empty());
    let said = words(alert.get("annotations")).unwrap_or_default();
    let said = ["summary", "description", "message"].into_iter().find_map(|name| said.get(name));
    let detail = said.filter(|text| !text.is_empty()).or_else(|| labels.get("alertname")).cloned();
    Ok(Report {
        subject: fingerprint.unwrap_or_else(|| format!("{labels:?}")),
        is_down,
        begun_at,
        ended_at: ended_at.filter(|_| !is_down),
        detail: detail.unwrap_or_default(),
        labels,
    })
}

/// Names with texts.
fn words(value: Option<&Value>) -> Option<Labels> {
    let pairs = value?.as_object()?.iter();
    pairs.map(|(name, value)| Some((tidy(name), tidy(value.as_str()?)))).collect()
}

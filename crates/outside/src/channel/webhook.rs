//! Machines that are told: Standard Webhooks, a signed POST of JSON.

mod challenge;
mod sign;

use std::time::Duration;

use model::dispatch::{Dispatch, Outcome, Real};
use model::handbook::channel::{Abilities, Channel, Descriptor, Field, Form as Text, Reaches};
use model::value::{Span, Timestamp};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::json;
use url::Url;

use super::post::{Content, Notice, Post, Recipient};
use super::{
    Adapter, Carrying, ChannelError, Form, Line, Load, PER_SECOND, Parcel, Preview, Trying, Wire,
    flight,
};
use crate::http::{Answer, Call, HttpError, Way, retry_after};

pub use challenge::{CHALLENGE, Challenge, Unproven, challenge, own_secret, subscribable};
pub use sign::{BadSignature, WebhookKey};

/// The channel.
#[derive(Debug, Clone, Copy)]
pub struct Webhook;

/// How long an endpoint may take where the handbook says nothing.
const USUAL_LIMIT: u64 = 15;

/// How many requests one line keeps under way: receivers are many, and most of the time is waiting.
const AT_ONCE: usize = 64;

/// How much of an answer is read: enough for a reason.
const READ: usize = 4096;

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "webhook",
    label: ["Webhook (Standard Webhooks)", "Webhook (Standard Webhooks)"],
    reaches: Reaches::Machines,
    fields: &[
        Field {
            name: "timeout",
            hint: [
                "Sekunden, die ein Empfänger für die Antwort hat; sonst 15",
                "seconds that an endpoint has for its answer; otherwise 15",
            ],
            required: false,
            form: Text::Number(1, 60),
        },
        PER_SECOND,
    ],
    abilities: Abilities {
        edit: false,
        thread: false,
        receipt: false,
        replies: false,
        limit: None,
    },
};

impl Adapter for Webhook {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn prepare(&self, _channel: &Channel, post: &Post) -> Result<Box<dyn Form>, ChannelError> {
        let common = written(&payload(post, &Recipient::default()));
        Ok(Box::new(Draft { post: post.clone(), common }))
    }

    fn preview(&self, _channel: &Channel, post: &Post) -> Preview {
        let text = serde_json::to_string_pretty(&payload(post, &Recipient::default()));
        let text = text.expect("text and numbers become JSON");
        Preview { subject: None, text, machine: true, parts: None }
    }

    fn open(&self, wire: &Wire, channel: &Channel) -> Result<Box<dyn Line>, ChannelError> {
        let seconds = super::number(channel, "timeout")?.unwrap_or(USUAL_LIMIT);
        Ok(Box::new(Poster { wire: wire.clone(), limit: Duration::from_secs(seconds) }))
    }
}

/// What a machine is told. Names stay: others' programs read them.
fn payload(post: &Post, to: &Recipient) -> serde_json::Value {
    let (kind, mut data) = content(post);
    // Whoever subscribed by itself ends and changes it by itself.
    for (name, link) in [("leave", &to.unsubscribe), ("choices", &to.choices)] {
        if let Some(link) = link {
            data[name] = json!(link);
        }
    }
    json!({
        "type": kind,
        "timestamp": post.at.iso_millis(),
        "community": post.community,
        "data": data,
    })
}

/// The type of a message, and what it says.
fn content(post: &Post) -> (String, serde_json::Value) {
    match &post.content {
        Content::Notice(notice) => (format!("notice.{}", notice.kind.word()), told(post, notice)),
        Content::Alert(alert) => (
            format!("alert.{}", alert.kind),
            json!({
                "incident": post.incident,
                "language": post.language.tag(),
                "headline": alert.subject,
                "text": alert.paragraphs.join("\n\n"),
                "links": alert.links.iter()
                    .map(|(label, address)| json!({"label": label, "url": address}))
                    .collect::<Vec<_>>(),
                "preview": alert.preview.as_ref().map(|text| text.to_plain(post.language)),
                "page": post.page,
            }),
        ),
    }
}

/// A notice. What this audience alone is told stands in a field of its own, which is not there
/// where there is nothing of the kind: what is put on a page is taken from the others.
fn told(post: &Post, notice: &Notice) -> serde_json::Value {
    let mut data = json!({
        "incident": post.incident,
        "number": notice.number,
        "kind": notice.kind.word(),
        "language": post.language.tag(),
        "headline": notice.text.headline,
        "text": notice.text.to_plain(post.language),
        "link": notice.link,
        "page": post.page,
        "next_update_at": notice.next_update.map(Timestamp::iso_millis),
    });
    if let Some(aside) = &notice.aside {
        let text = aside.paragraphs.join("\n\n");
        data["for_audience"] = json!({ "headline": aside.head, "text": text });
    }
    data
}

/// A message without its recipient.
struct Draft {
    post: Post,
    /// What everybody is sent who did not subscribe by itself.
    common: Vec<u8>,
}

fn written(payload: &serde_json::Value) -> Vec<u8> {
    serde_json::to_vec(payload).expect("text and numbers become JSON")
}

impl Form for Draft {
    fn fill(&self, to: &Recipient) -> Result<Parcel, ChannelError> {
        let is_common = to.unsubscribe.is_none() && to.choices.is_none();
        let body = if is_common { self.common.clone() } else { written(&payload(&self.post, to)) };
        let (id, address) = (to.id.clone(), to.address.clone());
        Ok(Parcel {
            id,
            from: None,
            to: address,
            secret: to.secret.clone(),
            own: to.own.clone(),
            body,
        })
    }
}

struct Poster {
    wire: Wire,
    limit: Duration,
}

impl Line for Poster {
    fn carry<'a>(
        &'a mut self,
        _dispatch: &'a Dispatch<Real>,
        load: &'a mut dyn Load,
    ) -> Carrying<'a> {
        let poster: &Self = self;
        Box::pin(flight::carry(load, AT_ONCE, move |parcel, now| async move {
            match poster.call(parcel, now) {
                Ok(call) => classify(poster.wire.http.call(call).await, now),
                Err(outcome) => outcome,
            }
        }))
    }

    fn try_out(&mut self) -> Trying<'_> {
        Box::pin(async { Ok("needs nothing; each address is tried when it is told".to_owned()) })
    }
}

impl Poster {
    fn call(&self, parcel: Parcel, now: Timestamp) -> Result<Call, Outcome> {
        let refused = |reason: String| Outcome::Refused { reason };
        let url: Url = parcel.to.parse().map_err(|_| {
            let start: String = parcel.to.chars().take(100).collect();
            refused(format!("“{start}” is no address; write https:// and a host"))
        })?;
        let key = match (&parcel.own, &parcel.secret) {
            (Some(own), _) => Some(WebhookKey::new(own)),
            (None, Some(name)) => {
                // Somebody can still give it: the receiver is not to blame.
                let later = |reason| Outcome::Later { after: Span::ZERO, reason };
                let secret = self.wire.secrets.get(name);
                Some(WebhookKey::new(secret.map_err(|error| later(error.to_string()))?))
            }
            (None, None) => None,
        };
        let call = call(url, &parcel.id, parcel.body, key.as_ref(), now).map_err(refused)?;
        let way = if parcel.own.is_some() { Way::Strange } else { Way::Kept };
        Ok(Call { way, limit: self.limit, ..call })
    }
}

/// A signed call; `Err` says what does not fit into a header.
fn call(
    url: Url,
    id: &str,
    body: Vec<u8>,
    key: Option<&WebhookKey>,
    now: Timestamp,
) -> Result<Call, String> {
    let mut headers = HeaderMap::new();
    let mut put = |name: &'static str, value: &str| {
        let value = HeaderValue::from_str(value)
            .map_err(|_| format!("{name} does not fit into a header"))?;
        headers.insert(HeaderName::from_static(name), value);
        Ok::<(), String>(())
    };
    put("webhook-id", id)?;
    put("webhook-timestamp", &now.unix_seconds().to_string())?;
    if let Some(key) = key {
        put("webhook-signature", &key.sign(id, now.unix_seconds(), &body))?;
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let limit = Duration::from_secs(USUAL_LIMIT);
    let (method, way) = (Method::POST, Way::Kept);
    Ok(Call { method, url, headers, body, way, limit, most: READ })
}

/// A repeat carries the same `webhook-id` and is dropped by the receiver, so whatever may or may
/// not have arrived is simply sent again.
fn classify(result: Result<Answer, HttpError>, now: Timestamp) -> Outcome {
    let answer = match result {
        Ok(answer) => answer,
        Err(error @ (HttpError::Blocked(_) | HttpError::Address(_))) => {
            return Outcome::Refused { reason: error.to_string() };
        }
        Err(error) => return Outcome::Later { after: Span::ZERO, reason: error.to_string() },
    };
    let reason = format!("answered {}", answer.status);
    match answer.status {
        200..300 => Outcome::Accepted { receipt: reason },
        410 => Outcome::Gone { reason },
        408 | 425 | 429 | 500.. => {
            Outcome::Later { after: retry_after(&answer.headers, now), reason }
        }
        300..400 => Outcome::Refused { reason: format!("{reason}; redirects are not followed") },
        _ => Outcome::Refused { reason },
    }
}

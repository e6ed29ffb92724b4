//! A gateway as the handbook describes it, and the request for one message.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::handbook::channel::Channel;
use model::value::Phone;
use reqwest::Method;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use url::Url;

use super::preset::{Preset, preset};
use super::template::{SLOTS, Slots};
use super::text::{Alphabet, alphabet};
use super::verdict::{Mark, Rules};
use crate::channel::{ChannelError, number};
use crate::http::{Call, Way};
use crate::secret::{Secret, Secrets};

/// How long a gateway may take where the handbook says nothing.
const USUAL_LIMIT: u64 = 15;
/// How much of an answer is read.
const READ: usize = 4096;

/// A gateway.
#[derive(Debug, Clone)]
pub(super) struct Gateway {
    pub(super) rules: Rules,
    url: String,
    method: Method,
    body: Body,
    header: Option<(HeaderName, String)>,
    auth: Auth,
    user: String,
    password: Option<Secret>,
    from: String,
    limit: Duration,
}

#[derive(Debug, Clone)]
enum Body {
    None,
    Form(String),
    Json(Value),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Auth {
    None,
    Basic,
    Bearer,
}

impl Gateway {
    /// Reads the settings.
    ///
    /// # Errors
    /// [`ChannelError`] with the setting that is missing or does not fit.
    pub(super) fn open(channel: &Channel, secrets: &Secrets) -> Result<Self, ChannelError> {
        let known = preset(channel.setting("gateway"));
        let written = |field, usual: &'static str| channel.setting(field).unwrap_or(usual);
        let marks = |field, usual| Mark::list(written(field, usual));
        let auth = match written("auth", known.auth) {
            "basic" => Auth::Basic,
            "bearer" => Auth::Bearer,
            _ => Auth::None,
        };
        let password = match channel.setting("password") {
            Some(name) => Some(secrets.get(name)?.clone()),
            None => None,
        };
        if password.is_none() && auth != Auth::None {
            return Err(missing(channel, "password"));
        }
        let gateway = Self {
            rules: Rules {
                accepted: marks("accepted", known.accepted),
                later: marks("later", known.later),
                refused: marks("refused", known.refused),
                gone: marks("gone", known.gone),
                down: marks("down", known.down),
            },
            url: address(channel, known)?,
            method: match written("method", known.method) {
                "GET" => Method::GET,
                "PUT" => Method::PUT,
                _ => Method::POST,
            },
            body: body(channel, written("body", known.body))?,
            header: header(channel, written("header", known.header))?,
            auth,
            user: written("user", "").to_owned(),
            password,
            from: written("from", "").to_owned(),
            limit: Duration::from_secs(number(channel, "timeout")?.unwrap_or(USUAL_LIMIT)),
        };
        let nobody: Phone = "+4930123456".parse().expect("a number");
        gateway.call(&nobody, "id", "text").map_err(|reason| setting(channel, "url", reason))?;
        Ok(gateway)
    }

    /// The request for one message.
    ///
    /// # Errors
    /// What does not fit into an address or a header; without the secret.
    pub(super) fn call(&self, to: &Phone, id: &str, text: &str) -> Result<Call, String> {
        let slots = Slots {
            to: to.as_str(),
            digits: to.digits(),
            text,
            from: &self.from,
            id,
            coding: if alphabet(text) == Alphabet::Gsm { "0" } else { "2" },
            user: &self.user,
            password: self.password.as_ref().map_or("", Secret::expose),
        };
        let url: Url = slots
            .address(&self.url)
            .parse()
            .map_err(|_| format!("“{}” is no address; write https:// and a host", self.url))?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json, text/plain, */*"));
        if let Some((name, value)) = &self.header {
            headers.insert(name.clone(), hidden(&slots.header(value))?);
        }
        let secret = slots.password;
        match self.auth {
            Auth::None => {}
            Auth::Bearer => {
                headers.insert(AUTHORIZATION, hidden(&format!("Bearer {secret}"))?);
            }
            Auth::Basic => {
                let both = STANDARD.encode(format!("{}:{secret}", self.user));
                headers.insert(AUTHORIZATION, hidden(&format!("Basic {both}"))?);
            }
        }
        let (kind, body) = match &self.body {
            Body::None => (None, Vec::new()),
            Body::Form(form) => {
                (Some("application/x-www-form-urlencoded"), slots.form(form).into_bytes())
            }
            Body::Json(document) => {
                let filled = slots.json(document);
                (Some("application/json"), filled.to_string().into_bytes())
            }
        };
        if let Some(kind) = kind {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        let (method, way, limit) = (self.method.clone(), Way::Kept, self.limit);
        Ok(Call { method, url, headers, body, way, limit, most: READ })
    }

    /// A call that only shows whether the gateway is there.
    ///
    /// # Errors
    /// As [`Gateway::call`].
    pub(super) fn knock(&self) -> Result<Call, String> {
        let nobody: Phone = "+4930123456".parse().expect("a number");
        let mut call = self.call(&nobody, "", "")?;
        call.url.set_path("/");
        call.url.set_query(None);
        let (headers, body) = (HeaderMap::new(), Vec::new());
        Ok(Call { method: Method::HEAD, way: Way::Fresh, headers, body, ..call })
    }
}

/// A header's value that no log shows.
fn hidden(text: &str) -> Result<HeaderValue, String> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| "a header holds characters that no header can hold".to_owned())?;
    value.set_sensitive(true);
    Ok(value)
}

fn setting(channel: &Channel, field: &'static str, reason: String) -> ChannelError {
    ChannelError::Setting { channel: channel.key.to_string(), field, reason }
}

fn missing(channel: &Channel, field: &'static str) -> ChannelError {
    ChannelError::Missing { channel: channel.key.to_string(), field }
}

fn address(channel: &Channel, known: &Preset) -> Result<String, ChannelError> {
    let base = match channel.setting("url") {
        Some(url) => url,
        None if known.url.is_empty() => return Err(missing(channel, "url")),
        None => known.url,
    };
    let host = base.split("://").nth(1).unwrap_or_default();
    let host = host.split(['/', '?']).next().unwrap_or_default();
    if host.contains(['{', '@']) {
        let reason = "the host must stand there as it is, without a slot and without a user";
        return Err(setting(channel, "url", reason.to_owned()));
    }
    let query = if base.contains('?') { "" } else { known.query };
    let url = format!("{base}{query}");
    unknown_slot(channel, "url", &url)?;
    Ok(url)
}

fn body(channel: &Channel, text: &str) -> Result<Body, ChannelError> {
    if text.is_empty() {
        return Ok(Body::None);
    }
    let begins = text.trim_start();
    // A form may begin with a slot: {to}=…; JSON begins with a quotation mark behind the brace.
    let is_json = begins.starts_with('[')
        || begins.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']));
    if !is_json {
        unknown_slot(channel, "body", text)?;
        return Ok(Body::Form(text.to_owned()));
    }
    let document = serde_json::from_str(text).map_err(|why| {
        setting(channel, "body", format!("it begins like JSON, but is none ({why})"))
    })?;
    Ok(Body::Json(document))
}

fn header(channel: &Channel, text: &str) -> Result<Option<(HeaderName, String)>, ChannelError> {
    if text.is_empty() {
        return Ok(None);
    }
    let pair = text.split_once(':');
    let pair = pair.and_then(|(name, value)| Some((name.trim().parse().ok()?, value.trim())));
    let (name, value) = pair.ok_or_else(|| {
        setting(channel, "header", format!("“{text}”; write it like X-Api-Key: {{password}}"))
    })?;
    unknown_slot(channel, "header", value)?;
    Ok(Some((name, value.to_owned())))
}

/// A slot that is misspelt would be sent as it stands there.
fn unknown_slot(channel: &Channel, field: &'static str, text: &str) -> Result<(), ChannelError> {
    let left = Slots::default().fill(text, str::to_owned);
    match left.split_once('{') {
        None => Ok(()),
        Some((_, rest)) => {
            let name = rest.split('}').next().unwrap_or(rest);
            let name: String = name.chars().take(40).collect();
            let reason = format!("“{{{name}}}” is no slot; there are {SLOTS}");
            Err(setting(channel, field, reason))
        }
    }
}

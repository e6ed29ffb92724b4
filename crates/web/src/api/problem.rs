//! What the API says when it does not do what was asked (RFC 9457).

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, http::HeaderName};
use engine::EngineError;
use model::incident::Refused;
use schemars::JsonSchema;
use serde::Serialize;

use super::doc::Doc;

/// Every kind of problem that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    NoToken,
    BadToken,
    MayNot,
    NotFound,
    WrongMethod,
    Refused,
    MovedOn,
    AlreadyOpen,
    Busy,
    NoHandbook,
    TooLarge,
    NotJson,
    Malformed,
    Invalid,
    Broken,
    Unavailable,
}

use Kind::{
    AlreadyOpen, BadToken, Broken, Busy, Invalid, Malformed, MayNot, MovedOn, NoHandbook, NoToken,
    NotFound, NotJson, TooLarge, Unavailable, WrongMethod,
};

impl Kind {
    const ALL: [Self; 16] = [
        Malformed,
        NoToken,
        BadToken,
        MayNot,
        NotFound,
        WrongMethod,
        Self::Refused,
        MovedOn,
        AlreadyOpen,
        Busy,
        NoHandbook,
        TooLarge,
        NotJson,
        Invalid,
        Broken,
        Unavailable,
    ];

    /// Status, name and title.
    const fn facts(self) -> (u16, &'static str, &'static str) {
        match self {
            Malformed => (400, "malformed", "This is no JSON"),
            NoToken => (401, "no-token", "A token is needed"),
            BadToken => (401, "bad-token", "This token is not valid"),
            MayNot => (403, "may-not", "This token may not do this"),
            NotFound => (404, "not-found", "This is not here"),
            WrongMethod => (405, "wrong-method", "This path has another method"),
            Self::Refused => (409, "refused", "The incident does not stand so"),
            MovedOn => (409, "moved-on", "Something happened since you looked"),
            AlreadyOpen => (409, "already-open", "An incident by this plan is open"),
            Busy => (409, "busy", "Others keep changing this"),
            NoHandbook => (409, "no-handbook", "There is no handbook yet"),
            TooLarge => (413, "too-large", "This is too large"),
            NotJson => (415, "not-json", "The body must be JSON"),
            Invalid => (422, "invalid", "Something in the request is wrong"),
            Broken => (500, "broken", "Something in Notlicht is wrong"),
            Unavailable => (503, "unavailable", "The database does not answer"),
        }
    }
}

/// Why something was not done (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Problem {
    #[serde(skip)]
    kind: Kind,
    /// Tells kinds of problems apart; all are listed under the path in it.
    #[serde(rename = "type")]
    uri: String,
    /// The kind in a few words.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What is wrong, and what to do about it.
    detail: String,
    /// What is wrong where, if the request is to blame.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault>,
    /// The incident that is open already.
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<String>,
}

/// One thing that is wrong in a request.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Fault {
    /// What is wrong, and what would be right.
    pub(super) detail: String,
    /// Where in the body: a JSON pointer (RFC 6901) behind a `#`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pointer: Option<String>,
    /// Which parameter of the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parameter: Option<String>,
}

impl Fault {
    /// At a place in the body, by a JSON pointer without the `#`.
    pub(super) fn at(pointer: impl AsRef<str>, detail: impl Into<String>) -> Self {
        let pointer = Some(format!("#{}", pointer.as_ref()));
        Self { detail: detail.into(), pointer, parameter: None }
    }
}

/// Where the kinds are listed.
pub(super) const LIST: &str = "/api/v1/problems";

impl Problem {
    pub(super) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        let (status, name, title) = kind.facts();
        let uri = format!("{LIST}#{name}");
        let (detail, errors, incident) = (detail.into(), vec![], None);
        Self { kind, uri, title, status, detail, errors, incident }
    }

    /// The request is wrong in these places.
    pub(super) fn invalid(faults: Vec<Fault>) -> Self {
        let first = faults.first().map(|fault| fault.detail.clone()).unwrap_or_default();
        Self { errors: faults, ..Self::new(Invalid, first) }
    }

    pub(super) fn with(self, fault: Fault) -> Self {
        Self { errors: vec![fault], ..self }
    }

    pub(super) fn already_open(plan: &str, incident: Option<String>) -> Self {
        let detail = format!(
            "an incident by the plan “{plan}” is open already: publish an update to it instead"
        );
        Self { incident, ..Self::new(AlreadyOpen, detail) }
    }

    /// What a token that was refused must show instead (RFC 6750).
    fn challenge(&self) -> Option<&'static str> {
        match self.kind {
            NoToken => Some("Bearer realm=\"Notlicht\""),
            BadToken => Some("Bearer realm=\"Notlicht\", error=\"invalid_token\""),
            MayNot => Some("Bearer realm=\"Notlicht\", error=\"insufficient_scope\""),
            _ => None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (challenge, kind) = (self.challenge(), self.kind);
        let mut answer = (status, Json(self)).into_response();
        let mut say = |name: HeaderName, value| {
            answer.headers_mut().insert(name, HeaderValue::from_static(value));
        };
        say(header::CONTENT_TYPE, "application/problem+json");
        if let Some(challenge) = challenge {
            say(header::WWW_AUTHENTICATE, challenge);
        }
        if matches!(kind, Unavailable | Busy) {
            say(header::RETRY_AFTER, "5");
        }
        answer
    }
}

impl From<EngineError> for Problem {
    fn from(why: EngineError) -> Self {
        let said = why.to_string();
        match why {
            EngineError::Store(why) if why.is_conflict() => {
                Self::new(Busy, "others keep changing this: look at it and try again")
            }
            EngineError::Store(why) => {
                tracing::error!(%why, "the API has no database");
                Self::new(Unavailable, "the database does not answer: try again in some seconds")
            }
            EngineError::Refused(why) => Self::from(&why),
            EngineError::NoHandbook => Self::new(NoHandbook, said),
            EngineError::NoIncident(id) => Self::no_incident(&id),
            EngineError::Busy => Self::new(Busy, said),
            EngineError::MovedOn { .. } => {
                Self::new(MovedOn, &said).with(Fault::at("/only_if", said))
            }
            EngineError::Unknown { kind: "plan", .. } => {
                Self::new(Invalid, &said).with(Fault::at("/plan", said))
            }
            EngineError::Unknown { .. } => {
                Self::new(Invalid, &said).with(Fault::at("/components", said))
            }
            other => {
                tracing::error!(why = %other, "the API met a defect");
                Self::new(Broken, "this is a defect of ours: the log of the program says more")
            }
        }
    }
}

impl From<&Refused> for Problem {
    fn from(why: &Refused) -> Self {
        let detail = match why {
            Refused::NoSuchNotice(number) => {
                format!("there is no notice {number} in this incident: read it to see which are")
            }
            other => other.to_string(),
        };
        let place = match why {
            Refused::Unknown { noun: "person", .. } => "/person",
            Refused::Unknown { noun: "stage", key } => return Self::not_in_room("report", key),
            Refused::Unknown { noun, key } => return Self::not_in_room(noun, key),
            Refused::NoSuchTask => return Self::new(NotFound, detail),
            Refused::InTheFuture(_) => "/at",
            Refused::CorrectsNothing => "/corrects",
            Refused::PromiseInThePast(_) => "/next_update",
            _ => return Self::new(Kind::Refused, detail),
        };
        Self::new(Invalid, &detail).with(Fault::at(place, detail))
    }
}

impl Problem {
    pub(super) fn no_incident(id: &str) -> Self {
        Self::new(NotFound, format!("there is no incident “{id}”: GET /api/v1/incidents lists all"))
    }

    /// The incident's handbook or plan has no such thing.
    pub(super) fn not_in_room(noun: &str, key: impl std::fmt::Display) -> Self {
        let detail =
            format!("this incident has no {noun} “{key}”: GET its /room lists what it has");
        Self::new(NotFound, detail)
    }

    pub(super) fn no_channel(key: &str) -> Self {
        Self::new(NotFound, format!("there is no channel “{key}”: GET /api/v1/channels lists all"))
    }
}

/// A kind of problem.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProblemKind {
    /// What stands in `type`.
    #[serde(rename = "type")]
    uri: String,
    /// The status that it comes with.
    status: u16,
    /// The kind in a few words.
    title: &'static str,
}

pub(crate) const KINDS: Doc = Doc::read::<Vec<ProblemKind>>("listProblems", "Meta")
    .says("The kinds of problems that the API tells of", "");

/// The kinds of problems, for whoever looks up a `type`.
pub(crate) async fn kinds() -> Json<Vec<ProblemKind>> {
    let kind = |kind: Kind| {
        let (status, name, title) = kind.facts();
        ProblemKind { uri: format!("{LIST}#{name}"), status, title }
    };
    Json(Kind::ALL.map(kind).into())
}

/// A path of the API that there is not.
pub(crate) async fn nowhere(request: Request) -> Problem {
    let path = request.uri().path();
    let detail = format!("the API has no “{path}”: /api/v1/openapi.json lists what it has");
    Problem::new(NotFound, detail)
}

/// Says in the API's own form what the router says by itself.
pub(crate) async fn spoken(answer: Response) -> Response {
    if answer.status() != StatusCode::METHOD_NOT_ALLOWED {
        return answer;
    }
    let allowed = answer.headers().get(header::ALLOW).cloned();
    let methods = allowed.as_ref().and_then(|value| value.to_str().ok()).unwrap_or_default();
    let detail = format!("this path takes {methods}: /api/v1/openapi.json says what each does");
    let mut spoken = Problem::new(WrongMethod, detail).into_response();
    if let Some(allowed) = allowed {
        spoken.headers_mut().insert(header::ALLOW, allowed);
    }
    spoken
}

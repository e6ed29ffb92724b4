//! What stands in a path.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use model::draft::Slot;
use model::value::{Key, PublicId};

use super::problem::{Kind, Problem};

/// The incident that the path names.
pub(crate) struct Id(pub(super) PublicId);

/// The draft that the path names.
pub(crate) struct InSlot(pub(super) Slot);

/// The channel that the path names.
pub(crate) struct InChannel(pub(super) Key);

/// The number of the notice that the path names.
pub(crate) struct InNotice(pub(super) u32);

/// The role, alarm chain, partner, duty or component that the path names.
pub(crate) struct InRoom(pub(super) Key);

/// The report of a duty that the path names.
pub(crate) struct InReport(pub(super) Key);

/// The step that the path names.
pub(crate) struct InStep(pub(super) PublicId);

/// The proposal that the path names.
pub(crate) struct InProposal(pub(super) u64);

async fn named<S: Send + Sync>(parts: &mut Parts, state: &S, name: &str) -> String {
    // What is no UTF-8 names nothing that there is.
    let Ok(all) = RawPathParams::from_request_parts(parts, state).await else {
        return String::new();
    };
    let found = all.iter().find(|(one, _)| *one == name);
    found.map(|(_, value)| value.to_owned()).unwrap_or_default()
}

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let id = named(parts, state, "id").await;
        id.parse().map(Self).map_err(|_| Problem::no_incident(&id))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InSlot {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let slot = named(parts, state, "slot").await;
        let bad = |why: model::draft::BadSlot| Problem::new(Kind::NotFound, why.to_string());
        slot.parse().map(Self).map_err(bad)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InNotice {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let number = named(parts, state, "number").await;
        let detail = || format!("“{number}” is no number of a notice: the first one has 1");
        number.parse().map(Self).map_err(|_| Problem::new(Kind::NotFound, detail()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InChannel {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let key = named(parts, state, "channel").await;
        key.parse().map(Self).map_err(|_| Problem::no_channel(&key))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InRoom {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        for noun in ["role", "chain", "partner", "duty", "component"] {
            let key = named(parts, state, noun).await;
            if !key.is_empty() {
                return key.parse().map(Self).map_err(|_| Problem::not_in_room(noun, &key));
            }
        }
        Err(Problem::not_in_room("key", ""))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InReport {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let key = named(parts, state, "report").await;
        key.parse().map(Self).map_err(|_| Problem::not_in_room("report", &key))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InStep {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let id = named(parts, state, "step").await;
        id.parse().map(Self).map_err(|_| Problem::not_in_room("step", &id))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InProposal {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let number = named(parts, state, "proposal").await;
        number.parse().map(Self).map_err(|_| Problem::not_in_room("proposal", &number))
    }
}

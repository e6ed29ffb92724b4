//! The incident room for programs that do not come by the API: the same answer.

use engine::incident::Case;
use model::value::Timestamp;
use serde_json::Value;

use crate::api::room::Room;

/// The room as it stands at this moment, as the API shows it.
#[must_use]
pub fn json(case: &Case, now: Timestamp) -> Value {
    serde_json::to_value(Room::of(case, now)).unwrap_or_default()
}

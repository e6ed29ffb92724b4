//! Incidents: their events in order, and one row each for lists.
//!
//! The events and the row for lists are types of the model; here they are JSON.

use model::value::{Key, PublicId, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Row, json, row};
use crate::write::Step;

statements! {
    OPEN = "incident.open",
        "INSERT INTO incident (id, seq, plan, opened_at, closed_at, drill, open_key, listing)
         VALUES ($1, $2, $3, $4, NULL, $5, $6, $7)";
    MOVE = "incident.move",
        "UPDATE incident SET seq = $3, closed_at = $4, open_key = $5, listing = $6
         WHERE id = $1 AND seq = $2";
    ADD_EVENT = "incident.add-event",
        "INSERT INTO incident_event (incident, seq, at, actor, event)
         VALUES ($1, $2, $3, $4, $5)";
    EVENTS = "incident.events",
        "SELECT seq, at, actor, event FROM incident_event
         WHERE incident = $1 AND seq > $2 ORDER BY seq";
    GET = "incident.get",
        "SELECT id, seq, plan, opened_at, closed_at, drill, open_key, listing FROM incident
         WHERE id = $1";
    LIST_OPEN = "incident.list-open",
        "SELECT id, seq, plan, opened_at, closed_at, drill, open_key, listing FROM incident
         WHERE open_key IS NOT NULL ORDER BY opened_at, id";
    LIST_NEWEST = "incident.list-newest",
        "SELECT id, seq, plan, opened_at, closed_at, drill, open_key, listing FROM incident
         WHERE (opened_at, id) < ($1, $2) ORDER BY opened_at DESC, id DESC LIMIT $3";
}

/// An incident as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<L> {
    /// Its public id.
    pub id: PublicId,
    /// The number of its newest event, from 1.
    pub seq: i64,
    /// Its plan in the handbook.
    pub plan: Key,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was closed, if it was.
    pub closed_at: Option<Timestamp>,
    /// Whether it is only a drill.
    pub drill: bool,
    /// What no two open incidents share; `None` once closed.
    pub open_key: Option<String>,
    /// The rest of what lists show.
    pub listing: L,
}

/// An event and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded<E> {
    /// Its number within the incident, from 1.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What happened.
    pub event: E,
}

/// Opens an incident with its first events, numbered from 1. `row.seq` is their count and
/// `row.open_key` is set. A conflict means that another open incident holds that key: attach to
/// it instead.
#[must_use]
pub fn open_steps<E: Serialize, L: Serialize>(
    row: &Listed<L>,
    events: &[Recorded<E>],
) -> Vec<Step> {
    let opened = row![
        &row.id,
        row.seq,
        &row.plan,
        row.opened_at,
        row.drill,
        row.open_key.clone(),
        json(&row.listing),
    ];
    vec![Step::one(&OPEN, opened), add_events(&row.id, events)]
}

/// Adds events behind number `expected_seq`, and sets what lists show; `row.seq` is the number of
/// the last one. A conflict means that somebody else added events first: read and decide again.
#[must_use]
pub fn append_steps<E: Serialize, L: Serialize>(
    expected_seq: i64,
    row: &Listed<L>,
    events: &[Recorded<E>],
) -> Vec<Step> {
    let moved = row![
        &row.id,
        expected_seq,
        row.seq,
        row.closed_at,
        row.open_key.clone(),
        json(&row.listing),
    ];
    vec![Step::one(&MOVE, moved), add_events(&row.id, events)]
}

fn add_events<E: Serialize>(id: &PublicId, events: &[Recorded<E>]) -> Step {
    let rows =
        events.iter().map(|one| row![id, one.seq, one.at, one.actor.as_str(), json(&one.event)]);
    Step::each(&ADD_EVENT, rows.collect())
}

impl Store {
    /// The events of an incident after number `after` (0: all), in their order.
    ///
    /// # Errors
    ///
    /// When the database cannot be read, or an event is not of this program's making.
    pub async fn incident_events<E: DeserializeOwned>(
        &self,
        id: &PublicId,
        after: i64,
    ) -> Result<Vec<Recorded<E>>, StoreError> {
        self.rows(&EVENTS, row![id, after], |mut row| {
            Ok(Recorded {
                seq: row.take()?,
                at: row.take()?,
                actor: row.take()?,
                event: row.take_json()?,
            })
        })
        .await
    }

    /// One incident as lists show it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn incident<L: DeserializeOwned>(
        &self,
        id: &PublicId,
    ) -> Result<Option<Listed<L>>, StoreError> {
        self.row(&GET, row![id], listed).await
    }

    /// All incidents that are not closed, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn open_incidents<L: DeserializeOwned>(&self) -> Result<Vec<Listed<L>>, StoreError> {
        self.rows(&LIST_OPEN, row![], listed).await
    }

    /// At most `limit` incidents, the newest first. `before` is the last one of the page before.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn newest_incidents<L: DeserializeOwned>(
        &self,
        before: Option<(Timestamp, &PublicId)>,
        limit: u32,
    ) -> Result<Vec<Listed<L>>, StoreError> {
        let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (at.0, id.as_str()));
        self.rows(&LIST_NEWEST, row![at, id, limit], listed).await
    }
}

fn listed<L: DeserializeOwned>(mut row: Row) -> Result<Listed<L>, StoreError> {
    Ok(Listed {
        id: row.take()?,
        seq: row.take()?,
        plan: row.take()?,
        opened_at: row.take()?,
        closed_at: row.take()?,
        drill: row.take()?,
        open_key: row.take()?,
        listing: row.take_json()?,
    })
}

//! Incidents: their events in order, and one row each for lists.

use model::incident::{Incident, Recorded, Row as Listing};
use model::value::{PublicId, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::{Sql, statements};
use crate::value::{Row, json, row};
use crate::write::Step;

statements! {
    OPEN = "incident.open",
        "INSERT INTO incident (id, seq, opened_at, closed_at, drill, open_key, listing, owes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    MOVE = "incident.move",
        "UPDATE incident SET seq = $3, closed_at = $4, open_key = $5, listing = $6, owes = $7
         WHERE id = $1 AND seq = $2";
    ADD_EVENT = "incident.add-event",
        "INSERT INTO incident_event (incident, seq, at, actor, event)
         VALUES ($1, $2, $3, $4, $5)";
    EVENTS = "incident.events",
        "SELECT seq, at, actor, event FROM incident_event WHERE incident = $1 ORDER BY seq";
    OPEN_EVENTS = "incident.open-events",
        "SELECT incident.id, incident_event.seq, incident_event.at, incident_event.actor,
         incident_event.event
         FROM incident JOIN incident_event ON incident_event.incident = incident.id
         WHERE incident.open_key IS NOT NULL
         ORDER BY incident.opened_at, incident.id, incident_event.seq";
    OWING_EVENTS = "incident.owing-events",
        "SELECT incident.id, incident_event.seq, incident_event.at, incident_event.actor,
         incident_event.event
         FROM incident JOIN incident_event ON incident_event.incident = incident.id
         WHERE incident.open_key IS NULL AND incident.owes = 1
         ORDER BY incident.opened_at, incident.id, incident_event.seq";
    LIST_NEWEST = "incident.list-newest",
        "SELECT id, opened_at, closed_at, drill, listing FROM incident
         WHERE (opened_at, id) < ($1, $2) ORDER BY opened_at DESC, id DESC LIMIT $3";
}

/// An incident as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its public id.
    pub id: PublicId,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was closed, if it was.
    pub closed_at: Option<Timestamp>,
    /// Whether it is only a drill.
    pub drill: bool,
    /// The rest of what lists show.
    pub row: Listing,
}

/// Opens an incident: `incident` is the fold of these, its first events. A conflict means that
/// another incident of the same plan is open: attach to it instead.
#[must_use]
pub fn open_steps(incident: &Incident, events: &[Recorded]) -> Vec<Step> {
    let opened = row![
        &incident.id,
        incident.seq,
        incident.opened_at,
        incident.closed_at,
        incident.drill,
        open_key(incident),
        json(&Listing::from(incident)),
        incident.owes(),
    ];
    vec![Step::one(&OPEN, opened), add_events(&incident.id, events)]
}

/// Adds events behind number `expected_seq`; `incident` is the state after them. A conflict means
/// that somebody else added events first: read and decide again.
#[must_use]
pub fn append_steps(expected_seq: u64, incident: &Incident, events: &[Recorded]) -> Vec<Step> {
    let moved = row![
        &incident.id,
        expected_seq,
        incident.seq,
        incident.closed_at,
        open_key(incident),
        json(&Listing::from(incident)),
        incident.owes(),
    ];
    vec![Step::one(&MOVE, moved), add_events(&incident.id, events)]
}

/// Held while the incident is open: two racing verdicts cannot open two.
fn open_key(incident: &Incident) -> Option<String> {
    incident.is_open().then(|| Incident::open_key(&incident.plan, incident.drill))
}

fn add_events(id: &PublicId, events: &[Recorded]) -> Step {
    let row = |one: &Recorded| row![id, one.seq, one.at, json(&one.by), json(&one.event)];
    Step::each(&ADD_EVENT, events.iter().map(row).collect())
}

impl Store {
    /// The events of an incident, in their order; none where there is no such incident.
    ///
    /// # Errors
    ///
    /// When the database cannot be read, or an event is not of this program's making.
    pub async fn incident_events(&self, id: &PublicId) -> Result<Vec<Recorded>, StoreError> {
        self.rows(&EVENTS, row![id], |mut row| recorded(&mut row)).await
    }

    /// One incident, the fold of its events.
    ///
    /// # Errors
    ///
    /// When the database cannot be read, or its events are not of this program's making.
    pub async fn incident(&self, id: &PublicId) -> Result<Option<Incident>, StoreError> {
        let events = self.incident_events(id).await?;
        if events.is_empty() { Ok(None) } else { fold(id, &events).map(Some) }
    }

    /// All incidents that are not closed, drills among them, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read, or events are not of this program's making.
    pub async fn open_incidents(&self) -> Result<Vec<Incident>, StoreError> {
        self.folded(&OPEN_EVENTS).await
    }

    /// All incidents that are closed while a report may still be owed, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read, or events are not of this program's making.
    pub async fn owing_incidents(&self) -> Result<Vec<Incident>, StoreError> {
        self.folded(&OWING_EVENTS).await
    }

    async fn folded(&self, events: &'static Sql) -> Result<Vec<Incident>, StoreError> {
        let events: Vec<(PublicId, Recorded)> =
            self.rows(events, row![], |mut row| Ok((row.take()?, recorded(&mut row)?))).await?;
        let of_one = events.chunk_by(|one, next| one.0 == next.0);
        of_one
            .filter_map(|events| {
                let (id, _) = events.first()?;
                Some(fold(id, events.iter().map(|(_, event)| event)))
            })
            .collect()
    }

    /// At most `limit` incidents, the newest first. `before` is the last one of the page before.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn newest_incidents(
        &self,
        before: Option<(Timestamp, &PublicId)>,
        limit: u32,
    ) -> Result<Vec<Listed>, StoreError> {
        let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (at.0, id.as_str()));
        self.rows(&LIST_NEWEST, row![at, id, limit], |mut row| {
            Ok(Listed {
                id: row.take()?,
                opened_at: row.take()?,
                closed_at: row.take()?,
                drill: row.take()?,
                row: row.take_json()?,
            })
        })
        .await
    }
}

fn recorded(row: &mut Row) -> Result<Recorded, StoreError> {
    Ok(Recorded {
        seq: row.take()?,
        at: row.take()?,
        by: row.take_json()?,
        event: row.take_json()?,
    })
}

fn fold<'a>(
    id: &PublicId,
    events: impl IntoIterator<Item = &'a Recorded>,
) -> Result<Incident, StoreError> {
    Incident::fold(id, events)
        .ok_or_else(|| StoreError::broken("incident", format!("{id} has no opening event")))
}

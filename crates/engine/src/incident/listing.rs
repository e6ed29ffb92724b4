//! Lists of incidents, page by page.

use model::incident::{Incident, Row};
use model::value::{PublicId, Timestamp};
pub use store::incident::Listed;

use crate::{Engine, EngineError};

/// How many rows are read at once where some of them are left out.
const CHUNK: u32 = 100;

/// Which incidents a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those that are open.
    Open,
    /// Those that were closed.
    Closed,
}

impl Engine {
    /// At most `limit` incidents, the one opened last first. `before` is the last of the page
    /// before.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn incidents(
        &self,
        which: Which,
        before: Option<(Timestamp, PublicId)>,
        limit: usize,
    ) -> Result<Vec<Listed>, EngineError> {
        if which == Which::Open {
            return self.open_list(before, limit).await;
        }
        let (mut found, mut before) = (Vec::new(), before);
        loop {
            let from = before.as_ref().map(|(at, id)| (*at, id));
            let rows = self.store.newest_incidents(from, CHUNK).await?;
            let full = u32::try_from(rows.len()).is_ok_and(|read| read >= CHUNK);
            before = rows.last().map(|last| (last.opened_at, last.id.clone()));
            let closed = |row: &Listed| which == Which::All || row.closed_at.is_some();
            found.extend(rows.into_iter().filter(closed));
            if found.len() >= limit || !full {
                found.truncate(limit);
                return Ok(found);
            }
        }
    }

    /// Open ones are few, and found without reading through the closed ones.
    async fn open_list(
        &self,
        before: Option<(Timestamp, PublicId)>,
        limit: usize,
    ) -> Result<Vec<Listed>, EngineError> {
        let listed = |incident: &Incident| Listed {
            id: incident.id.clone(),
            opened_at: incident.opened_at,
            closed_at: incident.closed_at,
            drill: incident.drill,
            row: Row::from(incident),
        };
        let mut found: Vec<_> = self.store.open_incidents().await?.iter().map(listed).collect();
        found.retain(|row| {
            before.as_ref().is_none_or(|(at, id)| (row.opened_at, &row.id) < (*at, id))
        });
        found.sort_by(|one, other| (other.opened_at, &other.id).cmp(&(one.opened_at, &one.id)));
        found.truncate(limit);
        Ok(found)
    }
}

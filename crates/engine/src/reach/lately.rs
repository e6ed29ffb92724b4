//! Reach for those who look on: a picture is drawn once for all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::value::{PublicId, Span, Timestamp};

use super::Reached;
use crate::incident::Case;
use crate::{Engine, EngineError};

/// A picture is shown for so long before the next is drawn.
const FRESH: Span = Span::seconds(1);
/// Nobody looks on any more.
const FORGOTTEN: Span = Span::minutes(1);

/// When it was drawn, and what it shows.
type Picture = (Timestamp, Arc<[Reached]>);

/// The pictures that were drawn last, by incident.
#[derive(Default)]
pub(crate) struct Pictures(tokio::sync::Mutex<BTreeMap<PublicId, Picture>>);

impl Engine {
    /// As [`Engine::reach`], at most a second old: reading the ledger of a million people is work,
    /// and many look on at once. Whoever comes while it is read waits for the same picture.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn reach_lately(&self, case: &Case) -> Result<Arc<[Reached]>, EngineError> {
        let mut pictures = self.shared.pictures.0.lock().await;
        let now = self.now();
        // A clock that was turned back must not keep a picture for long.
        let is_within = |drawn: Timestamp, span: Span| drawn <= now && now < drawn.after(span);
        if let Some((drawn, picture)) = pictures.get(&case.incident.id)
            && is_within(*drawn, FRESH)
        {
            return Ok(Arc::clone(picture));
        }
        pictures.retain(|_, (drawn, _)| is_within(*drawn, FORGOTTEN));
        let picture: Arc<[Reached]> = self.reach(case).await?.into();
        pictures.insert(case.incident.id.clone(), (now, Arc::clone(&picture)));
        Ok(picture)
    }
}

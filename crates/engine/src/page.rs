//! The public view, gathered from the database. Serving needs neither this nor the database.

use model::incident::Incident;
use model::public::{PublicPage, Sources};
use model::value::Timestamp;
use model::verdict::standing;

use crate::{Engine, EngineError};

/// How many incidents are looked through for the page.
const NEWEST: u32 = 100;

impl Engine {
    /// Everything that the world may see now.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoHandbook`], or when the database does not answer.
    pub async fn public_page(&self) -> Result<PublicPage, EngineError> {
        let handbook = self.handbook().await?.handbook;
        let watches = self.store.monitors().await?;
        let checked_at: Option<Timestamp> = watches.values().filter_map(|watch| watch.last).max();
        let begun_at = self.store.handbooks().await?.last().map(|first| first.created_at);
        let cases = self.newest_cases(NEWEST).await?;
        let incidents: Vec<(Incident, _)> =
            cases.into_iter().map(|case| (case.incident, case.handbook)).collect();
        let now = self.now();
        Ok(PublicPage::build(Sources {
            handbook: &handbook,
            begun_at: begun_at.unwrap_or(now),
            standing: &standing(&handbook, &watches),
            incidents: &incidents,
            emergencies: self.emergencies().await?,
            checked_at,
            subscribable: self.subscribers_channel().await.is_ok(),
            now,
        }))
    }
}

//! Many subscribers at once: all of a list or nobody.

use std::sync::Arc;

use crate::audit::{self, Entry};
use crate::database::{Kind, Store};
use crate::error::StoreError;
pub use crate::newcomer::{Imported, Newcomers, Stage};

impl Store {
    /// Registers a settled list with a note about it, all of it in one transaction. Whoever is
    /// registered already is left as they are. A `trial` finds out how many are new and keeps
    /// nothing.
    ///
    /// With SQLite, other writes wait meanwhile: about three seconds for a million.
    ///
    /// # Errors
    ///
    /// Nobody was registered, except after [`StoreError::Unknown`]. Trying again is safe then, too.
    pub async fn import(
        &self,
        newcomers: Arc<Newcomers>,
        note: &Entry,
        trial: bool,
        progress: impl Fn(Stage) + Send + 'static,
    ) -> Result<Imported, StoreError> {
        let note = audit::note_steps(note);
        match &self.kind {
            Kind::Sqlite(sqlite) => {
                let sqlite = sqlite.clone();
                tokio::task::spawn_blocking(move || {
                    sqlite.import(&newcomers, &note, trial, &progress)
                })
                .await
                .unwrap_or_else(|_| Err(StoreError::unavailable("the import broke off")))
            }
            Kind::Postgres(postgres) => postgres.import(&newcomers, note, trial, &progress).await,
        }
    }
}

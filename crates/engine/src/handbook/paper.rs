//! What goes on paper: a version with all that is printed beside it.

use std::sync::Arc;

use model::handbook::people::ContactCard;
use model::handbook::{Edition, Handbook};

use crate::{Engine, EngineError};

/// What goes on paper.
#[derive(Debug, Clone)]
pub struct Paper {
    /// What the version says.
    pub handbook: Arc<Handbook>,
    /// Which version it is.
    pub edition: Edition,
    /// Names and numbers of people: only for whoever may see addresses.
    pub cards: Vec<ContactCard>,
}

impl Engine {
    /// This version, or the newest, with the contacts as they are now.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoHandbook`] when there is none, [`EngineError::BadHandbook`] when this one
    /// does not exist.
    pub async fn handbook_on_paper(&self, number: Option<u32>) -> Result<Paper, EngineError> {
        let version = match number {
            Some(number) => self.handbook_version(number).await?,
            None => self.handbook().await?,
        };
        let number = version.number;
        let stored = self.store.handbook(number).await?;
        let missing = || EngineError::BadHandbook(number, "it is not in the database".to_owned());
        let (made, _) = stored.ok_or_else(missing)?;
        let edition = Edition::Version {
            number,
            at: made.created_at,
            author: made.author,
            reason: made.reason,
            approved_by: made.approved_by,
        };
        let cards = self.store.people().await?;
        Ok(Paper { handbook: version.handbook, edition, cards })
    }
}

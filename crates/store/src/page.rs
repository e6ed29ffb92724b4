//! The revision of the public page: grows with every change of what it shows.

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::row;
use crate::write::Step;

statements! {
    TURN = "page.turn", "UPDATE page SET revision = revision + 1";
    REVISION = "page.revision", "SELECT revision FROM page";
}

/// Notes that the page has changed. Part of every write that changes what the public sees.
#[must_use]
pub fn turn_steps() -> Vec<Step> {
    vec![Step::one(&TURN, row![])]
}

impl Store {
    /// The revision now. Greater than before means that the page must be made anew.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn page_revision(&self) -> Result<i64, StoreError> {
        let revision = self.row(&REVISION, row![], |mut row| row.take()).await?;
        revision.ok_or_else(|| StoreError::broken("page.revision", "the row is missing"))
    }
}

//! An archive that somebody brings becomes a draft, never a version at once.

use model::handbook::archive::{Archive, fingerprint};
use model::handbook::merge::{Chosen, merge};

use super::draft::{Opened, TRIES};
use super::{check_contacts, check_files};
use crate::{Engine, EngineError};

/// What became of names and contact data in an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cards {
    /// There were none in it.
    None,
    /// They are in force.
    Taken,
    /// Nobody wanted them.
    Left,
    /// The version in force does not know everybody whom they name.
    Early,
}

impl Engine {
    /// Puts what an archive says into the author's draft. What others changed since the version that
    /// it was made from stays; where both changed the same, the archive holds, and what it replaced is
    /// told. Names and contact data are in force at once, where they are wanted.
    ///
    /// # Errors
    ///
    /// [`EngineError::Faults`] with all faults at once, of names and contact data, too;
    /// [`EngineError::NothingChanged`], [`EngineError::Busy`]. Nothing is changed then.
    pub async fn bring_handbook(
        &self,
        archive: Archive,
        wants_cards: bool,
        author: &str,
    ) -> Result<(Opened, Cards), EngineError> {
        let checked = check_files(&archive.files);
        let Some(handbook) = checked.handbook else {
            return Err(EngineError::Faults(checked.faults));
        };
        let cards = archive.contacts.as_deref();
        if let Some(text) = cards.filter(|_| wants_cards) {
            check_contacts(text, &handbook).map_err(EngineError::Faults)?;
        }
        let from = match &archive.base {
            Some(mark) => self.handbook_with(mark).await?,
            None => None,
        };
        let drafted = match self.bring_files(&archive, from, author).await {
            // Whoever brings it once more may do so for names and contact data alone.
            Err(EngineError::NothingChanged) if wants_cards && cards.is_some() => {
                self.open_handbook_draft(author).await?
            }
            drafted => drafted?,
        };
        let cards = match cards {
            None => Cards::None,
            Some(_) if !wants_cards => Cards::Left,
            Some(text) => match self.apply_contacts(text).await {
                Ok(_) => Cards::Taken,
                Err(EngineError::Faults(_) | EngineError::NoHandbook) => Cards::Early,
                Err(why) => return Err(why),
            },
        };
        Ok((drafted, cards))
    }

    async fn bring_files(
        &self,
        archive: &Archive,
        from: Option<u32>,
        author: &str,
    ) -> Result<Opened, EngineError> {
        for _ in 0..TRIES {
            let now = self.open_handbook_draft(author).await?;
            let base = self.files_of(from.or(now.draft.base)).await?;
            let merged = merge(&base, &archive.files, &now.files, &Chosen::new());
            if merged.files == now.files {
                return Err(EngineError::NothingChanged);
            }
            let base = now.draft.base;
            if let Some(saved) = self.save(&now, merged.files, base, &[], author).await? {
                return Ok(Opened { conflicts: merged.conflicts, ..saved });
            }
        }
        Err(EngineError::Busy)
    }

    /// The number of the version whose files have this fingerprint, if there is one.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn handbook_with(&self, mark: &str) -> Result<Option<u32>, EngineError> {
        for made in self.handbook_history().await? {
            let stored = self.store.handbook(made.number).await?;
            if stored.is_some_and(|(_, files)| fingerprint(&files) == mark) {
                return Ok(Some(made.number));
            }
        }
        Ok(None)
    }
}

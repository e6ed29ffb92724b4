//! The versions of the handbook: looked back at, compared, rolled back.

use model::handbook::Files;
use model::handbook::diff::value::{Difference, differences};
use model::handbook::diff::{Change, diff};
use model::language::Language;
use store::handbook::Version as Made;

use super::decide::Submitted;
use crate::{Engine, EngineError};

impl Engine {
    /// The version in force, and its texts.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoHandbook`] when there is none.
    pub async fn newest_handbook(&self) -> Result<(Made, Files), EngineError> {
        self.store.newest_handbook().await?.ok_or(EngineError::NoHandbook)
    }

    /// This version and its texts.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadHandbook`] where it does not exist.
    pub async fn handbook_texts(&self, number: u32) -> Result<(Made, Files), EngineError> {
        let missing = || EngineError::BadHandbook(number, "it is not in the database".into());
        self.store.handbook(number).await?.ok_or_else(missing)
    }

    /// The number of the version in force, if there is one.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn newest_handbook_number(&self) -> Result<Option<u32>, EngineError> {
        Ok(self.store.newest_handbook_number().await?)
    }

    /// All versions, the newest first: who made each, when and why.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn handbook_history(&self) -> Result<Vec<Made>, EngineError> {
        Ok(self.store.handbooks().await?)
    }

    /// What is different between two versions.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadHandbook`] where one of them does not exist.
    pub async fn compare_handbooks(&self, old: u32, new: u32) -> Result<Vec<Change>, EngineError> {
        let (old, new) = (self.files_of(Some(old)).await?, self.files_of(Some(new)).await?);
        Ok(diff(&old, &new))
    }

    /// The same value by value, in the names that people know, with labels in this language.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadHandbook`] where one of them does not exist.
    pub async fn compare_handbook_values(
        &self,
        old: u32,
        new: u32,
        language: Language,
    ) -> Result<Vec<Difference>, EngineError> {
        let (old, new) = (self.files_of(Some(old)).await?, self.files_of(Some(new)).await?);
        Ok(differences(&old, &new, language))
    }

    /// Submits what an older version said: as a new version, or to a second person where the version
    /// in force says so.
    ///
    /// # Errors
    ///
    /// As [`Engine::submit_handbook_draft`].
    pub async fn roll_back_handbook(
        &self,
        to: u32,
        reason: &str,
        author: &str,
    ) -> Result<Submitted, EngineError> {
        if reason.trim().is_empty() {
            return Err(EngineError::NoReason);
        }
        let files = self.files_of(Some(to)).await?;
        let id = self.draft_saying(files, author).await?;
        self.submit_handbook_draft(&id, reason, author).await
    }
}

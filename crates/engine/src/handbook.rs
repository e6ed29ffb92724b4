//! The handbook in the database, which is master: apply, read, parsed once per version.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::handbook::check::{Checked, check};
use model::handbook::parse::parse_contacts;
use model::handbook::people::ContactCard;
use model::handbook::{Fault, Files, Handbook};
use store::{Step, Write, audit, handbook, person};

use crate::{Engine, EngineError};

pub mod bring;
pub mod decide;
pub mod draft;
mod named;
pub mod paper;
pub mod version;

/// A version with its number.
#[derive(Debug, Clone)]
pub struct Version {
    /// Counted from 1.
    pub number: u32,
    /// What it says.
    pub handbook: Arc<Handbook>,
}

/// Parsed versions: they never change, so they are parsed once.
#[derive(Default)]
pub(crate) struct Cache(Mutex<BTreeMap<u32, Arc<Handbook>>>);

/// Checks the texts of a handbook against the rules and the channels that this program has.
#[must_use]
pub fn check_files(files: &Files) -> Checked {
    let descriptors = outside::channel::descriptors();
    let known: Vec<_> = descriptors.iter().collect();
    check(files, &known)
}

/// Checks the text of `contacts.toml` against a handbook.
///
/// # Errors
///
/// All faults at once; without an error there are only hints.
pub fn check_contacts(text: &str, handbook: &Handbook) -> Result<Vec<Fault>, Vec<Fault>> {
    parse_contacts(text, handbook).map(|contacts| contacts.hints)
}

/// What a new version is made of.
#[derive(Debug, Clone, Copy)]
struct NewVersion<'a> {
    files: &'a Files,
    /// The version that it follows.
    base: Option<u32>,
    author: &'a str,
    reason: &'a str,
    /// The second person, where one had to look at it.
    approved_by: Option<&'a str>,
}

/// What happens together with a new version.
#[derive(Default)]
struct Also<'a> {
    steps: Vec<Step>,
    /// Names and contact data, where they change.
    cards: Option<&'a [ContactCard]>,
}

/// What applying did.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The new version.
    pub number: u32,
    /// Advice, not errors.
    pub hints: Vec<Fault>,
}

impl Engine {
    /// The newest version.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoHandbook`] when there is none.
    pub async fn handbook(&self) -> Result<Version, EngineError> {
        let number = self.store.newest_handbook_number().await?.ok_or(EngineError::NoHandbook)?;
        self.handbook_version(number).await
    }

    /// This version.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadHandbook`] when it does not exist or no longer parses.
    pub async fn handbook_version(&self, number: u32) -> Result<Version, EngineError> {
        let known = {
            let cache = self.shared.handbooks.0.lock().unwrap_or_else(PoisonError::into_inner);
            cache.get(&number).cloned()
        };
        if let Some(handbook) = known {
            return Ok(Version { number, handbook });
        }
        let bad = |why: &str| EngineError::BadHandbook(number, why.to_owned());
        let stored = self.store.handbook(number).await?;
        let (_, files) = stored.ok_or_else(|| bad("it is not in the database"))?;
        let checked = check_files(&files);
        let handbook = checked.handbook.ok_or_else(|| {
            let first = checked.faults.iter().find(|fault| fault.is_error());
            bad(&first.map_or_else(String::new, |fault| format!("{}: {}", fault.file, fault.what)))
        })?;
        let handbook = Arc::new(handbook);
        let mut cache = self.shared.handbooks.0.lock().unwrap_or_else(PoisonError::into_inner);
        cache.insert(number, Arc::clone(&handbook));
        Ok(Version { number, handbook })
    }

    /// Makes a new version of these texts, if they have no error and come from the newest one.
    /// `base` is the version that they were exported from; none for the first.
    ///
    /// # Errors
    ///
    /// [`EngineError::Faults`] with all faults at once, [`EngineError::HandbookMoved`].
    pub async fn apply(
        &self,
        files: &Files,
        base: Option<u32>,
        author: &str,
        reason: &str,
    ) -> Result<Applied, EngineError> {
        let checked = check_files(files);
        let Some(handbook) = checked.handbook else {
            return Err(EngineError::Faults(checked.faults));
        };
        let newest = self.store.newest_handbook_number().await?;
        // Where there is none yet, nothing can be lost, wherever the files come from.
        if newest.is_some() && newest != base {
            let moved =
                EngineError::HandbookMoved { newest: newest.unwrap_or(0), base: base.unwrap_or(0) };
            return Err(moved);
        }
        let made = NewVersion { files, base: newest, author, reason, approved_by: None };
        let number = self.make_version(&handbook, &made, "handbook.apply", Also::default()).await?;
        Ok(Applied { number, hints: checked.faults })
    }

    /// Makes the version that follows the newest one, together with what else belongs to it.
    async fn make_version(
        &self,
        handbook: &Handbook,
        new: &NewVersion<'_>,
        act: &str,
        also: Also<'_>,
    ) -> Result<u32, EngineError> {
        let now = self.now();
        let NewVersion { files, base, author, reason, approved_by } = *new;
        let number = base.unwrap_or(0) + 1;
        let entry = audit::Entry {
            at: now,
            actor: approved_by.unwrap_or(author).to_owned(),
            act: act.to_owned(),
            subject: number.to_string(),
            detail: reason.to_owned(),
        };
        let mut write = Write::from(handbook::apply_steps(base, now, author, reason, files));
        if let Some(by) = approved_by {
            write = write.and(handbook::approve_steps(number, by));
        }
        let write = write.and(audit::note_steps(&entry)).and(also.steps);
        let named = self.named(handbook, also.cards).await?;
        self.store.write(write.and(named)).await.map_err(|why| {
            if why.is_conflict() {
                EngineError::HandbookMoved { newest: number, base: base.unwrap_or(0) }
            } else {
                why.into()
            }
        })?;
        self.shared.probes_changed.notify_waiters();
        self.shared.page_changed.notify_one();
        self.changed();
        Ok(number)
    }

    /// Puts in names and contact data from the text of `contacts.toml`.
    ///
    /// # Errors
    ///
    /// [`EngineError::Faults`] with all faults at once.
    pub async fn apply_contacts(&self, text: &str) -> Result<usize, EngineError> {
        let version = self.handbook().await?;
        let contacts = parse_contacts(text, &version.handbook).map_err(EngineError::Faults)?;
        let cards = contacts.cards;
        let steps = person::replace_steps(&cards);
        let named = self.named(&version.handbook, Some(&cards)).await?;
        self.store.write(Write::from(steps).and(named)).await?;
        Ok(cards.len())
    }
}

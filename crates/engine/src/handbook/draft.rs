//! Drafts of a new version of the handbook: saved as somebody types, put together where two type
//! at once, submitted, and let into force by a second person where the handbook says so.

use std::collections::BTreeSet;

use model::handbook::draft::Stage;
use model::handbook::edit::{Edit, edit};
use model::handbook::merge::{Chosen, Conflict, merge};
use model::handbook::people::ContactCard;
use model::handbook::{Files, Noun};
use model::value::PublicId;
use store::handbook::draft::{Changes, Renamed, begin_steps, save_steps};
pub use store::handbook::draft::{Draft, Saved};

use crate::{Engine, EngineError};

/// How often saving is tried anew when others save at the same time.
pub(super) const TRIES: usize = 16;

/// A draft with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The draft.
    pub draft: Draft,
    /// What it says.
    pub files: Files,
    /// Everybody who wrote in it.
    pub wrote: BTreeSet<String>,
    /// What somebody else changed at the same time, in another way. What was typed last holds; what
    /// it replaced is in here and in the states before.
    pub conflicts: Vec<Conflict>,
}

impl Engine {
    /// The draft that this author works on, or a fresh one on the newest version. Without a
    /// handbook it begins empty.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn open_handbook_draft(&self, author: &str) -> Result<Opened, EngineError> {
        let all = self.store.handbook_drafts().await?;
        let own = all.into_iter().find(|one| one.author == author && one.stage == Stage::Open);
        match own {
            Some(draft) => self.opened(draft).await,
            None => self.begin_handbook_draft(author).await,
        }
    }

    /// A fresh draft on the newest version.
    async fn begin_handbook_draft(&self, author: &str) -> Result<Opened, EngineError> {
        let base = self.store.newest_handbook_number().await?;
        let id = PublicId::from_chance((self.rim.chance)());
        self.store.write(begin_steps(&id, author, base, self.now())).await?;
        self.handbook_draft(&id).await
    }

    /// A draft of its own that says exactly this.
    pub(super) async fn draft_saying(
        &self,
        files: Files,
        author: &str,
    ) -> Result<PublicId, EngineError> {
        let fresh = self.begin_handbook_draft(author).await?;
        let base = fresh.draft.base;
        let saved = self.save(&fresh, files, base, &[], author).await?;
        Ok(saved.ok_or(EngineError::Busy)?.draft.id)
    }

    /// One draft.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoDraft`].
    pub async fn handbook_draft(&self, id: &PublicId) -> Result<Opened, EngineError> {
        let draft = self.store.handbook_draft(id).await?;
        self.opened(draft.ok_or_else(|| EngineError::NoDraft(id.to_string()))?).await
    }

    /// The drafts that somebody works on or that wait for a second person, the last changed first.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn handbook_drafts(&self) -> Result<Vec<Draft>, EngineError> {
        Ok(self.store.handbook_drafts().await?)
    }

    /// Makes changes in a draft and saves it. `seen` is the revision that was shown to whoever made
    /// them: what was saved since stays in it.
    ///
    /// # Errors
    ///
    /// [`EngineError::Edit`], [`EngineError::NoDraft`], [`EngineError::DraftMoved`] where nobody may
    /// write in it any more, [`EngineError::Busy`].
    pub async fn edit_handbook_draft(
        &self,
        id: &PublicId,
        seen: u64,
        edits: &[Edit],
        author: &str,
    ) -> Result<Opened, EngineError> {
        let kinds = outside::channel::descriptors();
        let kinds: Vec<_> = kinds.iter().collect();
        let renamed = edits.iter().filter_map(renamed).collect::<Vec<_>>();
        for _ in 0..TRIES {
            let now = self.handbook_draft(id).await?;
            let from = match now.draft.revision == seen {
                true => now.files.clone(),
                false => self.handbook_draft_at(&now.draft, seen).await?,
            };
            let change = |files: Files, one: &Edit| edit(&files, one, &kinds);
            let mine = edits.iter().try_fold(from.clone(), change)?;
            let merged = merge(&from, &mine, &now.files, &Chosen::new());
            let base = now.draft.base;
            let saved = self.save(&now, merged.files, base, &renamed, author).await?;
            if let Some(saved) = saved {
                return Ok(Opened { conflicts: merged.conflicts, ..saved });
            }
        }
        Err(EngineError::Busy)
    }

    /// Puts the newest version into a draft that was made from an older one; `chosen` says which
    /// side holds where both changed the same. What nobody chose in is told again.
    ///
    /// # Errors
    ///
    /// As [`Engine::edit_handbook_draft`].
    pub async fn rebase_handbook_draft(
        &self,
        id: &PublicId,
        chosen: &Chosen,
        author: &str,
    ) -> Result<Opened, EngineError> {
        for _ in 0..TRIES {
            let now = self.handbook_draft(id).await?;
            let newest = self.store.newest_handbook_number().await?;
            if newest == now.draft.base {
                return Ok(now);
            }
            let (base, theirs) =
                (self.files_of(now.draft.base).await?, self.files_of(newest).await?);
            let merged = merge(&base, &now.files, &theirs, chosen);
            if !merged.conflicts.is_empty() {
                return Ok(Opened { conflicts: merged.conflicts, ..now });
            }
            if let Some(saved) = self.save(&now, merged.files, newest, &[], author).await? {
                return Ok(saved);
            }
        }
        Err(EngineError::Busy)
    }

    async fn opened(&self, draft: Draft) -> Result<Opened, EngineError> {
        let states = self.store.handbook_draft_states(&draft.id, draft.revision).await?;
        let mut wrote = BTreeSet::from([draft.author.clone()]);
        wrote.extend(states.iter().map(|state| state.author.clone()));
        let files = self.files_of(draft.origin).await?;
        Ok(Opened { files: overlaid(files, states), draft, wrote, conflicts: Vec::new() })
    }

    /// What a draft said in this state.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn handbook_draft_at(
        &self,
        draft: &Draft,
        revision: u64,
    ) -> Result<Files, EngineError> {
        let states = self.store.handbook_draft_states(&draft.id, revision).await?;
        Ok(overlaid(self.files_of(draft.origin).await?, states))
    }

    /// Names and contact data under the keys that people were given in this draft, if any were.
    pub(super) async fn renamed_cards(
        &self,
        draft: &Draft,
    ) -> Result<Option<Vec<ContactCard>>, EngineError> {
        let states = self.store.handbook_draft_states(&draft.id, draft.revision).await?;
        let renamed: Vec<_> = states.into_iter().flat_map(|state| state.renamed).collect();
        if renamed.is_empty() {
            return Ok(None);
        }
        let mut cards = self.store.people().await?;
        for (_, from, to) in renamed {
            if !cards.iter().any(|card| card.key == to)
                && let Some(card) = cards.iter_mut().find(|card| card.key == from)
            {
                card.key = to;
            }
        }
        Ok(Some(cards))
    }

    /// The texts of a version; none where there is none.
    pub(super) async fn files_of(&self, number: Option<u32>) -> Result<Files, EngineError> {
        let Some(number) = number else { return Ok(Files::new()) };
        let stored = self.store.handbook(number).await?;
        let missing = || EngineError::BadHandbook(number, "it is not in the database".into());
        Ok(stored.ok_or_else(missing)?.1)
    }

    /// Saves the next state of a draft; nothing where somebody else was faster.
    pub(super) async fn save(
        &self,
        now: &Opened,
        files: Files,
        base: Option<u32>,
        renamed: &[Renamed],
        author: &str,
    ) -> Result<Option<Opened>, EngineError> {
        expect_stage(&now.draft, Stage::Open)?;
        let changes = changes(&now.files, &files);
        if changes.is_empty() && base == now.draft.base {
            return Ok(Some(now.clone()));
        }
        let (number, at) = (now.draft.revision + 1, self.now());
        let (author, renamed) = (author.to_owned(), renamed.to_vec());
        let saved = Saved { number, author, at, changes, renamed };
        match self.store.write(save_steps(&now.draft.id, base, &saved)).await {
            Ok(_) => self.handbook_draft(&now.draft.id).await.map(Some),
            Err(why) if why.is_conflict() => Ok(None),
            Err(why) => Err(why.into()),
        }
    }
}

/// Says that a draft is not as it was seen.
pub(super) fn moved(draft: &Draft) -> EngineError {
    EngineError::DraftMoved { stage: draft.stage, revision: draft.revision }
}

/// Refuses what does not stand there.
pub(super) fn expect_stage(draft: &Draft, stage: Stage) -> Result<(), EngineError> {
    if draft.stage == stage { Ok(()) } else { Err(moved(draft)) }
}

/// What a change calls anew, where contact data hang on the key.
fn renamed(edit: &Edit) -> Option<Renamed> {
    match edit {
        Edit::Rename { noun: noun @ (Noun::Person | Noun::Partner), from, to } => {
            Some((*noun, from.clone(), to.clone()))
        }
        _ => None,
    }
}

fn changes(old: &Files, new: &Files) -> Changes {
    let written = new.iter().filter(|(file, text)| old.get(*file) != Some(text));
    let written = written.map(|(file, text)| (file.clone(), Some(text.clone())));
    let gone = old.keys().filter(|file| !new.contains_key(*file));
    written.chain(gone.map(|file| (file.clone(), None))).collect()
}

fn overlaid(mut files: Files, states: Vec<Saved>) -> Files {
    for (file, text) in states.into_iter().flat_map(|state| state.changes) {
        match text {
            Some(text) => files.insert(file, text),
            None => files.remove(&file),
        };
    }
    files
}

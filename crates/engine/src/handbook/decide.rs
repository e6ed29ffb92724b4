//! Drafts decided about: submitted, approved by a second person, sent back, given up.

use model::handbook::draft::{Stage, approval, may_approve};
use model::handbook::merge::{Chosen, Conflict, merge};
use model::value::{Key, PublicId};
use store::handbook::draft::{Draft, Settled, settle_steps};
use store::{Write, audit};

use super::draft::{Opened, expect_stage, moved};
use super::{Also, Applied, NewVersion, check_files};
use crate::{Engine, EngineError};

/// How often it is tried anew when somebody else makes a version at the same time.
const TRIES: usize = 4;

/// What submitting or approving led to.
#[derive(Debug, Clone)]
pub enum Submitted {
    /// It is in force.
    Version(Applied),
    /// It waits for a second person who holds this role.
    Waiting {
        /// The role.
        role: Key,
    },
    /// The newest version moved on and says something else in the same places. Somebody must
    /// choose: [`Engine::rebase_handbook_draft`].
    Conflicts(Vec<Conflict>),
}

/// Who decides about a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decider {
    /// An account of the console; it is the person of the handbook that has its name.
    Account(String),
    /// Somebody at the command line of the host, who could apply without asking anybody.
    Host(String),
}

impl Decider {
    fn name(&self) -> &str {
        match self {
            Self::Account(name) | Self::Host(name) => name,
        }
    }

    /// What the audit calls it.
    fn act(&self, verb: &str) -> String {
        match self {
            Self::Account(_) => format!("handbook.{verb}"),
            Self::Host(_) => format!("handbook.{verb}-on-host"),
        }
    }
}

impl Engine {
    /// Gives a draft up. What was saved in it stays in the database.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoDraft`], [`EngineError::DraftMoved`].
    pub async fn drop_handbook_draft(&self, id: &PublicId, who: &str) -> Result<(), EngineError> {
        let now = self.handbook_draft(id).await?.draft;
        let settled = self.settled(Stage::Dropped, &now.reason, None, None);
        self.settle(&now, settled, who, "handbook.drop-draft").await
    }

    /// Submits a draft: it becomes the next version, or waits for a second person where the version
    /// in force says so.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoReason`], [`EngineError::NothingChanged`], [`EngineError::Faults`] with all
    /// faults at once, [`EngineError::DraftMoved`].
    pub async fn submit_handbook_draft(
        &self,
        id: &PublicId,
        reason: &str,
        author: &str,
    ) -> Result<Submitted, EngineError> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(EngineError::NoReason);
        }
        for _ in 0..TRIES {
            match self.submit_once(id, reason, author).await {
                Err(EngineError::HandbookMoved { .. }) => {}
                done => return done,
            }
        }
        Err(EngineError::Busy)
    }

    async fn submit_once(
        &self,
        id: &PublicId,
        reason: &str,
        author: &str,
    ) -> Result<Submitted, EngineError> {
        let now = self.rebase_handbook_draft(id, &Chosen::new(), author).await?;
        expect_stage(&now.draft, Stage::Open)?;
        if !now.conflicts.is_empty() {
            return Ok(Submitted::Conflicts(now.conflicts));
        }
        if now.draft.base.is_some() && now.files == self.files_of(now.draft.base).await? {
            return Err(EngineError::NothingChanged);
        }
        let checked = check_files(&now.files);
        if checked.handbook.is_none() {
            return Err(EngineError::Faults(checked.faults));
        }
        let role = match now.draft.base {
            Some(number) => {
                let in_force = self.handbook_version(number).await?;
                approval(&in_force.handbook).map(|role| role.key.clone())
            }
            None => None,
        };
        if let Some(role) = role {
            let settled = self.settled(Stage::Waiting, reason, None, None);
            self.settle(&now.draft, settled, author, "handbook.submit").await?;
            return Ok(Submitted::Waiting { role });
        }
        let draft = Draft { reason: reason.to_owned(), ..now.draft.clone() };
        self.enforce(&Opened { draft, ..now }, None, "handbook.apply").await.map(Submitted::Version)
    }

    /// Takes a draft back that waits, to work on it.
    ///
    /// # Errors
    ///
    /// [`EngineError::DraftMoved`].
    pub async fn take_back_handbook_draft(
        &self,
        id: &PublicId,
        who: &str,
    ) -> Result<Opened, EngineError> {
        let now = self.handbook_draft(id).await?.draft;
        expect_stage(&now, Stage::Waiting)?;
        let settled = self.settled(Stage::Open, &now.reason, None, None);
        self.settle(&now, settled, who, "handbook.take-back").await?;
        self.handbook_draft(id).await
    }

    /// Lets a draft that waits into force. `seen` is the revision that was looked at.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoApprover`], [`EngineError::DraftMoved`], [`EngineError::Faults`].
    pub async fn approve_handbook_draft(
        &self,
        id: &PublicId,
        seen: u64,
        by: &Decider,
    ) -> Result<Submitted, EngineError> {
        for _ in 0..TRIES {
            match self.approve_once(id, seen, by).await {
                Err(EngineError::HandbookMoved { .. }) => {}
                done => return done,
            }
        }
        Err(EngineError::Busy)
    }

    async fn approve_once(
        &self,
        id: &PublicId,
        seen: u64,
        by: &Decider,
    ) -> Result<Submitted, EngineError> {
        let mut now = self.handbook_draft(id).await?;
        expect_stage(&now.draft, Stage::Waiting)?;
        if now.draft.revision != seen {
            return Err(moved(&now.draft));
        }
        self.may_decide(&now, by).await?;
        let newest = self.store.newest_handbook_number().await?;
        if newest != now.draft.base {
            let (base, theirs) =
                (self.files_of(now.draft.base).await?, self.files_of(newest).await?);
            let merged = merge(&base, &now.files, &theirs, &Chosen::new());
            if !merged.conflicts.is_empty() {
                return Ok(Submitted::Conflicts(merged.conflicts));
            }
            (now.files, now.draft.base) = (merged.files, newest);
        }
        let act = by.act("approve");
        self.enforce(&now, Some(by.name()), &act).await.map(Submitted::Version)
    }

    /// Sends a draft that waits back to its author, who can work on it again.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoReason`], [`EngineError::NoApprover`], [`EngineError::DraftMoved`].
    pub async fn return_handbook_draft(
        &self,
        id: &PublicId,
        remark: &str,
        by: &Decider,
    ) -> Result<Opened, EngineError> {
        if remark.trim().is_empty() {
            return Err(EngineError::NoReason);
        }
        let now = self.handbook_draft(id).await?;
        expect_stage(&now.draft, Stage::Waiting)?;
        self.may_decide(&now, by).await?;
        let reason = now.draft.reason.clone();
        let settled = self.settled(Stage::Open, &reason, Some(by.name()), Some(remark.trim()));
        self.settle(&now.draft, settled, by.name(), &by.act("send-back")).await?;
        self.handbook_draft(id).await
    }

    /// Whether somebody may decide about a draft, by the version in force.
    async fn may_decide(&self, opened: &Opened, by: &Decider) -> Result<(), EngineError> {
        let Decider::Account(name) = by else { return Ok(()) };
        let in_force = self.handbook().await?;
        match approval(&in_force.handbook) {
            Some(role) => Ok(may_approve(role, &opened.wrote, name)?),
            None => Ok(()),
        }
    }

    /// Makes the next version of what a draft says.
    async fn enforce(
        &self,
        opened: &Opened,
        approved_by: Option<&str>,
        act: &str,
    ) -> Result<Applied, EngineError> {
        let draft = &opened.draft;
        let checked = check_files(&opened.files);
        let Some(handbook) = checked.handbook else {
            return Err(EngineError::Faults(checked.faults));
        };
        let (author, reason) = (draft.author.as_str(), draft.reason.as_str());
        let settled = self.settled(Stage::Accepted, reason, approved_by, None);
        let mut also = Also { steps: settle_steps(draft, &settled), cards: None };
        let cards = self.renamed_cards(draft).await?;
        if let Some(cards) = &cards {
            also.steps.extend(store::person::replace_steps(cards));
            also.cards = Some(cards);
        }
        let new =
            NewVersion { files: &opened.files, base: draft.base, author, reason, approved_by };
        match self.make_version(&handbook, &new, act, also).await {
            Ok(number) => Ok(Applied { number, hints: checked.faults }),
            Err(why @ EngineError::HandbookMoved { .. }) => {
                // It may be the draft that is not as it was seen.
                let now = self.handbook_draft(&draft.id).await?.draft;
                let is_same = (now.stage, now.revision) == (draft.stage, draft.revision);
                Err(if is_same { why } else { moved(&now) })
            }
            Err(why) => Err(why),
        }
    }

    fn settled(
        &self,
        stage: Stage,
        reason: &str,
        decided_by: Option<&str>,
        remark: Option<&str>,
    ) -> Settled {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let (decided_by, remark) = (own(decided_by), own(remark));
        Settled { stage, at: self.now(), reason: reason.to_owned(), decided_by, remark }
    }

    /// Decides about a draft, and notes who did.
    async fn settle(
        &self,
        seen: &Draft,
        settled: Settled,
        who: &str,
        act: &str,
    ) -> Result<(), EngineError> {
        let note = audit::note_steps(&audit::Entry {
            at: settled.at,
            actor: who.to_owned(),
            act: act.to_owned(),
            subject: seen.id.to_string(),
            detail: settled.remark.clone().unwrap_or_else(|| settled.reason.clone()),
        });
        match self.store.write(Write::from(settle_steps(seen, &settled)).and(note)).await {
            Ok(_) => Ok(()),
            Err(why) if why.is_conflict() => {
                Err(moved(&self.handbook_draft(&seen.id).await?.draft))
            }
            Err(why) => Err(why.into()),
        }
    }
}

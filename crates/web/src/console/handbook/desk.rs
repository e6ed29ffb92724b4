//! What somebody works on: the own draft where there is one, else the version in force.

use std::collections::BTreeMap;

use engine::EngineError;
use engine::handbook::draft::{Draft, Opened};
use model::handbook::Files;
use model::handbook::draft::Stage;
use model::handbook::edit::Edit;
use model::handbook::merge::Conflict;
use model::permission::Permission;

use super::book::Book;
use crate::console::sent::Sent;
use crate::console::signed::Signed;

/// The handbook as whoever is signed in sees it.
pub(super) struct Desk {
    pub(super) book: Book,
    /// The own draft, where it is one that is shown.
    pub(super) draft: Option<Draft>,
}

/// What stands above every page of the handbook.
pub(super) struct Bar {
    pub(super) up: Option<(String, &'static str)>,
    /// Said where a draft is shown that says something else than the version in force.
    pub(super) draft: Option<&'static str>,
    /// Which draft the form is sent to, and the state of it that was shown.
    pub(super) id: String,
    pub(super) seen: u64,
}

impl Bar {
    /// The same with what is between this page and the overview.
    pub(super) fn below(mut self, up: Option<(String, &'static str)>) -> Self {
        self.up = up;
        self
    }
}

/// The draft that somebody works on. One in which nothing was written goes when a newer version is
/// in force: nobody is to work on what is old.
pub(super) async fn own(signed: &Signed) -> Result<Option<Opened>, EngineError> {
    let engine = &signed.engine;
    let newest = engine.newest_handbook_number().await?;
    let drafts = engine.handbook_drafts().await?.into_iter();
    for draft in drafts.filter(|one| one.author == signed.name() && one.stage == Stage::Open) {
        if draft.revision == 0 && draft.base != newest {
            engine.drop_handbook_draft(&draft.id, signed.name()).await?;
        } else {
            return engine.handbook_draft(&draft.id).await.map(Some);
        }
    }
    Ok(None)
}

impl Desk {
    /// What is to be looked at.
    pub(super) async fn open(signed: &Signed) -> Result<Self, EngineError> {
        match own(signed).await? {
            Some(opened) if opened.draft.revision > 0 => Ok(Self::of(signed, opened)),
            _ => {
                let files = signed.engine.newest_handbook().await?.1;
                Ok(Self { book: Self::book(signed, files), draft: None })
            }
        }
    }

    /// What is to be written in, for who may write. The draft begins here, so that it is known from
    /// which version it comes.
    pub(super) async fn write(signed: &Signed) -> Result<Self, EngineError> {
        if !signed.may(Permission::Writer) {
            return Self::open(signed).await;
        }
        if let Some(opened) = own(signed).await? {
            return Ok(Self::of(signed, opened));
        }
        // Without a handbook the questions come first.
        signed.engine.handbook().await?;
        Ok(Self::of(signed, signed.engine.open_handbook_draft(signed.name()).await?))
    }

    /// What a form was about: the draft in the state that was shown. None where it is not one's own
    /// draft any more.
    pub(super) async fn shown(signed: &Signed, sent: &Sent) -> Result<Option<Self>, EngineError> {
        let Ok(id) = sent.get("draft").parse() else { return Ok(None) };
        let mut opened = match signed.engine.handbook_draft(&id).await {
            Err(EngineError::NoDraft(_)) => return Ok(None),
            opened => opened?,
        };
        if opened.draft.author != signed.name() || opened.draft.stage != Stage::Open {
            return Ok(None);
        }
        let seen = sent.get("seen").parse().unwrap_or(opened.draft.revision);
        if seen < opened.draft.revision {
            opened.files = signed.engine.handbook_draft_at(&opened.draft, seen).await?;
            opened.draft.revision = seen;
        }
        Ok(Some(Self::of(signed, opened)))
    }

    fn of(signed: &Signed, opened: Opened) -> Self {
        Self { book: Self::book(signed, opened.files), draft: Some(opened.draft) }
    }

    fn book(signed: &Signed, files: Files) -> Book {
        Book::read(files, signed.language(), signed.engine.now(), None)
    }

    pub(super) fn bar(&self, signed: &Signed) -> Bar {
        let words = signed.language().words().drafts;
        let draft = self.draft.as_ref();
        Bar {
            up: None,
            draft: draft.filter(|draft| draft.revision > 0).map(|_| words.bar),
            id: draft.map(|draft| draft.id.to_string()).unwrap_or_default(),
            seen: draft.map_or(0, |draft| draft.revision),
        }
    }

    /// What a form that stays open is told when it was saved: the state, and what it holds.
    pub(super) fn kept(&self, marks: BTreeMap<String, String>) -> serde_json::Value {
        let seen = self.draft.as_ref().map_or(0, |draft| draft.revision);
        serde_json::json!({ "seen": seen, "marks": marks })
    }

    /// Makes these changes in the draft. Gives what is to be said about it, where something is: why
    /// it does not go, or what others wrote there meanwhile.
    pub(super) async fn change(
        &mut self,
        signed: &Signed,
        edits: &[Edit],
    ) -> Result<Option<String>, EngineError> {
        let words = signed.language().words().drafts;
        let Some(draft) = &self.draft else { return Ok(Some(words.not_open.to_owned())) };
        let (id, seen) = (draft.id.clone(), draft.revision);
        match signed.engine.edit_handbook_draft(&id, seen, edits, signed.name()).await {
            Ok(opened) => {
                let said = meanwhile(signed, &opened.conflicts);
                *self = Self::of(signed, opened);
                Ok(said)
            }
            Err(EngineError::Edit(why)) => Ok(Some(why.said().get(signed.language()).to_owned())),
            Err(EngineError::DraftMoved { .. }) => Ok(Some(words.not_open.to_owned())),
            Err(error) => Err(error),
        }
    }
}

/// The address of a draft.
pub(super) fn href(draft: &Draft) -> String {
    format!("{}/draft/{}", super::HERE, draft.id)
}

/// What others wrote meanwhile in the same places. What was typed last holds.
pub(super) fn meanwhile(signed: &Signed, conflicts: &[Conflict]) -> Option<String> {
    let words = signed.language().words().drafts;
    let said = conflicts.iter().map(|one| {
        let theirs = one.theirs.as_deref().unwrap_or(words.gone);
        (words.meanwhile)(&one.place, theirs)
    });
    let said: Vec<_> = said.collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Makes the draft of a first version.
pub(super) async fn begin(signed: &Signed, files: Files) -> Result<(), EngineError> {
    let opened = signed.engine.open_handbook_draft(signed.name()).await?;
    let edits: Vec<Edit> =
        files.into_iter().map(|(file, text)| Edit::Write { file, text }).collect();
    let Draft { id, revision, .. } = opened.draft;
    signed.engine.edit_handbook_draft(&id, revision, &edits, signed.name()).await?;
    Ok(())
}

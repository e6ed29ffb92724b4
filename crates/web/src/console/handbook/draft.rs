//! A draft of a new version: what comes next, what is different, and how it comes into force.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use engine::handbook::draft::Opened;
use model::handbook::Files;
use model::handbook::draft::{Stage, approval, may_approve};
use model::handbook::merge::Conflict;
use model::handbook::people::{ContactCard, Role};
use model::permission::Permission;
use model::value::PublicId;

use super::book::Book;
use super::brought;
use super::compare::difference;
use super::contents::parts;
use super::desk::{href, own};
use super::gap::{Gap, Grade, compare, gaps, grades};
use super::next::{Step, next};
use super::summary::Summary;
use crate::console::account::zone;
use crate::console::frame::{self, Area, Shell, show};
use crate::console::signed::Signed;
use crate::page::serve::to;

pub(crate) mod decide;

/// Something that two changed, each in another way.
struct ConflictView {
    id: String,
    file: String,
    place: String,
    mine: String,
    theirs: String,
}

#[derive(Template)]
#[template(path = "console/handbook/draft.html")]
struct Page {
    shell: Shell,
    /// Where its buttons send.
    href: String,
    from: String,
    kept: String,
    /// What was done just now.
    done: Option<String>,
    hints: Vec<String>,
    step: Option<Step>,
    conflicts: Vec<ConflictView>,
    /// The label of putting it in force or handing it in, where that can be done.
    submit: Option<&'static str>,
    submit_lede: Option<String>,
    reason: String,
    revision: u64,
    decides: bool,
    take_back: bool,
    mine: bool,
    found: usize,
    grades: Vec<Grade>,
    /// What is found otherwise than in the version in force, where there is one.
    turn: Option<Turn>,
    parts: Vec<Summary>,
    unreachable: Option<usize>,
    /// What is different from the version that it comes from, where it comes from one.
    difference: Option<String>,
}

/// What is found in a draft otherwise than in the version in force.
struct Turn {
    since: String,
    /// What is new and what is gone, each with its heading, where there is any.
    lists: Vec<(&'static str, Vec<Gap>)>,
}

/// What is said above a draft.
pub(super) enum Note {
    None,
    /// Something was done.
    Done(String),
    /// Something is to be done first.
    Wrong(String),
}

/// A draft with all that decides what can be done with it.
struct Scene {
    opened: Opened,
    /// The texts that it is compared with.
    before: Files,
    /// The version in force, with its texts.
    newest: Option<(u32, Files)>,
    /// Names and addresses, for who may see them.
    cards: Option<Vec<ContactCard>>,
    role: Option<Role>,
}

/// The own draft.
pub(crate) async fn look(signed: Signed, RawQuery(query): RawQuery) -> Response {
    match own(&signed).await {
        Ok(Some(opened)) => {
            let done = brought::said(&signed, query.as_deref().unwrap_or_default());
            shown(&signed, opened, done.map_or(Note::None, Note::Done)).await
        }
        Ok(None) => to(super::HERE, StatusCode::SEE_OTHER),
        Err(error) => frame::failed(&signed, &error),
    }
}

/// Anybody's draft: to look at it, and to decide about it.
pub(crate) async fn one(signed: Signed, Path(id): Path<String>) -> Response {
    match opened(&signed, &id).await {
        Ok(opened) => shown(&signed, opened, Note::None).await,
        Err(answer) => answer,
    }
}

/// The draft of this id, or the answer that says why not.
async fn opened(signed: &Signed, id: &str) -> Result<Opened, Response> {
    let Ok(id) = id.parse::<PublicId>() else { return Err(frame::nothing(&signed.shell())) };
    match signed.engine.handbook_draft(&id).await {
        Ok(opened) => Ok(opened),
        Err(EngineError::NoDraft(_)) => Err(frame::nothing(&signed.shell())),
        Err(error) => Err(frame::failed(signed, &error)),
    }
}

/// The page of a draft on which nothing is to be chosen.
pub(super) async fn shown(signed: &Signed, opened: Opened, note: Note) -> Response {
    page(signed, opened, note, Vec::new()).await
}

async fn page(signed: &Signed, opened: Opened, note: Note, conflicts: Vec<Conflict>) -> Response {
    let status = match (&note, conflicts.is_empty()) {
        (_, false) => StatusCode::CONFLICT,
        (Note::Wrong(_), true) => StatusCode::UNPROCESSABLE_ENTITY,
        (Note::None | Note::Done(_), true) => StatusCode::OK,
    };
    let scene = match Scene::of(signed, opened).await {
        Ok(scene) => scene,
        Err(error) => return frame::failed(signed, &error),
    };
    let kept = {
        let (language, zone) = (signed.language(), zone(&signed.engine).await);
        let when = zone.moment(scene.opened.draft.changed_at, signed.engine.now(), language);
        (language.words().drafts.kept_at)(&when)
    };
    show(status, scene.page(signed, kept, note, conflicts).render())
}

impl Scene {
    async fn of(signed: &Signed, opened: Opened) -> Result<Self, EngineError> {
        let engine = &signed.engine;
        let texts = async |number: Option<u32>| match number {
            Some(number) => Ok(Some((number, engine.handbook_texts(number).await?.1))),
            None => Ok::<_, EngineError>(None),
        };
        let newest = texts(engine.newest_handbook_number().await?).await?;
        let before = texts(opened.draft.base).await?.map_or_else(Files::new, |(_, files)| files);
        let role = match &newest {
            Some((number, _)) => {
                approval(&engine.handbook_version(*number).await?.handbook).cloned()
            }
            None => None,
        };
        let sees = signed.may(Permission::SEES_ADDRESSES);
        let cards = if sees { Some(engine.cards().await?) } else { None };
        Ok(Self { opened, before, newest, cards, role })
    }

    fn page(&self, signed: &Signed, kept: String, note: Note, conflicts: Vec<Conflict>) -> Page {
        let (done, hint) = match note {
            Note::None => (None, None),
            Note::Done(said) => (Some(said), None),
            Note::Wrong(said) => (None, Some(said)),
        };
        let language = signed.language();
        let say = language.words().drafts;
        let Opened { draft, files, wrote, .. } = &self.opened;
        let book = self.book(signed, files);
        let mut found = gaps(&book);
        let turn = self.turn(signed, &mut found);
        let mine = draft.author == signed.name();
        let open = draft.stage == Stage::Open && mine;
        let title = if mine { say.draft.to_owned() } else { (say.draft_of)(&draft.author) };
        let refused = book.faults.iter().any(|one| one.fault.is_error());
        let submit = self.submit(signed).filter(|_| open && !refused && conflicts.is_empty());
        let decides = draft.stage == Stage::Waiting
            && self
                .role
                .as_ref()
                .is_none_or(|role| may_approve(role, wrote, signed.name()).is_ok());
        Page {
            shell: signed.shell().at(Area::Handbook, title),
            href: href(draft),
            from: match draft.base {
                Some(number) => (say.based_on)(number),
                None => say.based_on_nothing.to_owned(),
            },
            kept,
            done,
            hints: hint.into_iter().chain(self.hints(signed, refused)).collect(),
            step: open.then(|| next(&book, refused)).flatten(),
            conflicts: conflicts.into_iter().map(|one| view(one, say.gone)).collect(),
            submit,
            submit_lede: submit
                .and(self.role.as_ref())
                .map(|role| (say.waits_for)(role.title.get(language))),
            reason: draft.reason.clone(),
            revision: draft.revision,
            decides,
            take_back: draft.stage == Stage::Waiting && mine,
            mine: open,
            found: found.len(),
            grades: grades(found, language),
            turn,
            parts: parts(&book),
            unreachable: None,
            difference: draft.base.map(|_| difference(language, &self.before, files)),
        }
    }

    fn book(&self, signed: &Signed, files: &Files) -> Book {
        let (language, now) = (signed.language(), signed.engine.now());
        Book::read(files.clone(), language, now, self.cards.as_deref())
    }

    /// Marks what is found now and was not in the version in force; gives that, and what is gone.
    fn turn(&self, signed: &Signed, found: &mut [Gap]) -> Option<Turn> {
        let (number, files) = self.newest.as_ref()?;
        let gone = compare(found, gaps(&self.book(signed, files)));
        let new: Vec<Gap> = found.iter().filter(|gap| gap.fresh).cloned().collect();
        let words = signed.language().words().drafts;
        let lists = [(words.found_new, new), (words.found_gone, gone)];
        let lists = lists.into_iter().filter(|(_, gaps)| !gaps.is_empty()).collect();
        Some(Turn { since: (words.found_since)(*number), lists })
    }

    /// What the button that submits says to this person; nothing to whom it does not serve.
    fn submit(&self, signed: &Signed) -> Option<&'static str> {
        let words = signed.language().words().drafts;
        match &self.role {
            Some(_) => Some(words.hand_in),
            None if signed.may(Permission::Approver) => Some(words.submit),
            None => None,
        }
    }

    /// What is to be known about the draft beside what is wrong in it.
    fn hints(&self, signed: &Signed, refused: bool) -> Vec<String> {
        let language = signed.language();
        let (words, draft) = (language.words().drafts, &self.opened.draft);
        let mut hints = Vec::new();
        if let (Some(who), Some(why), Stage::Open) = (&draft.decided_by, &draft.remark, draft.stage)
        {
            hints.push((words.came_back)(who, why));
        }
        if let (Stage::Waiting, Some(role)) = (draft.stage, &self.role) {
            hints.push((words.waits_for)(role.title.get(language)));
        }
        let newest = self.newest.as_ref().map(|(number, _)| *number);
        if let (true, Some(newest)) = (newest != draft.base, newest) {
            hints.push((words.moved)(newest));
        }
        let stuck = draft.stage == Stage::Open && !refused && self.submit(signed).is_none();
        hints.extend(stuck.then(|| words.needs_approver.to_owned()));
        hints
    }
}

fn view(conflict: Conflict, gone: &str) -> ConflictView {
    ConflictView {
        id: conflict.id(),
        mine: conflict.mine.unwrap_or_else(|| gone.to_owned()),
        theirs: conflict.theirs.unwrap_or_else(|| gone.to_owned()),
        file: conflict.file,
        place: conflict.place,
    }
}

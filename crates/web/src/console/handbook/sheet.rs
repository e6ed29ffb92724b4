//! The names of a handbook's texts: `shop-down/first`, `imprint`, each in several languages.

use model::handbook::Noun;
use model::language::Language;
use model::notice::Kind;
use model::value::Key;

use super::book::Book;

/// The folder of the texts that serve every plan.
pub(super) const DEFAULT: &str = "default";
/// Where one says for whom a passage is to be written.
pub(super) const ANOTHER: &str = "another";
/// The texts beside the folders.
pub(super) const PAGES: [&str; 2] = ["imprint", "privacy"];

/// One text, in all its languages: `shop-down/first`, `shop-down/first.partners`, `imprint`.
#[derive(Clone)]
pub(super) struct Sheet {
    pub(super) folder: Option<String>,
    pub(super) name: &'static str,
    pub(super) kind: Option<Kind>,
    /// Whom it tells something in addition to the notice.
    pub(super) audience: Option<Key>,
}

impl Sheet {
    /// Reads the end of an address.
    pub(super) fn read(at: &str) -> Option<Self> {
        match at.split_once('/') {
            None => {
                let name = PAGES.into_iter().find(|name| *name == at)?;
                Some(Self { folder: None, name, kind: None, audience: None })
            }
            Some((folder, word)) => {
                let (word, audience) = match word.split_once('.') {
                    Some((word, audience)) => (word, Some(audience.parse().ok()?)),
                    None => (word, None),
                };
                let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word)?;
                let fits = folder == DEFAULT || folder.parse::<Key>().is_ok();
                fits.then(|| Self { audience, ..Self::of(folder, kind) })
            }
        }
    }

    /// The template of this kind in a folder.
    pub(super) fn of(folder: &str, kind: Kind) -> Self {
        let folder = Some(folder.to_owned());
        Self { folder, name: kind.word(), kind: Some(kind), audience: None }
    }

    /// The name of its files, without the language: `shop-down/first.partners`.
    fn path(&self) -> String {
        let folder = self.folder.as_ref().map(|folder| format!("{folder}/")).unwrap_or_default();
        let whose = self.audience.as_ref().map(|key| format!(".{key}")).unwrap_or_default();
        format!("{folder}{}{whose}", self.name)
    }

    pub(super) fn file(&self, language: Language) -> String {
        format!("texts/{}.{language}.md", self.path())
    }

    pub(super) fn href(&self) -> String {
        format!("{}/texts/{}", super::HERE, self.path())
    }

    /// What people call it.
    pub(super) fn title(&self, book: &Book) -> String {
        let words = book.language.words();
        let title = match self.kind {
            Some(kind) => kind.label(book.language),
            None if self.name == PAGES[0] => words.mail.imprint,
            None => words.mail.privacy,
        };
        match &self.audience {
            Some(key) => {
                let known = book.known(Noun::Audience).into_iter();
                let mut named =
                    known.filter(|(own, _)| own == key.as_str()).map(|(_, title)| title);
                let named = named.next_back().unwrap_or_else(|| key.to_string());
                format!("{title} · {}", (words.handbook.passage_for)(&named))
            }
            None => title.to_owned(),
        }
    }
}

/// The text in a file, and in which language.
fn of(file: &str) -> Option<(Sheet, &str)> {
    let (name, tag) = file.strip_prefix("texts/")?.strip_suffix(".md")?.rsplit_once('.')?;
    Some((Sheet::read(name)?, tag))
}

/// The address of the form for a text's file.
pub(super) fn href(file: &str) -> Option<String> {
    of(file).map(|(sheet, tag)| format!("{}#f.{tag}", sheet.href()))
}

/// What people call the text in a file.
pub(super) fn title(book: &Book, file: &str) -> Option<String> {
    let (sheet, tag) = of(file)?;
    let language = tag.parse::<Language>().ok()?;
    Some(format!("{}, {}", sheet.title(book), language.words().name))
}

/// Where the texts of a plan are listed.
pub(super) fn folder(plan: &str) -> String {
    format!("{}/texts#t.{plan}", super::HERE)
}

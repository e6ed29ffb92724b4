//! The names of a handbook's texts: `shop-down/first`, `imprint`, each in several languages.

use model::language::Language;
use model::notice::Kind;

/// The folder of the texts that serve every plan.
pub(super) const DEFAULT: &str = "default";
/// The texts beside the folders.
pub(super) const PAGES: [&str; 2] = ["imprint", "privacy"];

/// One text, in all its languages: `shop-down/first`, `imprint`.
pub(super) struct Sheet {
    pub(super) folder: Option<String>,
    pub(super) name: &'static str,
    pub(super) kind: Option<Kind>,
}

impl Sheet {
    /// Reads the end of an address.
    pub(super) fn read(at: &str) -> Option<Self> {
        match at.split_once('/') {
            None => {
                let name = PAGES.into_iter().find(|name| *name == at)?;
                Some(Self { folder: None, name, kind: None })
            }
            Some((folder, word)) => {
                let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word)?;
                let fits = folder == DEFAULT || folder.parse::<model::value::Key>().is_ok();
                let folder = Some(folder.to_owned());
                fits.then_some(Self { folder, name: kind.word(), kind: Some(kind) })
            }
        }
    }

    pub(super) fn file(&self, language: Language) -> String {
        match &self.folder {
            Some(folder) => format!("texts/{folder}/{}.{language}.md", self.name),
            None => format!("texts/{}.{language}.md", self.name),
        }
    }

    pub(super) fn href(&self) -> String {
        match &self.folder {
            Some(folder) => format!("{}/texts/{folder}/{}", super::HERE, self.name),
            None => format!("{}/texts/{}", super::HERE, self.name),
        }
    }

    /// What people call it.
    pub(super) fn title(&self, language: Language) -> &'static str {
        let words = language.words();
        match self.kind {
            Some(kind) => kind.label(language),
            None if self.name == PAGES[0] => words.mail.imprint,
            None => words.mail.privacy,
        }
    }
}

/// The address of the form for a text's file.
pub(super) fn href(file: &str) -> Option<String> {
    let (name, tag) = file.strip_prefix("texts/")?.strip_suffix(".md")?.rsplit_once('.')?;
    Some(format!("{}#f.{tag}", Sheet::read(name)?.href()))
}

/// Where the texts of a plan are listed.
pub(super) fn folder(plan: &str) -> String {
    format!("{}/texts#t.{plan}", super::HERE)
}

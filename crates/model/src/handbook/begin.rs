//! The beginning of a handbook, for a community that has none: what must be there before anybody
//! can be named in it, and texts that serve every plan. Whoever begins goes on in the console.

use super::{Files, SCHEMA};
use crate::language::Language;
use crate::notice::Kind;
use crate::value::Key;

/// What a beginning is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// What visitors call the community.
    pub community: String,
    /// The languages of its texts, the main one first.
    pub languages: Vec<Language>,
    /// The name of its zone in the IANA list.
    pub zone: String,
    /// The address of its public page.
    pub page: String,
    /// Who answers for the page, as people write it below each other: name, address, mail.
    pub responsible: String,
    /// Who begins, and leads until somebody else does.
    pub person: Key,
    /// The language of whoever begins.
    pub language: Language,
}

/// One prepared text.
type Prepared = (Kind, Language, &'static str);

macro_rules! prepared {
    ($($kind:ident $tag:ident $name:literal),* $(,)?) => {
        [$((
            Kind::$kind,
            Language::$tag,
            include_str!(concat!("../../../../example/texts/default/", $name)),
        )),*]
    };
}

/// The texts for every plan. They name nothing that only one community has.
const TEXTS: [Prepared; 10] = prepared![
    First DE "first.de.md", First EN "first.en.md",
    Update DE "update.de.md", Update EN "update.en.md",
    Holding DE "holding.de.md", Holding EN "holding.en.md",
    Correction DE "correction.de.md", Correction EN "correction.en.md",
    AllClear DE "all-clear.de.md", AllClear EN "all-clear.en.md",
];

impl Beginning {
    /// The texts of the handbook that begins so. It has no plan yet.
    #[must_use]
    pub fn files(&self) -> Files {
        let toml = [
            ("handbook.toml", self.front()),
            ("people.toml", self.people()),
            ("system.toml", "# What can fail, and how it is watched.\n".to_owned()),
            ("channels.toml", "# How people are told, and who is told.\n".to_owned()),
        ];
        let mut files: Files = toml.map(|(name, text)| (name.to_owned(), text)).into();
        for (kind, language, text) in TEXTS {
            if self.languages.contains(&language) {
                let name = format!("texts/default/{}.{language}.md", kind.word());
                files.insert(name, text.to_owned());
            }
        }
        for language in &self.languages {
            files.insert(format!("texts/imprint.{language}.md"), self.imprint(*language));
            files.insert(format!("texts/privacy.{language}.md"), self.privacy(*language));
        }
        files
    }

    fn front(&self) -> String {
        let tags: Vec<_> = self.languages.iter().map(|one| quoted(one.tag())).collect();
        format!(
            "# The front page of the handbook.\n\n\
             # The format of these files.\n\
             schema = {SCHEMA}\n\n\
             # What visitors call you. Every text can use it as {{community}}.\n\
             community = {}\n\n\
             # Every text for visitors must be there in each of these. The first is the main one.\n\
             languages = [{}]\n\n\
             # The zone in which people read times.\n\
             zone = {}\n\n\
             # Where the public page is.\n\
             page = {}\n",
            quoted(&self.community),
            tags.join(", "),
            quoted(&self.zone),
            quoted(&self.page),
        )
    }

    fn people(&self) -> String {
        let (person, language) = (&self.person, self.language);
        let titles = self.languages.iter().map(|one| {
            let title = if *one == Language::DE { "Leitung" } else { "Lead" };
            format!("title.{one} = {}\n", quoted(title))
        });
        format!(
            "# Who acts when something fails.\n\
             #\n\
             # People stand here by a short key alone. Their names and addresses are kept apart.\n\n\
             [person.{person}]\n\
             language = \"{language}\"\n\n\
             # Crisis roles. Each has somebody who holds it, and deputies.\n\n\
             [role.lead]\n\
             {}person = \"{person}\"\n",
            titles.collect::<String>(),
        )
    }

    fn imprint(&self, language: Language) -> String {
        let head = if language == Language::DE {
            "Verantwortlich für diese Seite:"
        } else {
            "Responsible for this page:"
        };
        format!("{head}\n\n{}\n", self.responsible())
    }

    fn privacy(&self, language: Language) -> String {
        let (head, rest) = if language == Language::DE {
            ("Wer verantwortlich ist", PRIVACY[0])
        } else {
            ("Who is responsible", PRIVACY[1])
        };
        format!("## {head}\n\n{}\n\n{rest}", self.responsible())
    }

    /// Each line on a line of its own, in Markdown.
    fn responsible(&self) -> String {
        let lines = self.responsible.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\\\n")
    }
}

/// What Notlicht itself does with data, in German and English: where to begin reading.
const PRIVACY: [&str; 2] =
    [include_str!("begin/privacy.de.md"), include_str!("begin/privacy.en.md")];

/// A text in quotation marks, as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.trim().to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::check::check;

    #[test]
    fn a_beginning_reads_and_lacks_only_what_nobody_can_know_yet() {
        let beginning = Beginning {
            community: "Chor „Die \"Lauten\"“".into(),
            languages: vec![Language::EN, Language::DE],
            zone: "Europe/Berlin".into(),
            page: "https://lage.chor.example".into(),
            responsible: "Chor e. V.\nMusterweg 1\n\nchor@chor.example".into(),
            person: "erika".parse().expect("a key"),
            language: Language::DE,
        };
        let checked = check(&beginning.files(), &[]);
        let said: Vec<_> = checked.faults.iter().filter(|it| it.is_error()).collect();
        let places: Vec<_> = said.iter().map(|it| (it.file.as_str(), it.line)).collect();
        assert!(
            said.iter().all(|it| ["missing", "no plan"]
                .iter()
                .any(|word| it.what.get(Language::EN).contains(word))),
            "{said:#?}"
        );
        assert!(!places.iter().any(|(file, _)| file.starts_with("texts/")), "{said:#?}");
        assert!(!places.iter().any(|(file, _)| *file == "people.toml"), "{said:#?}");
        assert!(!places.iter().any(|(file, _)| *file == "handbook.toml"), "{said:#?}");
    }
}

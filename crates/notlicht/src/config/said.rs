//! What a notice says, as it is typed at the command line.

use std::str::FromStr;

use clap::Args;
use model::language::Language;
use model::value::Key;

/// What somebody wrote, by language.
#[derive(Debug, Clone, Default, Args)]
pub struct Said {
    /// German text, or @FILE; the first sentence is the headline
    #[arg(long, value_name = "TEXT")]
    pub de: Option<String>,
    /// English text, or @FILE; the first sentence is the headline
    #[arg(long, value_name = "TEXT")]
    pub en: Option<String>,
    /// What one audience is told in addition, in the place of what is prepared: partners.de=TEXT
    #[arg(long = "passage", value_name = "AUDIENCE.LANGUAGE=TEXT")]
    pub passages: Vec<Aside>,
    /// Why it leaves out what people need, such as what still works: stands in the timeline
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
}

/// A passage of a notice for one audience, typed as `partners.de=TEXT`.
#[derive(Debug, Clone)]
pub struct Aside {
    /// The audience.
    pub audience: Key,
    /// In which language.
    pub language: Language,
    /// What it says; empty to say nothing where something is prepared.
    pub text: String,
}

impl FromStr for Aside {
    type Err = String;

    fn from_str(said: &str) -> Result<Self, String> {
        let wrong = |what: &str| {
            format!("{what}: write AUDIENCE.LANGUAGE=TEXT, such as “partners.de=Bitte warten Sie.”")
        };
        let (name, text) = said.split_once('=').ok_or_else(|| wrong("there is no “=”"))?;
        let (audience, tag) = name
            .split_once('.')
            .ok_or_else(|| wrong(&format!("“{name}” names no audience and language")))?;
        Ok(Self {
            audience: audience.parse().map_err(|why| wrong(&format!("{why}")))?,
            language: tag.parse().map_err(|_| wrong(&format!("“{tag}” is no language")))?,
            text: text.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_at_the_command_line_names_its_audience_and_language() {
        let aside: Aside = "partners.de=Bitte warten Sie.".parse().expect("it is well written");
        assert_eq!((aside.audience.as_str(), aside.language), ("partners", Language::DE));
        assert_eq!(aside.text, "Bitte warten Sie.");
        for bad in ["partners.de", "partners=x", "partners.xx=x", "Partners.de=x"] {
            let said = bad.parse::<Aside>().expect_err(bad);
            assert!(said.contains("AUDIENCE.LANGUAGE=TEXT"), "{said}");
        }
    }
}

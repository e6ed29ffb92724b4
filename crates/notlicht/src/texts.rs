//! What somebody typed at the command line, as the text of a notice.

use std::collections::BTreeSet;

use anyhow::{Context as _, bail};
use model::incident::Command;
use model::language::Language;
use model::notice::{Passage, Passages, Text, Texts};
use model::words::Item;

use crate::config::{Aside, Said};

impl Said {
    /// The texts by language, or nothing where nothing was said.
    pub(crate) fn texts(&self) -> anyhow::Result<Option<Texts>> {
        let mut texts = Texts::new();
        for (language, said) in [(Language::DE, &self.de), (Language::EN, &self.en)] {
            if let Some(said) = said {
                texts.insert(language, text(said, language)?);
            }
        }
        Ok((!texts.is_empty()).then_some(texts))
    }

    /// With what the texts leave out, and why, if anything is.
    pub(crate) fn knowingly(&self, left_out: BTreeSet<Item>, command: Command) -> Command {
        command.knowingly(left_out, self.because.as_deref().unwrap_or_default())
    }

    /// What single audiences are told in addition, where something was said of it.
    pub(crate) fn passages(&self) -> Passages {
        let mut all = Passages::new();
        for Aside { audience, language, text } in &self.passages {
            let said = all.entry(audience.clone()).or_default();
            said.insert(*language, Passage::parse(text));
        }
        all
    }
}

fn text(said: &str, language: Language) -> anyhow::Result<Text> {
    let from_file = said.strip_prefix('@').map(|path| {
        std::fs::read_to_string(path).with_context(|| format!("{path} cannot be read"))
    });
    let said = from_file.unwrap_or_else(|| Ok(said.to_owned()))?;
    if said.trim().is_empty() {
        bail!("the {language} text is empty: say what happened in one sentence");
    }
    if said.trim_start().starts_with('#') {
        let faults = |faults: Vec<model::notice::BadText>| {
            let all: Vec<_> = faults.iter().map(ToString::to_string).collect();
            anyhow::anyhow!("the {language} text: {}", all.join("; "))
        };
        return Text::parse(&said, language).map_err(faults);
    }
    Ok(plain(&said))
}

/// The first sentence is the headline, the rest are paragraphs.
fn plain(said: &str) -> Text {
    let said = said.trim();
    let line = said.find('\n').unwrap_or(said.len());
    let sentence = said.find(". ").map_or(line, |dot| (dot + 1).min(line));
    let (headline, rest) = said.split_at(sentence);
    let body = rest.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    Text {
        headline: headline.trim().to_owned(),
        body: body.filter(|part| !part.is_empty()).collect(),
        ..Text::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_typed_in_a_hurry_becomes_a_headline_and_a_text() {
        let text = plain("Der Shop geht nicht. Wir suchen den Fehler.\n\nEs tut uns leid.");
        assert_eq!(text.headline, "Der Shop geht nicht.");
        assert_eq!(text.body, ["Wir suchen den Fehler.", "Es tut uns leid."]);
        assert_eq!(plain("Nur eins").headline, "Nur eins");
    }
}

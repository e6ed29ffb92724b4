use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// The text of a notice in one language. Paragraphs are plain: no mark-up.
///
/// Written as Markdown it has a headline, paragraphs, and up to five facts under fixed headings:
///
/// ```text
/// # Anmelden geht gerade nicht
///
/// Seit {since} können Sie sich nicht anmelden.
///
/// ## Das geht
/// Im Shop bestellen Sie als Gast.
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    /// What happened, in one sentence.
    pub headline: String,
    /// The paragraphs below it.
    pub body: Vec<String>,
    /// What does not work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken: Option<String>,
    /// What still works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub works: Option<String>,
    /// What we do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doing: Option<String>,
    /// What you can do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub you_can: Option<String>,
    /// Whether data are concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
}

/// What is wrong with a written text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// No headline.
    #[error("there is no headline: begin with a line “# …” that says what happened")]
    NoHeadline,
    /// A second headline.
    #[error("line {line}: a second “# …”: a notice has one headline")]
    SecondHeadline {
        /// Counted from 1.
        line: usize,
    },
    /// A heading that is none of the five.
    #[error("line {line}: “## {found}” is no heading of a notice: use {known}")]
    UnknownHeading {
        /// Counted from 1.
        line: usize,
        /// What stands there.
        found: String,
        /// What may stand there.
        known: String,
    },
    /// A heading for the second time.
    #[error("line {line}: “## {found}” stands here for the second time: put both together")]
    TwiceHeading {
        /// Counted from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// Nothing below a heading.
    #[error("line {line}: nothing stands below “## {found}”: write a sentence or leave it out")]
    EmptyHeading {
        /// Counted from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
}

impl BadText {
    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        match self {
            Self::NoHeadline => 1,
            Self::SecondHeadline { line }
            | Self::UnknownHeading { line, .. }
            | Self::TwiceHeading { line, .. }
            | Self::EmptyHeading { line, .. } => *line,
        }
    }
}

impl Text {
    /// The paragraphs, and then each fact behind its head, as lines to be read one after the other.
    #[must_use]
    pub fn lines(&self, language: Language) -> Vec<String> {
        let facts = self.facts(language).map(|(head, said)| format!("{head}: {said}"));
        self.body.iter().cloned().chain(facts).collect()
    }

    /// Reads the Markdown form.
    ///
    /// # Errors
    ///
    /// Every fault that was found, in the order of the lines.
    pub fn parse(written: &str, language: Language) -> Result<Self, Vec<BadText>> {
        let mut reading = Reading { language, text: Self::default(), faults: Vec::new() };
        let mut block = Block { line: 1, head: Head::Start, lines: Vec::new() };
        for (at, line) in written.lines().enumerate() {
            let line_number = at + 1;
            let line = line.trim();
            let head = if let Some(name) = line.strip_prefix("## ") {
                Head::Fact(name.trim().to_owned())
            } else if let Some(name) = line.strip_prefix("# ") {
                Head::Headline(name.trim().to_owned())
            } else {
                block.lines.push(line.to_owned());
                continue;
            };
            reading.close(&std::mem::replace(
                &mut block,
                Block { line: line_number, head, lines: Vec::new() },
            ));
        }
        reading.close(&block);
        if reading.text.headline.is_empty() {
            reading.faults.insert(0, BadText::NoHeadline);
        }
        if reading.faults.is_empty() { Ok(reading.text) } else { Err(reading.faults) }
    }

    /// The Markdown form, which [`Text::parse`] reads back.
    #[must_use]
    pub fn to_markdown(&self, language: Language) -> String {
        let mut out = format!("# {}\n", self.headline);
        for paragraph in &self.body {
            let _ = write!(out, "\n{paragraph}\n");
        }
        for (head, fact) in self.facts(language) {
            let _ = write!(out, "\n## {head}\n{fact}\n");
        }
        out
    }

    /// The facts that are there, with the words for their headings, in the order of the page.
    pub fn facts(&self, language: Language) -> impl Iterator<Item = (&'static str, &str)> {
        let heads = &language.words().facts;
        [
            (heads.broken, &self.broken),
            (heads.works, &self.works),
            (heads.doing, &self.doing),
            (heads.you_can, &self.you_can),
            (heads.data, &self.data),
        ]
        .into_iter()
        .filter_map(|(head, fact)| Some((head, fact.as_deref()?)))
    }

    /// The whole notice as plain text, for channels without mark-up.
    #[must_use]
    pub fn to_plain(&self, language: Language) -> String {
        let mut parts = vec![self.headline.clone()];
        parts.extend(self.body.iter().cloned());
        parts.extend(self.facts(language).map(|(head, fact)| format!("{head}: {fact}")));
        parts.join("\n\n")
    }

    fn fact(&mut self, name: &str, language: Language) -> Option<&mut Option<String>> {
        let heads = &language.words().facts;
        let slots = [
            (heads.broken, &mut self.broken),
            (heads.works, &mut self.works),
            (heads.doing, &mut self.doing),
            (heads.you_can, &mut self.you_can),
            (heads.data, &mut self.data),
        ];
        slots.into_iter().find(|(head, _)| *head == name).map(|(_, slot)| slot)
    }
}

enum Head {
    Start,
    Headline(String),
    Fact(String),
}

struct Block {
    line: usize,
    head: Head,
    lines: Vec<String>,
}

impl Block {
    fn paragraphs(&self) -> Vec<String> {
        let empty = |line: &String| line.is_empty();
        let parts = self.lines.split(empty).filter(|part| !part.is_empty());
        parts.map(|part| part.join(" ")).collect()
    }
}

struct Reading {
    language: Language,
    text: Text,
    faults: Vec<BadText>,
}

impl Reading {
    fn close(&mut self, block: &Block) {
        let line = block.line;
        match &block.head {
            Head::Start => self.text.body.extend(block.paragraphs()),
            Head::Headline(name) => {
                if !self.text.headline.is_empty() {
                    self.faults.push(BadText::SecondHeadline { line });
                }
                self.text.headline.clone_from(name);
                self.text.body.extend(block.paragraphs());
            }
            Head::Fact(name) => self.close_fact(name, block),
        }
    }

    fn close_fact(&mut self, name: &str, block: &Block) {
        let (line, found) = (block.line, name.to_owned());
        let heads = &self.language.words().facts;
        let known = [heads.broken, heads.works, heads.doing, heads.you_can, heads.data];
        let Some(slot) = self.text.fact(name, self.language) else {
            let known = known.map(|head| format!("“## {head}”")).join(", ");
            self.faults.push(BadText::UnknownHeading { line, found, known });
            return;
        };
        if slot.is_some() {
            self.faults.push(BadText::TwiceHeading { line, found });
            return;
        }
        let said = block.paragraphs().join(" ");
        if said.is_empty() {
            self.faults.push(BadText::EmptyHeading { line, found });
        } else {
            *slot = Some(said);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_notice_reads_back_as_it_was() {
        let written =
            "# Kopf\n\nErster Absatz\nin zwei Zeilen.\n\nZweiter.\n\n## Das geht\nViel.\n";
        let text = Text::parse(written, Language::DE).expect("it is well written");
        assert_eq!(text.body, ["Erster Absatz in zwei Zeilen.", "Zweiter."]);
        assert_eq!(text.works.as_deref(), Some("Viel."));
        assert_eq!(Text::parse(&text.to_markdown(Language::DE), Language::DE), Ok(text));
    }

    #[test]
    fn every_fault_of_a_text_is_told_at_once_with_its_line() {
        let faults = Text::parse("## Das geht\n\n## Dies und das\nx", Language::DE)
            .expect_err("three faults are in it");
        let lines: Vec<_> = faults.iter().map(BadText::line).collect();
        assert_eq!(lines, [1, 1, 3]);
    }
}
